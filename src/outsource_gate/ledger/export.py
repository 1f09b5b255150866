"""What does an auditor get, who has neither our database nor our servers, and is it whole?

A folder: every entry, every signed file, a proof of each, one signed checkpoint, the schemas, and a text that says
what to do with it. Reading it back needs no database. The checkpoint is written last, so half an export is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence import predicate
from outsource_gate.evidence.files import write_new
from outsource_gate.evidence.record import read_record
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.checkpoint import Checkpoint, checkpoint_signer, load_checkpoint, read_checkpoint
from outsource_gate.ledger.entry import MAX_ENTRY, Entry, Kind, entry_of, published_schema, read_entry
from outsource_gate.ledger.receipt import MAX_RECEIPT, read_receipt
from outsource_gate.ledger.tree import Subtree, add_leaf, joined, leaf_hash

if TYPE_CHECKING:
    from outsource_gate.ledger.store import Ledger

_AT_ONCE = 500
_README = """\
Export of the ledger {origin}: {size} entries.

    entries.jsonl   one entry a line, in order, in canonical JSON (RFC 8785); see entry.schema.json
    records/        the signed files (DSSE in Sigstore bundles), named PLACE-DIGEST; see evidence.schema.json.
                    Erased ones are absent, and an entry of the kind `erasure` names each.
    proofs/         a proof of each entry (c2sp.org/tlog-proof), good without the rest of this folder
    checkpoint      origin, number of entries and root of the Merkle tree (RFC 6962) over them, signed
                    (c2sp.org/tlog-checkpoint)

Is it whole? You need Python, the package outsource-gate, and the ledger's public key from somebody you trust, not
from whoever gave you this folder:

    outsource-gate ledger check-export . --trust LEDGER.pub

Does one record say ALLOW, and is it genuine? With the public key of the gate, or a trust file:

    outsource-gate verify records/FILE --trust GATE.pub --commit COMMIT

What this cannot show: whether every merged change has a record. Compare with the history of the repository.
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an export holds. `problem` names the first thing that does not fit; empty: it is whole."""

    checkpoint: Checkpoint
    signer: str
    erased: int
    problem: str


def export(ledger: Ledger, folder: Path, signed: str) -> int:
    """Write everything that a signed checkpoint covers into a new folder; gives the number of entries."""
    size = read_checkpoint(signed.encode())[0].size
    try:
        for made in (folder, folder / "records", folder / "proofs"):
            made.mkdir()
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}", hint="name a folder that does not exist yet") from error
    lines: list[bytes] = []
    for start in range(0, size, _AT_ONCE):
        placed = ledger.between(start, min(start + _AT_ONCE, size))
        for one, proof in zip(placed, ledger.receipts(placed, signed), strict=True):
            name = _name(one.place, one.entry)
            lines.append(one.entry.raw + b"\n")
            write_new(folder / "proofs" / f"{name}.tlog-proof", proof.encode(), 0o644)
            content = ledger.envelope(one.entry.envelope)
            if content is not None:
                write_new(folder / "records" / f"{name}.json", content, 0o644)
    readme = _README.format(origin=ledger.origin, size=size)
    schema = json.dumps(published_schema(), indent=2, sort_keys=True) + "\n"
    for name, text in (
        ("README", readme),
        ("entry.schema.json", schema),
        ("evidence.schema.json", predicate.schema_text()),
    ):
        write_new(folder / name, text.encode(), 0o644)
    write_new(folder / "entries.jsonl", b"".join(lines), 0o644)
    write_new(folder / "checkpoint", signed.encode(), 0o644)
    return size


def check_export(folder: Path, trust: Trust, now: datetime) -> Checked:
    """Compute everything in the folder again, and hold it against the checkpoint, which somebody trusted signed."""
    checkpoint, note = load_checkpoint(folder / "checkpoint")
    signer = checkpoint_signer(checkpoint, note, trust, now).rule.name
    peaks: dict[Subtree, bytes] = {}
    absent: dict[str, int] = {}
    erased: set[str] = set()
    size, problem = 0, ""
    for entry in _entries(folder / "entries.jsonl"):
        add_leaf(peaks, size, leaf_hash(entry.raw))
        problem = problem or _beside(folder, size, entry, checkpoint, absent)
        if entry.kind is Kind.ERASURE:
            erased.add(entry.subject.get("sha256", ""))
        size += 1
    if (size, joined(list(peaks.values()))) != (checkpoint.size, checkpoint.root):
        problem = f"entries.jsonl: its {size} entries are not the {checkpoint.size} that were signed"
    lost = [place for digest, place in absent.items() if digest not in erased]
    if lost and not problem:
        problem = f"entry {min(lost)}: its file is absent, and no erasure says so"
    return Checked(checkpoint, signer, len(absent) - len(lost), problem)


def _entries(path: Path) -> Iterator[Entry]:
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_ENTRY + 2):
                yield read_entry(line.removesuffix(b"\n"))
    except OSError as error:
        raise EvidenceError(f"{path}: {error.strerror}", hint="name a folder made by `ledger export`") from error


def _beside(folder: Path, place: int, entry: Entry, checkpoint: Checkpoint, absent: dict[str, int]) -> str:
    """Do the signed file and the proof of an entry belong to it?"""
    name = _name(place, entry)
    record = folder / "records" / f"{name}.json"
    if not record.exists():
        absent[entry.envelope] = place
    elif entry_of(read_record(record), datetime.fromisoformat(entry.at)) != entry:
        return f"entry {place}: records/{record.name} is another file, or says something else than the entry"
    try:
        with (folder / "proofs" / f"{name}.tlog-proof").open("rb") as file:
            proof = read_receipt(file.read(MAX_RECEIPT + 1))
    except OSError as error:
        return f"entry {place}: proofs/{name}.tlog-proof: {error.strerror}"
    if (proof.index, proof.entry, proof.checkpoint) != (place, entry, checkpoint) or not proof.holds:
        return f"entry {place}: its proof does not lead to the checkpoint"
    return ""


def _name(place: int, entry: Entry) -> str:
    return f"{place:07}-{entry.payload}"
