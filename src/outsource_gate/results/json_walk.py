"""How is a large hostile JSON file read without holding it all? Chosen branches are built one at a time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from outsource_gate.results import AS_WRITTEN, MAX_MEMBERS, Bounds, ResultError

Path = tuple[str | int, ...]
Choice = Literal["whole", "open", "skip"]
Event = tuple[str, Any]
MAX_BRANCH = 200_000  # values in one branch
_DIGITS = re.compile(rb"[0-9]{4301}")  # such a number takes seconds to read, and Python refuses to write it
_CHUNK = 1 << 20
_KINDS = {"start_map": "object", "start_array": "array"}


def branches(raw: bytes, choose: Callable[[Path], Choice]) -> Iterator[tuple[Path, Any]]:
    """Give (path, value) in the file's order: "whole" is built, "open" told by its kind and gone into.

    The kind of what is opened is "object", "array" or, for anything else, "value". Numbers with a fraction come as
    Decimal. In what is built or opened, a key that stands twice is refused.
    """
    events = _events(raw)
    for event in events:
        yield from _walk(events, (), choose, event)


def _walk(
    events: Iterator[Event], path: Path, choose: Callable[[Path], Choice], event: Event
) -> Iterator[tuple[Path, Any]]:
    match choose(path):
        case "whole":
            yield path, _built(events, event, [0])
        case "open":
            yield path, _KINDS.get(event[0], "value")
            for step, inner in _children(events, event):
                yield from _walk(events, (*path, step), choose, inner)
        case "skip":
            _pass(events, event)


def _children(events: Iterator[Event], event: Event) -> Iterator[tuple[str | int, Event]]:
    """Give each member or item with the event that begins it; whoever asks walks to its end."""
    if event[0] == "start_map":
        seen: set[str] = set()
        for kind, name in events:
            if kind == "end_map":
                return
            if name in seen:
                raise ResultError(f"key {name[:60]!r} stands twice in one object", hint="readers would disagree")
            if len(seen) >= MAX_MEMBERS:
                raise ResultError(f"an object with more than {MAX_MEMBERS} keys", hint="this is no report")
            seen.add(name)
            yield name, next(events)
    elif event[0] == "start_array":
        for number, inner in enumerate(events):
            if inner[0] == "end_array":
                return
            yield number, inner


def _built(events: Iterator[Event], event: Event, count: list[int]) -> Any:
    """Depth is bounded by `_events`, and recursion with it."""
    count[0] += 1
    if count[0] > MAX_BRANCH:
        raise ResultError(f"more than {MAX_BRANCH} values in one place", hint="this is no report of a scanner")
    match event[0]:
        case "start_map":
            return {name: _built(events, inner, count) for name, inner in _children(events, event)}
        case "start_array":
            return [_built(events, inner, count) for _, inner in _children(events, event)]
        case _:
            return event[1]


def _pass(events: Iterator[Event], event: Event) -> None:
    depth = int(event[0].startswith("start"))
    while depth:
        kind = next(events)[0]
        depth += kind.startswith("start") - kind.startswith("end")


def _events(raw: bytes) -> Iterator[Event]:
    if _DIGITS.search(raw):
        raise ResultError("a number of more than 4300 digits", hint=AS_WRITTEN)
    try:
        import ijson  # type: ignore[import-untyped]  # noqa: PLC0415 - only where a result is handed over
    except ImportError as error:
        raise ResultError("the package ijson is not installed", hint="install outsource-gate[scanners]") from error

    bounds = Bounds()
    try:
        for event in ijson.basic_parse(io.BytesIO(raw.removeprefix(b"\xef\xbb\xbf")), buf_size=_CHUNK):
            if event[0].startswith("start"):
                bounds.enter()
            elif event[0].startswith("end"):
                bounds.leave()
            else:
                bounds.count()
            yield event
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        raise ResultError("no whole JSON text in UTF-8", hint=AS_WRITTEN) from error
