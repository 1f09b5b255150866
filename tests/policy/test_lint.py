"""Lint: what reads well and is still likely to be a mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from outsource_gate.policy.checklist import versions
from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from tests.policy.memory import (
    ACME,
    GLOBEX,
    PEOPLE,
    POLICY,
    WHOLE,
    MemorySource,
    acme,
    load,
    models,
    policy_with,
    tiers,
)
from tests.policy.test_access_lint import LOOKED_AT, PAPERS

TODAY = date(2026, 6, 1)
ACCOUNT = "    gitlab: {username: vic.v, id: 815}\n"
CLAUSE = '    confidentiality: {section: "10"}\n'
WHOLE_ACME = (
    ACME.replace(
        CLAUSE, CLAUSE + "  remediation_sla: {critical: 7 days, high: 30 days, medium: 90 days, low: 180 days}\n"
    )
    + """\
security_contact: security@acme-dev.example
incident_notification: {channel: +49 30 0000}
due_diligence:
  risk_assessment: {on: 2025-12-01}
  certifications: [{name: SOC 2 Type II, valid_until: 2027-06-30}]
  personnel_vetting: {on: 2025-12-01}
"""
)


def whole(changes: dict[str, str] | None = None) -> Policy:
    """Load a policy with everything that Acme's tier wants on register."""
    text = WHOLE_ACME.replace("people:\n", LOOKED_AT).replace(ACCOUNT, ACCOUNT + PAPERS)
    policy = load({"vendors/acme.yaml": text})
    (known,) = versions(policy, policy.vendors.values())
    return load({"vendors/acme.yaml": text.replace("VERSION", known.version), **(changes or {})})


def said(policy: Policy, today: date = TODAY) -> list[str]:
    return [f"{found.severity} {found.place}: {found.message}" for found in lint(policy, today)]


def new(policy: Policy) -> list[str]:
    """What is said beyond what is said of the whole policy, on whatever line."""
    known = {line.partition(": ")[2] for line in said(load())}
    return [line for line in said(policy) if line.partition(": ")[2] not in known]


def test_a_harmless_policy() -> None:
    """a policy as it should be has no warning, and one note on what is believed"""
    assert said(whole()) == [
        (
            "note policy.yaml:5: verified: prefer, an address that fits is believed where opener and pushers are "
            "ours and no vendor is named"
        )
    ]
    require = POLICY.replace("  emails", "  verified: require\n  emails")
    assert said(whole({"policy.yaml": require})) == []


def test_papers_that_are_missing_are_named() -> None:
    """what gate access would deny a change for, before anybody pushes"""
    bare = ACME.replace("tier: critical", "tier: standard")
    assert "warning vendors/acme.yaml:23: acme: vic: no signed confidentiality agreement on register (" in "".join(
        said(load({"vendors/acme.yaml": bare}))
    )


def test_the_example_says_exactly_what_is_wrong_in_it() -> None:
    """acme and globex read well, initech's work is over, and the waiver waits for its signature"""
    policy = load_policy(FolderSource(Path(__file__).parents[2] / "policies" / "example"), models())
    assert said(policy, date(2026, 11, 23)) == [
        "warning waivers.yaml:4: acme-status-host: nobody signed it, so it covers nothing",
        (
            "note policy.yaml:7: verified: prefer, an address that fits is believed where opener and pushers are "
            "ours and no vendor is named"
        ),
        "note vendors/initech.yaml:25: initech: due diligence: acceptable with conditions (on 2026-01-08)",
        (
            "warning vendors/initech.yaml:27: initech: due diligence: a certification lapsed "
            "(SOC 2 Type II ended 54 days ago (2026-09-30)), so its changes are denied"
        ),
        (
            "warning vendors/initech.yaml:34: initech: no engagement runs today, so nobody of this vendor is "
            "active (declared in the register: shop-tests 2026-02-01 to 2026-10-15), so its changes are denied"
        ),
        (
            "warning vendors/initech.yaml:35: initech: an engagement has ended, and no document proves that its "
            "access is gone (shop-tests ended 39 days ago (2026-10-15); revocation: nothing is declared in the "
            "register)"
        ),
        "warning vendors/initech.yaml:32: initech: access ended 39 days ago (2026-10-15)",
    ]


def test_a_loosened_setting_is_named_with_its_line() -> None:
    """own tiers and changed ones are compared with what ships"""
    policy = tiers(
        "tiers:\n  gold:\n    extends: critical\n    gates:\n      sast:\n        fail_on: high\n"
        "        confidence: low\n"
    )
    assert new(policy) == [
        "warning policy.yaml:12: gold: sast.fail_on high is looser than medium of the shipped critical"
    ]


def test_no_approvals() -> None:
    """approvals: 0 is legal and named"""
    found = new(tiers("tiers:\n  standard:\n    gates:\n      review: {approvals: 0}\n"))
    assert found == [
        "warning policy.yaml:10: standard: review.approvals 0 is looser than 1 of the shipped standard",
        "warning policy.yaml:10: standard: approvals: 0, nobody has to look at a vendor's change",
    ]


