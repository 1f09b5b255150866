"""What will deny or surprise of contracts, due diligence, claimed tiers and our own documents?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outsource_gate.model.document import own_concerns
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect
from outsource_gate.policy.access_lint import access_beforehand
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.concern import Concern
from outsource_gate.policy.contract_terms import ContractSettings, contract_concerns
from outsource_gate.policy.diligence_terms import DiligenceSettings, diligence_concerns
from outsource_gate.policy.linted import Lint, note, warn
from outsource_gate.policy.load import Policy
from outsource_gate.policy.tiering import derived, unanswered
from outsource_gate.policy.yaml_text import Place

_SAID_ELSEWHERE = ("contract-missing", "contract-not-in-force", "contract-renewal-due")  # lint tells ends itself

_PARTS = {"contract": "contract: ", "due_diligence": "due diligence: "}


def lint_vendor(policy: Policy, vendor: Vendor, today: date) -> Iterator[Lint]:
    """What the gates contract, due-diligence and access would say on this day, with the line that says so."""
    place = policy.place("vendors", vendor.id)
    yield from _tier(policy, vendor, place)
    gates = policy.tiers[vendor.tier].gates
    contract, diligence = gates.get("contract"), gates.get("due-diligence")
    if isinstance(contract, ContractSettings):
        concerns = contract_concerns(vendor, contract, today)
        for one in concerns:
            if one.code not in _SAID_ELSEWHERE:
                yield _said(vendor, one, place, denies=one.duty == "vendor" or contract.customer == "deny")
    if isinstance(diligence, DiligenceSettings) and not diligence.ask_nothing:
        for one in diligence_concerns(vendor, diligence, today):
            yield _said(vendor, one, place, denies=one.duty == "vendor" or diligence.customer == "deny")
    yield from _access(policy, vendor, place, today)


def _access(policy: Policy, vendor: Vendor, place: Place, today: date) -> Iterator[Lint]:
    """Papers of whoever is, or will be, active, and the way in."""
    wants = policy.tiers[vendor.tier].gates.get("access")
    if isinstance(wants, AccessSettings):
        for one in access_beforehand(policy, vendor, wants, today):
            yield _said(vendor, one, place, denies=one.duty == "vendor" or wants.customer == "deny")


def _said(vendor: Vendor, one: Concern, place: Place, *, denies: bool) -> Lint:
    part = _PARTS.get(str(one.path[0]), "")
    told = f"{vendor.id}: {part}{one.message}" + (f" ({one.internal})" if one.internal else "")
    if one.effect is Effect.NOTE:
        return note(place.below(*one.path), told)
    return warn(place.below(*one.path), f"{told}, so its changes are denied" if denies else told)


def _tier(policy: Policy, vendor: Vendor, place: Place) -> Iterator[Lint]:
    if claimed := policy.claimed.get(vendor.id):
        why = because(policy, vendor)
        yield warn(
            place.below("tier"),
            f"{vendor.id}: claims {claimed}, and is judged by {vendor.tier}, as follows from {why}",
            f"write tier: {vendor.tier}, or correct the answers",
        )
    if missing := unanswered(vendor, policy.tiering):
        yield warn(
            place.below("answers"),
            f"{vendor.id}: not answered: {', '.join(missing)}; no tier follows from that",
            "answer it: answers: {question: answer}",
        )


def because(policy: Policy, vendor: Vendor) -> str:
    """The answers that a vendor's tier follows from, in words."""
    follows = derived(vendor, policy.tiering, policy.tiers)
    return ", ".join(follows.because) if follows else "no answer"


def lint_documents(policy: Policy, today: date) -> Iterator[Lint]:
    """Our own documents that are not approved, or overdue for review; nobody reads them here."""
    places = {one.id: policy.place("policy", "documents", number) for number, one in enumerate(policy.documents)}
    for concern in own_concerns(policy.documents, (), today, expected=()):
        if concern.kind in ("unapproved", "overdue"):
            yield warn(places[concern.id], f"{concern.id}: {concern.kind}: {concern.why}")
