"""The decision."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.decision import decide
from outsource_gate.model.verdict import Answer, Status, Verdict

GATES = st.sampled_from(["identity", "contract", "sast"])
VERDICTS = st.lists(st.builds(Verdict, GATES, st.sampled_from(["acme", None]), st.sampled_from(Status)))


@given(VERDICTS)
def test_allow_needs_everything_asked_to_pass_and_identity_to_speak(verdicts: list[Verdict]) -> None:
    """Any FAIL denies; else anything not known, or silence, decides nothing."""
    statuses = [verdict.status for verdict in verdicts]
    asked = [verdict for verdict in verdicts if verdict.status is not Status.NOT_ASKED]
    identity = [verdict.status for verdict in asked if verdict.gate == "identity"]
    if Status.FAIL in statuses:
        expected = Answer.DENY
    elif Status.INDETERMINATE in statuses or not identity or set(identity) != {Status.PASS}:
        expected = Answer.UNDECIDED
    else:
        expected = Answer.ALLOW
    assert decide(tuple(verdicts)).answer is expected


def test_no_verdict_is_no_allow() -> None:
    assert decide(()).answer is Answer.UNDECIDED
