"""When is a recurring activity due again? The newest of its records counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outsource_gate.model.oversight import DUTIES, Activity, Duty, Occurrence
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import after, length
from outsource_gate.policy.oversight_terms import OversightSettings


@dataclass(frozen=True, slots=True)
class Round:
    """One activity of one vendor, as it stands on a day."""

    activity: str
    number: int | None  # of its entry in the register; None: there is none
    owed_by: Duty
    every: str = ""  # the register's cadence, or the tier's where that is shorter
    counted: Occurrence | None = None  # the newest record that is not dated in the future
    due: date | None = None  # the last day on which nothing is overdue
    is_dated_ahead: bool = False  # there are records, all of them in the future
    is_too_seldom: bool = False  # the register's cadence is longer than the tier's


def round_of(activities: tuple[Activity, ...], name: str, today: date, longest: str = "") -> Round:
    """Find the entry that counts for an activity; `longest` is the tier's cadence, if it has one."""
    entries = [(number, entry) for number, entry in enumerate(activities) if entry.activity == name]
    if not entries:
        return Round(name, None, DUTIES.get(name, "customer"))
    number, entry = max(entries, key=lambda pair: _last(pair[1], today))
    every = min((entry.every, longest), key=length) if longest else entry.every
    counted = entry.last if entry.last and entry.last.on <= today else None
    return Round(
        name,
        number,
        entry.owed_by,
        every,
        counted,
        after(counted.on, every) if counted else None,
        is_dated_ahead=counted is None and any(other.last for _, other in entries),
        is_too_seldom=bool(longest) and length(entry.every) > length(longest),
    )


def rounds_until(vendor: Vendor, wants: OversightSettings, today: date) -> Iterator[date]:
    """Give the last day of every activity that a pass of today relied on; what only warns is not among them."""
    for name in dict.fromkeys(wants.activities):
        found = round_of(vendor.oversight, name, today, wants.longest.get(name, ""))
        if found.due and found.due >= today and getattr(wants, found.owed_by) == "deny":
            yield found.due


def _last(entry: Activity, today: date) -> date:
    return entry.last.on if entry.last and entry.last.on <= today else date.min
