"""Which waivers were written for the vendors of this change, and did their approvers sign them?

A name in YAML is a claim. What counts is a signature by a registered key of the approver over the whole entry.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.model.facts import Attribution, Facts, Member
from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.register import Person
from outsource_gate.model.span import after
from outsource_gate.model.waiver import Granted, ReportOnly, Waiver
from outsource_gate.policy.load import Policy
from outsource_gate.policy.signing_key import key_id
from outsource_gate.policy.tiers import REPORT_ONLY

NAMESPACE = b"waiver@outsource-gate"
LONGEST_WINDOW = "12 months"
_TYPE = "outsource-gate waiver v1"


def with_exceptions(facts: Facts, policy: Policy) -> Facts:
    """Complete the facts with the waivers and report-only windows of the vendors in the change."""
    assert isinstance(facts.attribution, Attribution)
    vendors = [vendor for vendor in facts.attribution.vendors if vendor in policy.vendors]
    check_windows(policy, facts.today)
    found = tuple(granted(one, policy, facts.today) for one in policy.waivers if one.vendor in vendors)
    return replace(
        facts,
        waivers=found,
        members=_with_approvers(facts.members, found, policy),
        report_only=tuple(_windows(vendors, policy, facts.today)),
    )


def granted(waiver: Waiver, policy: Policy, today: date) -> Granted:
    """Check who signed; what is over or not begun yet is said by others."""
    bare = waiver.model_copy(update={"signature": None})
    person = next((one for one in policy.internal if one.id == waiver.approver), None)
    if person is None or not person.active.covers(today):
        return Granted(bare, problem=f"its approver {waiver.approver} does not work for us today")
    if waiver.signature is None:
        return Granted(bare, problem="nobody signed it")
    return _checked(waiver, bare, person, policy.organization)


def signed_bytes(waiver: Waiver, organisation: str) -> bytes:
    """Give what the approver signs: every field that is set, so that none can be changed afterwards."""
    fields = waiver.model_dump(mode="json", exclude={"signature"}, exclude_defaults=True)
    return canonical_bytes({"type": _TYPE, "organization": organisation, "waiver": fields})


def fingerprint(key: str) -> str:
    """Name an SSH key as `ssh-keygen -l` does; `key` is "ssh-ed25519 AAAA..."."""
    digest = hashlib.sha256(base64.b64decode(key.split(" ")[1])).digest()
    return f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def check_windows(policy: Policy, today: date) -> None:
    """PolicyError for a window that ends so late that it is none."""
    latest = after(today, LONGEST_WINDOW)
    for tier in policy.tiers.values():
        if tier.report_only_until and tier.report_only_until > latest:
            raise tier.places["", REPORT_ONLY].error(
                f"{tier.report_only_until} is more than {LONGEST_WINDOW} away; allowed: until {latest}",
                "a rollout ends; choose an earlier day, and a later one when it comes near",
            )


def _checked(waiver: Waiver, bare: Waiver, person: Person, organisation: str) -> Granted:
    from outsource_gate.git.sshsig import verify_ssh  # noqa: PLC0415 - cryptography only where one is signed

    signature = verify_ssh((waiver.signature or "").encode(), signed_bytes(waiver, organisation), NAMESPACE)
    if signature.status != "good":
        return Granted(bare, problem=f"its signature does not hold: {signature.detail}")
    if signature.key not in {key_id(key) for key in person.signing_keys}:
        return Granted(bare, problem=f"it is signed with a key that is not {waiver.approver}'s")
    return Granted(bare, fingerprint(signature.key))


def _windows(vendors: list[str], policy: Policy, today: date) -> Iterator[ReportOnly]:
    for vendor in vendors:
        until = policy.tier_of(vendor).report_only_until
        if until and today <= until:
            yield ReportOnly(vendor, until)


def _with_approvers(members: tuple[Member, ...], found: tuple[Granted, ...], policy: Policy) -> tuple[Member, ...]:
    """The record names them by their pseudonyms, as everybody; judging needs nothing else of them."""
    known = {(member.organisation, member.person.id) for member in members}
    wanted = {one.waiver.approver for one in found if (INTERNAL, one.waiver.approver) not in known}
    more = (Member(INTERNAL, Person(id=person.id)) for person in policy.internal if person.id in wanted)
    return (*members, *more)
