"""The remediation gate: an overdue finding denies by severity, and a change that only mends passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.remediation import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Unavailable
from outsource_gate.model.finding import Read, Severity
from outsource_gate.model.register import Vendor
from outsource_gate.model.remedy import Compared, TrackedFinding, TrackedFindings
from outsource_gate.model.verdict import Effect, Reason, Status, Verdict
from tests.values import contract, facts, finding, row, scan, secret, secrets

TODAY = date(2026, 11, 23)
CRITICAL = Settings()
STANDARD = Settings(
    fail_on="none", tracker="optional", max_age="90 days", critical="any", high="any", medium="any", low="any"
)
PRINT = "v1:" + "9" * 64


def item(age: int = 40, **changes: Any) -> TrackedFinding:
    """An open high finding that was first seen so many days ago."""
    first = TODAY - timedelta(days=age)
    whole = TrackedFinding("F1", "code", "acme", Severity.HIGH, "shell", PRINT, first, "semgrep", "services/pay.py")
    return replace(whole, **changes)


def tracked(*items: TrackedFinding, **changes: Any) -> TrackedFindings:
    scanned = facts().now - timedelta(days=1)
    return replace(TrackedFindings("given", "0" * 64, scanned, items), **changes)


def known(*items: TrackedFinding, **changes: Any) -> Facts:
    return facts(tracked=tracked(*items, **changes), vendors=(contract(remediation_sla=None),))


def with_sla(**sla: str) -> Vendor:
    return contract(remediation_sla=sla)


def codes(verdict: Verdict, effect: Effect = Effect.DENY) -> list[str]:
    return [reason.code for reason in verdict.reasons if reason.effect is effect]


def first(verdict: Verdict) -> Reason:
    return verdict.reasons[0]


def test_nothing_open_passes() -> None:
    """a vendor without open findings passes, and the summary counts them"""
    verdict = judge(known(), CRITICAL)
    assert (verdict.status, verdict.reasons, verdict.summary) == (Status.PASS, (), "0 tracked, 0 overdue")


def test_what_is_still_in_time_passes() -> None:
    """the last day counts whole"""
    assert judge(known(item(30)), CRITICAL).status is Status.PASS
    assert judge(known(item(31)), CRITICAL).status is Status.FAIL


def test_an_overdue_finding_denies_and_says_what_to_fix() -> None:
    """the contractor reads what, where and until when it was due; the agreed time is for our own readers"""
    verdict = judge(replace(known(item()), vendors=(with_sla(high="14 days"),)), CRITICAL)
    reason = first(verdict)
    assert (verdict.status, reason.code, reason.finding) == (Status.FAIL, "finding-overdue", PRINT)
    assert reason.where.path == "services/pay.py"
    assert (reason.expected, reason.got) == ("fixed by 2026-10-28", "F1, first seen 2026-10-14, 26 days overdue")
    assert reason.internal == "MSA-2026-014: high within 14 days"
    assert "14 days" not in reason.message + reason.got + reason.expected + reason.next_step


def test_the_contract_comes_before_the_tier() -> None:
    """what was agreed counts, also where the tier would be stricter or knows nothing"""
    late = replace(known(item()), vendors=(with_sla(high="60 days"),))
    assert judge(late, CRITICAL).status is Status.PASS
    early = replace(known(item()), vendors=(with_sla(high="7 days"),))
    assert codes(judge(early, STANDARD), Effect.NOTE) == ["finding-overdue"]


def test_the_severity_decides() -> None:
    """elevated denies for critical and high, and only names the rest"""
    elevated = Settings(fail_on="high", medium="30 days")
    assert judge(known(item()), elevated).status is Status.FAIL
    medium = judge(known(item(severity=Severity.MEDIUM)), elevated)
    assert (medium.status, codes(medium, Effect.NOTE)) == (Status.PASS, ["finding-overdue"])


def test_no_agreed_time_is_said() -> None:
    verdict = judge(known(item()), STANDARD)
    assert (verdict.status, codes(verdict, Effect.NOTE)) == (Status.PASS, ["sla-missing"])


def test_another_vendors_findings_are_not_this_ones() -> None:
    assert judge(known(item(vendor="labs")), CRITICAL).status is Status.PASS


def test_an_acceptance_counts_until_its_last_day() -> None:
    """accepted is not overdue; the day after, it is, with its old date"""
    accepted = item(accepted_on=TODAY - timedelta(days=5), accepted_until=TODAY)
    assert judge(known(accepted), CRITICAL).status is Status.PASS
    over = item(accepted_on=TODAY - timedelta(days=5), accepted_until=TODAY - timedelta(days=1))
    assert first(judge(known(over), CRITICAL)).got == "F1, first seen 2026-10-14, 10 days overdue"


def test_an_acceptance_for_too_long_does_not_count() -> None:
    """whoever writes the tracker cannot accept for longer than the tier says"""
    verdict = judge(known(item(accepted_on=TODAY, accepted_until=TODAY + timedelta(days=31))), CRITICAL)
    assert verdict.status is Status.FAIL
    assert codes(verdict, Effect.NOTE) == ["acceptance-too-long"]


def test_without_a_tracker_the_tier_decides() -> None:
    """optional: it does not apply, and that is said; required: nothing is decided"""
    optional = judge(facts(tracked=NotAsked()), STANDARD)
    assert (optional.status, "no tracker" in optional.summary) == (Status.NOT_APPLICABLE, True)
    required = judge(facts(tracked=NotAsked()), CRITICAL)
    assert (required.status, first(required).code) == (Status.INDETERMINATE, "tracker-missing")


def test_a_tracker_that_cannot_be_read_decides_nothing_in_any_tier() -> None:
    broken = facts(tracked=Unavailable("tracker.json: no valid JSON", "", "tracker"))
    assert {judge(broken, settings).status for settings in (STANDARD, CRITICAL)} == {Status.INDETERMINATE}


@pytest.mark.parametrize("days", [None, 15, -1])
def test_an_old_tracker_decides_nothing_where_it_is_required(days: int | None) -> None:
    """no scan of this repository, one too old, and one of the future all say nothing"""
    at = None if days is None else facts().now - timedelta(days=days)
    verdict = judge(known(scanned_at=at), CRITICAL)
    assert (verdict.status, first(verdict).code) == (Status.INDETERMINATE, "tracker-stale")
    loose = STANDARD.model_copy(update={"max_age": "10 days"})
    assert judge(known(scanned_at=at), loose).status is Status.PASS


MENDED = Compared("semgrep", PRINT, "services/pay.py", 1, 0)


def test_a_change_that_only_mends_passes() -> None:
    """an overdue finding that the base has and head has not, and nothing new: the other ones are only named"""
    verdict = judge(known(item(), item(id="F2", reference="v1:other"), compared=(MENDED,)), CRITICAL)
    assert (verdict.status, codes(verdict, Effect.NOTE)) == (Status.PASS, ["finding-overdue"] * 2)
    assert "mends 1" in verdict.summary


@pytest.mark.parametrize(
    "changes",
    [
        {"scans": (scan("semgrep", finding()), scan("bandit"))},  # it brings a finding
        {"scans": (scan("semgrep", finding(severity=Severity.CRITICAL)), scan("bandit"))},
        {"secrets": secrets(secret())},
        {"secrets": NotAsked()},
        {"coverage": (row(), row("services/x.xyz", Read.UNSUPPORTED))},  # where code could have gone
        {"scans": (scan("semgrep"), Unavailable("gone", "", "bandit"))},
    ],
)
def test_a_change_that_also_brings_something_is_no_fixing_change(changes: dict[str, Any]) -> None:
    """a new finding, a credential, a file that nobody read or a scanner that did not run: denied"""
    verdict = judge(replace(known(item(), compared=(MENDED,)), **changes), CRITICAL)
    assert verdict.status is Status.FAIL


def test_what_is_less_grave_than_what_is_mended_does_not_count_against_it() -> None:
    """a shell call that became a plain one is still named by a scanner, at less weight"""
    scans = (scan("semgrep", finding(severity=Severity.LOW)), scan("bandit"))
    assert judge(replace(known(item(), compared=(MENDED,)), scans=scans), CRITICAL).status is Status.PASS


@pytest.mark.parametrize(
    "compared",
    [
        replace(MENDED, at_head=1),  # still there, or moved to another of the changed files
        replace(MENDED, at_base=0),  # never there
        replace(MENDED, reference="v1:not-overdue"),
    ],
)
def test_what_is_not_gone_mends_nothing(compared: Compared) -> None:
    assert judge(known(item(), compared=(compared,)), CRITICAL).status is Status.FAIL


def test_many_are_counted() -> None:
    """of a long list the gravest are shown, and the rest denies, too"""
    many = judge(known(*(item(id=f"F{number}") for number in range(1, 80))), CRITICAL)
    assert len(many.reasons) == 51
    assert many.reasons[-1].message == "29 more overdue findings"


def test_every_code_is_published() -> None:
    assert {"finding-overdue", "tracker-missing", "tracker-stale"} < set(GATE.reasons)


ITEMS = st.builds(
    item,
    st.integers(0, 400),
    id=st.integers(1, 99).map(lambda number: f"F{number}"),
    severity=st.sampled_from(list(Severity)),
    vendor=st.sampled_from(["acme", "labs"]),
)


@given(st.lists(ITEMS, max_size=6), st.integers(0, 60))
def test_time_alone_never_makes_it_better(items: list[TrackedFinding], days: int) -> None:
    """what is denied today is denied later, as long as the tracker stays the same and fresh"""
    now = known(*items)
    later = replace(now, today=now.today + timedelta(days=days))
    if judge(now, CRITICAL).status is Status.FAIL:
        assert judge(later, CRITICAL).status is Status.FAIL
    assert codes(judge(now, CRITICAL)) == [] or any(one.vendor == "acme" for one in items)
