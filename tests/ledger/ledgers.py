"""How do tests make signed records in numbers, ledgers of them, and look at a ledger's tables behind its back?"""

from __future__ import annotations

import copy
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import seal
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.audit import Audit, Named, audit
from outsource_gate.ledger.checkpoint import read_checkpoint
from outsource_gate.ledger.store import Ledger
from tests import values
from tests.evidence.records import signer, statement

ORIGIN = "ledger.example/gate"
LEDGER_KEY = signer("ed25519", "ledger")


@cache
def _statement() -> dict[str, Any]:
    return statement()


@cache
def record(number: int) -> bytes:
    """A signed record about a commit of its own."""
    whole = copy.deepcopy(_statement())
    commit = f"{number:040x}"
    whole["subject"][0]["digest"]["gitCommit"] = whole["predicate"]["change"]["head"]["commit"] = commit
    return seal(canonical_bytes(whole), signer())


def records(count: int, start: int = 0) -> list[bytes]:
    return [record(number) for number in range(start, start + count)]


def at(minute: int = 0) -> datetime:
    return values.NOW + timedelta(minutes=minute)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def ledger(path: Path, count: int = 0) -> Ledger:
    """A ledger in a file, with some records appended one after the other."""
    made = open_ledger(url(path), create=ORIGIN)
    for number in range(count):
        made.append([record(number)], at(number))
    return made


def trusted(*extra: TrustedKey) -> Trust:
    """Trust in the gate's key and the ledger's."""
    rules = [(signer().public_key, "gate"), (LEDGER_KEY.public_key, "ledger")]
    keys = (TrustedKey(key, KeyRule(name=name, public_key=key.pem)) for key, name in rules)
    return Trust((*keys, *extra))


def audited(found: Ledger, *checkpoints: str, trust: Trust | None = None) -> Audit:
    named = [Named(f"checkpoint {n}", read_checkpoint(text.encode())[0]) for n, text in enumerate(checkpoints, 1)]
    return audit(found, named, trust, at(1000))


def change(path: Path, *statements: str) -> None:
    """Whoever can write to the database can do this."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for text in statements:
            assert connection.execute(text).rowcount != 0, text
