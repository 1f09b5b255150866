"""Gate workflows."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates import CHANGES, sast
from outsource_gate.gates.workflows import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Confidence, CoverageRow, Finding, Location, Read, Scan, Severity
from outsource_gate.model.past import PastFile, PastFinding, PastScan
from outsource_gate.model.verdict import Effect, Status
from tests import values

WORKFLOW = ".github/workflows/ci.yml"


def flaw(**changes: object) -> Finding:
    whole: dict[str, object] = {
        "rule": "zizmor.template-injection",
        "scanner": "zizmor",
        "location": Location(WORKFLOW, 9, 9),
        "cwe": ("CWE-94",),
    }
    return values.finding(**(whole | changes))


def scans(*findings: Finding, scanned: tuple[str, ...] = (WORKFLOW,)) -> tuple[Scan, Scan]:
    return (values.scan("zizmor", *findings, scanned=scanned), values.scan("pipelines", scanned=scanned))


def facts(*findings: Finding) -> Facts:
    return values.facts(
        scans=(*scans(*findings), values.scan("text")),
        coverage=(values.row(WORKFLOW, scanners=("pipelines", "zizmor")),),
    )


def test_a_pipeline_without_findings_passes() -> None:
    assert judge(facts(), Settings()).status is Status.PASS


def test_a_new_finding_denies_and_names_its_place() -> None:
    (reason,) = judge(facts(flaw()), Settings()).reasons
    assert (reason.code, reason.where.path, reason.where.line) == ("workflow-finding", WORKFLOW, 9)
    assert reason.effect is Effect.DENY


def test_no_finding_is_told_by_sast_too() -> None:
    """each is one gate's to judge"""
    assert judge(facts(flaw()), Settings()).status is Status.FAIL
    assert sast.judge(facts(flaw()), sast.Settings()).reasons == ()


def test_an_old_finding_denies_only_where_the_tier_asks_for_changed_files() -> None:
    old = facts(flaw(new=False))
    assert judge(old, Settings()).status is Status.PASS
    assert judge(old, Settings(scope="changed-files")).status is Status.FAIL


def test_a_new_finding_below_the_threshold_is_named() -> None:
    """below is no denial and no silence"""
    verdict = judge(facts(flaw(severity=Severity.MEDIUM)), Settings())
    assert verdict.status is Status.PASS
    assert [reason.code for reason in verdict.reasons] == ["workflow-finding-below-threshold"]


@pytest.mark.parametrize("scanner", ["zizmor", "pipelines", "calls"])
def test_a_scanner_that_did_not_run_leaves_it_undecided(scanner: str) -> None:
    verdict = judge(values.facts(scans=(Unavailable("ended with code 2", fact=scanner),)), Settings())
    assert (verdict.status, verdict.reasons[0].code) == (Status.INDETERMINATE, "scanner-unavailable")


def test_a_missing_scanner_of_code_is_not_this_gates_to_tell() -> None:
    verdict = judge(values.facts(scans=(Unavailable("not installed", fact="semgrep"),)), Settings())
    assert verdict.status is Status.NOT_APPLICABLE


def test_a_file_marked_as_scanned_without_a_scan_is_undecided() -> None:
    """the account and the results must agree"""
    (first, _) = scans()
    verdict = judge(
        values.facts(scans=(first,), coverage=(values.row(WORKFLOW, scanners=("pipelines", "zizmor")),)), Settings()
    )
    assert (verdict.status, [reason.code for reason in verdict.reasons]) == (
        Status.INDETERMINATE,
        ["scan-missing"],
    )


def test_no_pipeline_does_not_apply() -> None:
    """the empty set is no pass"""
    assert judge(values.facts(), Settings()).status is Status.NOT_APPLICABLE


def test_a_pipeline_that_nobody_could_read_is_said_to_be() -> None:
    """it was changed, and coverage says whether that denies"""
    unread = replace(values.scan("zizmor", scanned=()), failed=((WORKFLOW, "zizmor: no such key"),))
    verdict = judge(values.facts(scans=(unread,)), Settings())
    assert verdict.status is Status.NOT_APPLICABLE
    assert verdict.summary == f"not read: {WORKFLOW}, which gate coverage judges"
    both = replace(unread, scanned=("action.yml",), failed=(*unread.failed, ("a.yml", "zizmor: odd")))
    assert "not read: .github/workflows/ci.yml and 1 more" in judge(values.facts(scans=(both,)), Settings()).summary