def test_more_approvals_than_people() -> None:
    """what can never be reached is named while the tier is in use"""
    wanted = "tiers:\n  %s:\n    gates:\n      review: {approvals: 2, from: [corp/appsec]}\n"
    assert new(tiers(wanted % "critical")) == [
        "warning policy.yaml:10: critical: 2 approvals from corp/appsec, and the register knows 1 such persons"
    ]
    assert new(tiers(wanted % "standard")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("evidence: {signing: optional}\n", "warning policy.yaml:8: signing: optional, a run may leave a record"),
        ("assistants: [bot@corp.example]\n", "warning policy.yaml:8: bot@corp.example fits an internal pattern"),
    ],
)
def test_the_frame(text: str, says: str) -> None:
    """what weakens the whole is a warning"""
    (found,) = new(policy_with(text))
    assert found.startswith(says)


def test_mail_for_everybody() -> None:
    """a pattern of a public mail service makes everybody ours"""
    (found,) = new(load({"policy.yaml": POLICY.replace('["', '["*@Gmail.com", "')}))
    assert found == "warning policy.yaml:5: *@Gmail.com fits addresses that anybody can have"


def test_nobody_registered() -> None:
    """empty states say what they mean"""
    bare = load_policy(MemorySource({"policy.yaml": "version: 1\norganization: Corp\n"}), models())
    assert [line.partition(": ")[2][:40] for line in said(bare)] == [
        "no vendor is registered, so every outsid",
        "none of our own people is registered, so",
    ]


def test_the_register_in_the_repository() -> None:
    """vendors read what lies in the repository"""
    for where in ("outside:.outsource-gate", "base:1f3a:.outsource-gate"):
        found = said(load_policy(MemorySource(WHOLE, where), models()))
        assert sum("the register lies in the repository" in line for line in found) == 1
    assert not any("the register lies" in line for line in said(load()))


def test_accounts_without_numeric_id() -> None:
    """a login alone can be taken by somebody else"""
    (found,) = new(load({"people.yaml": PEOPLE.replace(", id: 1", "")}))
    assert found == "note people.yaml:1: accounts of our own people without numeric id: 1 (ina)"


def test_a_person_whom_nothing_identifies() -> None:
    """a person without address, account and key is never recognised"""
    (found,) = new(load({"people.yaml": f"{PEOPLE}- id: zoe\n"}))
    assert found.startswith("warning people.yaml:9: zoe has no email, account or key")


def test_files_that_are_no_vendor_files() -> None:
    """a vendor file with the wrong ending is not silently left out"""
    (found,) = new(load({"vendors/globex.yaml.new": GLOBEX}))
    assert found == "warning policy.yaml:6: vendors/globex.yaml.new is no vendor file and was not read"


def test_a_vendor_of_whom_little_is_known() -> None:
    """what will deny every change is said before the first one"""
    found = new(load({"vendors/globex.yaml": GLOBEX}))
    assert [line.partition("globex")[2].partition(": ")[2] for line in found] == [
        "globex has no people, so none of its changes can be recognised",
        "globex has no contract, so all its changes are denied",
        "globex was granted no access, so all its changes are denied",
    ]


@pytest.mark.parametrize(
    ("old", "new_text", "says"),
    [
        ("until: 2027-01-14", "until: 2026-12-31", None),
        (
            "until: 2026-12-31",
            "until: 2026-07-31",
            "warning vendors/acme.yaml:21: acme: access ends in 60 days (2026-07-31)",
        ),
        ("until: 2026-12-31", "until: 2026-08-01", None),
        (
            "until: 2026-12-31",
            "until: 2026-06-01",
            "warning vendors/acme.yaml:21: acme: access ends in 0 days (2026-06-01)",
        ),
        (
            "until: 2026-12-31",
            "until: 2026-05-31",
            "warning vendors/acme.yaml:21: acme: access ended 1 day ago (2026-05-31)",
        ),
        (", until: 2027-01-14", "", "note vendors/acme.yaml:9: acme: contract has no end"),
        (
            '    confidentiality: {section: "10"}\n',
            "",
            (
                "warning vendors/acme.yaml:11: acme: contract: a required clause is missing "
                "(MSA-2026-014: confidentiality), so its changes are denied"
            ),
        ),
        (
            "  signed_on: 2026-01-10\n",
            "",
            (
                "warning vendors/acme.yaml:5: acme: contract: not signed (MSA-2026-014: no day), "
                "so its changes are denied"
            ),
        ),
        (
            "approved_by: [legal]",
            "approved_by: []",
            (
                "warning vendors/acme.yaml:10: acme: contract: approved by nobody on our side (MSA-2026-014), "
                "so its changes are denied"
            ),
        ),
        (
            'paths: ["services/**"]',
            "paths: []",
            ("warning vendors/acme.yaml:18: acme was granted no paths, so all its changes are denied"),
        ),
        ("procurement@corp", "vic@corp", None),
        (
            "procurement@corp.example",
            "Vic@acme-dev.example",
            ("warning vendors/acme.yaml:3: acme: the owner is one of the vendor's own people"),
        ),
    ],
)
def test_a_vendor(old: str, new_text: str, says: str | None) -> None:
    """ends that come near and parts that are missing are named with their line"""
    assert new(acme(old, new_text)) == ([says] if says else [])


def test_a_contract_without_a_document() -> None:
    """a tier that asks for the document says so beforehand, one that does not is silent"""
    line = next(line for line in ACME.splitlines(keepends=True) if "document:" in line)
    (found,) = new(acme(line, ""))
    assert found.endswith(
        "acme: contract: signed document not on register (MSA-2026-014), so its changes are denied"
    )
