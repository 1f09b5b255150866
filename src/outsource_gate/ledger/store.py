"""How do records get into the ledger, and how does one get them out again, with proof?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Select, delete, func, insert, or_, select

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.checkpoint import Checkpoint, read_checkpoint
from outsource_gate.ledger.entry import Entry, Kind, entry_of, read_entry
from outsource_gate.ledger.receipt import receipt_text
from outsource_gate.ledger.tables import CHECKPOINTS, ENTRIES, ENVELOPES, SUBTREES
from outsource_gate.ledger.tree import (
    Range,
    Subtree,
    completed,
    consistency,
    inclusion,
    is_consistent,
    joined,
    leaf_hash,
    root_by_inclusion,
    subtrees,
)

_AT_ONCE = 500  # values in one statement
_LOOK = "`outsource-gate ledger verify` says where it does not fit"


class Door(Protocol):
    """The database, see `connect.Database`."""

    name: str

    def reading(self) -> AbstractContextManager[Connection]: ...

    def writing(self) -> AbstractContextManager[Connection]: ...


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and its place. `was_there`: the same file had been appended before."""

    place: int
    entry: Entry
    was_there: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger. Every method is one transaction."""

    door: Door
    origin: str

    def append(self, files: Sequence[bytes], at: datetime, trust: Trust | None = None) -> tuple[Placed, ...]:
        """Append all of the signed files or none; what is there already keeps its place."""
        wanted = {entry.envelope: (entry, raw) for raw in files for entry in (entry_of(raw, at, trust),)}
        with self.door.writing() as connection:
            there = _known(connection, tuple(wanted))
            new = [pair for digest, pair in wanted.items() if digest not in there]
            first = _write(connection, new)
        added = {entry.envelope: Placed(first + number, entry) for number, (entry, _) in enumerate(new)}
        found = {placed.entry.envelope: placed for placed in there.values()} | added
        return tuple(found[digest] for digest in wanted)

    def erase(self, envelope: str, notice: bytes, at: datetime) -> Placed:
        """Take a signed file out, and append the notice that says so; its entry stays."""
        entry = entry_of(notice, at)
        if entry.kind is not Kind.ERASURE or entry.subject.get("sha256") != envelope:
            raise EvidenceError("ledger: the notice is not about this erasure", hint="sign one for this envelope")
        with self.door.writing() as connection:
            if not connection.execute(delete(ENVELOPES).where(ENVELOPES.c.digest == envelope)).rowcount:
                raise EvidenceError(f"ledger: no envelope {envelope} lies here", hint="`ledger list` names them")
            return Placed(_write(connection, [(entry, notice)]), entry)

    def checkpoint(self, signer: Signer) -> str:
        """Sign what the ledger holds now, if it begins with what was signed last.

        Nobody waits for the signature, which can come from a service: others may append meanwhile.
        """
        with self.door.reading() as connection:
            now = _state(connection, self.origin)
            newest = select(CHECKPOINTS.c.note).order_by(CHECKPOINTS.c.size.desc(), CHECKPOINTS.c.id.desc())
            last = connection.execute(newest.limit(1)).scalar()
            if last is not None:
                before, note = read_checkpoint(last.encode())
                _refuse_fork(connection, before, now)
                if before == now and note.signed_by(self.origin, (signer.public_key,)):
                    return str(last)
        signed = now.signed(signer)
        with self.door.writing() as connection:
            _refuse_fork(connection, now, _state(connection, self.origin))
            connection.execute(insert(CHECKPOINTS).values(size=now.size, note=signed))
        return signed

    def receipts(self, placed: Sequence[Placed], signed: str) -> Iterator[str]:
        """The receipts of entries under a signed checkpoint that has them; none is given out that does not hold."""
        checkpoint, _ = read_checkpoint(signed.encode())
        size = checkpoint.size
        with self.door.reading() as connection:
            for one in placed:
                path = _hashes(connection, inclusion(one.place, size))
                if root_by_inclusion(leaf_hash(one.entry.raw), one.place, size, path) != checkpoint.root:
                    raise EvidenceError(f"ledger: entry {one.place} does not lead to the signed root", hint=_LOOK)
                yield receipt_text(one.entry.raw, one.place, path, signed)

    def newest(self, limit: int) -> tuple[Placed, ...]:
        return self._placed(select(ENTRIES).order_by(ENTRIES.c.place.desc()).limit(limit))

    def between(self, start: int, end: int) -> tuple[Placed, ...]:
        """Entries in order, from one place to before another."""
        wanted = ENTRIES.c.place.between(start, end - 1)
        return self._placed(select(ENTRIES).where(wanted).order_by(ENTRIES.c.place))

    def find(self, asked: str) -> tuple[Placed, ...]:
        """The entries of a place, of an envelope, or of a record, which can have been signed more than once."""
        if asked.isdecimal() and len(asked) < 16:
            return self._placed(select(ENTRIES).where(ENTRIES.c.place == int(asked)))
        named = or_(ENTRIES.c.envelope == asked, ENTRIES.c.payload == asked)
        return self._placed(select(ENTRIES).where(named).order_by(ENTRIES.c.place).limit(1000))

    def envelope(self, digest: str) -> bytes | None:
        """The signed file; None if it was erased."""
        with self.door.reading() as connection:
            content = connection.execute(select(ENVELOPES.c.content).where(ENVELOPES.c.digest == digest)).scalar()
        return None if content is None else bytes(content)

    def _placed(self, query: Select[Any]) -> tuple[Placed, ...]:
        with self.door.reading() as connection:
            return tuple(_read(row) for row in connection.execute(query))


def _read(row: Any) -> Placed:
    try:
        return Placed(row.place, read_entry(row.entry.encode()), was_there=True)
    except EvidenceError as error:
        raise EvidenceError(f"ledger: entry {row.place}: {error.message}", hint=_LOOK) from error


def _known(connection: Connection, digests: Sequence[str]) -> dict[str, Placed]:
    found: dict[str, Placed] = {}
    for start in range(0, len(digests), _AT_ONCE):
        part = ENTRIES.c.envelope.in_(digests[start : start + _AT_ONCE])
        found.update({row.envelope: _read(row) for row in connection.execute(select(ENTRIES).where(part))})
    return found


def _size(connection: Connection) -> int:
    """How many entries there are; entries cut off at the end leave subtrees behind."""
    last: int | None = connection.execute(select(func.max(ENTRIES.c.place))).scalar()
    leaf: int | None = connection.execute(select(func.max(SUBTREES.c.leaf))).scalar()
    if last != leaf:
        raise EvidenceError(f"ledger: entries end at {last}, and the tree at {leaf}", hint=_LOOK)
    return 0 if last is None else last + 1


def _state(connection: Connection, origin: str) -> Checkpoint:
    size = _size(connection)
    return Checkpoint(origin, size, _hashes(connection, [subtrees(0, size)])[0])


def _write(connection: Connection, new: Sequence[tuple[Entry, bytes]]) -> int:
    """Append; gives the place of the first."""
    size = _size(connection)
    if not new:
        return size
    left = _fetched(connection, subtrees(0, size))
    grown: list[dict[str, Any]] = []
    for place, (entry, _) in enumerate(new, size):
        for (level, index), found in completed(place, leaf_hash(entry.raw), left):
            left[level, index] = found
            grown.append({"leaf": place, "level": level, "hash": found})
    rows = [
        {"place": place, "entry": entry.raw.decode(), "envelope": entry.envelope, "payload": entry.payload}
        for place, (entry, _) in enumerate(new, size)
    ]
    connection.execute(insert(ENVELOPES), [{"digest": entry.envelope, "content": raw} for entry, raw in new])
    connection.execute(insert(ENTRIES), rows)
    connection.execute(insert(SUBTREES), grown)
    return size


def _fetched(connection: Connection, wanted: Range) -> dict[Subtree, bytes]:
    """Subtrees by name; one that is missing is an error, never skipped."""
    keys = {(((index + 1) << level) - 1, level): (level, index) for level, index in wanted}
    if not keys:
        return {}
    # By leaf alone: for pairs of values SQLite reads the whole table. A leaf completes few subtrees.
    here = SUBTREES.c.leaf.in_({leaf for leaf, _ in keys})
    rows = connection.execute(select(SUBTREES).where(here))
    found = {keys[row.leaf, row.level]: bytes(row.hash) for row in rows if (row.leaf, row.level) in keys}
    if len(found) < len(keys):
        raise EvidenceError("ledger: the tree lacks hashes that belong to it", hint=_LOOK)
    return found


def _hashes(connection: Connection, ranges: Sequence[Range]) -> list[bytes]:
    known = _fetched(connection, [place for places in ranges for place in places])
    return [joined([known[place] for place in places]) for places in ranges]


def _refuse_fork(connection: Connection, before: Checkpoint, now: Checkpoint) -> None:
    """Never sign what contradicts what was signed: that is what tampering looks like from outside."""
    path = _hashes(connection, consistency(before.size, now.size)) if before.size <= now.size else []
    roots = (before.root, now.root)
    if before.origin != now.origin or not is_consistent(before.size, now.size, roots, path):
        raise EvidenceError(
            f"ledger: does not begin with the {before.size} entries of its last checkpoint; nothing is signed",
            hint=_LOOK,
        )
