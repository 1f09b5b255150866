"""Is the ledger whole: every entry where it was, as it was, and under everything that was signed?

Everything is computed again from the entries, in one pass over them. What the database itself cannot tell is that
all of it was put back to an older day, or written anew: only checkpoints and receipts that lie elsewhere show that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.checkpoint import Checkpoint, checkpoint_signer, read_checkpoint
from outsource_gate.ledger.entry import Kind, entry_of, read_entry
from outsource_gate.ledger.store import Ledger
from outsource_gate.ledger.tables import CHECKPOINTS, ENTRIES, ENVELOPES, SUBTREES
from outsource_gate.ledger.tree import Subtree, add_leaf, joined, leaf_hash

_ROWS = 1000  # fetched at once
_SKEW = timedelta(minutes=5)  # between the clocks of several writers


@dataclass(frozen=True, slots=True)
class Named:
    """A checkpoint, and what it is called in messages."""

    name: str
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found. `problem` names the first thing that does not fit; empty: the ledger is whole."""

    size: int
    root: bytes
    problem: str
    erased: int
    checkpoints: int
    notes: tuple[str, ...]


class _Row(NamedTuple):
    """An entry and its signed file, as they lie there; read by name faster than SQLAlchemy's rows are."""

    place: int
    entry: str
    envelope: str
    payload: str
    content: bytes | None


class _Kept(NamedTuple):
    """A subtree, as it lies there."""

    leaf: int
    level: int
    hash: bytes


@dataclass(slots=True)
class _Pass:
    """What is known on the way through the entries."""

    peaks: dict[Subtree, bytes] = field(default_factory=dict)  # from left to right
    size: int = 0
    gone: dict[str, int] = field(default_factory=dict)  # envelopes that do not lie there, and whose entry's place
    erased: set[str] = field(default_factory=set)
    latest: str = ""
    backwards: list[int] = field(default_factory=list)

    @property
    def root(self) -> bytes:
        return joined(list(self.peaks.values()))


def audit(ledger: Ledger, against: Sequence[Named], trust: Trust | None, now: datetime) -> Audit:
    """Read all of one moment of the ledger. `against`: checkpoints that were kept elsewhere."""
    with ledger.door.reading() as connection:
        own, notes, problem = _own(connection, trust, now)
        done = _Pass()
        wanted = sorted((*against, *own), key=lambda named: named.checkpoint.size)
        try:
            problem = problem or _through(connection, ledger.origin, wanted, trust, done)
        # SQLite keeps any type in any column.
        except (TypeError, ValueError, AttributeError, LookupError, RecursionError):
            problem = f"entry {done.size}: holds what no ledger writes"
    if done.backwards:
        notes.append(f"the time goes back at entry {done.backwards[0]}: a writer's clock was wrong, then or before")
    if not against:
        notes.append("no checkpoint from elsewhere was given: --against tells whether an older copy was put back")
    return Audit(done.size, done.root, problem, len(done.erased), len(wanted), tuple(notes))


def _own(connection: Connection, trust: Trust | None, now: datetime) -> tuple[list[Named], list[str], str]:
    """The checkpoints that lie in the ledger itself: what was signed here must not contradict it either."""
    found: list[Named] = []
    notes = [] if trust else ["signatures were not checked: --trust names who may sign"]
    for row in connection.execute(select(CHECKPOINTS).order_by(CHECKPOINTS.c.id)):
        try:
            checkpoint, note = read_checkpoint(row.note.encode())
            if trust:
                checkpoint_signer(checkpoint, note, trust, now)
        except EvidenceError as error:
            return found, notes, f"checkpoint {row.id} of the ledger: {error.message}"
        if checkpoint.size != row.size:
            return (
                found,
                notes,
                f"checkpoint {row.id} of the ledger: is filed under another size",
            )
        found.append(Named(f"checkpoint {row.id} of the ledger", checkpoint))
    return found, notes, ""


def _through(connection: Connection, origin: str, wanted: Sequence[Named], trust: Trust | None, done: _Pass) -> str:
    """Go through all entries; give the first problem."""
    stored = iter(_subtrees(connection))
    waiting = list(wanted)
    for problem in _signed(origin, waiting, done):
        return problem
    for row in _entries(connection):
        if problem := _fits(row, stored, trust, done):
            return problem
        for problem in _signed(origin, waiting, done):
            return problem
    return _end(stored, waiting, done)


