"""Records get in once, in order, whole or not at all; and out again with proof."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.checkpoint import read_checkpoint
from outsource_gate.ledger.entry import Kind
from outsource_gate.ledger.notice import sign_notice
from outsource_gate.ledger.receipt import check_receipt, read_receipt
from tests.evidence.records import signer
from tests.ledger.ledgers import LEDGER_KEY, ORIGIN, at, audited, change, ledger, record, records, trusted, url


def test_appending_gives_places_in_order(address: str) -> None:
    """each record gets the next place, and the ledger is whole after each"""
    found = open_ledger(address, create=ORIGIN)
    assert audited(found).size == 0
    for number in range(5):
        (placed,) = found.append([record(number)], at(number), trusted())
        assert (placed.place, placed.was_there, placed.entry.kind) == (number, False, Kind.RECORD)
        assert placed.entry.subject["gitCommit"] == f"{number:040x}"
        assert found.envelope(placed.entry.envelope) == record(number)
    result = audited(open_ledger(address))
    assert (result.problem, result.size) == ("", 5)


def test_appending_twice_is_appending_once(address: str) -> None:
    """the same record keeps its place, in a batch and over several; one that is signed anew is another"""
    found = open_ledger(address, create=ORIGIN)
    first = found.append([record(1), record(2), record(1)], at())
    assert [placed.place for placed in first] == [0, 1]
    again = found.append([record(3), record(1)], at(1))
    assert [(placed.place, placed.was_there) for placed in again] == [(2, False), (0, True)]
    assert again[1].entry == first[0].entry
    assert [placed.place for placed in found.find(first[0].entry.payload)] == [0]
    assert audited(found).size == 3


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 33])
def test_a_batch_is_as_good_as_one_after_the_other(tmp_path: Path, count: int) -> None:
    """a batch leads to the root that single appends at the same time lead to"""
    single, batch = ledger(tmp_path / "single.db"), ledger(tmp_path / "batch.db")
    for raw in records(count):
        single.append([raw], at())
    batch.append(records(count), at())
    assert audited(single).root == audited(batch).root
    assert audited(batch).problem == ""


def test_a_batch_is_appended_whole_or_not_at_all(address: str) -> None:
    """one file that is no record leaves nothing of the batch"""
    found = open_ledger(address, create=ORIGIN)
    with pytest.raises(EvidenceError):
        found.append([record(1), b"{}"], at())
    assert audited(found).size == 0


def test_receipts_and_checkpoints(address: str) -> None:
    """a receipt of any entry proves its record under the checkpoint, and later checkpoints contain earlier ones"""
    found = open_ledger(address, create=ORIGIN)
    placed = found.append(records(6), at())
    early = found.checkpoint(LEDGER_KEY)
    assert found.checkpoint(LEDGER_KEY) == early
    placed += found.append(records(5, start=6), at(1))
    late = found.checkpoint(LEDGER_KEY)
    assert [read_checkpoint(text.encode())[0].size for text in (early, late)] == [6, 11]
    for number, text in enumerate(found.receipts(placed, late)):
        assert check_receipt(read_receipt(text.encode()), trusted(), at(2), record(number)) == "ledger"
    result = audited(found, early, late, trust=trusted())
    assert (result.problem, result.checkpoints) == ("", 4)


def test_no_receipt_before_its_checkpoint(tmp_path: Path) -> None:
    """an entry that a checkpoint does not have cannot be proven by it"""
    found = ledger(tmp_path / "ledger.db", 2)
    early = found.checkpoint(LEDGER_KEY)
    placed = found.append([record(9)], at(9))
    with pytest.raises(ValueError, match="no entry 2 in a tree of 2"):
        list(found.receipts(placed, early))


def test_an_erased_envelope_leaves_the_tree_whole(address: str) -> None:
    """what was erased is gone, its entry and every proof stay, and the erasure is an entry itself"""
    found = open_ledger(address, create=ORIGIN)
    placed = found.append(records(4), at())
    before = found.checkpoint(LEDGER_KEY)
    digest = placed[2].entry.envelope
    notice = sign_notice("erasure", (ORIGIN, {"sha256": digest}), "asked for", at(1), signer())
    done = found.erase(digest, notice, at(1))
    assert (done.place, done.entry.kind) == (4, Kind.ERASURE)
    assert found.envelope(digest) is None
    result = audited(found, before, trust=trusted())
    assert (result.problem, result.erased) == ("", 1)
    (again,) = found.append([record(2)], at(2))
    assert (again.place, again.was_there, found.envelope(digest)) == (2, True, None)
    with pytest.raises(EvidenceError, match="no envelope"):
        found.erase(digest, notice, at(3))
    with pytest.raises(EvidenceError, match="not about this erasure"):
        found.erase(placed[0].entry.envelope, notice, at(3))


def test_what_was_erased_is_not_in_the_file(tmp_path: Path) -> None:
    """SQLite overwrites what is erased"""
    found = ledger(tmp_path / "ledger.db", 3)
    digest = found.find("1")[0].entry.envelope
    mark = record(1).partition(b'"sig":"')[2][:80]
    assert any(mark in path.read_bytes() for path in tmp_path.iterdir())
    notice = sign_notice("erasure", (ORIGIN, {"sha256": digest}), "asked for", at(9), signer())
    found.erase(digest, notice, at(9))
    assert not any(mark in path.read_bytes() for path in tmp_path.iterdir())


def test_a_clock_that_went_back_is_told(tmp_path: Path) -> None:
    """an entry that is much older than the one before it is noted, and no tampering"""
    found = ledger(tmp_path / "ledger.db", 1)
    found.append([record(5)], at(-4))
    assert not any("goes back" in note for note in audited(found).notes)
    found.append([record(6)], at(-600))
    result = audited(found)
    assert result.problem == ""
    assert any("the time goes back at entry 2" in note for note in result.notes)


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    """tables of a version that is not known are neither read nor written"""
    path = tmp_path / "ledger.db"
    ledger(path)
    change(path, "UPDATE outsource_gate_ledger SET value = '2' WHERE name = 'schema'")
    for create in (None, ""):
        with pytest.raises(EvidenceError, match="tables of version 2 -> 1"):
            open_ledger(url(path), create=create)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ledger.db", "no database URL"),
        ("mysql://u:pass-word@h/d", "mysql is no database of this version"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:x?mode=ro&uri=true", "names no file"),
    ],
)
def test_urls_that_cannot_be_meant(text: str, said: str) -> None:
    """what is no ledger's URL is a usage error, and no password in it is repeated"""
    with pytest.raises(UsageError) as error:
        open_ledger(text, create="")
    assert said in str(error.value)
    assert "pass-word" not in str(error.value)


