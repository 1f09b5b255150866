"""What do the verdicts come to? Pure."""

from __future__ import annotations

from collections.abc import Iterable

from outsource_gate.model.verdict import Answer, Decision, Effect, Reason, Status, Verdict
from outsource_gate.model.waiver import ReportOnly, WaiverUse

ALWAYS_SPEAK = ("identity", "release")  # of a change the first has to pass, of a release the second
# A change to what judges is denied in a report-only window, too: it could end or widen the window.
ALWAYS_ENFORCED = frozenset({"policy-touched", "policy-broken"})


def decide(
    verdicts: tuple[Verdict, ...], waivers: tuple[WaiverUse, ...] = (), windows: Iterable[ReportOnly] = ()
) -> Decision:
    """ALLOW only if identity (of a release: release) passed, and so did everything else that was asked and applies.

    Report-only windows soften a denial if every failing verdict is of a vendor in its window, and nothing else is
    wrong: never a missing fact, never who it is.
    """
    answer = _answer(verdicts)
    softening = _softening(verdicts, tuple(windows)) if answer is Answer.DENY else ()
    return Decision(answer, verdicts, not softening, waivers, softening)


def status_of(reasons: Iterable[Reason]) -> Status:
    """Give what the reasons call for; PASS only where nothing denies and nothing is missing."""
    effects = {reason.effect for reason in reasons}
    if Effect.DENY in effects:
        return Status.FAIL
    return Status.INDETERMINATE if Effect.UNDECIDED in effects else Status.PASS


def _answer(verdicts: tuple[Verdict, ...]) -> Answer:
    statuses = {verdict.status for verdict in verdicts}
    if Status.FAIL in statuses:
        return Answer.DENY
    if statuses <= {Status.PASS, Status.NOT_APPLICABLE, Status.NOT_ASKED} and _identity_passed(verdicts):
        return Answer.ALLOW
    return Answer.UNDECIDED


def _identity_passed(verdicts: tuple[Verdict, ...]) -> bool:
    asked = (verdict for verdict in verdicts if verdict.status is not Status.NOT_ASKED)
    spoken = [verdict.status for verdict in asked if verdict.gate in ALWAYS_SPEAK]
    return bool(spoken) and all(status is Status.PASS for status in spoken)


def _softening(verdicts: tuple[Verdict, ...], windows: tuple[ReportOnly, ...]) -> tuple[ReportOnly, ...]:
    """Give the windows of the vendors that fail; none where a single thing stands outside of them."""
    failing = {verdict.vendor for verdict in verdicts if verdict.status is Status.FAIL}
    undecided = any(verdict.status is Status.INDETERMINATE or _is_undecided(verdict) for verdict in verdicts)
    if undecided or not _identity_passed(verdicts) or any(map(_is_always_enforced, verdicts)):
        return ()
    softening = tuple(window for window in windows if window.vendor in failing)
    return softening if failing == {window.vendor for window in softening} else ()


def _is_undecided(verdict: Verdict) -> bool:
    """A verdict that fails can have a missing fact beside what it fails for."""
    return any(reason.effect is Effect.UNDECIDED for reason in verdict.reasons)


def _is_always_enforced(verdict: Verdict) -> bool:
    return any(reason.effect is Effect.DENY and reason.code in ALWAYS_ENFORCED for reason in verdict.reasons)
