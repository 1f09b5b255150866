"""Tables are found in whatever they are written; nothing that a file holds makes it take long."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.personal import tables
from outsource_gate.scanners.personal.tables import MAX_CELLS, MAX_ROWS, Table, tables_in
from tests.scanners import people

PEOPLE = people.made(12)
ROWS = [(str(number), it.first, it.email) for number, it in enumerate(PEOPLE, 1)]
NAMES = ("id", "first_name", "email")


def joined(delimiter: str) -> str:
    return "\n".join(delimiter.join(row) for row in (NAMES, *ROWS))


FORMATS: dict[str, str] = {
    "comma": joined(","),
    "semicolon": joined(";"),
    "tab": joined("\t"),
    "bar": joined("|"),
    "markdown": "\n".join(f"| {' | '.join(row)} |" for row in (NAMES, ("---",) * 3, *ROWS)),
    "quoted": "\n".join(",".join(f'"{cell}"' for cell in row) for row in (NAMES, *ROWS)),
    "insert": f"INSERT INTO users ({', '.join(NAMES)}) VALUES " + ",".join(map(str, ROWS)) + ";",
    "inserts": "\n".join(f"insert into users ({', '.join(NAMES)}) values {row};" for row in ROWS),
    "copy": "COPY public.users (id, first_name, email) FROM stdin;\n" + "\n".join(map("\t".join, ROWS)) + "\n\\.\n",
    "json": json.dumps([dict(zip(NAMES, row, strict=True)) for row in ROWS]),
    "json lines": "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in ROWS),
    "json in a string": json.dumps(json.dumps([dict(zip(NAMES, row, strict=True)) for row in ROWS])),
    "python": repr([dict(zip(NAMES, row, strict=True)) for row in ROWS]),
    "calls": "\n".join(f"User(first_name='{row[1]}', email='{row[2]}')" for row in ROWS),
    "yaml": "".join(f"- id: {row[0]}\n  first_name: {row[1]}\n  email: {row[2]}\n" for row in ROWS),
    "ruby": "\n".join(f"{{ :first_name => '{row[1]}', :email => '{row[2]}' }}" for row in ROWS),
    "xml": "".join(f"<user><first_name>{row[1]}</first_name><email>{row[2]}</email></user>" for row in ROWS),
    "html": "".join(
        "<tr>" + "".join(f"<td class='c'>{cell}</td>" for cell in row) + "</tr>" for row in (NAMES, *ROWS)
    ),
}


def columns(text: str) -> dict[str, list[str]]:
    """The columns with a heading, of all tables together, the longest of each."""
    found: dict[str, list[str]] = {}
    for table in tables_in(text):
        for name, values in table.columns:
            if name and len(values) > len(found.get(name, [])):
                found[name] = values
    return found


@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_columns(text: str) -> None:
    found = columns(text)
    assert [value for value in found["names"] if value.strip("-")] == [it.first for it in PEOPLE]
    assert [value for value in found["e-mail addresses"] if value.strip("-")] == [it.email for it in PEOPLE]


def test_rows_of_a_table_are_counted_and_have_lines() -> None:
    (table,) = (it for it in tables_in("# People\n\n" + FORMATS["comma"] + "\n") if it.columns[0][1])
    assert (table.rows, table.lines[0], table.lines[-1]) == (12, 4, 15)


def test_rows_of_insert_are_on_the_lines_where_they_stand() -> None:
    first = "-- x\n\nINSERT INTO a.users (id, email) VALUES\n(1, 'it''s'),\n(2, 'a),(b');\n"
    text = first + "INSERT INTO a.users (id, email) VALUES (3, NOW());"
    (table,) = (it for it in tables_in(text) if it.name)
    assert (table.name, table.rows, table.lines) == ("users", 3, [4, 5, 6])


def test_a_few_other_lines_do_not_end_a_table() -> None:
    lines = FORMATS["comma"].split("\n")
    lines[8:8] = ["", "# more", ""]
    assert len(columns("\n".join(lines))["names"]) == 12


def test_long_tables_are_looked_at_in_spread_rows_and_counted_whole() -> None:
    text = "first_name,email\n" + "\n".join(f"Ada{number},a{number}@b.eu" for number in range(3 * MAX_ROWS))
    (table,) = (it for it in tables_in(text) if any(name for name, _ in it.columns))
    assert table.rows == 3 * MAX_ROWS
    assert MAX_ROWS / 2 < len(table.lines) <= MAX_ROWS
    assert table.lines[-1] > 2.9 * MAX_ROWS


HOSTILE: dict[str, Callable[[int], str]] = {
    "a line of delimiters": lambda size: "," * size,
    "lines of delimiters": lambda size: (",;|\t" * 50 + "\n") * (size // 200),
    "quotation marks": lambda size: '"' * size,
    "brackets": lambda size: "[" * size,
    "braces with keys": lambda size: '{"a":' * (size // 5),
    "a key without an end": lambda size: "email" * (size // 5),
    "keys and nothing": lambda size: "email: " * (size // 7),
    "open inserts": lambda size: "INSERT INTO a VALUES (" * (size // 22),
    "inserts with open strings": lambda size: "INSERT INTO a VALUES ('\\'" * (size // 25),
    "inserts inside of strings": lambda size: (
        "INSERT INTO a VALUES ('" + "INSERT INTO a VALUES (''x''),(" * (size // 30)
    ),
    "copies without end": lambda size: "COPY a (b) FROM stdin;\n" * (size // 23),
    "cells": lambda size: "<td>" * (size // 4),
    "elements": lambda size: "<email>" * (size // 7),
    "blanks": lambda size: " " * size,
    "blank words in quotes": lambda size: '"a b' * (size // 4),
    "backslashes": lambda size: "email\\\\" * (size // 7),
}


def work(text: str) -> int:
    """How much is taken out of a text: cells, whatever they hold."""
    found = list(tables_in(text))
    assert all(isinstance(it, Table) and len(it.columns) <= MAX_CELLS for it in found)
    return sum(len(values) for it in found for _, values in it.columns)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_ends_within_bounds(hostile: Callable[[int], str]) -> None:
    """two million characters, of which no more cells are kept than rows and columns allow"""
    assert work(hostile(2_000_000)) <= 4 * MAX_ROWS * MAX_CELLS


def test_broken_inserts_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MAX_BROKEN", 2)
    broken = "INSERT INTO a VALUES (x(\n" * 2
    assert not any(it.name for it in tables_in(broken + FORMATS["insert"]))


@given(st.text(alphabet=",;|\t\n\"'()<>{}[]:=\\aA1 -@.", max_size=300))
def test_any_text_gives_whole_tables(text: str) -> None:
    for table in tables_in(text):
        assert table.rows >= 0
        assert all(number >= 1 for number in table.lines)
