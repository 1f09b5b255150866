"""Gate testing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.testing import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.result import FailedTest, Result, SuiteRun, Tally
from outsource_gate.model.verdict import Effect, Stage, Status, Verdict
from tests import values

ASKED = Settings(change=("zap",))
UNREAD = Unavailable("zap (zap.sarif): no whole JSON text in UTF-8", "hand it over whole", "result:zap")


def facts(*given: Result | Unavailable, **changes: Any) -> Facts:
    return values.facts(results=given, **changes)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def unit(run: int = 3, failures: int = 0, errors: int = 0, skipped: int = 0, *failed: FailedTest) -> Result:
    tests = SuiteRun(run, failures, errors, skipped, failed)
    return values.result(name="unit", format="junit", tests=tests)


def test_a_clean_result_of_the_head_passes() -> None:
    verdict = judge(facts(values.result()), ASKED)
    assert (verdict.status, verdict.reasons) == (Status.PASS, ())
    assert verdict.summary == "zap: 0 findings, handed over"


def test_where_the_tier_asks_for_nothing_the_gate_does_not_apply() -> None:
    """also where a result is there and has findings"""
    verdict = judge(facts(values.with_findings(values.reported())), Settings())
    assert (verdict.status, verdict.reasons) == (Status.NOT_APPLICABLE, ())


def test_what_only_a_release_needs_is_not_asked_of_a_change() -> None:
    """neither a denial nor a pass"""
    verdict = judge(facts(), Settings(release=("dast",)))
    assert (verdict.status, verdict.summary) == (Status.NOT_ASKED, "dast: asked for a release")


def test_the_push_stage_is_not_asked() -> None:
    assert Stage.PUSH not in GATE.stages
    assert Stage.CHANGE in GATE.stages


@pytest.mark.parametrize("results", [(), NotAsked(), (values.result(name="unit"),)])
def test_a_result_that_is_not_there_denies(results: Any) -> None:
    """one of another name stands in for nothing"""
    verdict = judge(values.facts(results=results), ASKED)
    assert (verdict.status, codes(verdict)) == (Status.FAIL, ["result-missing"])


def test_a_result_that_could_not_be_read_leaves_it_undecided() -> None:
    (reason,) = judge(facts(UNREAD), ASKED).reasons
    assert (reason.code, reason.effect) == ("result-unavailable", Effect.UNDECIDED)
    assert (reason.message, reason.next_step) == (UNREAD.reason, UNREAD.next_step)


def test_one_file_that_cannot_be_read_is_not_made_good_by_another() -> None:
    verdict = judge(facts(UNREAD, values.result()), ASKED)
    assert (verdict.status, codes(verdict)) == (Status.INDETERMINATE, ["result-unavailable"])


def test_without_a_change_nothing_is_decided() -> None:
    verdict = judge(facts(values.result(), change=Unavailable("a shallow clone")), ASKED)
    assert (verdict.status, codes(verdict)) == (Status.INDETERMINATE, ["change-unreadable"])


def test_a_result_of_another_commit_denies_and_names_both() -> None:
    (reason,) = judge(facts(values.result(commit=values.EARLIER)), ASKED).reasons
    assert (reason.code, reason.got, reason.expected) == ("result-of-another-commit", values.EARLIER, values.HEAD)


def test_a_file_that_names_no_commit_rests_on_the_jobs_word() -> None:
    assert judge(facts(values.result(commit="")), ASKED).status is Status.PASS


@pytest.mark.parametrize(("source", "status"), [("signed", Status.PASS), ("handed-over", Status.FAIL)])
def test_where_a_signature_is_asked_for_a_job_cannot_just_hand_over(source: Any, status: Status) -> None:
    signer = "scan" if source == "signed" else ""
    result = values.result(source=source, signer=signer)
    verdict = judge(facts(result), ASKED.model_copy(update={"signing": "required"}))
    assert verdict.status is status
    assert codes(verdict) == ([] if status is Status.PASS else ["result-unsigned"])


def test_a_tool_that_says_it_failed_denies() -> None:
    """however few weaknesses it lists"""
    (reason,) = judge(facts(values.result(broken=("ZAP: did not run to its end (exit code 3)",))), ASKED).reasons
    assert (reason.code, reason.message) == ("result-broken", "zap: ZAP: did not run to its end (exit code 3)")


@given(st.integers(1, 10_000), st.integers(0, 20_000 * 3600))
def test_age_decides_to_the_second(allowed: int, age: int) -> None:
    result = values.result(made_at=values.NOW - timedelta(seconds=age))
    verdict = judge(facts(result), ASKED.model_copy(update={"max_age_hours": allowed}))
    assert codes(verdict) == (["result-stale"] if age > allowed * 3600 else [])


def test_a_result_of_the_future_denies() -> None:
    """five minutes between clocks are allowed"""
    made = values.NOW + timedelta(minutes=5)
    assert judge(facts(values.result(made_at=made)), ASKED).status is Status.PASS
    later = values.result(made_at=made + timedelta(seconds=1))
    assert codes(judge(facts(later), ASKED)) == ["result-stale"]


def test_a_result_without_a_time_is_no_older_than_the_heads_arrival() -> None:
    result = values.result(made_at=None)
    assert judge(facts(result), ASKED).status is Status.PASS
    old = judge(facts(result), ASKED.model_copy(update={"max_age_hours": 1}))
    assert codes(old) == ["result-stale"]  # arrived two hours ago


def test_where_nobody_knows_a_time_it_is_undecided() -> None:
    verdict = judge(facts(values.result(made_at=None), context=values.context(pushes=())), ASKED)
    assert (verdict.status, codes(verdict)) == (Status.INDETERMINATE, ["result-undated"])


@given(st.sampled_from(Severity), st.sampled_from(Severity))
def test_the_threshold_decides(found: Severity, floor: Severity) -> None:
    """below it is named, never silent"""
    result = values.with_findings(values.reported(severity=found))
    (reason,) = judge(facts(result), ASKED.model_copy(update={"fail_on": floor})).reasons
    denies = found.rank >= floor.rank
    assert reason.code == ("result-finding" if denies else "result-finding-listed")
    assert reason.effect is (Effect.DENY if denies else Effect.NOTE)
    assert (reason.where.path, reason.where.line) == ("services/pay.py", 3)


@pytest.mark.parametrize(
    ("changes", "settings", "denies"),
    [
        ({"suppressed": "in-source"}, {}, True),
        ({"suppressed": "external"}, {}, True),
        ({"suppressed": "external"}, {"suppressed": "external"}, False),
        ({"suppressed": "in-source"}, {"suppressed": "external"}, True),
        ({"old": True}, {}, False),
        ({"old": True}, {"scope": "all"}, True),
        ({"review": True}, {}, False),
    ],
)
def test_what_is_suppressed_or_known_is_shown_and_counted_as_the_tier_says(
    changes: dict[str, Any], settings: dict[str, Any], denies: bool
) -> None:
    """what the source suppresses is the author's own word, and no tier can believe it"""
    result = values.with_findings(values.reported(**changes))
    (reason,) = judge(facts(result), ASKED.model_copy(update=settings)).reasons
    assert (reason.effect is Effect.DENY) == denies
    assert reason.got.count(",") == 1  # severity, and why it is special


