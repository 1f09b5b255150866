"""The run: collect, judge, record. The table of contents of the program."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from outsource_gate.collect import Collected, collect
from outsource_gate.evidence.run import Recording
from outsource_gate.judging import applicable, judge
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.model.verdict import Answer, Decision
from outsource_gate.registry import gates
from outsource_gate.request import Request, Tell

if TYPE_CHECKING:
    from outsource_gate.releasing import ReleaseRequest

_EXIT = {Answer.ALLOW: 0, Answer.DENY: 1, Answer.UNDECIDED: 3}


def check(
    request: Request, recording: Recording, tell: Tell, meanwhile: Callable[[], object] = lambda: None
) -> Outcome:
    """Gate one change: find out, judge, leave the record; the decision stands whatever becomes of the record.

    `meanwhile` is called while scanners read and this program would only wait.
    """

    def beside() -> None:
        _load_the_rest()
        meanwhile()

    return _concluded(collect(request, tell, beside), recording, tell)


def check_release(request: ReleaseRequest, recording: Recording, tell: Tell) -> Outcome:
    """Gate one release in the same way: what was merged, its records and tests, and a record of its own."""
    from outsource_gate.releasing import collect_release  # noqa: PLC0415 - a change needs none of it

    return _concluded(collect_release(request, tell), recording, tell)


def _concluded(collected: Collected, recording: Recording, tell: Tell) -> Outcome:
    decision = judge_collected(collected)
    tell("writing the record")
    evidence = _recorder()(collected, decision, recording)
    titles = {gate.id: gate.title for gate in gates().values()}
    return Outcome(collected.facts, decision, evidence, titles)


def exit_code(outcome: Outcome) -> int:
    """0 only for ALLOW, or a denial that is not enforced yet; a missing record is 3 whatever was decided."""
    if outcome.evidence is None or outcome.evidence.problem:
        return 3
    return _EXIT[outcome.decision.answer] if outcome.decision.enforced else 0


def judge_collected(collected: Collected) -> Decision:
    """Judge the facts under the policy they were collected with."""
    return judge(collected.facts, applicable(collected.facts, collected.policy, gates()), gates())


def _load_the_rest() -> None:
    """What judging and recording need and collecting does not; a scan is time enough for it."""
    importlib.import_module("wcmatch.glob")  # see globs
    _recorder()


def _recorder() -> Callable[[Collected, Decision, Recording], Evidence]:
    from outsource_gate.recording import record  # noqa: PLC0415 - loaded in the shadow of the scanners

    return record
