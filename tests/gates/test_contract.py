"""Gate contract."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.contract import GATE, Settings, judge
from outsource_gate.model.document import Compared
from outsource_gate.model.facts import NotAsked
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Document
from outsource_gate.model.verdict import Effect, Reason, Status
from tests import values

OTHER = Document(file="contracts/escrow.pdf", sha256="d" * 64)


def reasons(vendor: Vendor | None, settings: Settings | None = None, **changes: Any) -> tuple[Reason, ...]:
    vendors = (vendor,) if vendor else ()
    return judge(values.facts(vendors=vendors, **changes), settings or Settings()).reasons


def codes(vendor: Vendor | None, settings: Settings | None = None, **changes: Any) -> set[str]:
    return {reason.code for reason in reasons(vendor, settings, **changes)}


def clauses(**changed: Any) -> dict[str, Any]:
    contract = values.vendor().contract
    assert contract is not None
    return {name: clause.model_dump() for name, clause in contract.clauses.items()} | changed


def audited(on: str | None, **more: Any) -> Vendor:
    return values.contract(clauses=clauses(**{"right-to-audit": {"section": "12", "exercised_on": on}}), **more)


def test_a_signed_approved_contract_in_force_passes() -> None:
    verdict = judge(values.facts(), Settings())
    assert (verdict.status, verdict.reasons) == (Status.PASS, ())
    assert verdict.summary == "in force, 1 of 1 documents compared and as registered"


@pytest.mark.parametrize(
    ("vendor", "code"),
    [
        (None, "vendor-unregistered"),
        (values.vendor(contract=None), "contract-missing"),
        (values.contract(valid={"until": "2026-11-22"}), "contract-not-in-force"),
        (values.contract(valid={"from": "2026-11-24"}), "contract-not-in-force"),
        (values.contract(signed_on=None), "contract-unsigned"),
        (values.contract(signed_on="2026-11-24"), "contract-unsigned"),
        (values.contract(approved_by=[]), "contract-unapproved"),
        (values.contract(document=None), "contract-document-missing"),
        (values.contract(clauses={}), "clause-missing"),
        (values.contract(remediation_sla=None), "remediation-sla-missing"),
        (values.contract(remediation_sla={"critical": "7 days"}), "remediation-sla-missing"),
        (values.vendor(security_contact=None), "security-contact-missing"),
        (values.vendor(incident_notification=None), "incident-notification-missing"),
    ],
)
def test_what_is_not_in_order_denies_with_its_own_code(vendor: Vendor | None, code: str) -> None:
    """Each thing that can be wrong with a contract has one published code."""
    (*_, reason) = reasons(vendor)
    assert {reason.code for reason in reasons(vendor)} == {code}
    assert reason.effect is Effect.DENY
    assert code in GATE.reasons


def test_the_last_day_of_a_contract_belongs_to_it() -> None:
    """`until` includes its whole day."""
    assert codes(values.contract(valid={"until": "2026-11-23"})) == set()


def test_contract_terms_are_for_our_own_readers() -> None:
    """Neither reference nor date of a contract stands where a contractor reads."""
    (reason,) = reasons(values.contract(valid={"until": "2026-11-20"}))
    assert "MSA-2026-014 ended 3 days ago (2026-11-20)" in reason.internal
    assert "MSA" not in f"{reason.message}{reason.got}{reason.expected}{reason.next_step}"
    assert reason.who == "procurement@corp.example"


@pytest.mark.parametrize(("notice", "said"), [("52 days", True), ("51 days", False), ("2 months", True)])
def test_a_renewal_is_asked_for_from_its_notice_on_and_denies_nothing(notice: str, said: bool) -> None:
    """52 days before its last day, 2027-01-14"""
    vendor = values.contract(renewal_notice=notice)
    assert codes(vendor) == ({"contract-renewal-due"} if said else set())
    assert judge(values.facts(vendors=(vendor,)), Settings()).status is Status.PASS


def test_a_contract_signed_after_it_began_is_told_and_denies_nothing() -> None:
    (reason,) = reasons(values.contract(signed_on="2026-02-01"))
    assert (reason.code, reason.effect) == ("contract-signed-late", Effect.NOTE)


def test_an_artefact_that_the_tier_asks_for_needs_a_section_or_a_document() -> None:
    """an empty entry shows nothing, and nobody asks by default"""
    asked = Settings(artefacts=("escrow",))
    assert codes(values.vendor(), asked) == {"artefact-missing"}
    assert codes(values.contract(artefacts={"escrow": {"verified_on": "2026-02-01"}}), asked) == {
        "artefact-missing"
    }
    assert codes(values.contract(artefacts={"escrow": {"section": "14"}}), asked) == set()


@pytest.mark.parametrize(
    ("vendor", "is_overdue"),
    [
        (audited("2025-11-23"), False),
        (audited("2025-11-22"), True),
        (audited("2026-11-24"), True),
        (audited(None), False),
        (audited(None, valid={"from": "2025-11-22"}), True),
    ],
)
def test_an_audit_that_we_owe_warns_unless_the_tier_says_otherwise(vendor: Vendor, is_overdue: bool) -> None:
    """the first one is due an age after the contract began; it is not the vendor's to do"""
    found = reasons(vendor, Settings(audit_max_age="12 months"))
    assert [(reason.code, reason.effect, reason.duty) for reason in found if reason.code == "audit-overdue"] == (
        [("audit-overdue", Effect.NOTE, "customer")] if is_overdue else []
    )
    strict = judge(values.facts(vendors=(vendor,)), Settings(audit_max_age="12 months", customer="deny"))
    assert (strict.status is Status.FAIL) == is_overdue


