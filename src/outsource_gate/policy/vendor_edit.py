"""How does a last day get into a vendor's file, without touching anything else in it?

Only the characters of a date are replaced, or a key is put in; comments, order and layout stay. What comes out is
read again, and must say what was meant and nothing else.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from outsource_gate.errors import PolicyError
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Window
from outsource_gate.policy.yaml_text import Path, YamlText, read_yaml

ENDING = "offboarding"  # the engagement that is put in where none is listed: its end is what is to be proven


@dataclass(frozen=True, slots=True)
class Ended:
    """One last day that was set. `before`: what it was; None: open."""

    path: Path
    before: date | None


def with_last_day(text: YamlText, vendor: Vendor, last: date) -> tuple[str, tuple[Ended, ...]]:
    """Give the file with every window of the vendor over by a day, and what was changed; no end becomes later."""
    wanted = copy.deepcopy(text.data)
    changed, ended = text.text, []
    for path, window in _windows(vendor):
        if window.until is not None and window.until <= last:
            continue
        if window.from_ and window.from_ > last:
            raise text.error(
                path,
                f"begins on {window.from_}, after {last}: it cannot end before it begins",
                "take it out of the register first, or name a later day",
                at=path if _has(text.data, path) else path[:-1],
            )
        changed = _ended(changed, path, last)
        _put(wanted, (*path, "until"), str(last))
        ended.append(Ended(path, window.until))
    if not vendor.engagements:
        entry = {"id": ENDING, "valid": {"until": str(last)}}
        changed = _with_engagement(changed, last)
        wanted["engagements"] = [entry]
        ended.append(Ended(("engagements", 0, "valid"), None))
    if read_yaml(text.file, changed.encode()).data != wanted:
        raise PolicyError(f"{text.file}: cannot be edited in place", hint=f"enter {last} as `until` by hand")
    return changed, tuple(ended)


def _windows(vendor: Vendor) -> Iterator[tuple[Path, Window]]:
    if vendor.contract:
        yield ("contract", "valid"), vendor.contract.valid
    if vendor.access:
        yield ("access", "valid"), vendor.access.valid
    for number, engagement in enumerate(vendor.engagements):
        yield ("engagements", number, "valid"), engagement.valid
    for number, person in enumerate(vendor.people):
        yield ("people", number, "active"), person.active


def _ended(text: str, path: Path, last: date) -> str:
    """Replace the date, put one into the window, or put the window into what it belongs to."""
    window = _node(text, path)
    if window is None:
        return _inserted(text, _node(text, path[:-1]), f"{path[-1]}: {{until: {last}}}")
    until = _node(text, (*path, "until"))
    if until is None:
        return _inserted(text, window, f"until: {last}")
    return text[: until.start_mark.index] + str(last) + text[until.end_mark.index :]


def _inserted(text: str, node: Any, entry: str) -> str:
    """Put `key: value` into a mapping: after its last value in {}, else on a line of its own."""
    if node.flow_style:
        at = node.value[-1][1].end_mark.index if node.value else node.end_mark.index - 1
        return f"{text[:at]}{', ' if node.value else ''}{entry}{text[at:]}"
    end = _line_end(text)
    for _, value in reversed(node.value):
        is_plain = isinstance(value, yaml.ScalarNode) and value.style in (None, "'", '"')
        if is_plain or getattr(value, "flow_style", False):
            at = text.find("\n", value.end_mark.index)
            line = f"{' ' * node.start_mark.column}{entry}{end}"
            return f"{text}{end}{line}" if at < 0 else f"{text[: at + 1]}{line}{text[at + 1 :]}"
    at = node.start_mark.index
    return f"{text[:at]}{entry}{end}{' ' * node.start_mark.column}{text[at:]}"


def _with_engagement(text: str, last: date) -> str:
    """At the end of the file, where it belongs to nothing else."""
    end = _line_end(text)
    root = _node(text, ())
    empty = _node(text, ("engagements",))
    entry = f"{{id: {ENDING}, valid: {{until: {last}}}}}"
    if empty is not None:  # `engagements: []`
        return f"{text[: empty.start_mark.index]}[{entry}]{text[empty.end_mark.index :]}"
    if root.flow_style:
        return _inserted(text, root, f"engagements: [{entry}]")
    lines = (
        "engagements: # when its access is proven gone: revoked_on, and the signed review as proof",
        f"  - id: {ENDING}",
        f"    valid: {{until: {last}}}",
    )
    whole = text if text.endswith("\n") else text + end
    return whole + "".join(line + end for line in lines)


def _node(text: str, path: Path) -> Any:
    """The YAML node at a path; None where there is none."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)  # read strictly before: no anchors, no tags
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next((value for key, value in node.value if key.value == step), None)
        if node is None:
            return None
    return node


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _has(data: Any, path: Path) -> bool:
    try:
        for step in path:
            data = data[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _put(data: Any, path: Path, value: str) -> None:
    for step in path[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    data[path[-1]] = value
