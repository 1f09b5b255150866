"""Until when may a decision be relied on?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from outsource_gate.deadlines.until import relied_on_until as tracked_until
from outsource_gate.duties.rounds import rounds_until
from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Window
from outsource_gate.model.verdict import Decision, Stage
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.contract_terms import ContractSettings, audited_until
from outsource_gate.policy.diligence_terms import DiligenceSettings, relied_on_until
from outsource_gate.policy.oversight_terms import OversightSettings
from outsource_gate.policy.papers import papers_until
from outsource_gate.policy.ways_in import access_until

_FAR = date(9999, 12, 29)  # "9999-12-31" is how people write "never"; there is no day after it


def valid_until(facts: Facts, settings: Mapping[str, Mapping[str, BaseModel]]) -> datetime | None:
    """The first moment at which something relied on is over: contract, access, a person of the change, a paper.

    What does not cover the day was not relied on: what that means stands in the verdicts. How long a paper counts,
    the settings of each vendor say.
    """
    days = [window.until for window in _windows(facts) if window.until and window.covers(facts.today)]
    days += _last_days(facts, settings)
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


def _last_days(facts: Facts, settings: Mapping[str, Mapping[str, BaseModel]]) -> Iterator[date]:
    """Of what the change stage asks for by age; nobody asks for it before a push."""
    named = _named(facts)
    for vendor in facts.vendors if facts.stage is not Stage.PUSH else ():
        mine = settings.get(vendor.id, {})
        if isinstance(wants := mine.get("access"), AccessSettings):
            yield from access_until(vendor, wants, facts.today, facts.reviewed(vendor.id))
            people = (person for person in vendor.people if (vendor.id, person.id) in named)
            yield from (day for person in people for day in papers_until(person, wants, facts.today))
        if section := mine.get("remediation"):
            yield from tracked_until(facts.tracked, vendor, section, facts.today)
        yield from (day for day in _governed(vendor, mine, facts.today) if day >= facts.today)


def _governed(vendor: Vendor, sections: Mapping[str, BaseModel], today: date) -> Iterator[date]:
    """What the tier bounds by age, and certificates; an overdue duty of ours counts where the tier lets it deny."""
    contract, diligence = sections.get("contract"), sections.get("due-diligence")
    if isinstance(contract, ContractSettings) and vendor.contract:
        audited = audited_until(vendor.contract, contract)
        yield from (audited,) if audited else ()
    if isinstance(diligence, DiligenceSettings):
        yield from relied_on_until(vendor, diligence, today)
    if isinstance(oversight := sections.get("oversight"), OversightSettings):
        yield from rounds_until(vendor, oversight, today)


def _named(facts: Facts) -> frozenset[tuple[str, str]]:
    """The vendors' people whom the change names; where nobody could say whom, all of them."""
    if not isinstance(facts.attribution, Attribution):
        return frozenset(_everybody(facts.vendors))
    roles = (*facts.attribution.roles, *(role for c in facts.attribution.commits for role in c.roles))
    return frozenset((role.organisation, role.person) for role in roles if role.person)


def _everybody(vendors: tuple[Vendor, ...]) -> Iterator[tuple[str, str]]:
    return ((vendor.id, person.id) for vendor in vendors for person in vendor.people)
