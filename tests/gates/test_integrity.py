"""Gate integrity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.integrity import GATE, Settings, judge
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Location
from outsource_gate.model.source import Change, FileChange
from outsource_gate.model.verdict import Status
from tests import values


def touching(*files: FileChange) -> Facts:
    return values.facts(change=values.change(*files))


def codes(facts: Facts) -> list[str]:
    return [reason.code for reason in judge(facts, Settings()).reasons]


def test_an_ordinary_change_passes() -> None:
    assert judge(values.facts(), Settings()).status is Status.PASS


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (".outsource-gate/policy.yaml", "policy-touched"),
        (".outsource-gate/vendors/acme.yaml", "policy-touched"),
        (".Outsource-Gate/policy.yaml", "policy-touched"),
        ("CODEOWNERS", "code-owners-touched"),
        ("docs/CODEOWNERS", "code-owners-touched"),
        (".github/workflows/ci.yml", "ci-touched"),
        (".GITHUB/workflows/ci.yml", "ci-touched"),
        (".gitlab-ci.yml", "ci-touched"),
        ("sub/action.yml", "ci-touched"),
        ("Jenkinsfile", "ci-touched"),
        ("web/.husky/pre-commit", "ci-touched"),
        ("services/.gitattributes", "attributes-touched"),
        ("services/a\nb.py", "path-malformed"),
        ("services/a\x1b[2Jb.py", "path-malformed"),
        ("services/a\u202eb.py", "path-malformed"),
        ("services/../x.py", "path-malformed"),
        ("services/-rf", "path-malformed"),
        ("services/.git/config", "path-malformed"),
    ],
)
def test_what_governs_or_hides_denies_by_path(path: str, code: str) -> None:
    """A vendor's change leaves alone what judges, builds or hides it."""
    assert codes(touching(values.file(path))) == [code]
    assert code in GATE.reasons


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (values.file(new_mode="120000", change=Change.ADDED), "symlink"),
        (values.file(new_mode="160000", change=Change.ADDED), "gitlink"),
        (values.file(new_mode="100644", old_mode="120000", change=Change.TYPE_CHANGED), "type-changed"),
        (values.file(malformed_path=True), "path-malformed"),
    ],
)
def test_links_submodules_and_changed_kinds_deny(file: FileChange, code: str) -> None:
    assert codes(touching(file)) == [code]


def test_deleting_a_workflow_is_touching_it() -> None:
    assert codes(touching(values.file(".github/workflows/ci.yml", change=Change.DELETED))) == ["ci-touched"]


@pytest.mark.parametrize("twin", ["services/Pay.py", "services/e\u0301.py"])
def test_twins_under_folding_deny(twin: str) -> None:
    """Where case or accents are folded one of them overwrites the other."""
    other = "services/pay.py" if "Pay" in twin else "services/\u00e9.py"
    assert codes(touching(values.file(other), values.file(twin))) == ["path-twin"]


def test_a_new_suppression_marker_denies_and_an_old_one_does_not() -> None:
    marker = values.finding(
        rule="text.suppression-marker", scanner="text", location=Location("services/pay.py", 3, 3)
    )
    new = values.facts(scans=(values.scan("text", marker),))
    old = values.facts(scans=(values.scan("text", values.finding(rule="text.x", scanner="text", new=False)),))
    (reason,) = judge(new, Settings()).reasons
    assert (reason.code, reason.where.line) == ("suppression-marker", 3)
    assert codes(old) == []


@pytest.mark.parametrize("scans", [(), (Unavailable("broke", fact="text"),)])
def test_without_the_text_scan_nothing_is_decided(scans: tuple[Unavailable, ...]) -> None:
    assert judge(values.facts(scans=scans), Settings()).status is Status.INDETERMINATE


def test_a_policy_that_this_change_breaks_denies_even_without_a_vendor() -> None:
    """Our own people cannot merge a policy that cannot be read either."""
    facts = values.facts(vendor=None, policy_at_head="policy.yaml:3: unknown key 'gats'")
    (reason,) = judge(facts, Settings()).reasons
    assert reason.code == "policy-broken"
    assert "policy.yaml:3" in reason.message


def test_without_vendor_and_without_policy_change_it_does_not_apply() -> None:
    assert judge(values.facts(vendor=None), Settings()).status is Status.NOT_APPLICABLE


def test_an_unreadable_change_is_undecided() -> None:
    assert judge(values.facts(change=Unavailable("shallow")), Settings()).status is Status.INDETERMINATE


@pytest.mark.parametrize(
    ("rule", "setting"),
    [
        ("runs-by-itself", "runs_by_itself"),
        ("runs-in-build", "runs_in_build"),
        ("unreviewable-code", "unreviewable"),
    ],
)
@pytest.mark.parametrize(("does", "status"), [("warn", Status.PASS), ("deny", Status.FAIL)])
def test_the_tier_says_what_such_a_file_does(rule: str, setting: str, does: str, status: Status) -> None:
    """It is named in both cases"""
    found = values.finding(rule=f"text.{rule}", scanner="text")
    verdict = judge(values.facts(scans=(values.scan("text", found),)), Settings.model_validate({setting: does}))
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (status, [rule])


@pytest.mark.parametrize("code", ["confusable-name", "foreign-encoding", "line-end", "attributes-touched"])
def test_no_setting_lets_hidden_text_through(code: str) -> None:
    loosest = Settings(runs_by_itself="warn", runs_in_build="warn", unreviewable="warn")
    found = values.finding(rule=f"text.{code}", scanner="text")
    assert judge(values.facts(scans=(values.scan("text", found),)), loosest).status is Status.FAIL


@given(st.text(st.characters(categories=["Cc", "Cf"]), min_size=1, max_size=3))
def test_no_control_character_gets_through_in_a_path(odd: str) -> None:
    """Whatever a terminal or a tool could read as something else is refused in names."""
    assert "path-malformed" in codes(touching(values.file(f"services/a{odd}b.py")))
