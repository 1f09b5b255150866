"""What becomes of each path."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Read
from outsource_gate.scanners import confusables, workspace
from outsource_gate.scanners.account import Account
from outsource_gate.scanners.run import scan_change
from outsource_gate.scanners.workspace import Room
from tests.scanners.fake import HONEST, Blobs, added, scanner

MISSING = Unavailable("two is not installed", "install it", "two")


def test_a_path_whose_scanner_did_not_run_is_unknown() -> None:
    """scanned means that every scanner responsible for it has read it; a missing one is not the file's fault"""
    blobs = Blobs()
    pair = (scanner(HONEST, id="one"), replace(scanner(HONEST, id="two"), find=lambda: MISSING))
    result = scan_change([added(blobs, "a.py", "x = 1\n"), added(blobs, "a.md", "x\n")], blobs, scanners=pair)
    code, prose = result.coverage
    assert (code.read, code.scanners, code.reason) == (Read.UNKNOWN, ("one",), "two did not run")
    assert prose.read is Read.INERT


def test_a_file_that_two_could_not_read_names_both() -> None:
    """a reader learns every reason at once"""
    blobs = Blobs()
    pair = (scanner("print('[]')", id="one"), scanner("print('[]')", id="two"))
    (row,) = scan_change([added(blobs, "a.py", "x = 1\n")], blobs, scanners=pair).coverage
    assert (row.read, row.reason) == (Read.UNREAD, "one did not read it; two did not read it")


def test_a_language_that_no_chosen_scanner_reads_is_unsupported() -> None:
    """choosing fewer scanners never turns code into something inert"""
    blobs = Blobs()
    (row,) = scan_change([added(blobs, "a.go", "package a\n")], blobs, scanners=(scanner(HONEST),)).coverage
    assert row.read is Read.UNSUPPORTED


def test_a_change_that_fills_the_room_is_unread_from_there_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """the disk of the machine is not the contractor's"""
    monkeypatch.setattr(workspace, "MAX_ROOM_BYTES", 20)
    blobs = Blobs()
    files = [added(blobs, f"f{number}.py", "x = 1234567\n") for number in range(3)]
    result = scan_change(files, blobs, scanners=(scanner(HONEST),))
    assert [row.read for row in result.coverage] == [Read.SCANNED, Read.UNREAD, Read.UNREAD]


@given(st.lists(st.tuples(st.text(max_size=12), st.binary(max_size=40)), max_size=8))
def test_every_path_has_exactly_one_row(files: list[tuple[str, bytes]]) -> None:
    """whatever is in a change, the account has as many rows as the change has paths, in order"""
    blobs = Blobs()
    result = scan_change([added(blobs, path, data) for path, data in files], blobs, scanners=())
    assert [row.path for row in result.coverage] == [path for path, _ in files]
    assert all(row.reason for row in result.coverage)
    assert [scan.scanner for scan in result.scans if not isinstance(scan, Unavailable)] == ["text"]


def test_without_the_table_of_look_alikes_the_text_scan_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that could not be looked at is no clean name"""
    monkeypatch.setitem(sys.modules, "confusable_homoglyphs", None)
    confusables._table.cache_clear()
    confusables._drawn.cache_clear()
    confusables._reads.cache_clear()
    account = Account(Room(tmp_path), ())
    account.head("a.py", "p\u0430y = 1\n".encode())
    scan = account.text_scan()
    assert isinstance(scan, Unavailable)
    assert "confusable_homoglyphs" in scan.reason
