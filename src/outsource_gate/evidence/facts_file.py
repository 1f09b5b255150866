"""How are the facts of a run kept, so that the decision can be judged again from them?

Canonical JSON, compressed, beside the record; the record names it by the SHA-256 of what is inside the compression.
It holds what people claimed (names, emails): whoever may read it may read the register.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import Json, canonical_bytes, read_json
from outsource_gate.evidence.files import write_whole
from outsource_gate.model.facts import Facts

FACTS_VERSION = 1
MAX_COMPRESSED = 64 << 20
MAX_FACTS = 256 << 20
_CHUNK = 1 << 20


class FactsFile(BaseModel):
    """The file's content; unknown keys are refused, because nobody would judge them."""

    # Both settings reach the dataclasses inside, so a fact of one kind is never read as one of another.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    factsVersion: Literal[1]  # noqa: N815 - the format's word
    facts: Facts


def facts_bytes(facts: Facts) -> bytes:
    """Give the facts as canonical JSON; equal facts give equal bytes."""
    return canonical_bytes({"factsVersion": FACTS_VERSION, "facts": plain(facts)})


def facts_digest(content: bytes) -> str:
    """SHA-256 over the uncompressed bytes, as lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def write_facts(path: Path, content: bytes) -> None:
    """Write the compressed file; equal facts give an equal file (no time in its header)."""
    write_whole(path, gzip.compress(content, compresslevel=6, mtime=0))


def read_facts(path: Path) -> Facts:
    """Read the facts back. EvidenceError for what is damaged, too large or of another version."""
    return parse_facts(b"".join(_decompressed(path)), str(path))


def parse_facts(content: bytes, what: str = "facts") -> Facts:
    """Read facts from uncompressed bytes."""
    value = read_json(content, what=what, limit=MAX_FACTS)
    version = value.get("factsVersion") if isinstance(value, dict) else None
    if version != FACTS_VERSION:
        raise EvidenceError(f"{what}: facts of version {version} -> this version reads {FACTS_VERSION}")
    try:
        return FactsFile.model_validate_json(content, strict=True).facts
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{what}: {where}: {first['msg'][:200]}") from error


def digest_of_file(path: Path) -> str:
    """SHA-256 over what is inside the compressed file, without holding it in memory."""
    digest = hashlib.sha256()
    for chunk in _decompressed(path):
        digest.update(chunk)
    return digest.hexdigest()


def plain(value: Any) -> Json:
    """Give a model value as JSON. Text that is no Unicode is escaped: hostile bytes never prevent a record."""
    match value:
        case str():
            return text(value)
        case None | bool() | int():
            return value
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(item) for item in value]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case BaseModel():
            return plain(value.model_dump(mode="python", by_alias=True))
        case _ if dataclasses.is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            raise EvidenceError(f"facts: a {type(value).__name__} has no place in a record")


def text(value: str) -> str:
    """Give plain text; half a surrogate pair becomes a visible escape."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def moment(value: datetime) -> str:
    """RFC 3339 in UTC."""
    if value.tzinfo is None:
        raise EvidenceError(f"facts: {value} has no time zone")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _decompressed(path: Path) -> Iterator[bytes]:
    """Decompress piece by piece, within bounds; exactly one gzip member, nothing after it."""
    engine, total = zlib.decompressobj(wbits=31), 0
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_COMPRESSED + 1)
        if len(raw) > MAX_COMPRESSED:
            raise EvidenceError(f"{path}: more than {MAX_COMPRESSED} bytes")
        while raw and not engine.eof:
            chunk = engine.decompress(raw, _CHUNK)
            total += len(chunk)
            if total > MAX_FACTS:
                raise EvidenceError(f"{path}: more than {MAX_FACTS} bytes inside")
            yield chunk
            raw = engine.unconsumed_tail
    except OSError as error:
        raise EvidenceError(f"{path}: {error.strerror}", hint="keep the facts file beside its record") from error
    except zlib.error as error:
        raise EvidenceError(f"{path}: not a gzip file, or a damaged one") from error
    if not engine.eof or engine.unused_data:
        raise EvidenceError(f"{path}: the gzip file is cut off or has something after its end")
