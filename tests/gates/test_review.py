"""Gate review."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from outsource_gate.gates.review import GATE, Settings, judge
from outsource_gate.model.facts import Facts, NotAsked, Owners, Unavailable
from outsource_gate.model.review import Gap, Review, Team
from outsource_gate.model.verdict import Effect, Status
from tests import values

TWO = Settings(approvals=2)


def facts(*reviews: Review, **changes: Any) -> Facts:
    return values.facts(context=values.context(*reviews, **changes))


def codes(facts: Facts, settings: Settings | None = None) -> list[str]:
    return [reason.code for reason in judge(facts, settings or Settings()).reasons]


def test_one_independent_approval_of_the_head_passes() -> None:
    verdict = judge(values.facts(), Settings())
    assert verdict.status is Status.PASS
    assert "ina" in verdict.summary


def test_two_are_asked_and_one_was_given() -> None:
    verdict = judge(facts(values.review(), values.review(values.VAL_ACCOUNT)), TWO)
    assert verdict.status is Status.FAIL
    assert [reason.code for reason in verdict.reasons] == ["approvals-missing", "approval-not-counted"]
    assert verdict.reasons[0].got == "ina"
    assert "val: same vendor as the author" in verdict.reasons[1].message


def test_nobody_reviewed_is_no_pass() -> None:
    """An empty list is a fact; it holds no approval."""
    assert judge(facts(), Settings()).status is Status.FAIL


@pytest.mark.parametrize("context", [Unavailable("502"), values.context(reviews=None)])
def test_reviews_that_could_not_be_read_decide_nothing(context: Any) -> None:
    assert judge(values.facts(context=context), Settings()).status is Status.INDETERMINATE


def test_why_reviews_are_missing_is_said_in_the_forges_words() -> None:
    """whoever runs the job learns which permission would help"""
    gap = Gap("reviews", "the token may not read pull requests", "give the job pull-requests: read")
    (reason,) = judge(facts(reviews=None, gaps=(gap,)), Settings()).reasons
    assert (reason.message, reason.next_step) == (gap.reason, gap.next_step)


def test_a_queue_entry_of_other_content_decides_nothing() -> None:
    """approvals bind to the request; what the queue made of it must be the same"""
    verdict = judge(facts(values.review(), head=values.EARLIER), Settings())
    assert (verdict.status, verdict.reasons[0].code) == (Status.INDETERMINATE, "queue-content-unknown")


def test_a_membership_nobody_could_tell_decides_nothing() -> None:
    """the one approval may be good or not; more of them would be"""
    asked = Settings.model_validate({"from": ["corp/appsec"]})
    unread = facts(values.review(), teams=(Team("corp/appsec", None),))
    assert codes(unread, asked) == ["membership-unknown"]
    assert judge(unread, asked).status is Status.INDETERMINATE


def test_at_the_push_stage_nobody_is_asked() -> None:
    assert judge(values.facts(context=NotAsked()), Settings()).status is Status.NOT_ASKED


def test_a_tier_that_asks_for_no_approval_does_not_apply() -> None:
    """Legal, and never a PASS."""
    assert judge(facts(), Settings(approvals=0)).status is Status.NOT_APPLICABLE


def test_changes_requested_by_somebody_who_may_approve_denies() -> None:
    blocked = facts(values.review(), values.review(values.IDA_ACCOUNT, "CHANGES_REQUESTED", commit=None))
    assert codes(blocked) == ["changes-requested"]
    assert judge(blocked, Settings()).status is Status.FAIL


def test_changes_requested_by_others_is_listed() -> None:
    listed = facts(values.review(), values.review(values.VAL_ACCOUNT, "CHANGES_REQUESTED"))
    (reason,) = judge(listed, Settings()).reasons
    assert (reason.code, reason.effect) == ("changes-requested-by-others", Effect.NOTE)


def test_an_unknown_state_of_somebody_who_may_approve_decides_nothing() -> None:
    odd = facts(values.review(), values.review(values.IDA_ACCOUNT, "UNKNOWN"))
    assert judge(odd, Settings()).status is Status.INDETERMINATE


def test_an_arrival_nobody_saw_decides_nothing() -> None:
    """Without it an approval could be older than what it approves."""
    unseen = facts(values.review(), pushes=())
    assert codes(unseen) == ["arrival-unknown"]
    assert judge(unseen, Settings()).status is Status.INDETERMINATE


def test_a_missing_arrival_does_not_hide_a_missing_approval() -> None:
    """One approval of unknown age can never make two."""
    assert judge(facts(values.review(), pushes=()), TWO).status is Status.FAIL


def test_unknown_pushers_leave_independence_open() -> None:
    assert "pushers-unknown" in codes(facts(values.review(), pushers=None))


class TestCodeOwners:
    def owned(self, *rules: tuple[str, str, tuple[str, ...]]) -> Facts:
        return values.facts(owners=Owners("CODEOWNERS", rules))

    def test_required_without_a_file_denies_and_is_our_duty(self) -> None:
        (reason,) = judge(values.facts(owners=Owners()), Settings(code_owners="required")).reasons
        assert (reason.code, reason.duty) == ("code-owners-missing", "customer")

    def test_where_present_without_a_file_passes(self) -> None:
        assert codes(values.facts(owners=Owners()), Settings(code_owners="where-present")) == []

    @pytest.mark.parametrize("owner", ["@ina", "@INA", "@corp/engineering", "ina@corp.example"])
    def test_an_owners_approval_counts_by_login_team_or_address(self, owner: str) -> None:
        assert codes(self.owned(("", "*", (owner,))), Settings(code_owners="required")) == []

    def test_a_path_whose_owners_did_not_approve_denies(self) -> None:
        facts = self.owned(("", "services/", ("@corp/appsec",)))
        (reason,) = judge(facts, Settings(code_owners="where-present")).reasons
        assert (reason.code, reason.who) == ("code-owner-approval-missing", "@corp/appsec")

    def test_an_unreadable_file_decides_nothing(self) -> None:
        broken = values.facts(owners=Unavailable("CODEOWNERS:3: bad"))
        assert judge(broken, Settings(code_owners="required")).status is Status.INDETERMINATE


def test_every_reason_is_published() -> None:
    everything = replace(values.facts(), context=values.context(reviews=None))
    assert set(codes(everything)) <= set(GATE.reasons)
