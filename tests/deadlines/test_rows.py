"""What is due when, in which order it is listed, and what the figures count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.deadlines import deadline, is_overdue
from outsource_gate.deadlines.figures import figures
from outsource_gate.deadlines.rows import Calendar, Wanted, rows
from outsource_gate.model.finding import Severity
from outsource_gate.model.tracked import Item, Tracker
from tests.values import contract

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ACME = contract(remediation_sla={"high": "30 days", "critical": "7 days"})
CALENDAR = Calendar({"acme": ACME}, None, TODAY, ZoneInfo("Europe/Berlin"))


def item(number: int, age: int, **changes: Any) -> Item:
    seen = {"at": NOW - timedelta(days=age)}
    whole = {"id": f"F{number}", "kind": "audit", "vendor": "acme", "severity": "high", "title": "x"}
    return Item.model_validate(
        whole | {"reference": f"A-{number}", "first_seen": seen, "last_seen": seen} | changes
    )


def tracker(*items: Item) -> Tracker:
    return Tracker(updated_at=NOW, last_id=99, items=items)


def ids(*items: Item, **wanted: Any) -> list[str]:
    return [row.item.id for row in rows(tracker(*items), CALENDAR, Wanted(**wanted))]


def test_the_last_day_counts_whole() -> None:
    due = deadline(date(2026, 10, 24), Severity.HIGH, ACME, {})
    assert due is not None
    assert (due.day, due.agreed, is_overdue(due, TODAY)) == (TODAY, True, False)
    assert is_overdue(due, TODAY + timedelta(days=1))


def test_nothing_agreed_is_never_due() -> None:
    """neither contract nor tier: no day, and it is never overdue"""
    assert deadline(TODAY, Severity.LOW, ACME, {}) is None
    assert deadline(TODAY, Severity.LOW, ACME, {Severity.LOW: "any"}) is None
    tier = deadline(TODAY, Severity.LOW, ACME, {Severity.LOW: "10 days"})
    assert tier is not None and not tier.agreed


def test_overdue_first_and_longest_overdue_before() -> None:
    """then what is due next; what has no day is last"""
    found = ids(item(1, 5), item(2, 31), item(3, 90), item(4, 300, severity="low"), item(5, 1))
    assert found == ["F3", "F2", "F1", "F5", "F4"]


def test_filters_hold_together() -> None:
    closed = item(3, 50, state="closed", closed_at=NOW)
    several = (item(1, 5), item(2, 5, vendor="labs"), closed, item(4, 5, severity="medium"))
    assert ids(*several, vendor="acme") == ["F1", "F4"]
    assert ids(*several, severity=Severity.HIGH) == ["F1", "F2"]
    assert ids(*several, states=frozenset({"closed"})) == ["F3"]


def test_an_acceptance_that_is_over_returns_with_its_old_day() -> None:
    acceptance = {"on": "2026-11-01", "until": "2026-11-22", "by": "ina", "reason": "soon"}
    (row,) = rows(tracker(item(1, 40, state="accepted", acceptance=acceptance)), CALENDAR, Wanted())
    assert (row.state, row.days_left, row.is_overdue) == ("open", -10, True)


def test_days_are_counted_where_the_organisation_lives() -> None:
    """half past eleven at night in UTC is the next day in Berlin"""
    late = {"at": datetime(2026, 11, 1, 23, 30, tzinfo=UTC)}
    assert CALENDAR.row(item(1, 0, first_seen=late)).first_seen == date(2026, 11, 2)


def test_figures_count_what_was_kept() -> None:
    in_time = item(1, 60, state="closed", closed_at=NOW - timedelta(days=40))
    late = item(2, 100, state="closed", closed_at=NOW - timedelta(days=40))
    (one,) = figures(tracker(in_time, late, item(3, 40), item(4, 3, severity="low")), CALENDAR)
    assert (one.overdue, one.kept, one.days_to_fix, one.without_deadline) == (1, 50, 40, 1)
    assert (one.in_time, one.agreed, one.closed) == (1, 2, 2)
    assert dict(one.open) == {"critical": 0, "high": 1, "medium": 0, "low": 1}
    assert [month.name for month in one.months][-2:] == ["2026-10", "2026-11"]


def test_a_vendor_without_findings_has_no_figures() -> None:
    assert figures(tracker(), CALENDAR) == ()


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=8))
def test_months_add_up(spans: list[tuple[int, int]]) -> None:
    """what is open at a month's end is what was open before, and what came, without what went"""
    items = []
    for number, (age, days) in enumerate(spans, 1):
        end = NOW - timedelta(days=age) + timedelta(days=days)
        closed = {"state": "closed", "closed_at": end} if end <= NOW else {}
        items.append(item(number, age, **closed))
    for one in figures(tracker(*items), CALENDAR):
        for before, month in zip(one.months, one.months[1:], strict=False):
            assert month.open_at_end == before.open_at_end + month.opened - month.closed
