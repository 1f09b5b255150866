"""A receipt proves one record with nothing but a public key, and nothing else."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey, read_trust
from outsource_gate.ledger.entry import read_entry
from outsource_gate.ledger.receipt import HEADER, check_receipt, read_receipt
from tests.evidence.records import signer
from tests.ledger.ledgers import LEDGER_KEY, at, ledger, record, trusted


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Seven receipts under one checkpoint."""
    made = ledger(tmp_path_factory.mktemp("ledger") / "ledger.db", 7)
    return tuple(made.receipts(made.newest(7)[::-1], made.checkpoint(LEDGER_KEY)))


def test_a_bare_public_key_is_enough(receipts: tuple[str, ...]) -> None:
    """the receipt, the record and the ledger's public key are all that is needed"""
    bare = read_trust(LEDGER_KEY.public_key.pem.encode(), "ledger.pub")
    for number, text in enumerate(receipts):
        assert text.startswith(f"{HEADER}\nextra ")
        receipt = read_receipt(text.encode())
        assert receipt.index == number
        assert check_receipt(receipt, bare, at(9), record(number)) == "ledger.pub"


def test_for_another_record(receipts: tuple[str, ...]) -> None:
    """a receipt is for the bytes of one file only"""
    with pytest.raises(EvidenceError, match="is for another file"):
        check_receipt(read_receipt(receipts[2].encode()), trusted(), at(9), record(3))


@pytest.mark.parametrize(("part", "line"), [("entry", 1), ("index", 2), ("sibling", 3), ("sibling", 5)])
def test_parts_of_another_receipt(receipts: tuple[str, ...], part: str, line: int) -> None:
    """a receipt with an entry, place or hash of another one does not lead to the signed root"""
    mine, other = receipts[2].split("\n"), receipts[5].split("\n")
    assert mine[line] != other[line]
    mine[line] = other[line]
    with pytest.raises(EvidenceError, match="does not lead to the root"):
        check_receipt(read_receipt("\n".join(mine).encode()), trusted(), at(9))


def test_an_entry_that_says_more(receipts: tuple[str, ...]) -> None:
    """an entry reworded in the receipt does not lead to the root, and one spelt otherwise is refused unread"""
    lines = receipts[2].split("\n")
    entry = base64.b64decode(lines[1].removeprefix("extra "))
    assert read_entry(entry).outcome == "ALLOW"
    lines[1] = "extra " + base64.b64encode(entry.replace(b"ALLOW", b"DENY")).decode()
    with pytest.raises(EvidenceError, match="does not lead to the root"):
        check_receipt(read_receipt("\n".join(lines).encode()), trusted(), at(9))
    for spelt in (entry.replace(b'":"', b'": "', 1), entry[:-1] + b',"more":1}', entry[:-1] + b',"version":1}'):
        lines[1] = "extra " + base64.b64encode(spelt).decode()
        with pytest.raises(EvidenceError, match="entry"):
            read_receipt("\n".join(lines).encode())


def rule(**more: object) -> Trust:
    whole = {"name": "ledger", "public_key": LEDGER_KEY.public_key.pem} | more
    return Trust((TrustedKey(LEDGER_KEY.public_key, KeyRule.model_validate(whole)),))


def test_whose_word_it_is(receipts: tuple[str, ...]) -> None:
    """a stranger's key, one for another role, a revoked one, and one whose days were over, vouch for nothing"""
    receipt = read_receipt(receipts[1].encode())
    day = at().date()
    assert check_receipt(receipt, rule(valid={"until": day}), at(9)) == "ledger"
    for trust, said in (
        (Trust(trusted().keys[:1]), "no trusted key"),
        (rule(results=["*"]), "no trusted key"),
        (rule(access_reviews=["*"]), "no trusted key"),
        (rule(revoked={"reason": "lost", "invalid_from": day}), "revoked"),
        (rule(valid={"until": day - timedelta(days=1)}), "valid from any day until"),
    ):
        with pytest.raises(EvidenceError, match=said):
            check_receipt(receipt, trust, at(9))


def test_a_checkpoint_by_somebody_else(receipts: tuple[str, ...], tmp_path: Path) -> None:
    """a whole receipt of a ledger that somebody made up is not signed by a trusted key"""
    made = ledger(tmp_path / "other.db", 3)
    (text,) = made.receipts(made.find("1"), made.checkpoint(signer("ed25519", "stranger")))
    receipt = read_receipt(text.encode())
    assert receipt.holds
    with pytest.raises(EvidenceError, match="no trusted key"):
        check_receipt(receipt, trusted(), at(9), record(1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADER, "c2sp.org/tlog-proof@v2"),
        ("extra ", "more "),
        ("index 2", "index 02"),
        ("index 2", "place 2"),
        ("index 2\n", "index 2\n" + 65 * (base64.b64encode(bytes(32)).decode() + "\n")),
        ("index 2\n", "index 2\nAAAA\n"),
        ("\n\n", "\n"),
    ],
)
def test_what_is_no_receipt(receipts: tuple[str, ...], old: str, new: str) -> None:
    """another version, spelling or length is refused"""
    assert old in receipts[2]
    with pytest.raises(EvidenceError, match="receipt"):
        read_receipt(receipts[2].replace(old, new, 1 if old != "\n\n" else -1).encode())
    with pytest.raises(EvidenceError, match="at most"):
        read_receipt(receipts[2].encode() + b" " * 200_000)
