"""Until when may a decision be relied on?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Window
from outsource_gate.model.verdict import Decision

_FAR = date(9999, 12, 29)  # "9999-12-31" is how people write "never"; there is no day after it


def valid_until(facts: Facts) -> datetime | None:
    """The first moment at which something relied on is over: contract, access, or a person of the change.

    Windows that do not cover the day were not relied on: what they mean stands in the verdicts.
    """
    days = [window.until for window in _windows(facts) if window.until and window.covers(facts.today)]
    if not days or min(days) > _FAR:
        return None
    return _end_of(min(days), facts.timezone)


def exceptions_until(decision: Decision) -> Iterator[date]:
    """The last days of the waivers that were used, and of the windows that left a denial unenforced."""
    yield from (use.expires for use in decision.waivers if use.covered)
    yield from (window.until for window in decision.report_only)


def no_later(moment: datetime | None, days: Iterable[date], timezone: str) -> datetime | None:
    """Give the earliest of a moment and the ends of these days."""
    ends = [_end_of(day, timezone) for day in days if day <= _FAR]
    return min(filter(None, (moment, *ends)), default=None)


def _end_of(day: date, timezone: str) -> datetime:
    """A last day counts whole, in the organisation's time zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone)).astimezone(UTC)


def _windows(facts: Facts) -> Iterator[Window]:
    named = _named(facts)
    for vendor in facts.vendors:
        yield from (vendor.contract.valid,) if vendor.contract else ()
        yield from (vendor.access.valid,) if vendor.access else ()
        yield from (person.active for person in vendor.people if (vendor.id, person.id) in named)


def _named(facts: Facts) -> frozenset[tuple[str, str]]:
    """The vendors' people whom the change names; where nobody could say whom, all of them."""
    if not isinstance(facts.attribution, Attribution):
        return frozenset(_everybody(facts.vendors))
    roles = (*facts.attribution.roles, *(role for c in facts.attribution.commits for role in c.roles))
    return frozenset((role.organisation, role.person) for role in roles if role.person)


def _everybody(vendors: tuple[Vendor, ...]) -> Iterator[tuple[str, str]]:
    return ((vendor.id, person.id) for vendor in vendors for person in vendor.people)