EACH, DENY = Settings(commits="each"), Settings(commits="each", history="deny")


def with_past(*files: PastFile, found: tuple[Finding, ...] = ()) -> Facts:
    past = PastScan(files, tuple(PastFinding(values.EARLIER, one) for one in found))
    return values.facts(scans=scans(), coverage=(values.row(WORKFLOW, scanners=("zizmor",)),), past=past)


@pytest.mark.parametrize(("settings", "effect"), [(EACH, Effect.NOTE), (DENY, Effect.DENY)])
def test_a_weakness_that_is_gone_by_head_is_told_with_its_commit(settings: Settings, effect: Effect) -> None:
    (reason,) = judge(with_past(found=(flaw(),)), settings).reasons
    assert (reason.code, reason.effect) == ("workflow-finding-in-history", effect)
    assert (reason.where.path, reason.where.commit) == (WORKFLOW, values.EARLIER)
    assert judge(with_past(found=(flaw(),)), Settings()).reasons == ()


def test_each_gate_tells_what_its_own_scanners_say_of_history() -> None:
    code = values.finding()
    assert judge(with_past(found=(code,)), DENY).reasons == ()
    assert sast.judge(with_past(found=(flaw(),)), sast.Settings(commits="each", history="deny")).reasons == ()


@pytest.mark.parametrize(
    ("read", "settings", "effect"),
    [
        (Read.UNREAD, EACH, Effect.NOTE),
        (Read.UNREAD, DENY, Effect.DENY),
        (Read.UNKNOWN, EACH, Effect.UNDECIDED),
    ],
)
def test_a_version_of_a_pipeline_that_was_not_read_is_told(read: Read, settings: Settings, effect: Effect) -> None:
    """one of code is sast's to tell"""
    files = (
        PastFile(values.EARLIER, CoverageRow(WORKFLOW, read, (), "zizmor: why"), ("zizmor",)),
        PastFile(values.EARLIER, CoverageRow("services/a.py", read, (), "why"), ("bandit",)),
    )
    (reason,) = judge(with_past(*files), settings).reasons
    assert (reason.code, reason.effect, reason.where.path) == ("history-unread", effect, WORKFLOW)


def test_a_history_that_nobody_looked_at_is_undecided_where_it_is_asked_for() -> None:
    (reason,) = judge(replace(facts(), past=NotAsked()), EACH).reasons
    assert (reason.code, reason.effect) == ("history-unread", Effect.UNDECIDED)


def test_what_was_scanned_of_history_is_counted() -> None:
    read = PastFile(values.EARLIER, CoverageRow(WORKFLOW, Read.SCANNED, ("zizmor",)))
    gone = replace(with_past(read), scans=(), coverage=())
    verdict = judge(gone, EACH)
    assert verdict.status is Status.PASS
    assert "of what is gone by head 1/1 versions scanned" in verdict.summary


@given(st.sampled_from(list(product(Severity, Severity, Confidence, Confidence))))
def test_only_severity_and_confidence_decide(case: tuple[Severity, Severity, Confidence, Confidence]) -> None:
    severity, floor, confidence, trust = case
    verdict = judge(
        facts(flaw(severity=severity, confidence=confidence)), Settings(fail_on=floor, confidence=trust)
    )
    assert (verdict.status is Status.FAIL) == (severity.rank >= floor.rank and confidence.rank >= trust.rank)


def test_one_weakness_seen_by_several_rules_is_one_reason() -> None:
    other = flaw(rule="github-actions.run.x", scanner="pipelines", severity=Severity.MEDIUM)
    (reason,) = judge(facts(flaw(), other), Settings(fail_on=Severity.MEDIUM)).reasons
    assert "also github-actions.run.x" in reason.message


def test_it_is_asked_before_a_push() -> None:
    assert GATE.stages == CHANGES
