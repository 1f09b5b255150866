"""Lint of contracts, due diligence, claimed tiers and our own documents."""

from __future__ import annotations

from datetime import date

import pytest

from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import Policy
from tests.policy.memory import ACME, POLICY, load
from tests.policy.test_lint import WHOLE_ACME

TODAY = date(2026, 6, 1)
TIERING = "tiering:\n  data-class: {public: standard, personal: critical}\n  reach: {none: standard}\n"
OWN = "documents:\n  - {id: sdp, file: sdp.pdf, sha256: %s, approved_by: ciso, approved_on: %s}\n"


def new(policy: Policy) -> list[str]:
    known = {found.message for found in lint(load({"vendors/acme.yaml": WHOLE_ACME}), TODAY)}
    found = lint(policy, TODAY)
    return [f"{one.severity} {one.place}: {one.message}" for one in found if one.message not in known]


def acme(old: str, text: str) -> Policy:
    assert old in WHOLE_ACME
    return load({"vendors/acme.yaml": WHOLE_ACME.replace(old, text)})


@pytest.mark.parametrize(
    ("old", "text", "said"),
    [
        (
            "valid_until: 2027-06-30",
            "valid_until: 2026-05-31",
            "due diligence: a certification lapsed (SOC 2 Type II",
        ),
        (
            "{on: 2025-12-01}\n  cert",
            "{on: 2026-02-01}\n  cert",
            "due diligence: assessed after the contract was signed",
        ),
        (
            "{on: 2025-12-01}\n  cert",
            "{on: 2026-06-02, first_on: 2025-12-01}\n  cert",
            "assessment is still to come",
        ),
        ("  personnel_vetting: {on: 2025-12-01}\n", "", "no vetting of the vendor's staff on register"),
        ("security_contact: security@acme-dev.example\n", "", "nobody to write to about a weakness"),
        (", low: 180 days", "", "contract: no agreed time to fix findings (MSA-2026-014: nothing agreed for low)"),
    ],
)
def test_what_will_deny_is_said_with_its_line(old: str, text: str, said: str) -> None:
    """before the first change is denied for it"""
    (found,) = new(acme(old, text))
    assert found.startswith("warning vendors/acme.yaml:")
    assert said in found
    assert found.endswith("so its changes are denied")


def test_what_warns_is_said_without_a_threat() -> None:
    """our own duty, and a signature after the contract began"""
    (overdue,) = new(acme("{on: 2025-12-01}\n  cert", "{on: 2025-05-31}\n  cert"))
    assert overdue.endswith("the vendor's reassessment is overdue (assessed on 2025-05-31, wanted every 12 months)")
    (late,) = new(acme("signed_on: 2026-01-10", "signed_on: 2026-01-20"))
    assert late.startswith("note vendors/acme.yaml:8: acme: contract: signed after it began")


def test_a_tier_that_asks_for_nothing_lints_nothing() -> None:
    text = ACME.replace("tier: critical", "tier: standard")
    assert new(load({"vendors/acme.yaml": text})) == []


def test_a_claim_that_is_too_low_and_a_question_without_an_answer() -> None:
    """the register shows less than what follows"""
    text = WHOLE_ACME.replace("tier: critical", "tier: standard") + "answers: {data-class: personal}\n"
    assert new(load({"policy.yaml": POLICY + TIERING, "vendors/acme.yaml": text})) == [
        (
            "warning vendors/acme.yaml:4: acme: claims standard, and is judged by critical, as follows from "
            "data-class: personal"
        ),
        "warning vendors/acme.yaml:34: acme: not answered: reach; no tier follows from that",
    ]


@pytest.mark.parametrize(
    ("approved_on", "said"),
    [("2026-03-01", []), ("2025-05-31", ["overdue: review was due by 2026-05-31"]), ("2026-06-02", ["unapproved"])],
)
def test_our_own_documents_have_a_review(approved_on: str, said: list[str]) -> None:
    """lint reads no document, so nothing is said of its bytes"""
    text = POLICY + OWN % ("d" * 64, approved_on)
    found = new(load({"policy.yaml": text, "vendors/acme.yaml": WHOLE_ACME}))
    assert [line.split("sdp: ")[1][: len(part)] for line, part in zip(found, said, strict=True)] == said
    assert all(line.startswith("warning policy.yaml:9: ") for line in found)