def test_what_is_no_ledger(tmp_path: Path, postgres: object) -> None:
    """a missing file, another database and a server that is not there are told in one line, without a password"""
    with pytest.raises(EvidenceError, match="no such file"):
        open_ledger(url(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "other.db").touch()
    with pytest.raises(EvidenceError, match="holds no ledger"):
        open_ledger(url(tmp_path / "other.db"))
    (tmp_path / "text.db").write_text("no database at all, " * 100)
    for create in (None, ""):
        with pytest.raises(EvidenceError, match="not a database"):
            open_ledger(url(tmp_path / "text.db"), create=create)
    with pytest.raises(EvidenceError) as error:
        open_ledger(f"postgresql://me:pass-word@/x?host={tmp_path}")
    assert "pass-word" not in str(error.value)
    assert re.search(r"me:\*\*\*@", str(error.value))


def test_origins() -> None:
    """an origin that no checkpoint could carry is refused"""
    for name in ("with space", "a+b", "ä.example/x", "x" * 201):
        with pytest.raises(UsageError, match="--origin"):
            open_ledger("sqlite:////nowhere/x.db", create=name)


def test_without_the_extra(tmp_path: Path) -> None:
    """without SQLAlchemy there is one sentence, and importing the package needs none"""
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from outsource_gate.ledger import open_ledger\n"
        "from outsource_gate.errors import EvidenceError\n"
        "try: open_ledger('sqlite:///x.db')\n"
        "except EvidenceError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "sqlalchemy" in done.stdout
    assert "pip install 'outsource-gate[ledger]'" in done.stdout
