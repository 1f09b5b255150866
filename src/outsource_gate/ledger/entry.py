"""What does the ledger keep of a record, and in which bytes?

An entry is small, holds nothing of persons and stays for ever; what was signed lies beside it and can be erased. It
is named by two digests: `envelope` is the file with its signature, `payload` is what `check`, the evidence ref and
`verify` call the record, whoever signs it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import canonical_bytes, read_json
from outsource_gate.evidence.envelope import MAX_PAYLOAD, PAYLOAD_TYPE, Envelope, open_envelope
from outsource_gate.evidence.facts_file import moment
from outsource_gate.evidence.part import Moment
from outsource_gate.evidence.predicate import Statement
from outsource_gate.evidence.trust import Trust
from outsource_gate.ledger.checkpoint import has_no_other_role
from outsource_gate.ledger.notice import NOTICE_TYPE, Notice
from outsource_gate.model.terms import Sha256
from outsource_gate.model.verdict import Answer, Stage

MAX_ENTRY = 16384
_Word = Annotated[str, StringConstraints(max_length=500)]


class Kind(StrEnum):
    """What an entry stands for."""

    RECORD = "record"
    GAP = "gap"
    TRUST_CHANGE = "trust-change"
    ERASURE = "erasure"


class Entry(BaseModel):
    """One entry; its leaf in the tree is its canonical JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = 1
    kind: Kind
    at: Moment = Field(description="when it was appended, by the clock of whoever did")
    envelope: Sha256 = Field(description="over the file that was signed, its signature included")
    payload: Sha256 = Field(description="over the signed statement; the name of a record elsewhere")
    repository: _Word
    subject: dict[_Word, _Word] = Field(description="digests of what it is about; of an erasure: the envelope")
    outcome: Answer | None = Field(description="null: no record of a decision")
    enforced: bool
    stage: Stage | None
    made_at: Moment = Field(description="as the statement says")
    key: _Word = Field(description="key id that the envelope names")

    @property
    def raw(self) -> bytes:
        return canonical_bytes(self.model_dump(mode="json"))


def entry_of(raw: bytes, at: datetime, trust: Trust | None = None) -> Entry:
    """Take what an entry needs from a signed file; with `trust` its signature has to hold, too."""
    envelope = open_envelope(raw)
    if envelope.signature is None:
        raise EvidenceError("record: nobody signed it", hint="make it with --key; an unsigned one proves nothing")
    if trust is not None:
        _hold(envelope, envelope.signature, trust)
    value = read_json(envelope.payload, what="record", limit=MAX_PAYLOAD)
    kind = value.get("predicateType") if isinstance(value, dict) else None
    common = {
        "at": moment(at),
        "envelope": hashlib.sha256(raw).hexdigest(),
        "payload": hashlib.sha256(envelope.payload).hexdigest(),
        "key": envelope.key_hint,
    }
    try:
        said = _notice(envelope.payload) if kind == NOTICE_TYPE else _record(envelope.payload)
        entry = Entry.model_validate(common | said)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise EvidenceError(f"record: {where}: {first['msg'][:200]}", hint="append what `check` wrote") from error
    if len(entry.raw) > MAX_ENTRY:
        raise EvidenceError(f"record: makes an entry of {len(entry.raw)} bytes -> at most {MAX_ENTRY}")
    return entry


def read_entry(raw: bytes) -> Entry:
    """Read an entry's leaf back; one spelling only."""
    read_json(raw, what="entry", limit=MAX_ENTRY)
    try:
        entry = Entry.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise EvidenceError(f"entry: {'.'.join(map(str, first['loc']))}: {first['msg'][:200]}") from error
    if entry.raw != raw:
        raise EvidenceError("entry: not in canonical JSON -> the bytes that were appended")
    return entry


def published_schema() -> dict[str, Any]:
    schema = Entry.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An entry of the ledger", **schema}


def _hold(envelope: Envelope, signature: bytes, trust: Trust) -> None:
    trusted = trust.find(envelope.key_hint)
    if trusted is None or not has_no_other_role(trusted):
        raise EvidenceError(
            f"record: key {envelope.key_hint[:60] or '-'} is not trusted for records",
            hint="if you know this key: outsource-gate keys trust add",
        )
    if envelope.payload_type != PAYLOAD_TYPE or not trusted.key.verifies(signature, envelope.signed_bytes):
        raise EvidenceError(
            "record: the signature does not hold", hint="it was changed after it was signed; get it again"
        )


def _record(payload: bytes) -> dict[str, object]:
    statement = Statement.model_validate_json(payload, strict=True)
    predicate, subject = statement.predicate, statement.subject[0]
    return {
        "kind": Kind.RECORD,
        "repository": predicate.repository.name,
        "subject": subject.digest,
        "outcome": predicate.decision.answer,
        "enforced": predicate.decision.enforced,
        "stage": predicate.stage,
        "made_at": predicate.made_at,
    }


def _notice(payload: bytes) -> dict[str, object]:
    notice = Notice.model_validate_json(payload, strict=True)
    return {
        "kind": notice.predicate.kind,
        "repository": notice.subject[0].name,
        "subject": notice.subject[0].digest,
        "outcome": None,
        "enforced": False,
        "stage": None,
        "made_at": notice.predicate.made_at,
    }
