"""Notes are those of C2SP: read from elsewhere, and refused wherever they say something else than was signed."""

from __future__ import annotations

import base64
from typing import Literal

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.public_key import PublicKey
from outsource_gate.ledger.checkpoint import Checkpoint, checkpoint_signer, read_checkpoint
from outsource_gate.ledger.note import note_key_id, open_note, sign_note
from tests.evidence.records import signer
from tests.ledger.ledgers import LEDGER_KEY, ORIGIN, at, trusted

# The example in the documentation of golang.org/x/mod/sumdb/note, where the format comes from.
GO_NAME, GO_ID = "PeterNeumann", "c74f20a3"
GO_KEY = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\N{EM DASH} PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
CHECKPOINT = Checkpoint(ORIGIN, 3, bytes(range(32)))


def go_key() -> PublicKey:
    raw = base64.b64decode(GO_KEY)
    assert raw[0] == 1
    return PublicKey(ed25519.Ed25519PublicKey.from_public_bytes(raw[1:]))


def test_a_note_from_elsewhere() -> None:
    """a published note by another program is read, its key has the published id, and its signature holds"""
    key = go_key()
    assert note_key_id(GO_NAME, key).hex() == GO_ID
    assert open_note(GO_NOTE.encode()).signed_by(GO_NAME, [LEDGER_KEY.public_key, key]) == key
    assert open_note(GO_NOTE.encode()).signed_by("Somebody", [key]) is None
    with pytest.raises(EvidenceError, match="does not hold"):
        open_note(GO_NOTE.replace("answer", "Answer").encode()).signed_by(GO_NAME, [key])


@pytest.mark.parametrize("algorithm", ["ed25519", "ecdsa-p256"])
def test_our_own_notes(algorithm: Literal["ed25519", "ecdsa-p256"]) -> None:
    """either kind of our keys signs a checkpoint that reads back, and a second signature does not disturb it"""
    key = signer(algorithm)
    text = CHECKPOINT.signed(key)
    found, note = read_checkpoint(text.encode())
    assert found == CHECKPOINT
    assert note.signed_by(ORIGIN, [key.public_key]) == key.public_key
    witnessed = text + sign_note(CHECKPOINT.text, "witness.example/w", LEDGER_KEY).rpartition("\n\n")[2]
    assert read_checkpoint(witnessed.encode())[1].signed_by(ORIGIN, [key.public_key]) == key.public_key


def edited(old: str, new: str) -> bytes:
    text = CHECKPOINT.signed(LEDGER_KEY)
    assert old in text
    return text.replace(old, new).encode()


REFUSED = {
    "no signature": (edited("\n\n", "\n"), "no signed note"),
    "no line feed at the end": (CHECKPOINT.signed(LEDGER_KEY)[:-1].encode(), "no signed note"),
    "a carriage return": (edited("3\n", "3\r\n"), "no signed note"),
    "another encoding": (edited(ORIGIN, "xyz").replace(b"xyz", b"\xe4\xf6"), "not UTF-8"),
    "a number spelt otherwise": (edited("\n3\n", "\n03\n"), "without leading zeros"),
    "a number of other digits": (edited("\n3\n", "\n\N{ARABIC-INDIC DIGIT THREE}\n"), "without leading zeros"),
    "a number beyond bounds": (edited("\n3\n", "\n9999999999999999\n"), "at most 2^53"),
    "a negative number": (edited("\n3\n", "\n-3\n"), "without leading zeros"),
    "an extension line": (edited("\n3\n", "\n3\nAAAA\n"), "4 lines"),
    "a short root": (edited(base64.b64encode(CHECKPOINT.root).decode(), "AAAA"), "a hash of 3 bytes"),
    "stray bits in base64": (edited("Hh8=", "Hh9="), "canonical spelling"),
    "white space in base64": (edited("AAEC", "AA EC"), "not base64"),
    "a hyphen for the dash": (edited("\N{EM DASH} ", "- "), "no signature line"),
    "a space in the origin": (edited(f"{ORIGIN}\n3", f"{ORIGIN} x\n3"), "without spaces"),
    "an empty signature": (CHECKPOINT.text.encode() + f"\n\N{EM DASH} {ORIGIN} AAAA\n".encode(), "3 bytes"),
    "too many signatures": (
        CHECKPOINT.text.encode() + b"\n" + 65 * f"\N{EM DASH} {ORIGIN} AAAAAAA=\n".encode(),
        "65 signatures",
    ),
    "too long": (b"x" * 70000, "at most 65536"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what: str) -> None:
    """another spelling of the same, and anything out of bounds, is no checkpoint"""
    raw, said = REFUSED[what]
    with pytest.raises(EvidenceError, match="checkpoint") as error:
        read_checkpoint(raw)
    assert said in str(error.value)


def test_only_a_trusted_key_under_the_right_name() -> None:
    """a stranger's signature, and a trusted one under another name, do not speak for a checkpoint"""
    found, note = read_checkpoint(CHECKPOINT.signed(LEDGER_KEY).encode())
    assert checkpoint_signer(found, note, trusted(), at()).rule.name == "ledger"
    for text in (
        CHECKPOINT.signed(signer("ed25519", "stranger")),
        sign_note(CHECKPOINT.text, "other.example/ledger", LEDGER_KEY),
    ):
        found, note = read_checkpoint(text.encode())
        with pytest.raises(EvidenceError, match="no trusted key signed it"):
            checkpoint_signer(found, note, trusted(), at())


def test_a_false_signature_beside_a_true_one() -> None:
    """a signature in the name of a known key that does not hold spoils the whole note"""
    text = CHECKPOINT.signed(LEDGER_KEY)
    head, _, line = text.rpartition("\n\n")
    raw = bytearray(base64.b64decode(line.split(" ")[2]))
    raw[-1] ^= 1
    false = f"\N{EM DASH} {ORIGIN} {base64.b64encode(raw).decode()}\n"
    for lines in (line + false, false + line):
        _, note = read_checkpoint(f"{head}\n\n{lines}".encode())
        with pytest.raises(EvidenceError, match="does not hold"):
            note.signed_by(ORIGIN, [LEDGER_KEY.public_key])
