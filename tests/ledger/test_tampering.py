"""What somebody does to the database who may write to it shows, and is named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.notice import sign_notice
from outsource_gate.ledger.receipt import check_receipt, read_receipt
from tests.evidence.records import signer
from tests.ledger.ledgers import LEDGER_KEY, ORIGIN, at, audited, change, ledger, record, records, trusted, url

COUNT = 11
TAMPERED = {
    "an entry's outcome": (
        ['UPDATE entries SET entry = replace(entry, \'"outcome":"ALLOW"\', \'"outcome":"DENY"\') WHERE place = 4'],
        "entry 4: was changed",
    ),
    "back-dated": (
        ['UPDATE entries SET entry = replace(entry, \'"at":"2\', \'"at":"1\') WHERE place = 6'],
        "entry 6: was changed",
    ),
    "dropped": (["DELETE FROM entries WHERE place = 3"], "entry 3: is missing"),
    "dropped with its hashes": (
        ["DELETE FROM entries WHERE place = 3", "DELETE FROM subtrees WHERE leaf = 3"],
        "entry 3: is missing",
    ),
    "dropped, and the rest moved up": (
        [
            "DELETE FROM entries WHERE place = 3",
            "UPDATE entries SET place = -place WHERE place > 3",
            "UPDATE entries SET place = -place - 1 WHERE place < 0",
        ],
        "entry 3: was changed",
    ),
    "reordered": (
        [
            "UPDATE entries SET place = -1 WHERE place = 2",
            "UPDATE entries SET place = 2 WHERE place = 5",
            "UPDATE entries SET place = 5 WHERE place = -1",
        ],
        "entry 2: was changed",
    ),
    "cut off": (["DELETE FROM entries WHERE place > 7"], "entry 8: is missing"),
    "cut off, first": (["DELETE FROM entries"], "entry 0: is missing"),
    "envelope dropped": (
        ["DELETE FROM envelopes WHERE digest = (SELECT envelope FROM entries WHERE place = 5)"],
        "entry 5: its envelope is gone",
    ),
    "envelope changed": (
        ["UPDATE envelopes SET content = x'00' WHERE digest = (SELECT envelope FROM entries WHERE place = 5)"],
        "entry 5: its envelope was changed",
    ),
    "filed under another digest": (
        ["UPDATE entries SET payload = 'f' || substr(payload, 2, 62) || 'g' WHERE place = 9"],
        "entry 9: is filed under digests",
    ),
    "a leaf's hash": (
        ["UPDATE subtrees SET hash = zeroblob(32) WHERE leaf = 7 AND level = 0"],
        "entry 7: was changed",
    ),
    "an inner hash": (
        ["UPDATE subtrees SET hash = zeroblob(32) WHERE leaf = 7 AND level = 2"],
        "entry 7: the tree's hash of level 2 was changed",
    ),
    "an inner hash dropped": (["DELETE FROM subtrees WHERE leaf = 7 AND level = 3"], "entry 7: the tree lacks"),
    "a hash too many": (["INSERT INTO subtrees VALUES (6, 1, zeroblob(32))"], "entry 7: the tree lacks"),
    "another type": (["UPDATE entries SET entry = x'ff00' WHERE place = 1"], "entry 1"),
    "a number for a hash": (["UPDATE subtrees SET hash = 'text' WHERE leaf = 1 AND level = 0"], "entry 1"),
    "another origin": (
        ["UPDATE outsource_gate_ledger SET value = 'other.example/x' WHERE name = 'origin'"],
        f"checkpoint 1 of the ledger: is of {ORIGIN}",
    ),
    "a checkpoint moved": (
        ["UPDATE checkpoints SET size = 3"],
        "checkpoint 1 of the ledger: is filed under another",
    ),
    "a checkpoint changed": (
        ["UPDATE checkpoints SET note = replace(note, char(10) || '11' || char(10), char(10) || '12' || char(10))"],
        "checkpoint 1 of the ledger",
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of eleven records, with a checkpoint over all of them."""
    found = ledger(tmp_path / "ledger.db", COUNT)
    found.checkpoint(LEDGER_KEY)
    assert audited(found, trust=trusted()).problem == ""
    return tmp_path / "ledger.db"


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_is_named(path: Path, what: str) -> None:
    """a change to the tables is found, and the first entry that does not fit is named"""
    statements, expected = TAMPERED[what]
    change(path, *statements)
    assert expected in audited(open_ledger(url(path)), trust=trusted()).problem


