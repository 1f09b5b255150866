"""What is owed of a vendor's people, and after an engagement."""

from __future__ import annotations

from typing import Any

import pytest

from outsource_gate.duties.obligation import State
from outsource_gate.model.register import Vendor
from tests import values
from tests.duties.register import complete, of, only


def access(**changes: Any) -> Vendor:
    whole = complete().access
    assert whole is not None
    return complete(access=whole.model_dump(by_alias=True) | changes)


def person(**changes: Any) -> Vendor:
    return complete(people=[values.person("vic", **{**values.PAPERS, **changes})])


@pytest.mark.parametrize(
    ("engagement", "state"),
    [
        ({"valid": {"until": "2026-10-01"}}, State.OVERDUE),
        ({"valid": {"until": "2026-11-20"}}, State.DUE),
        ({"valid": {"until": "2026-10-01"}, "revoked_on": "2026-10-02"}, State.OVERDUE),
        (
            {
                "valid": {"until": "2026-10-01"},
                "revoked_on": "2026-10-02",
                "proof": {"file": "review.json", "sha256": "e" * 64},
            },
            State.ENDED,
        ),
    ],
)
def test_after_an_engagement_access_is_to_be_proven_gone(engagement: dict[str, Any], state: State) -> None:
    """thirty days are given by the shipped tiers; a day alone proves nothing"""
    found = only(complete(engagements=[{"id": "refunds", **engagement}]), "revocation")
    assert (found.state, found.duty) == (state, "customer")


@pytest.mark.parametrize(
    ("paper", "kind", "state"),
    [
        ({"nda": None}, "nda", State.MISSING),
        ({"mfa": None}, "mfa", State.MISSING),
        ({"mfa": {"verified_on": "2026-08-01"}}, "mfa", State.OVERDUE),
        ({"training": {}}, "training", State.MISSING),
        ({"training": {"secure_coding": {"on": "2025-11-01"}}}, "training", State.OVERDUE),
        ({"training": {"secure_coding": {"on": "2026-10-01", "valid_for": "1 month"}}}, "training", State.OVERDUE),
        ({"checklist": None}, "checklist", State.MISSING),
    ],
)
def test_each_paper_of_a_person_has_its_day(paper: dict[str, Any], kind: str, state: State) -> None:
    found = only(person(**paper), kind)
    assert (found.state, found.person) == (state, "vic")


def test_who_has_left_owes_no_papers() -> None:
    found = of(person(active={"until": "2026-11-22"}, nda=None))
    assert [(one.kind, one.state) for one in found if one.person] == [("active", State.ENDED)]


def test_the_setting_that_asks_is_named() -> None:
    assert only(person(mfa=None), "mfa").asked_by == "critical.access.mfa_max_age"


def test_what_is_dated_ahead_counts_for_nothing() -> None:
    """an appointment is no record, whatever it is of"""
    found = only(access(reviewed={"on": "2026-12-24"}), "access-review")
    assert (found.state, found.note) == (State.MISSING, "dated ahead, 2026-12-24")
