"""What are the figures counted from? One entry a change, merged or not, with every time it was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from outsource_gate.model.finding import Severity
from outsource_gate.model.merged import MergeClass

State = Literal["allowed", "denied", "undecided"]


@dataclass(frozen=True, slots=True)
class Lines:
    """New and rewritten lines, by what a file's name promises; what was taken out or only moved is none."""

    code: int = 0
    generated: int = 0
    other: int = 0  # prose, data, lock files, and what no table names
    binaries: int = 0  # files

    def __add__(self, more: Lines) -> Lines:
        return Lines(
            self.code + more.code,
            self.generated + more.generated,
            self.other + more.other,
            self.binaries + more.binaries,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Findings by severity. `unsorted`: records from before new ones were kept by severity only count them."""

    by_severity: tuple[tuple[Severity, int], ...] = ()
    unsorted: int = 0

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_severity) + self.unsorted

    def __add__(self, more: Found) -> Found:
        both = {severity: self.of(severity) + more.of(severity) for severity in reversed(Severity)}
        counted = tuple((severity, count) for severity, count in both.items() if count)
        return Found(counted, self.unsorted + more.unsorted)

    def of(self, severity: Severity) -> int:
        return dict(self.by_severity).get(severity, 0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was handed in at once, by the last run of the gate over it: waiting for an approval is no denial."""

    head: str
    made_at: datetime
    denials: tuple[tuple[str | None, str], ...] = ()  # (vendor, None: the change as a whole; gate)
    open: tuple[str | None, ...] = ()  # for whom a gate could not decide
    found: Found | None = None  # what the base does not have; None: not everything that was asked had looked

    def state(self, vendor: str | None) -> State:
        """What it came to for one vendor, whatever others did in the same change."""
        if self.gates(vendor):
            return "denied"
        return "undecided" if {vendor, None} & set(self.open) else "allowed"

    def gates(self, vendor: str | None) -> frozenset[str]:
        """Which gates denied it."""
        return frozenset(gate for whose, gate in self.denials if whose in (vendor, None))


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that let something stand."""

    id: str
    vendor: str
    reasons: int


@dataclass(frozen=True, slots=True)
class Work:
    """One change: merged, or judged and not merged. `kind` None: not merged."""

    at: datetime
    vendors: tuple[str, ...]  # none: our own
    kind: MergeClass | None
    commits: tuple[str, ...] = ()  # of the branch's first-parent line
    lines: Lines | None = None  # None: not merged, or git could not count them
    attempts: tuple[Attempt, ...] = ()  # oldest first
    found: Found | None = None  # by the record that speaks for what was merged
    approvals: int | None = None  # on that record, whoever gave them; None: not known
    waived: tuple[Waived, ...] = ()
    standing: Found | None = None  # by a later scan, what stands there still; None: no scan was given

    def is_of(self, vendor: str | None) -> bool:
        return vendor in self.vendors or (vendor is None and not self.vendors)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; None: no bound on that side."""

    first: date | None = None
    last: date | None = None

    def has(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


EVER = Period()


def total(found: Iterable[Found]) -> Found:
    return sum(found, Found())
