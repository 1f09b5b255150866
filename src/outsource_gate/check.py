"""The run: collect, judge, record. The table of contents of the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from outsource_gate.collect import Collected, Request, Tell, collect
from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.keys import Signer, load_signer
from outsource_gate.evidence.record import RecordInfo, write_record
from outsource_gate.evidence.run import RunContext
from outsource_gate.evidence.statement import build_statement
from outsource_gate.judging import applicable, judge
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.model.verdict import Answer, Decision, Stage
from outsource_gate.registry import gates

_EXIT = {Answer.ALLOW: 0, Answer.DENY: 1, Answer.UNDECIDED: 3}


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the record goes and what signs it."""

    path: Path
    key: str | None = None  # a key URI
    password: bytes | None = None
    run: RunContext = field(default_factory=RunContext)  # where the job says it runs; nothing rests on it
    pseudonym_key: bytes | None = None  # without one, people are numbered within the record


def check(request: Request, recording: Recording, tell: Tell) -> Outcome:
    """Gate one change: find out, judge, leave the record; the decision stands whatever becomes of the record."""
    collected = collect(request, tell)
    decision = judge_collected(collected)
    tell("writing the record")
    evidence = _record(collected, decision, recording)
    titles = {gate.id: gate.title for gate in gates().values()}
    return Outcome(collected.facts, decision, evidence, titles)


def exit_code(outcome: Outcome) -> int:
    """0 only for ALLOW with the record its stage requires; a missing record is 3 whatever was decided."""
    if outcome.evidence is None or outcome.evidence.problem:
        return 3
    return _EXIT[outcome.decision.answer]


def judge_collected(collected: Collected) -> Decision:
    """Judge the facts under the policy they were collected with."""
    return judge(collected.facts, applicable(collected.facts, collected.policy, gates()), gates())


def _record(collected: Collected, decision: Decision, recording: Recording) -> Evidence:
    """Sign and write; without a key, or where the key fails, the record is kept unsigned and the problem told."""
    signer, problem = _signer(collected, recording)
    try:
        info = _write(collected, decision, recording, signer)
    except (EvidenceError, OSError) as error:
        return Evidence(str(recording.path), "", "", False, f"the record could not be written: {error}")
    return Evidence(str(info.path), info.digest, info.key_id, signer is not None, problem)


def _signer(collected: Collected, recording: Recording) -> tuple[Signer | None, str]:
    if recording.key:
        try:
            return load_signer(recording.key, recording.password), ""
        except EvidenceError as error:
            return None, f"the record is not signed: {error}"
    if collected.facts.stage is Stage.PUSH or collected.policy.signing == "optional":
        return None, ""
    hint = "name a key with --key or OUTSOURCE_GATE_KEY; `outsource-gate keys generate --out gate` makes one"
    return None, f"the record is not signed: no key -> {hint}"


def _write(collected: Collected, decision: Decision, recording: Recording, signer: Signer | None) -> RecordInfo:
    raw = facts_bytes(collected.facts)
    known = gates()
    statement = build_statement(
        collected.facts,
        decision,
        settings=applicable(collected.facts, collected.policy, gates()),
        gate_versions={gate.id: gate.version for gate in known.values()},
        controls={gate.id: gate.controls for gate in known.values()},
        facts_digest=facts_digest(raw),
        tree_digest=collected.tree_digest,
        run=recording.run,
        pseudonym_key=recording.pseudonym_key,
    )
    return write_record(recording.path, statement, signer, raw)
