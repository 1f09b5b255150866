"""Spans: counted in calendar months, bounded, compared by length."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.span import after, before, is_within, length

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("span", "then"),
    [
        ("1 day", date(2026, 2, 1)),
        ("2 weeks", date(2026, 2, 14)),
        ("1 month", date(2026, 2, 28)),
        ("12 months", date(2027, 1, 31)),
        ("1 year", date(2027, 1, 31)),
        ("9999 years", date.max),
    ],
)
def test_months_are_calendar_months(span: str, then: date) -> None:
    """a month later is the same day of the next month, or its last"""
    assert after(DAY, span) == then


@pytest.mark.parametrize("text", ["", "12", "12months", "0 days", "-1 days", "12 months ", "1 fortnight", "any"])
def test_what_is_no_span_has_no_day_after_it(text: str) -> None:
    """nothing is guessed"""
    with pytest.raises(ValueError, match="no span"):
        after(DAY, text)


def test_the_last_day_of_an_age_counts_whole() -> None:
    """what was done 90 days ago is within 90 days, what will be done is not"""
    assert is_within(date(2026, 1, 1), date(2026, 4, 1), "90 days")
    assert not is_within(date(2026, 1, 1), date(2026, 4, 2), "90 days")
    assert not is_within(date(2026, 4, 2), date(2026, 4, 1), "any")
    assert is_within(date(1990, 1, 1), date(2026, 4, 1), "any")


@given(
    st.integers(1, 400), st.sampled_from(["days", "weeks", "months"]), st.dates(date(2000, 1, 1), date(2100, 1, 1))
)
def test_a_longer_count_is_never_earlier(count: int, unit: str, day: date) -> None:
    """spans grow with their count, on the calendar as in length"""
    shorter, longer = f"{count} {unit}", f"{count + 1} {unit}"
    assert after(day, shorter) < after(day, longer)
    assert length(shorter) < length(longer) < length("any")


@pytest.mark.parametrize(
    ("span", "then"),
    [
        ("1 day", date(2026, 1, 30)),
        ("2 months", date(2025, 11, 30)),
        ("1 year", date(2025, 1, 31)),
        ("9999 years", date.min),
    ],
)
def test_before_counts_back(span: str, then: date) -> None:
    """in calendar months, too; before the calendar's first day lies none"""
    assert before(DAY, span) == then
