"""How is the database of a ledger opened, with one writer at a time and bounds on every wait?

SQLite: write-ahead log, synced at every commit, BEGIN IMMEDIATE. PostgreSQL: one advisory lock for writers. A
commit took place whole or not at all, whatever happens to the process, the disk or the connection.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.ledger.note import is_key_name
from outsource_gate.ledger.store import Ledger
from outsource_gate.ledger.tables import ABOUT, METADATA, SCHEMA

WAIT = 30  # seconds for a lock
_STATEMENT = 600  # seconds for one statement of PostgreSQL
_WRITERS = 0x6F67_6C65_6467_6572  # the advisory lock: "ogledger"
_KNOWN = "sqlite:///FILE or postgresql://USER@HOST/DATABASE"
_DRIVERS = {"sqlite": "sqlite", "sqlite+pysqlite": "sqlite", "postgresql": "postgresql+psycopg"}


def connect(url: str, create: str | None) -> Ledger:
    """Open a ledger; `create` is the origin of one to be made where none is, "" for a random one."""
    where = _parsed(url)
    sqlite = where.drivername == "sqlite"
    if sqlite and create is None and not Path(where.database or "").is_file():
        raise EvidenceError(f"ledger: {where.database}: no such file", hint="`ledger append` makes a ledger")
    database = Database(_engine(where), where.render_as_string(hide_password=True))
    if create is not None:
        _create(database, _origin(create))
    return Ledger(database, _origin_of(database))


class Database:
    """The two ways to look at the database: reading one moment of it, and writing alone."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the ledger, whoever writes meanwhile."""
        level = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.telling(), self.engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Alone among writers, in one transaction; what is not committed has not taken place."""
        opened = self.engine.connect
        with self.telling(), opened().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
            yield connection

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell what the database says in one line, without what was asked of it."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:  # the latter: while a connection is set up
            cause = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            raise EvidenceError(
                f"ledger: {self.name}: {cause[:300]}",
                hint="nothing is half written; once the database answers, the same command can be repeated",
            ) from error


def _parsed(url: str) -> URL:
    """Nothing of a URL that cannot be meant is repeated: it can hold a password."""
    try:
        where = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise UsageError("--ledger: no database URL", hint=f"known: {_KNOWN}") from error
    driver = _DRIVERS.get(where.drivername, where.drivername)
    if driver not in _DRIVERS.values():
        raise UsageError(
            f"--ledger: {where.drivername[:40]} is no database of this version", hint=f"known: {_KNOWN}"
        )
    if driver == "sqlite" and (not where.database or where.database.startswith((":", "file:")) or where.query):
        raise UsageError("--ledger: names no file -> a ledger has to stay", hint=f"known: {_KNOWN}")
    return where.set(drivername=driver)


def _engine(where: URL) -> Engine:
    try:
        if where.drivername == "sqlite":
            engine = create_engine(where, poolclass=NullPool, connect_args={"timeout": WAIT})
            event.listen(engine, "connect", _of_sqlite)
            event.listen(engine, "begin", _begin)
            return engine
        bounds = f"-c lock_timeout={WAIT}s -c statement_timeout={_STATEMENT}s"
        return create_engine(where, poolclass=NullPool, connect_args={"connect_timeout": 10, "options": bounds})
    except ModuleNotFoundError as error:
        raise EvidenceError(
            f"ledger: the Python package {error.name} is not installed",
            hint="pip install 'outsource-gate[postgresql]'",
        ) from error


def _of_sqlite(connection: Any, _: object) -> None:
    """The driver starts no transactions by itself; what is erased is overwritten."""
    connection.isolation_level = None
    for pragma in ("synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get("begin", "BEGIN")
    if how:
        connection.exec_driver_sql(how)


def _create(database: Database, origin: str) -> None:
    if _is_there(database):  # then nobody has to wait for a writer
        return
    if database.sqlite:
        with database.telling():
            _write_ahead(database)
    with database.writing() as connection:
        if inspect(connection).has_table(ABOUT.name):
            return
        METADATA.create_all(connection)
        rows = [{"name": "schema", "value": SCHEMA}, {"name": "origin", "value": origin}]
        connection.execute(insert(ABOUT), rows)


def _is_there(database: Database) -> bool:
    with database.reading() as connection:
        return inspect(connection).has_table(ABOUT.name)


def _write_ahead(database: Database) -> None:
    """SQLite does not wait when two switch the log on at once, so we do."""
    until = time.monotonic() + WAIT
    while True:
        try:
            with database.engine.connect().execution_options(begin="") as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _origin(asked: str) -> str:
    if not asked:
        return f"outsource-gate.example/ledger/{secrets.token_hex(8)}"
    if not is_key_name(asked) or len(asked) > 200 or not asked.isascii():
        raise UsageError(
            f"--origin {asked[:80]!r}: -> a name without spaces and plus signs, such as corp.example/gate"
        )
    return asked


def _origin_of(database: Database) -> str:
    if not _is_there(database):
        raise EvidenceError(f"ledger: {database.name}: holds no ledger", hint="`ledger append` makes one")
    with database.reading() as connection:
        about = {row.name: row.value for row in connection.execute(select(ABOUT.c.name, ABOUT.c.value))}
    if about.get("schema") != SCHEMA:
        raise EvidenceError(
            f"ledger: {database.name}: tables of version {str(about.get('schema'))[:20]} -> {SCHEMA}",
            hint="use the version of outsource-gate that made it",
        )
    return str(about.get("origin", ""))
