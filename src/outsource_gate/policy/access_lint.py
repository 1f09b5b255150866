"""What would gate access object to, whoever of the vendor made the change? Said beforehand, for `lint`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.concern import Concern
from outsource_gate.policy.load import Policy
from outsource_gate.policy.papers import Holder, paper_concerns, version_concerns
from outsource_gate.policy.ways_in import access_concerns


def access_beforehand(policy: Policy, vendor: Vendor, wants: AccessSettings, today: date) -> Iterator[Concern]:
    """Give what is missing for everybody who is, or will be, active; who has left needs no papers."""
    if vendor.access:
        yield from access_concerns(vendor, vendor.access, wants, today)
    (known,) = versions(policy, (vendor,))
    for number, person in enumerate(vendor.people):
        if person.active.until is None or person.active.until >= today:
            holder = Holder(person, number)
            yield from paper_concerns(holder, wants, today)
            yield from version_concerns(holder, wants, known.version)
    yield from _beyond(vendor)


def _beyond(vendor: Vendor) -> Iterator[Concern]:
    """Days that lie apart from the contract's are an error; days that go on after its end are said."""
    end = vendor.contract.valid.until if vendor.contract else None
    for number, person in enumerate(vendor.people):
        if end and person.active.until and person.active.until > end:
            message = f"{person.id} is active until {person.active.until}, after the contract's last day {end}"
            yield Concern("active-after-contract", message, ("people", number, "active"), effect=Effect.NOTE)
