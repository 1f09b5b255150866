"""Which lines of code does a reader see of a finding? Those it stands on, and the way by which data gets there."""

from __future__ import annotations

from dataclasses import dataclass

from outsource_gate.model.finding import Finding, Step

MARKS = {"source": "from", "through": "via", "sink": "to", "": ""}


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One line of code. `mark` is set where it is a step on a way."""

    number: int
    code: str
    mark: str = ""
    left_out: int = 0  # steps of the way before this one that are not told


def frame_lines(finding: Finding, most: int) -> tuple[FrameLine, ...]:
    """Give the way in the order data takes it, then at most that many lines of the place itself."""
    start, lines = finding.location.start_line, finding.snippet[:most]
    span = range(start, max(finding.location.end_line + 1, start + len(lines)))
    way = [step for step in finding.trace if step.line not in span]
    if not way:
        return tuple(FrameLine(number, line) for number, line in enumerate(lines, start))
    ends_here = any(step.line in span for step in finding.trace if step.kind == "sink")
    own = (
        FrameLine(number, line, "to" * (number == start and ends_here)) for number, line in enumerate(lines, start)
    )
    return (*map(_line, way), *own)


def _line(step: Step) -> FrameLine:
    return FrameLine(step.line, step.snippet, MARKS[step.kind], step.left_out)
