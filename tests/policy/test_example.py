"""The worked example: are its documents what the register says, and does each vendor stand as it is meant to?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from outsource_gate.duties import obligations_of
from outsource_gate.duties.obligation import State
from outsource_gate.model.document import documents_of
from outsource_gate.policy.checklist import versions
from outsource_gate.policy.documents import compare_documents
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

SOURCE = FolderSource(Path(__file__).parents[2] / "policies" / "example")
POLICY = load_policy(SOURCE, gate_settings())
TODAY, SOON = date(2026, 11, 23), date(2027, 2, 21)


def late(vendor: str) -> list[str]:
    found = obligations_of(POLICY, POLICY.vendors[vendor], TODAY, SOON)
    return [one.what for one in found if one.state in (State.OVERDUE, State.MISSING)]


def test_every_document_lies_there_with_the_bytes_that_the_digest_names() -> None:
    named = [one.document for vendor in POLICY.vendors.values() for one in documents_of(vendor)]
    compared = compare_documents([*named, *(own.document for own in POLICY.documents)], SOURCE)
    assert [(one.document.file, one.why) for one in compared if one.outcome != "matches"] == []
    assert {one.document.file for one in compared} == {
        path.relative_to(SOURCE.path).as_posix() for path in SOURCE.path.rglob("*.md")
    }


def test_three_vendors_of_three_tiers_none_of_which_claims_less_than_follows() -> None:
    assert {vendor.id: vendor.tier for vendor in POLICY.vendors.values()} == {
        "acme": "critical",
        "globex": "standard",
        "initech": "elevated",
    }
    assert not POLICY.claimed


def test_acme_is_in_order() -> None:
    """and whoever works for it acknowledged the checklist as it is today"""
    assert late("acme") == []
    (known,) = versions(POLICY, [POLICY.vendors["acme"]])
    acknowledged = {person.checklist.version for person in POLICY.vendors["acme"].people if person.checklist}
    assert acknowledged == {known.version}


def test_globex_has_a_lapsed_training_and_a_contract_soon_to_renew() -> None:
    assert late("globex") == ["training handling-of-texts"]
    due = [one.what for one in obligations_of(POLICY, POLICY.vendors["globex"], TODAY, SOON)]
    assert "renewal of SOW-2026-031" in due


def test_initech_is_gone_without_proof() -> None:
    assert late("initech") == [
        "SOC 2 Type II",
        "end of access",
        "proof that access of shop-tests is gone",
        "sprint-review",
    ]
