"""Do the recorded facts give the recorded decision again?

Starts after attribution: what git and the forge said is taken from the facts file, and judged anew by the gates of
this version under the settings the record carries (or those of a policy named instead). Whether the record is
genuine is for `verify`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import read_json
from outsource_gate.evidence.envelope import MAX_PAYLOAD, open_envelope
from outsource_gate.evidence.facts_file import digest_of_file, read_facts
from outsource_gate.evidence.predicate import Predicate, Statement
from outsource_gate.evidence.record import facts_path_of, read_record
from outsource_gate.evidence.statement import decision_digest
from outsource_gate.judging import Applicable, applicable, judge
from outsource_gate.model.facts import Facts
from outsource_gate.model.verdict import Decision
from outsource_gate.policy.load import Policy
from outsource_gate.policy.settings import GateSettings
from outsource_gate.registry import gates


@dataclass(frozen=True, slots=True)
class Replayed:
    """The decision then and now. `same` compares digests: facts, settings, verdicts and answer."""

    recorded: Predicate
    decision: Decision
    same: bool
    settings: Applicable


def replay(record: Path, facts: Path | None = None, policy: Policy | None = None) -> Replayed:
    """Judge again; EvidenceError names what is missing or of another version."""
    predicate = _predicate(record)
    known, digest = _facts(predicate, facts or facts_path_of(record))
    _check_versions(predicate)
    settings = applicable(known, policy, gates()) if policy else _settings(predicate)
    decision = judge(known, settings, gates())
    return Replayed(
        predicate, decision, decision_digest(digest, settings, decision) == predicate.decision_digest, settings
    )


def _predicate(record: Path) -> Predicate:
    payload = open_envelope(read_record(record)).payload
    value = read_json(payload, what=str(record), limit=MAX_PAYLOAD)
    try:
        return Statement.model_validate(value).predicate
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise EvidenceError(f"{record}: {place}: no record that this version reads") from error


def _facts(predicate: Predicate, path: Path) -> tuple[Facts, str]:
    if not path.is_file():
        raise EvidenceError(
            f"{path}: the facts are not there", hint="name the file that lay beside the record with --facts"
        )
    digest = digest_of_file(path)
    if digest != predicate.facts.digest["sha256"]:
        raise EvidenceError(
            f"{path}: SHA-256 {digest}, the record names {predicate.facts.digest['sha256']}",
            hint="these are the facts of another run; find those of this record",
        )
    return read_facts(path), digest


def _check_versions(predicate: Predicate) -> None:
    """Only the same meaning of a gate can judge its facts again."""
    known = {gate.id: gate.version for gate in gates().values()}
    for used in {part.gate for part in predicate.settings}:
        recorded = next((gate.version for gate in predicate.gates if gate.id == used), None)
        if recorded != known.get(used):
            raise EvidenceError(
                f"gate {used}: recorded in version {recorded}, this program has {known.get(used)}",
                hint=f"replay it with outsource-gate {predicate.engine.version}",
            )


def _settings(predicate: Predicate) -> Applicable:
    """Rebuild what applied then, in the order in which gates are asked."""
    found: dict[str, dict[str, GateSettings]] = {}
    sections: dict[tuple[str, str], dict[str, Any]] = {
        (part.vendor, part.gate): part.settings for part in predicate.settings
    }
    for vendor in sorted({vendor for vendor, _ in sections}):
        for gate in gates().values():
            if (vendor, gate.id) in sections:
                found.setdefault(vendor, {})[gate.id] = _read(gate.settings, sections[vendor, gate.id], gate.id)
    return found


def _read(model: type[GateSettings], section: dict[str, Any], gate: str) -> GateSettings:
    try:
        return model.model_validate(section)
    except ValidationError as error:
        raise EvidenceError(
            f"gate {gate}: the recorded settings cannot be read: {error.errors()[0]['msg']}"
        ) from error
