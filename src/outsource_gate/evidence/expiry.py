"""Until when may a decision be relied on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Window

_FAR = date(9999, 12, 29)  # "9999-12-31" is how people write "never"; there is no day after it


def valid_until(facts: Facts) -> datetime | None:
    """The first moment at which something relied on is over: contract, access, or a person of the change.

    Windows that do not cover the day were not relied on: what they mean stands in the verdicts.
    """
    days = [window.until for window in _windows(facts) if window.until and window.covers(facts.today)]
    if not days or min(days) > _FAR:
        return None
    # `until` includes its whole day, in the organisation's time zone.
    after = datetime.combine(min(days) + timedelta(days=1), time(), ZoneInfo(facts.timezone))
    return after.astimezone(UTC)


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
