"""What proves, without the ledger, that a record is in it?  # c2sp.org/tlog-proof

The proof's extra line carries the entry. It is not signed by itself: it is believed because its hash leads to the
signed root. The entry in turn names the record by digest.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.checkpoint import Checkpoint, checkpoint_signer, read_checkpoint, read_hash, read_number
from outsource_gate.ledger.entry import MAX_ENTRY, Entry, read_entry
from outsource_gate.ledger.note import MAX_NOTE, Note, decoded
from outsource_gate.ledger.tree import leaf_hash, root_by_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MAX_RECEIPT = MAX_NOTE + 4 * MAX_ENTRY
_MAX_PATH = 64


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry, its place, the way from there to the root, and the signed checkpoint with that root."""

    entry: Entry
    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note

    @property
    def holds(self) -> bool:
        """Does the entry lead to the root? Says nothing yet of who signed that."""
        size = self.checkpoint.size
        return root_by_inclusion(leaf_hash(self.entry.raw), self.index, size, self.path) == self.checkpoint.root


def receipt_text(entry: bytes, index: int, path: list[bytes], signed_checkpoint: str) -> str:
    lines = [HEADER, f"extra {base64.b64encode(entry).decode()}", f"index {index}"]
    lines += [base64.b64encode(sibling).decode() for sibling in path]
    return "\n".join(lines) + "\n\n" + signed_checkpoint


def read_receipt(raw: bytes) -> Receipt:
    """Take a receipt apart, strictly."""
    if len(raw) > MAX_RECEIPT:
        raise EvidenceError(f"receipt: {len(raw)} bytes -> at most {MAX_RECEIPT}")
    head, blank, checkpoint = raw.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not blank or lines[0] != HEADER or len(lines) < 3:
        raise EvidenceError(f"receipt: no {HEADER}", hint="`outsource-gate ledger append --receipt` makes one")
    extra, index, path = lines[1], lines[2], lines[3:]
    if not extra.startswith("extra ") or not index.startswith("index ") or len(path) > _MAX_PATH:
        raise EvidenceError("receipt: -> the lines `extra ENTRY` and `index NUMBER`, then at most 64 hashes")
    found, note = read_checkpoint(checkpoint, "receipt: checkpoint")
    return Receipt(
        read_entry(decoded(extra.removeprefix("extra "), "receipt: entry")),
        read_number(index.removeprefix("index "), "receipt: index"),
        tuple(read_hash(line, "receipt: path") for line in path),
        found,
        note,
    )


def check_receipt(receipt: Receipt, trust: Trust, now: datetime, record: bytes | None = None) -> str:
    """Name the key that vouches for the receipt, and for it being about `record`; EvidenceError if none does."""
    trusted = checkpoint_signer(receipt.checkpoint, receipt.note, trust, now)
    if not receipt.holds:
        raise EvidenceError(
            f"receipt: entry {receipt.index} does not lead to the root of its checkpoint",
            hint="it was changed, or put together from two receipts; get it again",
        )
    if problem := trusted.problem(datetime.fromisoformat(receipt.entry.at), now):
        raise EvidenceError(f"receipt: key {trusted.rule.name}: {problem}")
    if record is not None and (got := hashlib.sha256(record).hexdigest()) != receipt.entry.envelope:
        raise EvidenceError(f"receipt: is for another file: {receipt.entry.envelope} -> {got}")
    return trusted.rule.name
