"""How does each vendor keep its deadlines? Counts, days to fix, and the months before. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from outsource_gate.deadlines.rows import Calendar, Row
from outsource_gate.model.finding import Severity
from outsource_gate.model.tracked import Tracker

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Month:
    """What came and went in a month, and how much was open at its end."""

    name: str  # 2026-11
    opened: int
    closed: int
    open_at_end: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One vendor's figures on a day."""

    vendor: str
    open: tuple[tuple[str, int], ...]  # by severity, the worst first
    accepted: int
    overdue: int
    oldest: date | None  # first seen, of what is open
    closed: int
    in_time: int  # closed ones that were closed by their deadline
    agreed: int  # closed ones that had a deadline
    kept: int | None  # the share of the first in the second, in percent
    days_to_fix: int | None  # median, of closed ones
    without_deadline: int  # open ones for which nothing was agreed
    months: tuple[Month, ...]


def figures(tracker: Tracker, calendar: Calendar, vendor: str = "") -> tuple[Figures, ...]:
    """Give the figures of each vendor that is tracked, those with most overdue first."""
    by_vendor: dict[str, list[Row]] = {}
    for item in tracker.items:
        if vendor in ("", item.vendor):
            by_vendor.setdefault(item.vendor, []).append(calendar.row(item))
    found = [_of(name, rows, calendar) for name, rows in sorted(by_vendor.items())]
    return tuple(sorted(found, key=lambda one: -one.overdue))


def _of(vendor: str, rows: list[Row], calendar: Calendar) -> Figures:
    live = [row for row in rows if row.state == "open"]
    done = [row for row in rows if row.state == "closed"]
    severities = Counter(row.item.severity for row in live)
    in_time = [kept for row in done if (kept := calendar.kept(row)) is not None]
    days = [(calendar.day(row.item.closed_at) - row.first_seen).days for row in done if row.item.closed_at]
    return Figures(
        vendor=vendor,
        open=tuple((severity.value, severities[severity]) for severity in reversed(Severity)),
        accepted=sum(row.state == "accepted" for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        oldest=min((row.first_seen for row in live), default=None),
        closed=len(done),
        in_time=sum(in_time),
        agreed=len(in_time),
        kept=round(100 * sum(in_time) / len(in_time)) if in_time else None,
        days_to_fix=round(median(days)) if days else None,
        without_deadline=sum(row.due is None for row in live),
        months=tuple(_months(rows, calendar)),
    )


def _months(rows: Iterable[Row], calendar: Calendar) -> Iterator[Month]:
    """By first and last day known of each item: one that came back counts as open all along."""
    spans = [(row.first_seen, _end(row, calendar)) for row in rows]
    for first, following in _last_months(calendar.today):
        yield Month(
            f"{first:%Y-%m}",
            sum(first <= start < following for start, _ in spans),
            sum(end is not None and first <= end < following for _, end in spans),
            sum(start < following and (end is None or end >= following) for start, end in spans),
        )


def _end(row: Row, calendar: Calendar) -> date | None:
    return calendar.day(row.item.closed_at) if row.item.closed_at else None


def _last_months(today: date) -> Iterator[tuple[date, date]]:
    number = today.year * 12 + today.month - 1
    for month in range(number - MONTHS + 1, number + 1):
        yield _first(month), _first(month + 1)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
