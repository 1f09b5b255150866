"""Does an advisory hold for a version? By the rules of the package's own ecosystem.

https://ossf.github.io/osv-schema/#evaluation: the last event at or before a version decides. What cannot be
ordered is not known: None, never "not affected".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from outsource_gate.dependencies.versions import order

MAX_EVENTS = 2_000
_FROM_THE_START = "0"
_ENDS = ("fixed", "last_affected", "limit")
_EXACT: Mapping[str, re.Pattern[str]] = {
    "maven": re.compile(r"(?=.*\d)[\w.+-]+", re.ASCII),
    "gem": re.compile(r"\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z.-]+)?", re.ASCII),
    "github": re.compile(r"v?\d+\.\d+\.\d+(?:-[\w.-]+)?", re.ASCII),  # "v4" is whatever it stands for today
}


def affects(ecosystem: str, affected: Mapping[str, Any], version: str) -> bool | None:
    """Judge one `affected` entry; an empty version is one that nobody knows."""
    ranges = [one for one in _items(affected.get("ranges")) if one.get("type") != "GIT"]
    if any(map(_holds_for_all, ranges)):
        return True
    versions = [one for one in affected.get("versions") or () if isinstance(one, str)]
    if not version or not (ranges or versions):
        return None
    if version in versions:
        return True
    if not _is_exact(ecosystem, version):
        return None
    answers = [_in_range(ecosystem, one, version) for one in ranges]
    answers += [_same(ecosystem, one, version) for one in versions]
    return True if True in answers else None if None in answers else False


def fixes(affected: Mapping[str, Any]) -> tuple[str, ...]:
    """The versions that have it no longer, as written."""
    events = (event for one in _items(affected.get("ranges")) if one.get("type") != "GIT" for event in _events(one))
    return tuple(dict.fromkeys(event["fixed"] for event in events if isinstance(event.get("fixed"), str)))


def _holds_for_all(range: Mapping[str, Any]) -> bool:
    events = _events(range)
    starts = any(event.get("introduced") == _FROM_THE_START for event in events)
    return starts and not any(end in event for event in events for end in _ENDS)


def _in_range(ecosystem: str, range: Mapping[str, Any], version: str) -> bool | None:
    """Latest start at or before the version, and no end between the two."""
    events = _events(range)
    if not 0 < len(events) <= MAX_EVENTS:
        return None
    try:
        start = _latest_start(ecosystem, events, version)
        return (
            start is not None
            and _is_below_limit(ecosystem, events, version)
            and not any(_ends(ecosystem, event, start, version) for event in events)
        )
    except _NoOrder:
        return None


class _NoOrder(Exception):  # noqa: N818 - an answer on the way, no error
    """Two versions that cannot be compared."""


def _latest_start(ecosystem: str, events: list[Mapping[str, Any]], version: str) -> str | None:
    latest: str | None = None
    for event in events:
        start = event.get("introduced")
        if start is None or _compared(ecosystem, start, version) < 0:
            continue
        if latest is None or _compared(ecosystem, latest, start) > 0:
            latest = start
    return latest


def _ends(ecosystem: str, event: Mapping[str, Any], start: str, version: str) -> bool:
    if (fixed := event.get("fixed")) is not None:
        return _compared(ecosystem, fixed, version) >= 0 and _compared(ecosystem, start, fixed) > 0
    if (last := event.get("last_affected")) is not None:
        return _compared(ecosystem, last, version) > 0 and _compared(ecosystem, start, last) >= 0
    return False


def _is_below_limit(ecosystem: str, events: list[Mapping[str, Any]], version: str) -> bool:
    limits = [event["limit"] for event in events if event.get("limit") not in (None, "*")]
    return not limits or any(_compared(ecosystem, version, limit) > 0 for limit in limits)


def _compared(ecosystem: str, one: object, other: object) -> int:
    """1 where `other` is newer."""
    if _FROM_THE_START in (one, other):
        return (one == _FROM_THE_START) - (other == _FROM_THE_START)
    answer = order(ecosystem, one, other) if isinstance(one, str) and isinstance(other, str) else None
    if answer is None:
        raise _NoOrder
    return answer


def _same(ecosystem: str, one: str, other: str) -> bool | None:
    """A listed version that has no order is another one; the package's own was found to have one."""
    return order(ecosystem, one, other) == 0


def _is_exact(ecosystem: str, version: str) -> bool:
    """Whether it is one version that has a place in the order of its ecosystem."""
    pattern = _EXACT.get(ecosystem)
    written = pattern is None or pattern.fullmatch(version) is not None
    return written and order(ecosystem, version, "1.0.0" if version != "1.0.0" else "2.0.0") is not None


def _events(range: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(_items(range.get("events")))


def _items(value: object) -> Iterable[Mapping[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
