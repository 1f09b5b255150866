"""What is owed by and to every vendor, and by when? Pure: a policy and a day in, obligations out.

It says what the gates say: what one of them denies today for want of something fresh is overdue or missing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from outsource_gate.duties.activities import oversight_duties
from outsource_gate.duties.agreed import contract_duties, diligence_duties
from outsource_gate.duties.granted import access_duties, engagement_duties, is_offboarded
from outsource_gate.duties.obligation import Obligation, Sheet
from outsource_gate.duties.own import own_duties
from outsource_gate.duties.papers import people_duties
from outsource_gate.model.register import Vendor
from outsource_gate.policy.load import Policy


def obligations(policy: Policy, today: date, soon: date) -> Iterator[Obligation]:
    """Give every obligation, vendor by vendor, and the organisation's own; `soon` is the last day of "due soon"."""
    yield from own_duties(policy, today, soon)
    for vendor in policy.vendors.values():
        yield from obligations_of(policy, vendor, today, soon)


def obligations_of(policy: Policy, vendor: Vendor, today: date, soon: date) -> Iterator[Obligation]:
    """Give every obligation of one vendor, in the order of its entry."""
    place = policy.place("vendors", vendor.id)
    sheet = Sheet(policy, vendor, policy.tier_of(vendor.id), today, soon, place)
    sheet = replace(sheet, is_over=is_offboarded(vendor, sheet))
    yield from contract_duties(sheet)
    yield from diligence_duties(sheet)
    yield from access_duties(sheet)
    yield from engagement_duties(sheet)
    yield from oversight_duties(sheet)
    yield from people_duties(sheet)
