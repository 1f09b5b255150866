"""How long is `12 months`? Spans as registers and policies write them; months are calendar months."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated

from pydantic import StringConstraints

SPAN_PATTERN = r"^[1-9][0-9]{0,3} (?:days?|weeks?|months?|years?)$"
AGE_PATTERN = r"^(?:any|[1-9][0-9]{0,3} (?:days?|weeks?|months?|years?))$"
ANY = "any"

Span = Annotated[str, StringConstraints(pattern=SPAN_PATTERN)]
Age = Annotated[str, StringConstraints(pattern=AGE_PATTERN)]  # a bound on an age; "any" is none

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_MEAN_MONTH = 30.436875  # days; for comparing spans only, never for counting


def after(day: date, span: str) -> date:
    """Give the day that lies one span after another; the last of a month where the month is shorter.

    A day past the calendar's end is the calendar's last.
    """
    count, unit = _parts(span)
    try:
        return _moved(day, count, unit)
    except (OverflowError, ValueError):
        return date.max


def before(day: date, span: str) -> date:
    """Give the day that lies one span before another; the calendar's first where it has none so early."""
    count, unit = _parts(span)
    try:
        return _moved(day, -count, unit)
    except (OverflowError, ValueError):
        return date.min


def is_within(done: date, today: date, age: str) -> bool:
    """Was something of `done` done at most `age` ago? The last day counts whole, the future does not."""
    return done <= today and (age == ANY or today <= after(done, age))


def last_day(done: date, *ages: str | None) -> date:
    """Give the last day on which something of `done` is within every age; None and "any" bound nothing."""
    return min((after(done, age) for age in ages if age and age != ANY), default=date.max)


def length(span: str) -> float:
    """Give a span's mean length in days, to say which of two is the longer; "any" is endless."""
    if span == ANY:
        return float("inf")
    count, unit = _parts(span)
    return count * (_DAYS[unit] if unit in _DAYS else _MONTHS[unit] * _MEAN_MONTH)


def _moved(day: date, count: int, unit: str) -> date:
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS[unit], 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _parts(span: str) -> tuple[int, str]:
    if not re.match(SPAN_PATTERN, span):
        raise ValueError(f"{span!r} is no span such as 90 days or 12 months")
    count, unit = span.split(" ")
    return int(count), unit.removesuffix("s")
