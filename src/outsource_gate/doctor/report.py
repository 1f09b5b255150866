"""What does `doctor` say, for a person at a terminal and for a program? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.doctor import Check, State
from outsource_gate.reports import View, escape, words
from outsource_gate.reports.layout import Layout

_SIGNS = {
    State.PROBLEM: ("✗", "bold red"),
    State.WARNING: ("!", "bold yellow"),
    State.COULD_NOT_LOOK: ("?", "yellow"),
    State.OK: ("✓", "green"),
    State.NOT_ASKED: ("·", "dim"),
}
_COUNTED = {
    State.PROBLEM: ("problem", "problems"),
    State.WARNING: ("warning", "warnings"),
    State.COULD_NOT_LOOK: ("could not be seen", "could not be seen"),
    State.OK: ("in order", "in order"),
    State.NOT_ASKED: ("not asked", "not asked"),
}


def exit_code(checks: Sequence[Check]) -> int:
    """1 where something is a problem. What could not be looked at is told, and fails nothing by itself."""
    return int(any(check.state is State.PROBLEM for check in checks))


def terminal(checks: Sequence[Check], view: View) -> str:
    """Give one line per check, what needs doing first, with how to do it below."""
    layout = Layout(view)
    return layout.print(_blocks(checks, layout))


def _blocks(checks: Sequence[Check], layout: Layout) -> Iterator[RenderableType]:
    yield _summary(checks, layout)
    told: dict[tuple[str, ...], str] = {}
    state: State | None = None
    for check in checks:
        if check.state is not state:
            yield Text("")
        state = check.state
        yield from _check(check, layout, told)


def _summary(checks: Sequence[Check], layout: Layout) -> RenderableType:
    counts = Counter(check.state for check in checks)
    pieces = [
        layout.text(f"{counts[state]} {_COUNTED[state][counts[state] > 1]}", _SIGNS[state][1])
        for state in State
        if counts[state]
    ]
    return layout.joined(pieces)


def _check(check: Check, layout: Layout, told: dict[tuple[str, ...], str]) -> Iterator[RenderableType]:
    sign, style = _SIGNS[check.state]
    left = Text.assemble(layout.sign(sign, style), " ", (f"{check.area:<12}", "dim"), f"{check.looked_at:<16}")
    found = layout.text(check.found, "dim" if check.state is State.NOT_ASKED else "")
    if layout.is_narrow:
        yield Text.assemble(layout.sign(sign, style), f" {check.area}: {check.looked_at}")
        yield layout.indented(found, 2)
    else:
        yield layout.beside(left, found, left.cell_len + 1)
    yield from _fix(check, layout, told)


def _fix(check: Check, layout: Layout, told: dict[tuple[str, ...], str]) -> Iterator[RenderableType]:
    """Tell a fix once: several checks can wait for the same one."""
    if not check.fix:
        return
    if first := told.get(check.fix):
        yield _arrow(f"as for {first}", layout, "dim")
        return
    told[check.fix] = check.looked_at
    style = "bold" if check.state is State.PROBLEM else ""
    for before, line in zip(("", *check.fix), check.fix, strict=False):
        yield _arrow(line, layout, style, sign="" if before.endswith("\\") else "→")


def _arrow(line: str, layout: Layout, style: str, *, sign: str = "→") -> RenderableType:
    """What a backslash continues stays one command, that can be copied whole."""
    return layout.indented(layout.beside(layout.sign(sign), layout.text(line, style), 3), 2)


def json_text(checks: Sequence[Check]) -> str:
    """Give all of it, with the exit code."""
    counts = Counter(check.state for check in checks)
    return escape.json_text(
        {
            "exit_code": exit_code(checks),
            "counts": {_key(state): counts[state] for state in State},
            "checks": [
                {
                    "area": check.area,
                    "looked_at": check.looked_at,
                    "state": _key(check.state),
                    "found": escape.well_formed(words.shortened(check.found, 2000)),
                    "fix": [escape.well_formed(line) for line in check.fix],
                }
                for check in checks
            ],
        }
    )


def _key(state: State) -> str:
    return state.value.replace(" ", "-")
