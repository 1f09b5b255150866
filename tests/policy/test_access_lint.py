"""What gate access would object to, said before anybody pushes."""

from __future__ import annotations

from datetime import date

import pytest

from outsource_gate.model.verdict import Effect
from outsource_gate.policy.access_lint import access_beforehand
from outsource_gate.policy.access_terms import AccessSettings
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.load import Policy
from tests.policy.memory import ACME, load

TODAY = date(2026, 6, 1)
PAPERS = """\
    mfa: {verified_on: 2026-05-20}
    training: {secure_coding: {on: 2026-02-01}}
    nda: {signed_on: 2026-01-12}
    checklist: {acknowledged_on: 2026-01-14, version: VERSION}
"""
LOOKED_AT = """\
  reviewed: {on: 2026-05-20}
  remote_access: {method: vdi, verified_on: 2026-05-20}
  device_management: {verified_on: 2026-05-20}
people:
"""


def acme(old: str, new: str) -> Policy:
    """Load it with a part of Acme's file changed, everything its tier wants of access being there."""
    text = ACME.replace("people:\n", LOOKED_AT) + PAPERS
    assert old in text
    text = text.replace(old, new)
    policy = load({"vendors/acme.yaml": text})
    (known,) = versions(policy, policy.vendors.values())
    return load({"vendors/acme.yaml": text.replace("VERSION", known.version)})


def said(policy: Policy) -> list[tuple[Effect, str, str]]:
    """What it does, the line, the message."""
    vendor, place = policy.vendors["acme"], policy.place("vendors", "acme")
    wants = policy.tier_of("acme").gates["access"]
    assert isinstance(wants, AccessSettings)
    return [
        (one.reason(vendor, wants.customer).effect, str(place.below(*one.path)), one.message)
        for one in access_beforehand(policy, vendor, wants, TODAY)
    ]


def test_where_everything_is_there_nothing_is_said() -> None:
    assert said(acme("", "")) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    nda: {signed_on: 2026-01-12}\n", "", 26, "vic: no signed confidentiality agreement on register"),
        (
            "verified_on: 2026-05-20}\n    tr",
            "verified_on: 2026-03-02}\n    tr",
            30,
            "vic: nobody of ours looked at the second factor within 90 days",
        ),
        ("secure_coding", "first_aid", 31, "vic: no training secure_coding on register"),
        ("method: vdi", "method: direct", 23, "the way in is none of vpn, vdi"),
        (
            "people:",
            "engagements: [{id: a, valid: {until: 2026-05-19}, revoked_on: 2026-05-20}]\npeople:",
            25,
            "no engagement runs today, so nobody of this vendor is active",
        ),
    ],
)
def test_what_a_tier_wants_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    """person by person and part by part, before a change is denied for it"""
    assert [told for told in said(acme(old, new)) if told[0] is Effect.DENY] == [
        (Effect.DENY, f"vendors/acme.yaml:{line}", says)
    ]


def test_another_version_of_the_checklist_is_named_with_the_one_that_applies() -> None:
    policy = acme("version: VERSION", "version: older")
    (known,) = versions(policy, policy.vendors.values())
    message = f"vic: acknowledged another version of the checklist than {known.version}, which applies now"
    assert said(policy) == [(Effect.DENY, "vendors/acme.yaml:33", message)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reviewed: {on: 2026-05-20}", "reviewed: {on: 2026-01-20}", "what was granted was not reviewed within 90"),
        (
            "    mfa:",
            "    active: {until: 2027-02-01}\n    mfa:",
            "vic is active until 2027-02-01, after the contr",
        ),
    ],
)
def test_what_denies_nobody_is_said_as_well(old: str, new: str, says: str) -> None:
    """our own overdue duty, and days that go on after the contract"""
    ((effect, _, message),) = said(acme(old, new))
    assert effect is Effect.NOTE
    assert message.startswith(says)


def test_who_has_left_needs_no_papers() -> None:
    assert said(acme("    nda: {signed_on: 2026-01-12}\n", "    active: {until: 2026-05-31}\n")) == []


def test_a_vendor_that_a_looser_tier_judges_is_asked_for_less() -> None:
    bare = load({"vendors/acme.yaml": ACME.replace("tier: critical", "tier: standard")})
    assert [message for _, _, message in said(bare)] == ["vic: no signed confidentiality agreement on register"]
