"""Gate due-diligence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.due_diligence import GATE, Settings, judge
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Effect, Reason, Status
from tests import values

TODAY = date(2026, 11, 23)
NOTHING = Settings(assessment=False, certifications_needed=0, vetting=False)
ISO = {"name": "ISO/IEC 27001", "valid_until": "2027-06-30"}
SIG = {"name": "SIG Lite", "on": "2026-10-01", "score": 80}


def known(**changes: Any) -> Vendor:
    """Acme with parts of its due diligence changed; None removes a part."""
    whole = values.vendor().due_diligence
    assert whole is not None
    parts = whole.model_dump(by_alias=True) | changes
    return values.vendor(due_diligence={name: part for name, part in parts.items() if part is not None})


def assessed(on: str, **more: Any) -> Vendor:
    return known(risk_assessment={"on": on, **more})


def reasons(vendor: Vendor | None, settings: Settings | None = None) -> tuple[Reason, ...]:
    return judge(values.facts(vendors=(vendor,) if vendor else ()), settings or Settings()).reasons


def codes(vendor: Vendor | None, **settings: Any) -> set[str]:
    return {reason.code for reason in reasons(vendor, Settings(**settings))}


def status(vendor: Vendor, **settings: Any) -> Status:
    return judge(values.facts(vendors=(vendor,)), Settings(**settings)).status


def test_a_vendor_that_was_looked_at_in_time_passes() -> None:
    verdict = judge(values.facts(), Settings(notice_days=0))
    assert (verdict.status, verdict.reasons, verdict.summary) == (Status.PASS, (), "in order")


def test_a_tier_that_asks_for_nothing_judges_nothing() -> None:
    """the tier standard; an incident on register changes nothing of that"""
    assert judge(values.facts(vendors=()), NOTHING).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("vendor", "code"),
    [
        (None, "vendor-unregistered"),
        (known(risk_assessment=None), "assessment-missing"),
        (assessed("2026-11-24", first_on="2025-12-01"), "assessment-in-future"),
        (assessed("2026-01-11"), "assessment-after-signing"),
        (assessed("2026-06-01", first_on="2026-01-11"), "assessment-after-signing"),
        (assessed("2026-06-01", first_on="2025-12-01", result="unacceptable"), "assessment-unacceptable"),
        (known(certifications=[]), "certification-missing"),
        (known(certifications=[{"name": "PCI DSS", "valid_until": "2027-06-30"}]), "certification-missing"),
        (known(certifications=[{**ISO, "valid_until": "2026-11-22"}]), "certification-lapsed"),
        (known(certifications=[{**ISO, "valid_from": "2026-11-24"}]), "certification-not-yet-valid"),
        (known(certifications=[{"name": "ISO/IEC 27001"}]), "certification-undated"),
        (known(personnel_vetting=None), "vetting-missing"),
        (known(personnel_vetting={"on": "2025-12-21", "result": "failed"}), "vetting-failed"),
        (known(personnel_vetting={"on": "2026-11-24"}), "vetting-in-future"),
    ],
)
def test_what_is_not_in_order_denies_with_its_own_code(vendor: Vendor | None, code: str) -> None:
    """Each thing that can be wrong has one published code."""
    found = reasons(vendor, Settings(notice_days=0))
    assert [(reason.code, reason.effect) for reason in found] == [(code, Effect.DENY)]
    assert code in GATE.reasons


def test_a_vendor_without_any_due_diligence_lacks_everything() -> None:
    """an empty section is no pass"""
    missing = {"assessment-missing", "certification-missing", "vetting-missing", "questionnaire-missing"}
    assert codes(values.vendor(due_diligence=None), questionnaire_score=50) == missing


def test_an_assessment_of_the_day_of_the_signature_counts() -> None:
    """a day is the finest that is known"""
    assert codes(assessed("2026-01-10"), notice_days=0) == set()


@pytest.mark.parametrize(
    ("on", "cadence", "code"),
    [
        ("2025-11-22", None, "reassessment-overdue"),
        ("2025-11-23", None, "reassessment-due"),
        ("2026-01-09", None, "reassessment-due"),
        ("2026-01-09", "10 months", "reassessment-overdue"),
        ("2025-11-22", "36 months", "reassessment-overdue"),
        ("2026-01-10", None, None),
    ],
)
def test_a_reassessment_that_we_owe_warns(on: str, cadence: str | None, code: str | None) -> None:
    """the shorter of the tier's age and the register's cadence counts; it is not the vendor's to do"""
    vendor = assessed(on, reassess_every=cadence)
    found = reasons(vendor, Settings(notice_days=48))
    assert [(one.code, one.effect, one.duty) for one in found] == (
        [(code, Effect.NOTE, "customer")] if code else []
    )


