"""Which items are listed, in which order, and what is due when? Pure, over tracker, policy and a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from outsource_gate.deadlines import Deadline, deadline, is_overdue
from outsource_gate.model.finding import Severity
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import ANY
from outsource_gate.model.tracked import Item, State, Tracker
from outsource_gate.policy.load import Policy


@dataclass(frozen=True, slots=True)
class Row:
    """An item with what it comes to on a day."""

    item: Item
    state: State
    due: Deadline | None  # None: no deadline was agreed
    first_seen: date
    days_left: int | None  # below zero: overdue; None: no deadline, or it does not run
    owner: str = ""  # whom in our house to call

    @property
    def is_overdue(self) -> bool:
        return self.state == "open" and self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; what is empty does not matter."""

    vendor: str = ""
    states: frozenset[State] = frozenset({"open", "accepted"})
    severity: Severity | None = None  # and above


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose deadlines count, and which day it is."""

    vendors: Mapping[str, Vendor]
    policy: Policy | None
    today: date
    zone: ZoneInfo

    @classmethod
    def of(cls, policy: Policy | None, now: datetime) -> Calendar:
        zone = ZoneInfo(policy.timezone if policy else "UTC")
        return cls(policy.vendors if policy else {}, policy, now.astimezone(zone).date(), zone)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def row(self, item: Item) -> Row:
        first, state = self.day(item.first_seen.at), item.state_on(self.today)
        vendor = self.vendors.get(item.vendor)
        due = deadline(first, item.severity, vendor, defaults_of(self.policy, item.vendor))
        left = (due.day - self.today).days if due and state == "open" else None
        return Row(item, state, due, first, left, vendor.owner if vendor else "")

    def kept(self, row: Row) -> bool | None:
        """Was a closed item closed in time? None: it is not closed, or nothing was agreed."""
        if row.item.closed_at is None or row.due is None:
            return None
        return not is_overdue(row.due, self.day(row.item.closed_at))


def defaults_of(policy: Policy | None, vendor: str) -> Mapping[Severity, str]:
    """What the vendor's tier says where the contract says nothing."""
    section = policy.tier_of(vendor).gates.get("remediation") if policy else None
    return {severity: getattr(section, severity.value, ANY) for severity in Severity} if section else {}


def rows(tracker: Tracker, calendar: Calendar, wanted: Wanted) -> tuple[Row, ...]:
    """Give the rows asked for: overdue first and longest overdue before, then what is due next, worst first."""
    found = [row for row in map(calendar.row, tracker.items) if _is_wanted(row, wanted)]
    return tuple(sorted(found, key=_order))


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    item = row.item
    is_severe = wanted.severity is None or item.severity.rank >= wanted.severity.rank
    return is_severe and wanted.vendor in ("", item.vendor) and row.state in wanted.states


def _order(row: Row) -> tuple[bool, bool, int, int, int]:
    left = row.days_left
    number = int(row.item.id[1:])
    return (not row.is_overdue, left is None, left or 0, -row.item.severity.rank, number)