def rewritten(path: Path, keep: int) -> None:
    """Write the whole ledger anew without some records, with the program itself: the best that can be done."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("entries", "subtrees", "envelopes", "checkpoints"):
            connection.execute(f"DELETE FROM {table}")
    again = open_ledger(url(path))
    for number in range(keep):
        again.append([record(number)], at(number))


@pytest.mark.parametrize("keep", [0, 1, COUNT - 1])
def test_a_roll_back_shows_against_a_checkpoint_only(path: Path, keep: int) -> None:
    """a ledger put back to an older state is whole in itself; a checkpoint or receipt kept elsewhere shows it"""
    found = open_ledger(url(path))
    outside = found.checkpoint(LEDGER_KEY)
    rewritten(path, keep)
    assert audited(found, trust=trusted()).problem == ""
    assert "no checkpoint from elsewhere" in " ".join(audited(found).notes)
    problem = audited(found, outside, trust=trusted()).problem
    assert problem.startswith(f"checkpoint 1: knows {COUNT} entries, the ledger has {keep}")


def test_a_copy_put_back_shows_against_a_checkpoint_only(path: Path, tmp_path: Path) -> None:
    """a copy of the file from before the last record is whole; its receipt still proves that it was there"""
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    found = open_ledger(url(path))
    placed = found.append([record(COUNT)], at(COUNT))
    outside = found.checkpoint(LEDGER_KEY)
    (receipt,) = found.receipts(placed, outside)
    shutil.copy(copy, path)
    for rest in ("-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)
    back = open_ledger(url(path))
    assert audited(back, trust=trusted()).problem == ""
    assert "knows 12 entries, the ledger has 11" in audited(back, outside).problem
    assert check_receipt(read_receipt(receipt.encode()), trusted(), at(20), record(COUNT)) == "ledger"


def test_a_record_replaced_and_all_written_anew(path: Path) -> None:
    """with every hash computed again, the checkpoint from before names the entries that are not those signed"""
    found = open_ledger(url(path))
    outside = found.checkpoint(LEDGER_KEY)
    rewritten(path, 4)
    found.append(records(COUNT, start=100), at(4))
    assert audited(found, trust=trusted()).problem == ""
    assert (
        audited(found, outside).problem == f"checkpoint 1: the first {COUNT} entries are not those that were signed"
    )


def test_a_tampered_ledger_is_not_signed(path: Path) -> None:
    """no checkpoint is signed over a tree that does not begin with what was signed last"""
    change(path, "UPDATE subtrees SET hash = zeroblob(32) WHERE leaf = 7 AND level = 3")
    found = open_ledger(url(path))
    with pytest.raises(EvidenceError, match="nothing is signed"):
        found.checkpoint(LEDGER_KEY)


def test_no_receipt_for_what_was_changed(path: Path) -> None:
    """a receipt that would not hold is not given out"""
    change(path, """UPDATE entries SET entry = replace(entry, '"ALLOW"', '"DENY"') WHERE place = 4""")
    found = open_ledger(url(path))
    (placed,) = found.append([record(4)], at(30))
    with pytest.raises(EvidenceError, match="entry 4 does not lead to the signed root"):
        list(found.receipts([placed], found.checkpoint(LEDGER_KEY)))


def test_nothing_is_appended_behind_a_cut(path: Path) -> None:
    """where entries were cut off, or hashes are missing, appending stops instead of covering it"""
    change(path, "DELETE FROM entries WHERE place > 7")
    with pytest.raises(EvidenceError, match="entries end at 7, and the tree at 10"):
        open_ledger(url(path)).append([record(50)], at(50))
    change(path, "DELETE FROM subtrees WHERE leaf > 7", "DELETE FROM subtrees WHERE level = 3")
    with pytest.raises(EvidenceError, match="lacks hashes"):
        open_ledger(url(path)).append([record(50)], at(50))


def test_a_foreign_checkpoint_in_the_ledger(path: Path) -> None:
    """with a trust file, a checkpoint in the ledger by a stranger or a revoked key is a finding"""
    found = open_ledger(url(path))
    only_gate = Trust(trusted().keys[:1])
    assert "no trusted key signed it" in audited(found, trust=only_gate).problem
    rule = {"name": "ledger", "public_key": LEDGER_KEY.public_key.pem}
    gone = rule | {"revoked": {"reason": "lost", "invalid_from": at().date()}}
    revoked = Trust((TrustedKey(LEDGER_KEY.public_key, KeyRule.model_validate(gone)),))
    assert "is revoked since" in audited(found, trust=revoked).problem


def test_an_erasure_by_somebody_else(path: Path) -> None:
    """an erasure that no trusted key signed lets no envelope be gone, where a trust file says whom to believe"""
    found = open_ledger(url(path))
    digest = found.find("5")[0].entry.envelope
    stranger = signer("ed25519", "stranger")
    notice = sign_notice("erasure", (ORIGIN, {"sha256": digest}), "by mistake", at(20), stranger)
    found.append([notice], at(20))
    change(path, f"DELETE FROM envelopes WHERE digest = '{digest}'")
    assert audited(found).problem == ""
    assert "entry 11: erasure" in audited(found, trust=trusted()).problem
