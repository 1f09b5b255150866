"""How does a statement become a record on disk, with its facts beside it?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import Json, canonical_bytes
from outsource_gate.evidence.envelope import MAX_RECORD, Signing, seal
from outsource_gate.evidence.facts_file import write_facts
from outsource_gate.evidence.files import write_whole


@dataclass(frozen=True, slots=True)
class RecordInfo:
    """What was written. `digest` names the record: SHA-256 of the payload, whoever signs it."""

    digest: str
    path: Path
    facts_path: Path
    key_id: str  # "" where nobody signed


def write_record(
    path: Path,
    statement: Mapping[str, Json],
    signer: Signing | None,
    facts_content: bytes,
    stamp: Callable[[bytes], tuple[bytes, ...]] = lambda _: (),
) -> RecordInfo:
    """Write facts, then record, each whole or not at all. Without a signer the record is marked as unsigned."""
    payload = canonical_bytes(dict(statement))
    sealed = seal(payload, signer, stamp)
    facts_path = facts_path_of(path)
    write_facts(facts_path, facts_content)
    write_whole(path, sealed)
    return RecordInfo(hashlib.sha256(payload).hexdigest(), path, facts_path, signer.key_id if signer else "")


def read_record(path: Path) -> bytes:
    """Read a record file within its bound; what it says is for `verify`."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_RECORD + 1)
    except OSError as error:
        raise EvidenceError(f"{path}: {error.strerror}", hint="name the record that `check` wrote") from error
    if len(raw) > MAX_RECORD:
        raise EvidenceError(f"{path}: more than {MAX_RECORD} bytes -> no record is that large")
    return raw


def facts_path_of(path: Path) -> Path:
    """`x.json` has its facts in `x.facts.json.gz`."""
    return path.with_name(path.name.removesuffix(".json") + ".facts.json.gz")
