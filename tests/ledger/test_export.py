"""An export is enough for an auditor, and whatever is done to it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.export import check_export, export
from outsource_gate.ledger.notice import sign_notice
from outsource_gate.ledger.receipt import check_receipt, read_receipt
from tests.evidence.records import signer
from tests.ledger.ledgers import LEDGER_KEY, ORIGIN, at, ledger, record, trusted

COUNT = 6
Attack = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of six records, of which one was erased."""
    made = ledger(tmp_path / "ledger.db", COUNT)
    digest = made.find("2")[0].entry.envelope
    made.erase(digest, sign_notice("erasure", (ORIGIN, {"sha256": digest}), "asked for", at(9), signer()), at(9))
    assert export(made, tmp_path / "export", made.checkpoint(LEDGER_KEY)) == COUNT + 1
    return tmp_path / "export"


def test_it_is_whole(folder: Path) -> None:
    """it holds every file but the erased one, every proof stands by itself, and entries match their schema"""
    result = check_export(folder, trusted(), at(10))
    assert (result.problem, result.erased, result.signer) == ("", 1, "ledger")
    assert len(list((folder / "records").iterdir())) == COUNT
    proofs = sorted((folder / "proofs").iterdir())
    assert len(proofs) == COUNT + 1
    assert check_receipt(read_receipt(proofs[4].read_bytes()), trusted(), at(10), record(4)) == "ledger"
    schema = json.loads((folder / "entry.schema.json").read_text())
    for line in (folder / "entries.jsonl").read_text().splitlines():
        jsonschema.validate(json.loads(line), schema)
    assert "check-export" in (folder / "README").read_text()
    assert json.loads((folder / "evidence.schema.json").read_text())["$schema"]


def file(folder: Path, place: int, kind: str = "records") -> Path:
    (found,) = (folder / kind).glob(f"{place:07}-*")
    return found


def lines(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path = folder / "entries.jsonl"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def other(folder: Path, place: int, kind: str) -> None:
    file(folder, place, kind).write_bytes(file(folder, place + 1, kind).read_bytes())


ATTACKS: dict[str, tuple[Attack, str]] = {
    "an entry changed": (
        lambda folder: lines(folder, lambda all_: [all_[0].replace(b"ALLOW", b"DENY"), *all_[1:]]),
        "are not the 7 that were signed",
    ),
    "an entry dropped": (lambda folder: lines(folder, lambda all_: all_[:3] + all_[4:]), "are not the 7"),
    "the last entry dropped": (lambda folder: lines(folder, lambda all_: all_[:-1]), "its 6 entries are not the 7"),
    "entries swapped": (lambda folder: lines(folder, lambda all_: [all_[1], all_[0], *all_[2:]]), "are not the 7"),
    "an entry twice": (lambda folder: lines(folder, lambda all_: [*all_, all_[0]]), "its 8 entries are not the 7"),
    "no entries": (lambda folder: lines(folder, lambda all_: []), "its 0 entries are not the 7"),
    "a record absent": (lambda folder: file(folder, 3).unlink(), "entry 3: its file is absent"),
    "a record of another": (lambda folder: other(folder, 3, "records"), "entry 3: records/0000003-"),
    "a proof absent": (lambda folder: file(folder, 3, "proofs").unlink(), "entry 3: proofs/0000003-"),
    "a proof of another": (lambda folder: other(folder, 3, "proofs"), "entry 3: its proof does not lead"),
}


@pytest.mark.parametrize("what", ATTACKS)
def test_what_was_done_is_named(folder: Path, what: str) -> None:
    """whatever is changed in the folder is found, and named"""
    attack, said = ATTACKS[what]
    attack(folder)
    assert said in check_export(folder, trusted(), at(10)).problem


def test_what_cannot_be_believed(folder: Path) -> None:
    """without a checkpoint by a trusted key, and with entries that are none, nothing is said of the rest"""
    with pytest.raises(EvidenceError, match="no trusted key"):
        check_export(folder, Trust(trusted().keys[:1]), at(10))
    lines(folder, lambda all_: [b"x" * 40_000, *all_])
    with pytest.raises(EvidenceError, match="entry"):
        check_export(folder, trusted(), at(10))
    (folder / "entries.jsonl").unlink()
    with pytest.raises(EvidenceError, match=r"entries\.jsonl"):
        check_export(folder, trusted(), at(10))
    (folder / "checkpoint").unlink()
    with pytest.raises(EvidenceError, match="checkpoint"):
        check_export(folder, trusted(), at(10))


def test_nothing_is_written_over(folder: Path, tmp_path: Path) -> None:
    """an export goes into a new folder only"""
    made = ledger(tmp_path / "other.db", 1)
    with pytest.raises(UsageError, match="exists"):
        export(made, folder, made.checkpoint(LEDGER_KEY))
