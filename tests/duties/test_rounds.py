"""When a recurring activity is due again."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.duties.rounds import round_of
from outsource_gate.model.oversight import Activity

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def activity(on: date | str | None, every: str = "14 days", **more: Any) -> Activity:
    last = {"on": on} if on else None
    return Activity.model_validate({"activity": "sprint-review", "every": every, "last": last, **more})


def test_an_activity_that_nobody_entered_is_owed_by_whom_its_name_says() -> None:
    assert round_of((), "status-report", TODAY).owed_by == "vendor"
    assert round_of((), "something-of-ours", TODAY).owed_by == "customer"


def test_the_shorter_of_two_cadences_counts() -> None:
    found = round_of((activity("2026-11-01", "3 months"),), "sprint-review", TODAY, "14 days")
    assert (found.every, found.due, found.is_too_seldom) == ("14 days", date(2026, 11, 15), True)


def test_the_registers_own_shorter_cadence_stays() -> None:
    found = round_of((activity("2026-11-01", "7 days"),), "sprint-review", TODAY, "14 days")
    assert (found.every, found.is_too_seldom) == ("7 days", False)


@given(st.lists(DAYS, min_size=1, max_size=5))
def test_the_newest_record_that_is_not_ahead_counts(days: list[date]) -> None:
    """in whatever order they stand"""
    found = round_of(tuple(map(activity, days)), "sprint-review", TODAY)
    past = [day for day in days if day <= TODAY]
    assert (found.counted.on if found.counted else None) == max(past, default=None)
    assert found.is_dated_ahead == (not past)
