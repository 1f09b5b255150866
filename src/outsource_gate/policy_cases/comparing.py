"""Where does a decision first differ from what a case expects? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.model.facts import Attribution, Facts
from outsource_gate.model.policy_case import Difference
from outsource_gate.model.verdict import Decision, Effect, Status
from outsource_gate.policy.cases import Expected

_AGAINST = (Effect.DENY, Effect.UNDECIDED)


def difference(expected: Expected, decision: Decision, facts: Facts) -> Difference | None:
    """Give the first difference, the decision before its reasons; None where all is as expected."""
    return next(_differences(expected, decision, facts), None)


def reasons_of(decision: Decision) -> tuple[str, ...]:
    """What was said against the change, in one line each."""
    return tuple(
        f"{verdict.gate}: {reason.code}: {reason.message}"
        + (f" ({reason.where.path})" if reason.where.path else "")
        for verdict in decision.verdicts
        for reason in verdict.reasons
        if reason.effect in _AGAINST
    )


def _differences(expected: Expected, decision: Decision, facts: Facts) -> Iterator[Difference]:
    if decision.answer is not expected.decision:
        yield Difference("decision", expected.decision, decision.answer)
    if expected.enforced not in (None, decision.enforced):
        yield Difference("enforced", _word(expected.enforced), _word(decision.enforced))
    vendors = facts.attribution.vendors if isinstance(facts.attribution, Attribution) else ()
    if expected.vendors is not None and set(expected.vendors) != set(vendors):
        yield Difference("vendors", _list(expected.vendors), _list(vendors))
    for gate, status in expected.gates.items():
        got = [verdict.status for verdict in decision.verdicts if verdict.gate == gate]
        if not got or any(one is not status for one in got):
            yield Difference(f"gate {gate}", status, _list(got) if got else "does not apply to this change")
    yield from _codes(expected, decision)


def _codes(expected: Expected, decision: Decision) -> Iterator[Difference]:
    against = _said(decision, *_AGAINST)
    if expected.reasons is not None and set(expected.reasons) != against:
        yield Difference("reasons", _list(expected.reasons), _list(against))
    for what, codes, effect in (("notes", expected.notes, Effect.NOTE), ("waived", expected.waived, Effect.WAIVED)):
        said = _said(decision, effect)
        if not set(codes) <= said:
            yield Difference(what, _list(codes), _list(said))


def _said(decision: Decision, *effects: Effect) -> set[str]:
    reasons = (reason for verdict in decision.verdicts for reason in verdict.reasons)
    return {reason.code for reason in reasons if reason.effect in effects}


def _list(words: Iterable[str | Status]) -> str:
    return ", ".join(sorted({str(word) for word in words})) or "none"


def _word(truth: bool | None) -> str:
    return "true" if truth else "false"
