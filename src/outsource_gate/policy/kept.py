"""Was this register read and compared before? Its index is an SQLite database, asked for what a change names.

An index is about one policy, one register and one version of this program; it is made only of what passed every
check. Whoever keeps it between runs makes sure that it is ours (`load.Kept`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pydantic

from outsource_gate.model.facts import Member
from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.register import Person
from outsource_gate.policy.kept_tables import LOGINS, opened, stored
from outsource_gate.policy.load import Kept
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Outline
from outsource_gate.policy.registered import FORGES, Named, Registered, named_of
from outsource_gate.policy.shipped import shipped_folder

_SCHEMA = """
CREATE TABLE vendor (number INTEGER PRIMARY KEY, id TEXT UNIQUE, claimed TEXT, entry TEXT);
CREATE TABLE person (number INTEGER PRIMARY KEY, organisation TEXT, entry TEXT);
CREATE INDEX people_of ON person (organisation);
CREATE TABLE name (kind TEXT, value BLOB, person INTEGER, account INTEGER, PRIMARY KEY (kind, value)) WITHOUT ROWID;
CREATE TABLE delivery (commit_id TEXT PRIMARY KEY, vendors TEXT) WITHOUT ROWID;
CREATE TABLE waiver (number INTEGER PRIMARY KEY, entry TEXT);
CREATE TABLE place (kind TEXT, id TEXT, file TEXT, path TEXT, UNIQUE (kind, id));
CREATE TABLE whole (kind TEXT PRIMARY KEY, content TEXT) WITHOUT ROWID;
"""


def found_in(kept: Kept, outline: Outline, reading: Reading) -> Registered | None:
    """Give what was registered as its index has it; None where it has to be read."""
    if not hasattr(sqlite3.Connection, "deserialize"):
        return None  # this machine's SQLite was built without
    content = kept.get(_about(reading))
    return opened(content, outline, reading) if content is not None else None


def keep_in(kept: Kept, outline: Outline, reading: Reading, register: Registered) -> None:
    """Make the index of a register that passed every check, and have it kept."""
    if hasattr(sqlite3.Connection, "serialize"):
        kept.put(_about(reading), _packed(outline, register))


def _about(reading: Reading) -> bytes:
    parts = (_own_code(), pydantic.VERSION, sqlite3.sqlite_version, reading.digest(), reading.register_digest())
    return json.dumps(parts).encode()


@cache
def _own_code() -> str:
    """Digest of this program and the tiers it ships: another version may read, compare or raise otherwise."""
    top, shipped = Path(__file__).parent.parent, shipped_folder() / "tiers"
    total = hashlib.sha256()
    for file in (*sorted(top.rglob("*.py")), *sorted(shipped.glob("*.yaml"))):
        content = file.read_bytes()
        total.update(f"{file.parent.name}/{file.name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _packed(outline: Outline, register: Registered) -> bytes:
    named = named_of(register.internal, register.vendors)
    people = list(_everybody(register))
    numbers = {person.id: number for number, (_, person) in enumerate(people)}  # ids are unique in the register
    rows: dict[str, Iterator[tuple[object, ...]]] = {
        "vendor": _vendors(register),
        "person": ((number, whose, _entry(person)) for number, (whose, person) in enumerate(people)),
        "name": _names(named, numbers),
        "delivery": ((commit, json.dumps(vendors)) for commit, vendors in named.deliveries.items()),
        "waiver": ((number, _entry(waiver)) for number, waiver in enumerate(register.waivers)),
        "place": _places(outline, register),
        "whole": iter((("licences", json.dumps(dict(register.licences))), ("openpgp", json.dumps(named.openpgp)))),
    }
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_SCHEMA)
        for table, values in rows.items():
            width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
            marks = ", ".join("?" * width)
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - our own words
        database.commit()
        return database.serialize()


def _everybody(register: Registered) -> Iterator[tuple[str, Person]]:
    yield from ((INTERNAL, person) for person in register.internal)
    yield from ((vendor.id, person) for vendor in register.vendors.values() for person in vendor.people)


def _vendors(register: Registered) -> Iterator[tuple[object, ...]]:
    for number, vendor in enumerate(register.vendors.values()):
        people = ("people",) if vendor.people else ()  # each in a row of its own
        yield number, vendor.id, register.claimed.get(vendor.id), _entry(vendor, *people)


def _names(named: Named, numbers: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    def row(kind: str, value: str | int, member: Member, account: int | None = None) -> tuple[object, ...]:
        return kind, stored(value), numbers[member.person.id], account

    yield from (row("email", value, member) for value, member in named.emails.items())
    yield from (row("key", value, member) for value, member in named.keys.items())
    for forge in FORGES:
        known = named.accounts[forge]
        yield from (row(forge, number, member) for number, member in known.by_id.items())
        yield from (row(forge + LOGINS, login, *found) for login, found in known.by_login.items())


def _places(outline: Outline, register: Registered) -> Iterator[tuple[object, ...]]:
    """Where each entry was written; the policy goes without a name, as it may lie there under another one."""
    for root, place in register.places.items():
        if root != ("policy",):
            file = None if place.text is outline.text else place.text.file
            yield *root, file, json.dumps(place.path)


def _entry(entry: pydantic.BaseModel, *without: str) -> str:
    """Write down what was written, defaults left out, so that it reads back as the same value."""
    return entry.model_dump_json(by_alias=True, exclude_unset=True, exclude=set(without))
