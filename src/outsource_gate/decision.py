"""What do the verdicts come to? Pure."""

from __future__ import annotations

from outsource_gate.model.verdict import Answer, Decision, Status, Verdict

ALWAYS_SPEAKS = "identity"


def decide(verdicts: tuple[Verdict, ...]) -> Decision:
    """ALLOW only if identity spoke, something passed, and everything that was asked passed or did not apply."""
    return Decision(_answer(verdicts), verdicts)


def _answer(verdicts: tuple[Verdict, ...]) -> Answer:
    statuses = {verdict.status for verdict in verdicts}
    if Status.FAIL in statuses:
        return Answer.DENY
    if statuses <= {Status.PASS, Status.NOT_APPLICABLE, Status.NOT_ASKED} and _identity_passed(verdicts):
        return Answer.ALLOW
    return Answer.UNDECIDED


def _identity_passed(verdicts: tuple[Verdict, ...]) -> bool:
    spoken = [verdict.status for verdict in verdicts if verdict.gate == ALWAYS_SPEAKS]
    return bool(spoken) and all(status is Status.PASS for status in spoken)
