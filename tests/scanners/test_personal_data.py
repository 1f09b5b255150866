"""Every blob is looked through as an editor would read it; what is told holds no value, what is unread is said."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.git.objects import TooBig
from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent, PersonalData
from outsource_gate.scanners import personal_data
from outsource_gate.scanners.personal_data import PersonalHunt
from tests.scanners import people
from tests.scanners.test_archives import zipped

COMMIT = "a" * 40
PEOPLE = people.made(30)
TABLE = people.csv(PEOPLE)


@dataclass(frozen=True)
class Blob:
    path: str = "a.csv"
    commit: str = COMMIT
    at_base: str = ""


def hunted(data: object, base: bytes = b"", **blob: Any) -> PersonalHunt:
    hunt = PersonalHunt()
    hunt.content(Blob(at_base="b" * 40 if base else "", **blob), data, lambda _: base)
    return hunt


def test_what_is_told_says_kind_count_and_place() -> None:
    hunt = hunted(TABLE.encode())
    (found,) = hunt.scan().found
    what = "a table with names, e-mail addresses, birth dates and phone numbers"
    assert found == PersonalData("table", what, Extent.TABLE, Confidence.HIGH, 30, COMMIT, "a.csv", 2)
    said = repr(hunt) + repr(hunt.scan())
    assert not any(value in said for it in PEOPLE for value in (it.email, it.phone, it.born))
    assert hunt.lines == {("a.csv", number) for number in range(2, 32)}


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-32"),
        b"# caf\xe9\n" + TABLE.encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
    ],
    ids=["mark", "utf-16", "no mark", "utf-32", "latin-1", "crlf", "cr"],
)
def test_every_encoding_that_editors_read_is_read(data: bytes) -> None:
    assert [found.kind for found in hunted(data).scan().found] == ["table"]


def test_what_the_base_has_is_not_new() -> None:
    assert [it.new for it in hunted(TABLE.encode(), TABLE.encode()).scan().found] == [False]
    fewer = people.csv(PEOPLE[:-3])
    assert [it.new for it in hunted(fewer.encode(), TABLE.encode()).scan().found] == [False]


def test_one_row_more_or_another_one_is_new() -> None:
    """a count that stays the same hides no exchange"""
    more, other = people.csv([*PEOPLE, *people.made(1, seed=9)]), people.csv(people.made(30, seed=9))
    assert [it.new for it in hunted(more.encode(), TABLE.encode()).scan().found] == [True]
    assert [it.new for it in hunted(other.encode(), TABLE.encode()).scan().found] == [True]


def test_versions_of_a_file_are_told_once_at_the_first_commit() -> None:
    hunt = PersonalHunt()
    hunt.content(Blob(commit="1" * 40), people.csv(PEOPLE[:20]).encode(), lambda _: b"")
    hunt.content(Blob(commit="2" * 40), TABLE.encode(), lambda _: b"")
    (found,) = hunt.scan().found
    assert (found.commit, found.count) == ("1" * 40, 30)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (TooBig(40_000_000), "too big: 40000000 bytes"),
        (b"PK\x03\x04" + bytes(30), "an archive (zip"),
        (b"\x1f\x8b" + bytes(30), "an archive that cannot be unpacked"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
    ],
)
def test_what_cannot_be_looked_into_is_said(data: object, why: str) -> None:
    (unread,) = hunted(data).scan().unread
    assert why in unread.reason
    assert (unread.path, unread.commit) == ("a.csv", COMMIT)


def test_an_archive_is_looked_into_one_level_deep() -> None:
    found = hunted(zipped({"a/people.csv": TABLE.encode(), "b.txt": b"x"}), path="a.zip").scan()
    assert ([(it.kind, it.path) for it in found.found], found.unread) == ([("table", "a.zip")], ())
    nested = hunted(zipped({"b.zip": zipped({"people.csv": TABLE.encode()})}), path="a.zip").scan()
    assert (nested.found, ["an archive" in it.reason for it in nested.unread]) == ((), [True])


def test_the_beginning_of_a_long_text_is_looked_through_and_the_rest_is_said() -> None:
    """ten megabytes of rows"""
    rows = [f"{number},{it.first},{it.email}" for number, it in enumerate(PEOPLE)]
    text = "id,first_name,email\n" + "\n".join(rows * 12_000)
    assert len(text) > 10_000_000
    scan = hunted(text.encode()).scan()
    assert "table" in [it.kind for it in scan.found]
    assert scan.unread[0].reason.startswith("too long a text")


def test_more_than_the_most_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "MAX_BYTES", 2 * len(TABLE))
    hunt = PersonalHunt()
    for number in range(3):
        hunt.content(Blob(f"{number}.csv"), TABLE.encode(), lambda _: b"")
    assert [it.path for it in hunt.scan().found] == ["0.csv", "1.csv"]
    assert [it.path for it in hunt.scan().unread] == ["2.csv"]


def test_the_surest_are_listed_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "MAX_FOUND", 1)
    hunt = hunted("\n".join(f"{it.email}" for it in PEOPLE).encode(), path="a.txt")
    hunt.content(Blob("b.csv"), TABLE.encode(), lambda _: b"")
    scan = hunt.scan()
    assert ([it.path for it in scan.found], scan.left_out) == (["b.csv"], 1)


def test_pictures_are_no_texts() -> None:
    """and what is no text is not counted as looked through"""
    scan = hunted(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4).scan()
    assert (scan.texts, scan.found, scan.unread) == (0, (), ())


def test_a_database_of_the_base_is_not_new() -> None:
    database = b"SQLite format 3\0" + bytes(100)
    assert [it.new for it in hunted(database).scan().found] == [True]
    assert [it.new for it in hunted(database + b"more", database).scan().found] == [False]


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_scan(data: bytes) -> None:
    scan = hunted(data).scan()
    assert scan.texts + len(scan.found) + len(scan.unread) <= 3


@given(st.lists(st.sampled_from(["x = 1\n", "a,b\n", "\0", '"', "("]), max_size=5))
def test_other_blobs_never_take_a_finding_away(parts: list[str]) -> None:
    hunt = hunted(TABLE.encode())
    for number, part in enumerate(parts):
        hunt.content(Blob(f"{number}.txt"), part.encode(), lambda _: b"")
    assert hunted(TABLE.encode()).scan().found[0] in hunt.scan().found