def test_a_tier_may_let_an_overdue_reassessment_deny() -> None:
    """a warning before it stays one"""
    assert status(assessed("2025-11-22"), customer="deny") is Status.FAIL
    assert status(assessed("2025-11-23"), customer="deny") is Status.PASS


@pytest.mark.parametrize("held", ["iso 27001:2022", "ISO/IEC 27001", "SOC2 Type II", "soc 2"])
def test_one_certification_of_the_list_is_enough(held: str) -> None:
    assert codes(known(certifications=[{**ISO, "name": held}])) <= {"reassessment-due"}


def test_several_may_be_needed_and_one_counts_once() -> None:
    """two certificates of one name are one"""
    twice = known(certifications=[ISO, {**ISO, "name": "ISO 27001:2022"}])
    both = known(certifications=[ISO, {**ISO, "name": "SOC 2 Type II"}])
    assert status(twice, certifications_needed=2) is Status.FAIL
    assert status(both, certifications_needed=2) is Status.PASS


def test_a_lapsed_certification_beside_a_valid_one_is_nothing() -> None:
    renewed = known(certifications=[{**ISO, "valid_until": "2026-01-01"}, ISO])
    assert "certification-lapsed" not in codes(renewed)


@pytest.mark.parametrize(("until", "said"), [("2027-01-21", True), ("2027-01-22", False)])
def test_an_expiry_is_told_before_and_denies_nothing(until: str, said: bool) -> None:
    vendor = known(certifications=[{**ISO, "valid_until": until}])
    assert ("certification-expiring" in codes(vendor)) == said
    assert status(vendor) is Status.PASS


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        ([{**SIG, "score": 69}], "questionnaire-score-low"),
        ([SIG, {**SIG, "on": "2026-11-01", "score": 10}], "questionnaire-score-low"),
        ([SIG, {**SIG, "score": 10}], "questionnaire-score-low"),
        ([{**SIG, "on": "2025-11-22"}], "questionnaire-too-old"),
        ([{**SIG, "on": "2026-11-24"}], "questionnaire-missing"),
        ([{**SIG, "on": "2026-01-01", "score": 10}, {**SIG, "score": 70}], None),
    ],
)
def test_the_newest_questionnaire_decides(seen: list[dict[str, Any]], code: str | None) -> None:
    """of two of one day the worse, and none of a day to come"""
    wants = {"questionnaire_score": 70, "questionnaire_max_age": "12 months", "notice_days": 0}
    assert codes(known(questionnaires=seen), **wants) == ({code} if code else set())


@pytest.mark.parametrize(
    ("incident", "is_open"),
    [
        ({"severity": "high"}, True),
        ({"severity": "critical", "closed_on": "2026-11-24"}, True),
        ({"severity": "critical", "closed_on": "2026-11-23"}, False),
        ({"severity": "medium"}, False),
    ],
)
def test_an_open_incident_is_told_or_denies(incident: dict[str, Any], is_open: bool) -> None:
    """as the tier says; what happened is for our own readers"""
    vendor = known(track_record=[{"on": "2026-05-02", "what": "a leak at a client", **incident}])
    found = [reason for reason in reasons(vendor) if reason.code == "incident-open"]
    assert [reason.effect for reason in found] == ([Effect.NOTE] if is_open else [])
    assert (status(vendor, incidents="deny") is Status.FAIL) == is_open


def test_an_assessment_with_conditions_is_told() -> None:
    found = reasons(assessed("2026-01-10", result="acceptable-with-conditions"), Settings(notice_days=0))
    assert [(reason.code, reason.effect) for reason in found] == [("assessment-conditions", Effect.NOTE)]


def test_dates_and_names_are_for_our_own_readers() -> None:
    """a contractor learns what is missing and whom to ask"""
    lapsed = known(certifications=[{**ISO, "valid_until": "2026-11-20"}], personnel_vetting=None)
    for reason in reasons(lapsed):
        seen = f"{reason.message}{reason.got}{reason.expected}{reason.next_step}"
        assert "2026" not in seen and "27001" not in seen
        assert reason.who == "procurement@corp.example"
    assert "ISO/IEC 27001 ended 3 days ago (2026-11-20)" in [reason.internal for reason in reasons(lapsed)]


@given(st.integers(-800, 800), st.integers(-800, 800))
def test_a_certificate_counts_on_its_days_and_on_no_other(first: int, last: int) -> None:
    """whatever else is in order"""
    start, end = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    vendor = known(certifications=[{**ISO, "valid_from": start, "valid_until": end}])
    assert (status(vendor) is Status.PASS) == (start <= TODAY <= end)
