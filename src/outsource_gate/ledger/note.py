"""How is a short text signed so that transparency tools read it?  # c2sp.org/signed-note

Ed25519 is type 0x01 of the specification; ECDSA P-256, the default of our keys, is 0x02, whose key id is over the
SPKI alone. The text begins with a name without spaces, so it can never be what a record's signature is over.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.public_key import PublicKey

MAX_NOTE = 65536
MAX_SIGNATURES = 64
_DASH = "\N{EM DASH} "


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: whose it claims to be, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart; nothing of it is believed before `signed_by` has named a key."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def signed_by(self, name: str, keys: Iterable[PublicKey]) -> PublicKey | None:
        """Which of the keys signed it under that name; None: none of them did. A false signature is an error."""
        known = {note_key_id(name, key): key for key in keys}
        found = None
        for line in self.signatures:
            key = known.get(line.key_id) if line.name == name else None
            if key is None:
                continue
            if not key.verifies(line.signature, self.text.encode()):
                raise EvidenceError(f"note: a signature in the name of {name} does not hold", hint="get it again")
            found = found or key
        return found


def note_key_id(name: str, key: PublicKey) -> bytes:
    if key.algorithm == "ecdsa-p256":
        return hashlib.sha256(key.der).digest()[:4]
    raw = key.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(name.encode() + b"\n\x01" + raw).digest()[:4]


def sign_note(text: str, name: str, signer: Signer) -> str:
    """Give the signed note over a text that ends in a line feed."""
    signature = note_key_id(name, signer.public_key) + signer.sign(text.encode())
    return f"{text}\n{_DASH}{name} {base64.b64encode(signature).decode()}\n"


def open_note(raw: bytes, what: str = "note") -> Note:
    """Take a note apart, strictly."""
    if len(raw) > MAX_NOTE:
        raise EvidenceError(f"{what}: {len(raw)} bytes -> at most {MAX_NOTE}")
    try:
        whole = raw.decode()
    except UnicodeDecodeError as error:
        raise EvidenceError(f"{what}: is not UTF-8") from error
    text, blank, lines = whole.rpartition("\n\n")
    if not (text and blank and lines.endswith("\n")) or any(char < " " and char != "\n" for char in whole):
        raise EvidenceError(f"{what}: no signed note -> text, an empty line, signature lines")
    found = lines[:-1].split("\n")
    if len(found) > MAX_SIGNATURES:
        raise EvidenceError(f"{what}: {len(found)} signatures -> at most {MAX_SIGNATURES}")
    return Note(text + "\n", tuple(_signature(line, what) for line in found))


def is_key_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(char.isspace() or char < " " for char in name)


def decoded(text: str, what: str) -> bytes:
    """Standard base64 in its one spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EvidenceError(f"{what}: not base64") from error
    if base64.b64encode(raw).decode() != text:
        raise EvidenceError(f"{what}: not in the canonical spelling of base64")
    return raw


def _signature(line: str, what: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise EvidenceError(f"{what}: no signature line -> `\N{EM DASH} NAME BASE64`")
    raw = decoded(encoded, f"{what}: signature")
    if len(raw) <= 4:
        raise EvidenceError(f"{what}: a signature of {len(raw)} bytes")
    return NoteSignature(name, raw[:4], raw[4:])
