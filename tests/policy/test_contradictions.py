"""Contradictions of the register: each is one error with file and line."""

from __future__ import annotations

import pytest

from tests.policy.memory import ACME, GLOBEX, POLICY, error, load

DIGESTS = ("d" * 64, "e" * 64)  # contracts/... of the whole register has the second


def acme(text: str) -> str:
    return error({"vendors/acme.yaml": ACME + text})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "due_diligence:\n  certifications:\n    - {name: X, valid_from: 2026-05-02, valid_until: 2026-05-01}\n",
            "vendors/acme.yaml:29: due_diligence.certifications[0].valid_until: valid until 2026-05-01, before",
        ),
        (
            "due_diligence:\n  risk_assessment: {on: 2025-12-01, first_on: 2025-12-02}\n",
            "vendors/acme.yaml:28: due_diligence.risk_assessment.first_on: first assessed on 2025-12-02, after",
        ),
        (
            "due_diligence:\n  track_record: [{on: 2026-05-02, what: x, severity: low, closed_on: 2026-05-01}]\n",
            "due_diligence.track_record[0].closed_on: closed on 2026-05-01, before it happened",
        ),
    ],
)
def test_days_in_the_wrong_order(text: str, said: str) -> None:
    assert said in acme(text)


@pytest.mark.parametrize("name", ["vic", "VIC@acme-dev.example", "Vic Vendor <vic@acme-dev.example>"])
@pytest.mark.parametrize(
    "text",
    [
        "due_diligence: {risk_assessment: {on: 2025-12-01, by: NAME}}\n",
        "due_diligence: {personnel_vetting: {on: 2025-12-01, by: NAME}}\n",
        "oversight: [{activity: sprint-review, every: 14 days, last: {on: 2026-05-01, by: NAME}}]\n",
        "deliveries: [{commits: [HEAD], received_on: 2026-05-01, imported_by: NAME}]\n",
    ],
)
def test_a_vendors_person_cannot_vouch_for_it(text: str, name: str) -> None:
    """by id or address, wherever somebody of ours has to"""
    found = acme(text.replace("NAME", name).replace("HEAD", "a" * 40))
    assert found.startswith("vendors/acme.yaml:27: ")
    assert "is a person of the vendor acme, and cannot vouch for a vendor" in found


def test_nor_can_another_vendors_person() -> None:
    people = "people: [{id: gus, emails: [gus@globex.example]}]\n"
    found = error(
        {"vendors/acme.yaml": ACME.replace("[legal]", "[legal, gus]"), "vendors/globex.yaml": GLOBEX + people}
    )
    assert found.startswith("vendors/acme.yaml:10: contract.approved_by[1]: 'gus' is a person of the vendor globex")


def test_a_document_of_ours_is_not_approved_by_a_vendor() -> None:
    text = f"documents:\n  - {{id: sdp, file: a.pdf, sha256: {DIGESTS[0]}, approved_by: vic}}\n"
    assert "policy.yaml:9: documents[0].approved_by: 'vic' is a person" in error({"policy.yaml": POLICY + text})


def test_a_vendor_may_sign_its_own_answers() -> None:
    """a questionnaire, and a report that is the vendor's duty"""
    text = (
        "due_diligence: {questionnaires: [{name: SIG, on: 2025-12-01, by: vic, score: 80}]}\n"
        "oversight: [{activity: status-report, every: 14 days, last: {on: 2026-05-01, by: vic}}]\n"
    )
    assert "acme" in load({"vendors/acme.yaml": ACME + text}).vendors


def test_one_document_has_one_digest() -> None:
    """in one file or in two, however the path is spelt"""
    document = f"{{file: ./msa.pdf, sha256: {DIGESTS[0]}}}"
    text = f"due_diligence: {{personnel_vetting: {{on: 2025-12-01, document: {document}}}}}\n"
    found = acme(text)
    assert found.startswith(
        "vendors/acme.yaml:27: due_diligence.personnel_vetting.document.sha256: 'msa.pdf' stands twice"
    )
    assert "also at vendors/acme.yaml:7" in found
    assert "acme" in load({"vendors/acme.yaml": ACME + text.replace(*DIGESTS)}).vendors


def test_two_documents_of_ours_with_one_id() -> None:
    one = f"  - {{id: sdp, file: a.pdf, sha256: {DIGESTS[0]}}}\n"
    assert "policy.yaml:10: documents[1].id: 'sdp' stands twice" in error(
        {"policy.yaml": f"{POLICY}documents:\n{one}{one}"}
    )


def test_a_clause_that_a_tier_names_may_stand_in_a_contract() -> None:
    """one that no tier knows is an error"""
    tiers = "tiers:\n  critical:\n    gates:\n      contract: {clauses: [exit-plan]}\n"
    text = ACME.replace("    confidentiality:", '    exit-plan: {section: "15"}\n    confidentiality:')
    assert "contract.clauses.exit-plan: no tier knows this clause" in error({"vendors/acme.yaml": text})
    policy = load({"policy.yaml": POLICY.replace("tiers: {extends: baseline}\n", tiers), "vendors/acme.yaml": text})
    contract = policy.vendors["acme"].contract
    assert contract is not None and "exit-plan" in contract.clauses
