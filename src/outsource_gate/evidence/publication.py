"""How does a record get to a place that outlives the job, without a server of ours?

It is pushed to the evidence ref, of the repository itself or of one that the organisation keeps for evidence. The
facts stay behind unless asked for: they hold names, emails and code, and what is on a ref cannot be erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError, GateError
from outsource_gate.evidence.envelope import open_envelope
from outsource_gate.evidence.facts_file import MAX_COMPRESSED, digest_of_file
from outsource_gate.evidence.predicate import Predicate, Statement
from outsource_gate.evidence.record import facts_path_of, read_record
from outsource_gate.git import evidence_ref
from outsource_gate.git.evidence_exchange import SECONDS, local_ref, push
from outsource_gate.git.remote import find_remote
from outsource_gate.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Published:
    """The record is on the ref, at the latest in this commit of it. `was_there`: it had been before."""

    digest: str
    address: str
    commit: str
    was_there: bool


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The record is not there, or nobody knows; the one on disk stays."""

    problem: str


def push_record(
    path: Path,
    remote: str,
    repo: Path,
    environment: Mapping[str, str],
    *,
    with_facts: bool = False,
    seconds: float = SECONDS,
) -> Published | Unpublished:
    """Push a record, as `check` does after writing it. Never raises for what can go wrong on the way."""
    try:
        return publish(path, remote, Repository.open(repo), environment, with_facts=with_facts, seconds=seconds)
    except GateError as error:
        return Unpublished(f"the record is not on the evidence ref: {error}")


def publish(
    path: Path,
    remote: str,
    repository: Repository,
    environment: Mapping[str, str],
    *,
    with_facts: bool = False,
    seconds: float = SECONDS,
) -> Published:
    """Push a record to the evidence ref of a remote, by name or address; GateError where it does not get there."""
    raw = read_record(path)
    digest, predicate = _claims(raw, str(path))
    place = evidence_ref.path_of(predicate.change.head.commit if predicate.change else evidence_ref.NO_HEAD, digest)
    files = {place: raw}
    if with_facts:
        files[evidence_ref.facts_path_of(place)] = _facts(facts_path_of(path), predicate)
    to = find_remote(remote, repository, environment)
    pushed = push(
        repository, to, local_ref(remote, to), files, _message(predicate, digest), environment, seconds=seconds
    )
    return Published(digest, to.address, pushed.tip, pushed.was_there)


def _claims(raw: bytes, what: str) -> tuple[str, Predicate]:
    """What the record says of itself. An unsigned one is not kept: it would take the name of a signed one."""
    envelope = open_envelope(raw)
    if envelope.signature is None:
        raise EvidenceError(
            f"{what}: nobody signed this record", hint="make it with --key; unsigned, it proves nothing"
        )
    try:
        statement = Statement.model_validate_json(envelope.payload, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{what}: no record of this gate: {where}: {first['msg'][:200]}") from error
    return hashlib.sha256(envelope.payload).hexdigest(), statement.predicate


def _facts(path: Path, predicate: Predicate) -> bytes:
    if digest_of_file(path) != predicate.facts.digest["sha256"]:
        raise EvidenceError(f"{path}: holds the facts of another run", hint="put the right ones beside the record")
    with path.open("rb") as file:
        return file.read(MAX_COMPRESSED + 1)


def _message(predicate: Predicate, digest: str) -> str:
    """Which repository, change and decision; nobody's name."""
    change, decision = predicate.change, predicate.decision
    number = f"#{change.number}" if change and change.number is not None else ""
    answer = decision.answer if decision.enforced else f"{decision.answer} (report only)"
    name = "".join(char if char.isascii() and char.isprintable() else "?" for char in predicate.repository.name)
    head = change.head.commit if change else "unknown"
    return f"{answer} {name[:200] or 'unknown'}{number}\n\nhead {head}\nrecord sha256:{digest}\n"
