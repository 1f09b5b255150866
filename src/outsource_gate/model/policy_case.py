"""What became of one policy test case?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that is not as expected."""

    what: str  # "decision", "gate access", "reasons"
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case, and where it differs; `reasons` is what was said by whoever did not let it through."""

    name: str
    place: str  # file:line
    file: str
    difference: Difference | None
    reasons: tuple[str, ...] = ()

    @property
    def is_as_expected(self) -> bool:
        return self.difference is None
