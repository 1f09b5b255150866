"""What do the audit's charts and its table of vendors count? Pure figures, by span of time and by vendor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.model.merged import MergeClass, MergedChange

_STEPS = (1, 3, 12, 60, 120, 1200)  # months
_MOST_SPANS = 36


@dataclass(frozen=True, slots=True)
class Tally:
    """Changes that somebody outside had part in, or that are not shown to be ours."""

    label: str
    kinds: Counter[MergeClass]

    @property
    def all(self) -> int:
        return self.kinds.total()

    @property
    def waived(self) -> int:
        return self.kinds[MergeClass.PASSED_WITH_WAIVER]

    @property
    def lacking(self) -> int:
        return sum(count for kind, count in self.kinds.items() if not kind.is_good)

    @property
    def shown(self) -> int:
        return self.all - self.lacking

    @property
    def share(self) -> str:
        """Rounded down: 100 % is all of them. Empty where there was none."""
        return f"{self.shown * 100 // self.all} %" if self.all else ""


@dataclass(slots=True)
class VendorFigures:
    """One vendor's changes and artefacts; a change of two vendors counts for both."""

    tally: Tally
    artefacts: list[Artefact] = field(default_factory=list)

    def count(self, *states: str) -> int:
        return sum(one.state in states for one in self.artefacts)

    @property
    def next_day(self) -> date | None:
        return min((one.expires for one in self.artefacts if one.expires and one.state == "expiring"), default=None)


def asked_about(changes: Iterable[MergedChange]) -> Iterator[MergedChange]:
    """Leave out what is nobody's outside."""
    return (change for change in changes if change.vendors or not change.kind.is_good)


def by_vendor(audit: Audit) -> dict[str, VendorFigures]:
    """Give figures by vendor id, those with bypasses first."""
    kinds: defaultdict[str, Counter[MergeClass]] = defaultdict(Counter)
    for change in audit.changes:
        for vendor in change.vendors:
            kinds[vendor][change.kind] += 1
    names = {*kinds, *(one.owner for one in audit.artefacts if one.owner)}
    found = {name: VendorFigures(Tally(name, kinds[name])) for name in names}
    for one in audit.artefacts:
        if one.owner:
            found[one.owner].artefacts.append(one)
    return dict(sorted(found.items(), key=lambda row: (-row[1].tally.lacking, row[0])))


def over_time(audit: Audit) -> tuple[Tally, ...]:
    """Count by month; by quarter, year or more where a long period would give too many."""
    asked = [(_month(change.merged_at.date()), change.kind) for change in asked_about(audit.changes)]
    if not asked:
        return ()
    months = [month for month, _ in asked]
    first = min(*months, _month(audit.first) if audit.first else months[0])
    last = max(*months, _month(min(audit.last, audit.now.date())))
    step = next((step for step in _STEPS if last // step - first // step < _MOST_SPANS), _STEPS[-1])
    kinds: defaultdict[int, Counter[MergeClass]] = defaultdict(Counter)
    for month, kind in asked:
        kinds[month // step][kind] += 1
    return tuple(Tally(_label(span, step), kinds[span]) for span in range(first // step, last // step + 1))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _label(span: int, step: int) -> str:
    year, month = divmod(span * step, 12)
    if step == 1:
        return f"{year:04}-{month + 1:02}"
    if step == 3:
        return f"{year:04} Q{month // 3 + 1}"
    return f"{year:04}" if step == 12 else f"{year:04}\u2013{year + step // 12 - 1:04}"