def _fits(row: _Row, stored: Iterator[_Kept], trust: Trust | None, done: _Pass) -> str:
    """Does the next entry stand in its place, as it was appended, with its envelope?"""
    if row.place != done.size:
        return f"entry {done.size}: is missing; the next one is {row.place}"
    if problem := _tree(row, stored, done):
        return problem
    done.size += 1
    said = json.loads(row.entry)
    if (said["envelope"], said["payload"]) != (row.envelope, row.payload):
        return f"entry {row.place}: is filed under digests that it does not name"
    if row.content is None:
        done.gone[row.envelope] = row.place
    elif hashlib.sha256(row.content).hexdigest() != row.envelope:
        return f"entry {row.place}: its envelope was changed"
    return _said(row, said, trust, done)


def _tree(row: _Row, stored: Iterator[_Kept], done: _Pass) -> str:
    for (level, _), found in add_leaf(done.peaks, row.place, leaf_hash(row.entry.encode())):
        kept = next(stored, None)
        if kept is None or (kept.leaf, kept.level) != (row.place, level):
            return f"entry {row.place}: the tree lacks its hash of level {level}, or has one that belongs elsewhere"
        if bytes(kept.hash) != found:
            what = f"the tree's hash of level {level} was changed" if level else "was changed, or is another one"
            return f"entry {row.place}: {what}"
    return ""


def _said(row: _Row, said: Mapping[str, str], trust: Trust | None, done: _Pass) -> str:
    """Note times and erasures; an erasure counts if it is signed by somebody we trust, where we know whom."""
    at = said["at"]
    if done.latest and at < done.latest and _back(at, done.latest):
        done.backwards.append(row.place)
    done.latest = max(at, done.latest)
    if said["kind"] == Kind.ERASURE:
        try:
            entry = read_entry(row.entry.encode())
            if trust and row.content is not None:
                entry_of(bytes(row.content), datetime.fromisoformat(entry.at), trust)
        except EvidenceError as error:
            return f"entry {row.place}: erasure: {error.message}"
        done.erased.add(entry.subject.get("sha256", ""))
    return ""


def _back(at: str, latest: str) -> bool:
    try:
        return datetime.fromisoformat(latest) - datetime.fromisoformat(at) > _SKEW
    except ValueError:
        return True


def _signed(origin: str, waiting: list[Named], done: _Pass) -> Iterator[str]:
    """Hold the checkpoints of this size against the ledger."""
    while waiting and waiting[0].checkpoint.size == done.size:
        named = waiting.pop(0)
        if named.checkpoint.origin != origin:
            yield f"{named.name}: is of {named.checkpoint.origin}, and this ledger is {origin}"
        elif named.checkpoint.root != done.root:
            yield f"{named.name}: the first {done.size} entries are not those that were signed"


def _end(stored: Iterator[_Kept], waiting: Sequence[Named], done: _Pass) -> str:
    if left := next(stored, None):
        return f"entry {left.leaf}: is missing; the tree still has its hash"
    if waiting:
        signed = waiting[0].checkpoint.size
        why = "entries were removed from the end, or an older copy was put back"
        return f"{waiting[0].name}: knows {signed} entries, the ledger has {done.size}: {why}"
    lost = [place for digest, place in done.gone.items() if digest not in done.erased]
    return f"entry {min(lost)}: its envelope is gone, and no erasure says so" if lost else ""


def _entries(connection: Connection) -> Iterator[_Row]:
    beside = ENTRIES.outerjoin(ENVELOPES, ENTRIES.c.envelope == ENVELOPES.c.digest)
    query = select(ENTRIES, ENVELOPES.c.content).select_from(beside).order_by(ENTRIES.c.place)
    yield from map(_Row._make, connection.execution_options(yield_per=_ROWS).execute(query))


def _subtrees(connection: Connection) -> Iterator[_Kept]:
    query = select(SUBTREES).order_by(SUBTREES.c.leaf, SUBTREES.c.level)
    yield from map(_Kept._make, connection.execution_options(yield_per=_ROWS).execute(query))
