"""What did the ledger hold at one moment, in a signed text of three lines?  # c2sp.org/tlog-checkpoint"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.public_key import PublicKey
from outsource_gate.evidence.trust import Trust, TrustedKey
from outsource_gate.ledger.note import MAX_NOTE, Note, decoded, is_key_name, open_note, sign_note
from outsource_gate.ledger.tree import HASH_SIZE

MAX_SIZE = 2**53
_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which ledger, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, signer: Signer) -> str:
        return sign_note(self.text, self.origin, signer)


def read_checkpoint(raw: bytes, what: str = "checkpoint") -> tuple[Checkpoint, Note]:
    """Take a checkpoint apart; whether its signature holds says `checkpoint_signer`."""
    note = open_note(raw, what)
    lines = note.text[:-1].split("\n")
    if len(lines) != 3:
        raise EvidenceError(f"{what}: {len(lines)} lines -> origin, size and root; extensions are not used here")
    origin, size, root = lines
    if not is_key_name(origin):
        raise EvidenceError(f"{what}: origin {origin[:80]!r} -> a name without spaces and plus signs")
    return Checkpoint(origin, read_number(size, what), read_hash(root, what)), note


def load_checkpoint(path: Path) -> tuple[Checkpoint, Note]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_NOTE + 1)
    except OSError as error:
        raise EvidenceError(
            f"{path}: {error.strerror}", hint="`outsource-gate ledger checkpoint` makes one"
        ) from error
    return read_checkpoint(raw, str(path))


def checkpoint_signer(checkpoint: Checkpoint, note: Note, trust: Trust, now: datetime) -> TrustedKey:
    """The trusted key that signed it; EvidenceError if none did.

    A checkpoint names no time, so a key whose days are over still speaks for it. A revoked one does not.
    """
    keys = {key.key.key_id: key for key in trust.keys if has_no_other_role(key)}
    found: PublicKey | None = note.signed_by(checkpoint.origin, (key.key for key in keys.values()))
    if found is None:
        raise EvidenceError(
            f"checkpoint of {checkpoint.origin}: no trusted key signed it",
            hint="give the ledger's public key, or a file that trusts it, with --trust",
        )
    trusted = keys[found.key_id]
    revoked = trusted.rule.revoked
    if revoked and revoked.invalid_from <= now.date():
        raise EvidenceError(f"checkpoint: key {trusted.rule.name} is revoked since {revoked.invalid_from}")
    return trusted


def has_no_other_role(trusted: TrustedKey) -> bool:
    """A key for results or for access reviews speaks for neither records nor the ledger."""
    return trusted.rule.results is None and trusted.rule.access_reviews is None


def read_number(text: str, what: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > MAX_SIZE:
        raise EvidenceError(f"{what}: {text[:40]!r} -> a number without leading zeros, at most 2^53")
    return int(text)


def read_hash(text: str, what: str) -> bytes:
    raw = decoded(text, f"{what}: hash")
    if len(raw) != HASH_SIZE:
        raise EvidenceError(f"{what}: a hash of {len(raw)} bytes -> {HASH_SIZE}")
    return raw
