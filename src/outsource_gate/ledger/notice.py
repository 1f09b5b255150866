"""How does the ledger's keeper say, signed, what no record says: a lost one, an erased one, another trust file?

The reason is text for readers and may name somebody. It lies in the envelope, which can be erased, and not in the
entry, which cannot.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from outsource_gate.evidence.canonical import Json, canonical_bytes
from outsource_gate.evidence.envelope import Signing, seal
from outsource_gate.evidence.facts_file import moment
from outsource_gate.evidence.part import Moment, Part
from outsource_gate.evidence.predicate import STATEMENT_TYPE

NOTICE_TYPE = "https://outsource-gate.example/ledger-notice/v1"  # as the record's, see predicate.PREDICATE_TYPE
MAX_REASON = 2000
NoticeKind: TypeAlias = Literal["gap", "erasure", "trust-change"]


def sign_notice(
    kind: NoticeKind, about: tuple[str, dict[str, str]], reason: str, at: datetime, signer: Signing
) -> bytes:
    """Give the signed notice; `about` names a repository or place, and the digests of what is meant."""
    name, digest = about
    subject: dict[str, Json] = {"name": name, "digest": dict(digest)}
    statement: dict[str, Json] = {
        "_type": STATEMENT_TYPE,
        "subject": [subject],
        "predicateType": NOTICE_TYPE,
        "predicate": {"schemaVersion": "1.0", "kind": kind, "reason": reason, "madeAt": moment(at)},
    }
    return seal(canonical_bytes(statement), signer)


class NoticeSubject(Part):
    name: str
    digest: dict[str, str] = Field(min_length=1)


class NoticePredicate(Part):
    schema_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,4}$")]
    kind: NoticeKind
    reason: Annotated[str, StringConstraints(min_length=1, max_length=MAX_REASON)]
    made_at: Moment


class Notice(Part):
    """A signed notice, as an in-toto Statement v1."""

    type: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: list[NoticeSubject] = Field(min_length=1, max_length=1)
    predicate_type: Literal["https://outsource-gate.example/ledger-notice/v1"]
    predicate: NoticePredicate
