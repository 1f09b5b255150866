"""Leave the record: facts and decision as a signed statement, with the facts beside it.

A module of its own, because what it needs is loaded while the scanners read.
"""

from __future__ import annotations

from collections.abc import Callable

from outsource_gate.collect import Collected
from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.keys import Signer, load_signer
from outsource_gate.evidence.record import RecordInfo, write_record
from outsource_gate.evidence.run import TIMESTAMP_VARIABLE, Recording
from outsource_gate.evidence.signers.service_key import SigningError
from outsource_gate.evidence.statement import build_statement
from outsource_gate.evidence.timestamps.asking import Authorities
from outsource_gate.judging import applicable
from outsource_gate.model.outcome import Evidence
from outsource_gate.model.verdict import Decision, Stage
from outsource_gate.registry import gates

UNSTAMPED = "the record has no time stamp, and the policy requires one"


def record(collected: Collected, decision: Decision, recording: Recording) -> Evidence:
    """Sign and write; without a key, or where the key fails, the record is kept unsigned and the problem told."""
    signer, problem = _signer(collected, recording)
    asked = Authorities(recording.timestamps)
    try:
        try:
            info = _write(collected, decision, recording, signer, asked.stamp)
        except SigningError as error:
            signer, problem = None, f"the record is not signed: {error}"
            info = _write(collected, decision, recording, None, asked.stamp)
    except (EvidenceError, OSError) as error:
        return Evidence(str(recording.path), "", "", False, f"the record could not be written: {error}")
    problem = problem or _unstamped(collected, asked)
    return Evidence(str(info.path), info.digest, info.key_id, signer is not None, problem, tuple(asked.failed))


def _unstamped(collected: Collected, asked: Authorities) -> str:
    """Why a record that needs a time stamp has none."""
    if asked.given or collected.facts.stage is Stage.PUSH or collected.policy.timestamp == "optional":
        return ""
    if asked.addresses and not asked.failed:
        return f"{UNSTAMPED} -> only a signed record can be stamped: name a key with --key"
    return (
        UNSTAMPED if asked.failed else f"{UNSTAMPED} -> name an authority with --timestamp or {TIMESTAMP_VARIABLE}"
    )


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


def _write(
    collected: Collected,
    decision: Decision,
    recording: Recording,
    signer: Signer | None,
    stamp: Callable[[bytes], tuple[bytes, ...]],
) -> RecordInfo:
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
    return write_record(recording.path, statement, signer, raw, stamp)
