"""Documents: which a vendor's entry names, and which of our own are not in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from outsource_gate.model.document import Compared, OwnDocument, documents_of, own_concerns, place_of
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Document
from tests import values

TODAY = date(2026, 11, 23)
POLICY = {
    "id": "secure-development-policy",
    "file": "docs/sdp.pdf",
    "sha256": "d" * 64,
    "approved_by": "ciso",
    "approved_on": "2026-03-01",
}


def digits(number: int) -> dict[str, Any]:
    return {"file": f"{number}.pdf", "sha256": f"{number:064x}"}


def full() -> Vendor:
    """A vendor with a document wherever one may stand."""
    held = [{"on": "2026-01-01", "document": digits(number)} for number in range(20)]
    whole = values.contract(document=digits(100), artefacts={"escrow": {"document": digits(101)}}).model_dump(
        by_alias=True
    )
    return Vendor.model_validate(
        whole
        | {
            "due_diligence": {
                "risk_assessment": held[0],
                "certifications": [{"name": "SOC 2", "document": digits(102)}],
                "questionnaires": [{**held[1], "name": "SIG", "score": 1}],
                "personnel_vetting": held[2],
            },
            "access": {
                "reviewed": held[3],
                "remote_access": {"method": "vdi", "evidence": digits(103)},
                "device_management": {"evidence": digits(104)},
            },
            "engagements": [{"id": "one", "proof": digits(105)}],
            "oversight": [{"activity": "sprint-review", "every": "14 days", "last": held[4]}],
            "people": [{"id": "vic", "training": {"secure_coding": held[5]}}],
        }
    )


def anywhere(value: object) -> Iterator[Document]:
    match value:
        case Document():
            yield value
        case BaseModel():
            yield from (found for name in type(value).model_fields for found in anywhere(getattr(value, name)))
        case dict():
            yield from (found for each in value.values() for found in anywhere(each))
        case tuple():
            yield from (found for each in value for found in anywhere(each))


def test_no_document_of_an_entry_is_forgotten() -> None:
    """a place for one that is added to the register must be added here, too"""
    found = [named.document for named in documents_of(full())]
    assert sorted(found, key=place_of) == sorted(anywhere(full()), key=place_of)
    assert len(found) == 12


def test_a_document_stands_where_it_is_said_to_stand() -> None:
    """lint and errors name that place"""
    for named in documents_of(full()):
        value: Any = full()
        for step in named.path:
            is_container = isinstance(value, dict | tuple)
            value = value[step] if is_container else getattr(value, str(step))
        assert value == named.document


def own(**changes: Any) -> OwnDocument:
    return OwnDocument.model_validate({name: part for name, part in (POLICY | changes).items() if part is not None})


def kinds(one: OwnDocument, outcome: Any = "matches", today: date = TODAY) -> list[str]:
    found = own_concerns([one], [Compared(one.document, outcome)], today, expected=())
    return [concern.kind for concern in found]


def test_an_approved_document_of_ours_that_is_what_was_registered() -> None:
    assert kinds(own()) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"approved_on": None}, ["unapproved"]),
        ({"approved_by": None}, ["unapproved"]),
        ({"approved_on": "2026-11-24"}, ["unapproved"]),
        ({"approved_on": "2025-11-23"}, []),
        ({"approved_on": "2025-11-22"}, ["overdue"]),
        ({"approved_on": "2025-11-22", "reviewed_on": "2026-11-01"}, []),
        ({"approved_on": "2025-11-22", "reviewed_on": "2026-11-24"}, ["overdue"]),
        ({"review_every": "6 months"}, ["overdue"]),
    ],
)
def test_approval_and_review_have_days(changes: dict[str, Any], found: list[str]) -> None:
    """the last day counts whole, a day to come does not"""
    assert kinds(own(**changes)) == found


@pytest.mark.parametrize("outcome", ["differs", "not-checked"])
def test_what_became_of_comparing_it_is_said(outcome: str) -> None:
    assert kinds(own(), outcome) == [outcome]


def test_nobody_looked_is_no_match_and_what_is_expected_may_be_missing() -> None:
    """silence is no comparison"""
    found = list(own_concerns([own()], [], TODAY))
    assert [(one.id, one.kind) for one in found] == [
        ("third-party-management-policy", "missing"),
        ("secure-development-policy", "not-checked"),
    ]


def test_one_place_has_one_spelling() -> None:
    assert place_of(Document(file="./a//b.pdf", sha256="d" * 64)) == "a/b.pdf"
