"""Until when a decision may be relied on: certificates, questionnaires, and what the tier lets deny."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from outsource_gate.evidence.expiry import valid_until
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.contract_terms import ContractSettings
from outsource_gate.policy.diligence_terms import DiligenceSettings
from tests import values

NOTHING = {"assessment": False, "certifications_needed": 0, "vetting": False}
DILIGENCE = {
    "risk_assessment": {"on": "2025-12-20"},
    "certifications": [{"name": "SOC 2", "valid_until": "2026-12-10"}],
    "questionnaires": [{"name": "SIG Lite", "on": "2025-12-18", "score": 87}],
}
END = "2027-01-15"  # of the contract


def until(stage: Stage = Stage.CHANGE, contract: dict[str, Any] | None = None, **wants: Any) -> str:
    known = values.facts(stage=stage, vendors=(values.vendor(due_diligence=DILIGENCE),), vendor=None)
    settings = {
        "contract": ContractSettings(**(contract or {})),
        "due-diligence": DiligenceSettings(**(NOTHING | wants)),
    }
    found = valid_until(known, {"acme": settings})
    assert found is not None
    assert found == datetime(found.year, found.month, found.day, tzinfo=UTC)
    return found.date().isoformat()


@pytest.mark.parametrize(
    ("wants", "end"),
    [
        ({}, END),
        ({"certifications_needed": 1}, "2026-12-11"),
        ({"questionnaire_score": 80}, END),
        ({"questionnaire_score": 80, "questionnaire_max_age": "12 months"}, "2026-12-19"),
        ({"questionnaire_score": 80, "questionnaire_max_age": "11 months"}, END),
        ({"assessment": True}, END),
        ({"assessment": True, "customer": "deny"}, "2026-12-21"),
        ({"contract": {"audit_max_age": "11 months", "customer": "deny"}}, "2026-12-16"),
        ({"contract": {"audit_max_age": "11 months"}}, END),
    ],
)
def test_the_first_end_of_what_a_pass_relied_on_counts(wants: dict[str, Any], end: str) -> None:
    """what only warns was not relied on, and what is over already was not either"""
    assert until(**wants) == end


def test_before_a_push_nobody_asks_for_a_certificate() -> None:
    assert until(Stage.PUSH, certifications_needed=1) == END
