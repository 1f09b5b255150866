"""Is this a database, or what a database was written out to?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from outsource_gate.scanners.personal.tables import Table

LEAST_ROWS = 10  # a few rows of settings are no copy of anything
MANY_ROWS = 50  # where no header says that it is a dump
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"PGDMP", "a PostgreSQL dump"),
    (b"TAPE\0\0", "a backup of SQL Server (MTF)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"REDIS00", "a dump of Redis"),
    (b"\x6d\xe2\x99\x81", "an archive of mongodump"),
    (b"\0\1\0\0Standard Jet DB", "an Access database"),
    (b"\0\1\0\0Standard ACE DB", "an Access database"),
    (b"\x03\x00\x01EXPORT:V", "an Oracle export"),
)
_HEADER = re.compile(
    r"^-- (?:PostgreSQL database (?:cluster )?dump|(?:MySQL|MariaDB) dump [0-9]|phpMyAdmin SQL Dump|HeidiSQL"
    r"|Adminer [0-9.]+ \S+ dump|Dumped from database|Dump completed)|^/\*M?!(?:999999|40101) "
    r"|^PRAGMA foreign_keys=OFF;\s{1,9}BEGIN TRANSACTION;",
    re.MULTILINE,
)
_OF_PEOPLE = re.compile(
    r"(?i)(?:^|_)(?:users?|customers?|clients?|accounts?|members?|patients?|employees?|staff|people|persons?|contacts?"
    r"|subscribers?|students?|teachers?|guests?|applicants?|candidates?|leads|donors?|tenants?|drivers?|profiles?|orders?"
    r"|kunden?|benutzer|mitarbeiter|personen|clientes?|usuarios?|utilisateurs?|auth_user)$"
)


def binary_dump(data: bytes) -> str:
    """Name the database that bytes begin as, "" for none."""
    return next((what for magic, what in _BINARY if data.startswith(magic)), "")


def has_header(text: str) -> bool:
    """Whether a program that writes databases out has written its name over this text."""
    return _HEADER.search(text, 0, 20_000) is not None


def is_of_people(table: str) -> bool:
    """Whether a table's name says that people stand in it."""
    return _OF_PEOPLE.search(table) is not None


def rows_of(tables: Sequence[Table]) -> tuple[int, int]:
    """Count the rows in a database's tables: all, and those of people."""
    named = [table for table in tables if table.name]
    return sum(table.rows for table in named), sum(table.rows for table in named if is_of_people(table.name))
