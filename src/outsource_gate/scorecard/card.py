"""Which figures stand on a scorecard, and when are they too few to compare?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outsource_gate.deadlines.figures import Figures
from outsource_gate.model.merged import MergeClass
from outsource_gate.scorecard.material import Found, Lines, Period

FEW = 5  # changes, or findings closed: below, one more or less turns the share around
FEW_LINES = 200


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.count / self.of) if self.of else None

    @property
    def is_small(self) -> bool:
        return self.of < FEW


@dataclass(frozen=True, slots=True)
class Median:
    """A middle value, and how many it is taken from."""

    value: float | None
    of: int

    @property
    def is_small(self) -> bool:
        return self.of < FEW


@dataclass(frozen=True, slots=True)
class Density:
    """Findings on new and rewritten lines of code, over those changes alone of which both are known."""

    found: Found
    lines: int
    changes: int

    @property
    def is_small(self) -> bool:
        return self.lines < FEW_LINES or self.changes < FEW

    def per_thousand(self, count: int) -> float | None:
        return round(1000 * count / self.lines, 1) if self.lines else None


@dataclass(frozen=True, slots=True)
class Card:
    """One organisation's figures. `vendor` None: our own teams, together."""

    vendor: str | None
    name: str
    tier: str
    merged: int
    classes: tuple[tuple[MergeClass, int], ...]  # those that there are; together they are `merged`
    recorded: int  # merged changes that the gate had looked at
    passed: Share  # our own: of those that the gate had looked at
    unmerged: int  # judged in the period, and not merged
    attempts: int
    denied: Share  # of all attempts
    undecided: int
    denials: tuple[tuple[str, int], ...]  # gate and attempts, most first
    rounds: Median  # attempts until the first that was allowed
    at_once: Share  # merged changes that were allowed at the first attempt, of those with attempts
    lines: Lines
    uncounted: int  # merged changes whose lines git could not count
    handed_in: Density | None  # by the first attempt; None: no scanner looked
    brought_in: Density | None  # by the record that speaks for what was merged
    standing: Density | None  # by a later scan; None: none was given
    approvals: Median
    unapproved: Share  # merged with no approval on record, of those where that is known
    waived: int  # merged changes
    waivers: int  # different ones
    reasons: int  # that they let stand
    deadlines: Figures | None  # None: no tracker, or it does not know this organisation

    @property
    def not_passed(self) -> int:
        """A vendor's merges for which no record says ALLOW; our own are asked for none."""
        return sum(count for kind, count in self.classes if not kind.is_good)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every vendor's card, by id, and our own beside them."""

    organisation: str
    repository: str
    today: date
    period: Period
    cards: tuple[Card, ...]
    own: Card
    records: int  # genuine ones that were read
    problems: tuple[str, ...] = ()  # records that cannot be read
    has_tracker: bool = False
    scanned: str = ""  # head of the scan that was given; "": none
    outside: int = 0  # findings of that scan that landed in none of the changes counted here
    idle: int = 0  # registered vendors with nothing to count
