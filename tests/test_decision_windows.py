"""A report-only window softens a denial, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.decision import decide
from outsource_gate.model.verdict import Answer, Effect, Reason, Status, Verdict
from outsource_gate.model.waiver import ReportOnly

ACME, GLOBEX = ReportOnly("acme", date(2027, 1, 31)), ReportOnly("globex", date(2027, 2, 28))
WHO = Verdict("identity", "acme", Status.PASS)


def failing(vendor: str | None = "acme", code: str = "finding", gate: str = "sast") -> Verdict:
    return Verdict(gate, vendor, Status.FAIL, (Reason(code, "x"),))


def test_a_denial_in_the_window_stays_a_denial_and_is_not_enforced() -> None:
    decision = decide((WHO, failing()), (), (ACME, GLOBEX))
    assert (decision.answer, decision.enforced, decision.report_only) == (Answer.DENY, False, (ACME,))


def test_every_failing_vendor_has_to_be_in_its_window() -> None:
    both = (WHO, failing(), failing("globex"))
    assert decide(both, (), (ACME,)).enforced
    assert decide(both, (), (ACME, GLOBEX)).report_only == (ACME, GLOBEX)


@pytest.mark.parametrize(
    "more",
    [
        failing("unknown"),
        failing(None),
        failing(gate="identity", code="identity-unknown"),
        failing(gate="integrity", code="policy-touched"),
        failing(gate="integrity", code="policy-broken"),
        Verdict("review", "acme", Status.INDETERMINATE, (Reason("reviews-unknown", "x", Effect.UNDECIDED),)),
        Verdict("sast", "acme", Status.FAIL, (Reason("finding", "x"), Reason("gone", "x", Effect.UNDECIDED))),
    ],
)
def test_what_no_window_softens(more: Verdict) -> None:
    """an unregistered vendor, the change as a whole, who it is, a change to the policy, a missing fact"""
    assert decide((WHO, failing(), more), (), (ACME,)).enforced


def test_where_nobody_says_who_it_is_nothing_is_softened() -> None:
    assert decide((failing(),), (), (ACME,)).enforced


@given(st.lists(st.builds(Verdict, st.sampled_from(["identity", "sast"]), st.sampled_from(["acme", None]),
                          st.sampled_from(Status)), max_size=5).map(tuple))  # fmt: skip
def test_a_window_never_changes_the_answer(verdicts: tuple[Verdict, ...]) -> None:
    """Only a denial is ever unenforced."""
    plain, softened = decide(verdicts), decide(verdicts, (), (ACME,))
    assert softened.answer is plain.answer
    assert softened.enforced or softened.answer is Answer.DENY
