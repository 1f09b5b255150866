"""Gate sast."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.sast import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Confidence, CoverageRow, Finding, Location, Read, Severity
from outsource_gate.model.past import PastFile, PastFinding, PastScan
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


EACH, DENY = Settings(commits="each"), Settings(commits="each", history="deny")


def with_past(*files: Read, found: tuple[Finding, ...] = (), **changes: Any) -> Facts:
    """A clean change, with what is gone by its head."""
    rows = tuple(
        PastFile(values.EARLIER, CoverageRow(f"services/{number}.py", read, (), "why"))
        for number, read in enumerate(files)
    )
    past = PastScan(rows, tuple(PastFinding(values.EARLIER, one) for one in found))
    return values.facts(scans=(values.scan("semgrep"), values.scan("bandit")), past=past, **changes)


@pytest.mark.parametrize(
    ("settings", "effect", "status"),
    [(EACH, Effect.NOTE, Status.PASS), (DENY, Effect.DENY, Status.FAIL)],
    ids=["report", "deny"],
)
def test_a_finding_that_is_gone_is_told_with_its_commit(settings: Settings, effect: Effect, status: Status) -> None:
    """It denies only where the tier says so; never silently."""
    verdict = judge(with_past(Read.SCANNED, found=(values.finding(),)), settings)
    (reason,) = verdict.reasons
    assert (reason.code, reason.effect) == ("finding-in-history", effect)
    assert (reason.where.path, reason.where.line, reason.where.commit) == ("services/pay.py", 41, values.EARLIER)
    assert verdict.status is status


def test_history_is_held_to_the_same_threshold() -> None:
    weak = judge(with_past(Read.SCANNED, found=(values.finding(severity=Severity.LOW),)), DENY)
    assert [reason.effect for reason in weak.reasons] == [Effect.NOTE]


@pytest.mark.parametrize(
    ("read", "settings", "effect"),
    [
        (Read.UNREAD, EACH, Effect.NOTE),
        (Read.UNREAD, DENY, Effect.DENY),
        (Read.UNKNOWN, EACH, Effect.UNDECIDED),
        (Read.UNKNOWN, DENY, Effect.UNDECIDED),
    ],
)
def test_a_version_that_was_not_read_is_named(read: Read, settings: Settings, effect: Effect) -> None:
    """A scanner that did not run is a missing fact in either tier."""
    (reason,) = judge(with_past(Read.SCANNED, read), settings).reasons
    assert (reason.code, reason.effect, reason.where.path) == ("history-unread", effect, "services/1.py")


@pytest.mark.parametrize(
    "past", [NotAsked(), Unavailable("more than can be listed", "split the change up", "past")]
)
def test_a_history_that_nobody_looked_at_is_undecided_where_it_is_asked_for(past: Any) -> None:
    known = values.facts(scans=(values.scan("semgrep"), values.scan("bandit")), past=past)
    verdict = judge(known, EACH)
    assert [reason.code for reason in verdict.reasons] == ["history-unread"]
    assert verdict.status is Status.INDETERMINATE
    assert judge(known, Settings()).status is Status.PASS


def test_what_was_scanned_of_history_is_counted() -> None:
    """A change that undoes itself was still looked at."""
    gone = replace(with_past(Read.SCANNED, Read.INERT, Read.UNSUPPORTED), scans=(), coverage=())
    verdict = judge(gone, EACH)
    assert verdict.status is Status.PASS
    assert "1/3 versions scanned" in verdict.summary
    assert judge(gone, Settings()).status is Status.NOT_APPLICABLE
