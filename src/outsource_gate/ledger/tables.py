"""In which tables does a ledger lie?

A subtree is filed under the leaf that completed it. So the rows of `subtrees` come in the order in which they were
written, and reading the ledger again from the start reads them once, side by side with the entries.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, SmallInteger, String, Table, Text

SCHEMA = "1"  # of the tables; an unknown one is refused

METADATA = MetaData()

ABOUT = Table(
    "outsource_gate_ledger",
    METADATA,
    Column("name", String(40), primary_key=True),  # schema, origin
    Column("value", Text, nullable=False),
)
ENTRIES = Table(
    "entries",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", Text, nullable=False),  # the leaf: canonical JSON
    Column("envelope", String(64), nullable=False, unique=True),
    Column("payload", String(64), nullable=False, index=True),
)
SUBTREES = Table(
    "subtrees",
    METADATA,
    Column("leaf", BigInteger, primary_key=True, autoincrement=False),
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
ENVELOPES = Table(
    "envelopes",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
CHECKPOINTS = Table(
    "checkpoints",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
)
