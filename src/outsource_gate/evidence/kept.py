"""Which records lie on the evidence ref, and which one is meant?

Whoever may push there may have written them: names are held against contents here, and nothing is believed. That a
record is genuine says `verify`, and only `verify`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.envelope import MAX_RECORD, open_envelope
from outsource_gate.evidence.facts_file import MAX_COMPRESSED
from outsource_gate.evidence.predicate import Statement
from outsource_gate.git.evidence_ref import Added, additions, facts_path_of
from outsource_gate.git.objects import Stored, TooBig, full_id, reading
from outsource_gate.git.repository import Repository

MAX_OF_ONE_HEAD = 1000
_COMPARED = 100  # other records of the same commit whose time is looked at


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as it lies there, with its own word for what it says, or why it cannot be read."""

    added: Added
    statement: Statement | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The record that was asked for. `notes` say how it was chosen."""

    added: Added
    raw: bytes
    facts: bytes | None
    notes: tuple[str, ...]


def listed(repository: Repository, tip: str, limit: int) -> Iterator[Listed]:
    """The newest records first, in the order of the ref."""
    wanted = tuple(islice(additions(repository, tip), limit))
    for added, found in zip(wanted, _contents(repository, wanted), strict=True):
        yield _listed(added, found)


def find(repository: Repository, tip: str, asked: str) -> Found:
    """The record of a commit, the latest in the order of the ref, or the one of a digest; EvidenceError if none."""
    of_head = tuple(islice(additions(repository, tip, head=full_id(asked)), MAX_OF_ONE_HEAD + 1))
    if len(of_head) > MAX_OF_ONE_HEAD:
        raise EvidenceError(
            f"evidence ref: more than {MAX_OF_ONE_HEAD} records of {asked}",
            hint="name the one you mean by its digest",
        )
    if not of_head:
        return _by_digest(repository, tip, asked)
    chosen, *others = of_head
    if others and others[0].commit == chosen.commit:
        raise EvidenceError(
            f"evidence ref: commit {chosen.commit} added several records of {asked}, so none is the latest",
            hint="run `outsource-gate evidence fetch` for the whole history, or name one by its digest",
        )
    return _found(repository, tip, chosen, tuple(_notes(repository, chosen, others)))


def _by_digest(repository: Repository, tip: str, asked: str) -> Found:
    named = (
        (added for added in additions(repository, tip) if added.digest == asked) if len(asked) == 64 else iter(())
    )
    chosen = next(named, None)
    if chosen is None:
        raise EvidenceError(
            f"evidence ref: holds no record of {asked}", hint="`outsource-gate evidence fetch` brings the newest"
        )
    return _found(repository, tip, chosen, ())


def _found(repository: Repository, tip: str, added: Added, notes: tuple[str, ...]) -> Found:
    with reading(repository) as objects:
        content = objects.read(full_id(added.blob), MAX_RECORD)
        # The path is made of hexadecimal digits: an odd name cannot get to git.
        beside = objects.read(f"{full_id(tip)}:{facts_path_of(added.path)}", MAX_COMPRESSED)
    row = _listed(added, content)
    if row.problem or not isinstance(content, Stored):
        raise EvidenceError(f"evidence ref: {added.path}: {row.problem}", hint=f"commit {added.commit} brought it")
    if isinstance(beside, TooBig):
        raise EvidenceError(f"evidence ref: {facts_path_of(added.path)}: more than {MAX_COMPRESSED} bytes")
    return Found(added, content.body, beside.body if beside and beside.kind == "blob" else None, notes)


def _notes(repository: Repository, chosen: Added, others: Sequence[Added]) -> Iterator[str]:
    """Say that there was a choice, and where another record claims to be younger."""
    if not others:
        return
    yield f"the latest on the evidence ref of {len(others) + 1} records of this commit"
    compared = (chosen, *others[:_COMPARED])
    rows = [_listed(*pair) for pair in zip(compared, _contents(repository, compared), strict=True)]
    if rows[0].statement is None:
        return
    made = rows[0].statement.predicate.made_at_time()
    for row in rows[1:]:
        if row.statement and row.statement.predicate.made_at_time() > made:
            yield f"another one says that it was made later: {row.added.digest}"


def _contents(repository: Repository, wanted: Sequence[Added]) -> Iterator[Stored | TooBig | None]:
    with reading(repository) as objects:
        yield from objects.read_many((added.blob for added in wanted), MAX_RECORD)


def _listed(added: Added, found: Stored | TooBig | None) -> Listed:
    """Hold the name against the content, then take the record's word for the rest."""
    if not isinstance(found, Stored):
        size = f"has {found.size} bytes, more than any record" if found else "is not in this clone"
        return Listed(added, None, size)
    try:
        payload = open_envelope(found.body).payload
    except EvidenceError as error:
        return Listed(added, None, error.message)
    if hashlib.sha256(payload).hexdigest() != added.digest:
        return Listed(added, None, "is not the record that its name says")
    try:
        statement = Statement.model_validate_json(payload, strict=True)
    except ValidationError as error:
        return Listed(added, None, f"is no record of this gate ({error.errors()[0]['msg'][:100]})")
    if statement.subject[0].digest.get("gitCommit", "none") != added.head:
        return Listed(added, None, "is about another commit than its name says")
    return Listed(added, statement)
