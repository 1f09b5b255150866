"""Gate sast."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.sast import GATE, Settings, judge
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Confidence, Finding, Location, Severity
from outsource_gate.model.verdict import Effect, Status
from tests import values


def facts(*findings: Finding) -> Facts:
    return values.facts(scans=(values.scan("semgrep", *findings), values.scan("bandit")))


def test_a_change_without_findings_passes() -> None:
    assert judge(facts(), Settings()).status is Status.PASS


def test_a_new_finding_denies_and_names_its_place() -> None:
    (reason,) = judge(facts(values.finding()), Settings()).reasons
    assert (reason.code, reason.where.path, reason.where.line) == ("finding", "services/pay.py", 41)
    assert reason.effect is Effect.DENY


def test_an_old_finding_denies_only_where_the_tier_asks_for_changed_files() -> None:
    """What the base already has is not this change's doing."""
    old = facts(values.finding(new=False))
    assert judge(old, Settings()).status is Status.PASS
    assert judge(old, Settings(scope="changed-files")).status is Status.FAIL


def test_a_new_finding_below_the_threshold_is_named() -> None:
    """Below is no denial and no silence."""
    verdict = judge(facts(values.finding(severity=Severity.LOW)), Settings())
    assert verdict.status is Status.PASS
    assert [reason.code for reason in verdict.reasons] == ["finding-below-threshold"]


@pytest.mark.parametrize("scanner", ["semgrep", "bandit"])
def test_a_scanner_that_did_not_run_leaves_it_undecided(scanner: str) -> None:
    broken = Unavailable("ended with code 2", fact=scanner)
    verdict = judge(values.facts(scans=(broken, values.scan("text"))), Settings())
    assert verdict.status is Status.INDETERMINATE
    assert verdict.reasons[0].code in GATE.reasons


def test_a_file_marked_as_scanned_without_a_scan_is_undecided() -> None:
    """The account and the results must agree."""
    verdict = judge(values.facts(scans=(values.scan("text"),)), Settings())
    assert [reason.code for reason in verdict.reasons] == ["scan-missing"]
    assert verdict.status is Status.INDETERMINATE


def test_no_file_in_a_scanners_language_does_not_apply() -> None:
    """The empty set is no pass."""
    empty = values.facts(scans=(values.scan("text"),), coverage=())
    assert judge(empty, Settings()).status is Status.NOT_APPLICABLE


@given(st.sampled_from(list(product(Severity, Severity, Confidence, Confidence))))
def test_only_severity_and_confidence_decide(case: tuple[Severity, Severity, Confidence, Confidence]) -> None:
    """A finding denies exactly where both reach the tier's floor."""
    severity, floor, confidence, trust = case
    verdict = judge(
        facts(values.finding(severity=severity, confidence=confidence)), Settings(fail_on=floor, confidence=trust)
    )
    assert (verdict.status is Status.FAIL) == (severity.rank >= floor.rank and confidence.rank >= trust.rank)


def test_one_weakness_seen_by_several_rules_is_one_reason() -> None:
    """The worst speaks, the others are named; another place or weakness is a reason of its own."""
    other = values.finding(rule="bandit.B602", scanner="bandit", severity=Severity.MEDIUM)
    elsewhere = values.finding(location=Location("services/pay.py", 50, 50))
    another = values.finding(cwe=("CWE-89",))
    reasons = judge(facts(values.finding(), other, elsewhere, another), Settings()).reasons
    assert [reason.where.line for reason in reasons] == [41, 41, 50]
    assert "also bandit.B602" in reasons[0].message
