"""Cases are judged by the real gates: what a case says decides, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.evidence.facts_file import facts_bytes, write_facts
from outsource_gate.model.facts import Attribution, Unavailable
from outsource_gate.policy.cases import Given
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.policy_cases.building import build
from outsource_gate.policy_cases.people import Known
from tests import values
from tests.policy_cases.cases import NOW, case, outcome, outcomes, policy

PLACE = read_yaml("cases.yaml", b"cases: [x]").place()


def test_a_case_that_says_nothing_is_allowed(tmp_path: Path) -> None:
    """what is not given is whole and harmless"""
    assert outcome(tmp_path, {"decision": "ALLOW", "vendors": ["acme"], "reasons": []}).is_as_expected


@pytest.mark.parametrize(
    ("said", "expect"),
    [
        ({"paths": {"added": ["deploy/run.sh"]}}, {"gates": {"access": "FAIL"}, "reasons": ["path-out-of-scope"]}),
        ({"paths": {"deleted": [".github/x.yaml"]}}, {"gates": {"access": "FAIL"}}),
        ({"paths": {"unread": ["services/a.py"]}}, {"gates": {"coverage": "FAIL"}, "reasons": ["path-unread"]}),
        ({"repository": "corp/other"}, {"reasons": ["repository-out-of-scope"]}),
        ({"approvals": []}, {"gates": {"review": "FAIL"}, "reasons": ["approvals-missing"]}),
        ({"approvals": [{"by": "val"}]}, {"notes": ["approval-not-counted"]}),
        ({"approvals": [{"by": "ina", "of": "earlier"}]}, {"notes": ["approval-not-counted"]}),
        ({"approvals": [{"by": "ina", "state": "CHANGES_REQUESTED"}]}, {"gates": {"review": "FAIL"}}),
        ({"author": "x@elsewhere.example"}, {"vendors": ["acme", "unknown"]}),
        ({"opener": "@stranger"}, {"vendors": ["acme", "unknown"]}),
        ({"co_authors": ["ina"], "approvals": [{"by": "ina"}]}, {"notes": ["approval-not-counted"]}),
        ({"findings": [{"severity": "medium"}]}, {"gates": {"sast": "FAIL"}, "reasons": ["finding"]}),
        ({"findings": [{"gate": "workflows"}]}, {"gates": {"workflows": "FAIL", "sast": "PASS"}}),
        ({"secrets": [{"in": "message"}]}, {"gates": {"secrets": "FAIL"}}),
        ({"personal_data": [{"extent": "table"}]}, {"gates": {"personal-data": "FAIL"}}),
        ({"packages": [{"name": "requests", "vulnerability": "critical"}]}, {"gates": {"dependencies": "FAIL"}}),
        ({"documents": "differ"}, {"gates": {"contract": "FAIL"}, "reasons": ["document-differs"]}),
        ({"register": {"contract": {"valid": {"until": "2026-11-22"}}}}, {"reasons": ["contract-not-in-force"]}),
        ({"register": {"tier": "critical"}, "code_owners": []}, {"gates": {"review": "FAIL"}}),
        ({"author": "vic", "person": {"active": {"until": "2026-11-22"}}}, {"reasons": ["person-inactive"]}),
    ],
)  # fmt: skip
def test_what_a_case_says_is_denied(tmp_path: Path, said: dict[str, Any], expect: dict[str, Any]) -> None:
    """one thing changed from harmless is one thing that the gates name"""
    if said.get("author", "").startswith("x@"):
        expect = {**expect, "vendors": ["unknown"]}
    one = outcome(tmp_path, {"decision": "DENY", **expect}, **said)
    assert one.is_as_expected, (one.difference, one.reasons)


@pytest.mark.parametrize("fact", ["change", "reviews", "scanners", "secrets", "personal-data", "packages"])
def test_a_missing_fact_is_undecided(tmp_path: Path, fact: str) -> None:
    """what could not be established is never allowed"""
    assert outcome(tmp_path, {"decision": "UNDECIDED"}, missing=[fact]).is_as_expected


def test_a_waiver_of_a_case_lets_a_denial_stand(tmp_path: Path) -> None:
    """it is taken as signed, and covers what it names"""
    waiver = {
        "id": "w1", "reason": "until the new pipeline is there", "gate": "sast", "code": "finding",
        "rules": ["example.weakness"], "path": "services/example.py", "vendor": "acme", "approver": "ina",
        "issued": "2026-11-20", "expires": "2026-11-30",
    }  # fmt: skip
    said: dict[str, Any] = {"findings": [{"rule": "example.weakness"}], "waivers": [waiver]}
    assert outcome(tmp_path, {"decision": "ALLOW", "waived": ["finding"]}, **said).is_as_expected
    said["approvals"] = [{"by": "ida"}]  # whoever answers for the waiver need not have reviewed the change
    assert outcome(tmp_path, {"decision": "ALLOW", "waived": ["finding"]}, **said).is_as_expected
    said["waivers"] = [{**waiver, "approver": "nobody"}]
    assert outcome(tmp_path, {"decision": "DENY", "gates": {"sast": "FAIL"}}, **said).is_as_expected


def test_a_checklist_counts_as_current_unless_a_case_says_otherwise(tmp_path: Path) -> None:
    """a rule that changes makes another version of it, which a case about the rule is not about"""
    tier: dict[str, Any] = {"register": {"tier": "critical", "access": {"paths": ["services/*"]}}}
    passing = {
        "security_contact": "a@acme-dev.example",
        "due_diligence": {"personnel_vetting": {"on": "2026-01-02"}},
    }
    tier["register"] |= passing
    one = outcome(tmp_path, {"decision": "ALLOW", "gates": {"access": "PASS"}}, **tier)
    assert one.is_as_expected, (one.difference, one.reasons)
    expect = {"decision": "DENY", "reasons": ["checklist-other-version"]}
    assert outcome(tmp_path, expect, checklist="as-registered", **tier).is_as_expected


def test_our_own_change_is_nobody_elses(tmp_path: Path) -> None:
    """an author of ours needs no contract"""
    one = outcome(tmp_path, {"decision": "ALLOW", "vendors": []}, author="ina", paths={"added": ["deploy/run.sh"]})
    assert one.is_as_expected


def test_an_opener_of_ours_opens_a_vendors_change(tmp_path: Path) -> None:
    """whose commits they are decides"""
    assert outcome(tmp_path, {"decision": "ALLOW", "vendors": ["acme"]}, opener="ina").is_as_expected


def test_a_push_asks_for_no_review(tmp_path: Path) -> None:
    """the stage is the case's"""
    expect = {"decision": "ALLOW", "gates": {"review": "NOT_ASKED"}}
    assert outcome(tmp_path, expect, stage="push", approvals=[]).is_as_expected