def test_findings_that_are_not_listed_deny_all_the_same() -> None:
    result = values.result(tallies=(Tally(Severity.HIGH, "no", False, False, 70_000),))
    (reason,) = judge(facts(result), ASKED).reasons
    assert (reason.code, reason.message) == ("result-finding", "zap: 70000 more at or above medium")


def test_many_findings_give_few_reasons_and_their_number() -> None:
    verdict = judge(facts(values.with_findings(*[values.reported()] * 50)), ASKED)
    assert len(verdict.reasons) == 21
    assert verdict.reasons[-1].message == "zap: 30 more at or above medium"


def test_a_failed_test_denies_and_is_named() -> None:
    failed = FailedTest("pay.TestRefund.test_sum", "failure", "1 != 2")
    verdict = judge(facts(unit(3, 1, 0, 0, failed)), Settings(change=("unit",)))
    assert [reason.message for reason in verdict.reasons] == ["unit: pay.TestRefund.test_sum: 1 != 2"]
    assert codes(verdict) == ["tests-failed"]


def test_failures_that_only_the_suites_count_deny() -> None:
    verdict = judge(facts(unit(3, 1, 1)), Settings(change=("unit",)))
    assert [reason.message for reason in verdict.reasons] == ["unit: 2 more failures and errors"]


@pytest.mark.parametrize("skipped", [0, 4])
def test_zero_tests_are_no_pass(skipped: int) -> None:
    verdict = judge(facts(unit(0, skipped=skipped)), Settings(change=("unit",)))
    assert (verdict.status, codes(verdict)) == (Status.FAIL, ["tests-none"])


def test_one_file_of_several_may_hold_no_test() -> None:
    """Maven writes one for each class"""
    verdict = judge(facts(unit(0), unit(2)), Settings(change=("unit",)))
    assert (verdict.status, verdict.summary) == (Status.PASS, "unit: 2 tests run, handed over")


RESULTS = st.builds(
    replace,
    st.just(values.result()),
    commit=st.sampled_from(["", values.HEAD, values.EARLIER, values.HEAD[:12]]),
    made_at=st.sampled_from([None, values.LATER, values.NOW - timedelta(days=31)]),
    broken=st.sampled_from([(), ("ZAP: ended by SIGKILL",)]),
    tallies=st.sampled_from([(), (Tally(Severity.CRITICAL, "no", False, False, 1),)]),
)


@given(st.lists(RESULTS | st.just(UNREAD), max_size=3).map(tuple))
def test_it_passes_only_where_every_file_is_fit(results: tuple[Result | Unavailable, ...]) -> None:
    fit = [
        isinstance(one, Result)
        and one.commit in ("", values.HEAD)
        and one.made_at in (None, values.LATER)
        and not one.broken
        and not one.tallies
        for one in results
    ]
    assert (judge(facts(*results), ASKED).status is Status.PASS) == (bool(fit) and all(fit))


def test_every_reason_code_is_published() -> None:
    told = {
        *codes(judge(facts(), ASKED)),
        *codes(judge(facts(UNREAD), ASKED)),
        *codes(judge(facts(values.with_findings(values.reported())), ASKED)),
    }
    assert told <= GATE.reasons.keys()
