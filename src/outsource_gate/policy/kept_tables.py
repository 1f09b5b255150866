"""What does the index of a register say of this vendor, person or name? Each is read when somebody asks."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar, overload

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Outline
from outsource_gate.policy.registered import FORGES, Accounts, Named, Registered
from outsource_gate.policy.yaml_text import Path, Place

K = TypeVar("K", str, int)
V = TypeVar("V")
LOGINS = " login"  # kinds of names: email, key, and of each forge its numeric ids and its logins


def opened(content: bytes, outline: Outline, reading: Reading) -> Registered:
    """Give the register as its index has it. Threads may ask side by side: SQLite lets them in one by one."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(content)
    tables = _Tables(database)
    internal, vendors = Internal(tables), Vendors(tables)
    whole = {kind: json.loads(content) for kind, content in tables.rows("SELECT kind, content FROM whole")}
    named = Named(
        internal,
        vendors,
        Keys(tables, "email", lambda number, _: tables.member(number)),
        Keys(tables, "key", lambda number, _: tables.member(number)),
        MappingProxyType({forge: _accounts(tables, forge) for forge in FORGES}),
        tuple(whole["openpgp"]),
        Deliveries(tables),
    )
    waivers = tables.rows("SELECT entry FROM waiver ORDER BY number")
    return Registered(
        internal=internal,
        vendors=vendors,
        claimed=MappingProxyType(
            dict(tables.rows("SELECT id, claimed FROM vendor WHERE claimed NOT NULL ORDER BY number"))
        ),
        waivers=tuple(Waiver.model_validate_json(entry, strict=True) for (entry,) in waivers),
        licences=MappingProxyType(whole["licences"]),
        places=Places(tables, outline, reading),
        named=named,
    )


class _Tables:
    """The rows of an index, and the persons read of them so far."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        weakref.finalize(self, database.close)
        self._members: dict[int, Member] = {}

    def rows(self, query: str, *values: object) -> list[Any]:
        return self._database.execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Any:
        return self._database.execute(query, values).fetchone()

    def member(self, number: int) -> Member:
        """Give a person by number; the same one whoever asks."""
        if number not in self._members:
            organisation, entry = self.row("SELECT organisation, entry FROM person WHERE number = ?", number)
            self._members[number] = Member(organisation, Person.model_validate_json(entry, strict=True))
        return self._members[number]

    def people(self, organisation: str) -> tuple[Person, ...]:
        numbers = self.rows("SELECT number FROM person WHERE organisation = ? ORDER BY number", organisation)
        return tuple(self.member(number).person for (number,) in numbers)


class Vendors(Mapping[str, Vendor]):
    """Vendors by id, in the order of their files."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._read: dict[str, Vendor] = {}

    def __getitem__(self, id: str) -> Vendor:
        if id not in self._read:
            row = self._tables.row("SELECT entry FROM vendor WHERE id = ?", _text(id))
            if row is None:
                raise KeyError(id)
            vendor = Vendor.model_validate_json(row[0], strict=True)
            people = self._tables.people(id)
            self._read[id] = vendor.model_copy(update={"people": people}) if people else vendor
        return self._read[id]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and bool(self._tables.row("SELECT 1 FROM vendor WHERE id = ?", _text(id)))

    def __iter__(self) -> Iterator[str]:
        return (id for (id,) in self._tables.rows("SELECT id FROM vendor ORDER BY number"))

    def __len__(self) -> int:
        return int(self._tables.row("SELECT count(*) FROM vendor")[0])


class Internal(Sequence[Person]):
    """Our own people, in the order they are written in."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._people = lru_cache(maxsize=1)(lambda: tables.people(INTERNAL))

    @overload
    def __getitem__(self, at: int) -> Person: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Person]: ...
    def __getitem__(self, at: int | slice) -> Person | Sequence[Person]:
        return self._people()[at]

    def __len__(self) -> int:
        return int(self._tables.row("SELECT count(*) FROM person WHERE organisation = ?", INTERNAL)[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._people() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._people())


class Keys(Mapping[K, V]):
    """Persons by one kind of name, made of a person's number and that of the account."""

    def __init__(self, tables: _Tables, kind: str, made: Callable[[int, int | None], V]) -> None:
        self._tables, self._kind, self._made = tables, kind, made

    def __getitem__(self, value: K) -> V:
        query = "SELECT person, account FROM name WHERE kind = ? AND value = ?"
        row = self._tables.row(query, self._kind, stored(value))
        if row is None:
            raise KeyError(value)
        return self._made(*row)

    def __iter__(self) -> Iterator[K]:
        raise TypeError("an index is asked for one name at a time")

    def __len__(self) -> int:
        return int(self._tables.row("SELECT count(*) FROM name WHERE kind = ?", self._kind)[0])


class Deliveries(Mapping[str, tuple[str, ...]]):
    """Vendors by the commit that brought their code in."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables

    def __getitem__(self, commit: str) -> tuple[str, ...]:
        row = self._tables.row("SELECT vendors FROM delivery WHERE commit_id = ?", _text(commit))
        if row is None:
            raise KeyError(commit)
        return tuple(json.loads(row[0]))

    def __iter__(self) -> Iterator[str]:
        return (commit for (commit,) in self._tables.rows("SELECT commit_id FROM delivery"))

    def __len__(self) -> int:
        return int(self._tables.row("SELECT count(*) FROM delivery")[0])


class Places(Mapping[Path, Place]):
    """Where each entry was written; its file is parsed when somebody asks."""

    def __init__(self, tables: _Tables, outline: Outline, reading: Reading) -> None:
        self._tables, self._outline, self._reading = tables, outline, reading
        self._file = lru_cache(maxsize=None)(reading.file)

    def __getitem__(self, root: Path) -> Place:
        if root == ("policy",):
            return self._outline.text.place()
        row = self._tables.row("SELECT file, path FROM place WHERE kind = ? AND id = ?", *map(_text, root))
        if row is None:
            raise KeyError(root)
        file, path = row
        text = self._outline.text if file is None else self._file(file)
        assert text is not None, "this file is one of those that the index is of"
        return text.place(tuple(json.loads(path)))

    def __iter__(self) -> Iterator[Path]:
        yield ("policy",)
        yield from self._tables.rows("SELECT kind, id FROM place ORDER BY rowid")

    def __len__(self) -> int:
        return 1 + int(self._tables.row("SELECT count(*) FROM place")[0])


def _accounts(tables: _Tables, forge: str) -> Accounts:
    return Accounts(
        Keys(tables, forge, lambda number, _: tables.member(number)),
        Keys(tables, forge + LOGINS, lambda number, account: (tables.member(number), account)),
    )


def stored(name: str | int) -> bytes:
    """Give a name's bytes: whatever git or a forge hands over has some, and no number is too large."""
    return str(name).encode("utf-8", "surrogatepass")


def _text(id: object) -> str:
    """Give an id fit to be looked up: one with halves of characters is nobody's, as no file can hold it."""
    return str(id).encode("utf-8", "backslashreplace").decode()