def test_the_first_difference_is_told(tmp_path: Path) -> None:
    """expected and got, and why the change was denied"""
    one = outcome(tmp_path, {"decision": "ALLOW"}, paths={"added": ["deploy/run.sh"]})
    assert one.difference is not None
    assert (one.difference.what, one.difference.expected, one.difference.got) == ("decision", "ALLOW", "DENY")
    assert [reason for reason in one.reasons if "path-out-of-scope" in reason and "deploy/run.sh" in reason]


@pytest.mark.parametrize(
    ("expect", "what"),
    [
        ({"decision": "ALLOW", "gates": {"access": "FAIL"}}, "gate access"),
        ({"decision": "ALLOW", "gates": {"release": "FAIL"}}, "gate release"),
        ({"decision": "ALLOW", "reasons": ["finding"]}, "reasons"),
        ({"decision": "ALLOW", "notes": ["finding-below-threshold"]}, "notes"),
        ({"decision": "ALLOW", "waived": ["finding"]}, "waived"),
        ({"decision": "ALLOW", "vendors": []}, "vendors"),
        ({"decision": "ALLOW", "enforced": False}, "enforced"),
    ],
)
def test_every_expectation_can_fail(tmp_path: Path, expect: dict[str, Any], what: str) -> None:
    """none of the keys passes by itself"""
    one = outcome(tmp_path, expect)
    assert one.difference is not None
    assert one.difference.what == what