def test_a_document_that_differs_denies_whatever_part_names_it() -> None:
    """its name is for our own readers"""
    assessment = {"on": "2025-12-20", "document": OTHER}
    vendor = values.vendor(due_diligence={"risk_assessment": assessment})
    compared = (Compared(values.MSA, "matches"), Compared(OTHER, "differs", "has another digest"))
    (reason,) = reasons(vendor, documents=compared)
    assert (reason.code, reason.effect) == ("document-differs", Effect.DENY)
    assert reason.internal == "risk assessment: contracts/escrow.pdf (has another digest)"
    assert "escrow" not in f"{reason.message}{reason.got}{reason.expected}{reason.next_step}"


def test_the_digest_counts_not_the_name() -> None:
    """a comparison of the same file with another digest says nothing of this one"""
    other = Compared(Document(file="contracts/msa.pdf", sha256="d" * 64), "matches")
    assert codes(values.vendor(), documents=(other,)) == {"document-not-checked"}


@pytest.mark.parametrize("documents", [NotAsked(), (Compared(values.MSA, "not-checked", "no such file"),), ()])
def test_a_document_that_nobody_compared_is_told_or_leaves_it_undecided(documents: Any) -> None:
    """silence is no comparison"""
    facts = values.facts(documents=documents)
    named, checked = judge(facts, Settings()), judge(facts, Settings(documents="checked"))
    assert (named.status, checked.status) == (Status.PASS, Status.INDETERMINATE)
    assert [reason.code for reason in named.reasons] == ["document-not-checked"]
    assert "0 of 1 documents compared" in named.summary


@given(st.integers(-400, 400), st.integers(0, 400))
def test_a_contract_is_in_force_on_its_days_and_on_no_other(start: int, length: int) -> None:
    """The gate's day decides, and nothing else."""
    today = date(2026, 11, 23)
    first = today + timedelta(days=start)
    last = first + timedelta(days=length)
    verdict = judge(values.facts(vendors=(values.contract(valid={"from": first, "until": last}),)), Settings())
    assert (verdict.status is Status.PASS) == (first <= today <= last)