def test_a_reason_too_many_is_a_difference(tmp_path: Path) -> None:
    """reasons are all that deny, no more and no less"""
    said = {"paths": {"added": ["deploy/run.sh"]}, "findings": [{}]}
    one = outcome(tmp_path, {"decision": "DENY", "reasons": ["path-out-of-scope"]}, **said)
    assert one.difference is not None
    assert one.difference.got == "finding, path-out-of-scope"


def test_recorded_facts_are_judged_under_this_policy(tmp_path: Path) -> None:
    """a case may be a facts file of a run"""
    write_facts(tmp_path / "run.facts.json.gz", facts_bytes(values.facts()))
    expect = {"decision": "ALLOW", "vendors": ["acme"]}
    (one,) = outcomes(tmp_path, {"name": "a run", "facts": "run.facts.json.gz", "expect": expect})
    assert one.is_as_expected, (one.difference, one.reasons)


def test_a_facts_file_that_cannot_be_read(tmp_path: Path) -> None:
    """is the place of the case, and no pass"""
    (tmp_path / "run.facts.json.gz").write_bytes(b"no gzip")
    with pytest.raises(PolicyError, match=r"cases\.yaml:\d+: "):
        outcomes(tmp_path, {"name": "a run", "facts": "run.facts.json.gz", "expect": {"decision": "ALLOW"}})


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"author": "nobody"}, "'nobody' is not in the register"),
        ({"vendor": "nobody"}, "vendor 'nobody' is not in the register"),
        ({"paths": {"added": []}}, "no path changed"),
        ({"results": {"dats": "missing"}}, "the policy knows no result 'dats'; known: none"),
        ({"paths": {"added": ["a", "a"]}}, "a path stands here twice"),
        ({"register": {"contract": {"valid": {"until": "soon"}}}}, "expected a day as YYYY-MM-DD"),
        ({"register": {"contrakt": {}}}, "unknown key 'contrakt'"),
        ({"register": {"tier": "gold"}}, "unknown tier 'gold'"),
        ({"register": {"id": "other"}}, "cannot change the id"),
        ({"author": "vic", "person": {"mfaa": {}}}, "unknown key 'mfaa'"),
        ({"author": "ina", "person": {"mfa": {}}}, "'ina' is nobody of acme"),
    ],
)
def test_what_cannot_be_meant_is_one_error(tmp_path: Path, said: dict[str, Any], message: str) -> None:
    """with the file and the line of the case"""
    with pytest.raises(PolicyError, match=r"cases\.yaml:\d+: ") as raised:
        outcome(tmp_path, {"decision": "DENY"}, **said)
    assert message in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_case_without_a_time_is_an_error(tmp_path: Path) -> None:
    """what depends on today would prove something else tomorrow"""
    with pytest.raises(PolicyError, match="nobody says when it is judged"):
        outcomes(tmp_path, case({"decision": "ALLOW"}), given={})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["vic", "val", "ina", "x@y.example"]),
    st.lists(st.sampled_from(["services/a.py", "deploy/b.sh", "c.py"]), min_size=1, unique=True),
    st.sampled_from(["push", "change"]),
    st.lists(st.sampled_from(["change", "reviews", "scanners", "secrets"]), unique=True),
)
def test_facts_are_made_for_every_change(author: str, paths: list[str], stage: str, missing: list[str]) -> None:
    """all paths are in the change, and nobody outside is ever left out of whose work it is"""
    written = {"now": NOW, "author": author, "paths": {"modified": paths}, "stage": stage, "missing": missing}
    facts, _ = build(Known.of(policy()), Given.model_validate(written), PLACE)
    if "change" in missing:
        assert isinstance(facts.attribution, Unavailable)
        return
    assert isinstance(facts.attribution, Attribution)
    assert [file.path for file in facts.change.files] == sorted(paths)  # type: ignore[union-attr]
    assert bool(facts.attribution.vendors) == (author != "ina")
