"""Is this file of results the one that a trusted job signed, for this commit and under this name?

A DSSE statement in a Sigstore bundle lies beside the file, as FILE.sigstore.json. It names the commit as its
subject and the file by digest, so that a report of any size can be signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import canonical_bytes, read_json
from outsource_gate.evidence.envelope import MAX_PAYLOAD, PAYLOAD_TYPE, Envelope, Signing, open_envelope, seal
from outsource_gate.evidence.facts_file import moment
from outsource_gate.evidence.part import GitId, Moment, Part
from outsource_gate.evidence.predicate import STATEMENT_TYPE
from outsource_gate.evidence.trust import Trust, TrustedKey
from outsource_gate.globs import covers
from outsource_gate.model.result import Format
from outsource_gate.model.terms import Sha256, Slug
from outsource_gate.model.verdict import Stage

RESULT_TYPE = "https://outsource-gate.example/result/v1"  # as the record's, see predicate.PREDICATE_TYPE
SUFFIX = ".sigstore.json"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the job that made a result signs."""

    name: str
    format: Format
    digest: str  # SHA-256 over the file
    repository: str
    commit: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a signature must be for: the file at hand, under the name it is handed over by."""

    name: str
    format: Format
    digest: str
    repository: str
    stage: Stage
    now: datetime


def sign_result(claim: Claim, signer: Signing) -> bytes:
    """Give the bundle to write beside the file."""
    statement = canonical_bytes(
        {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": claim.repository, "digest": {"gitCommit": claim.commit}}],
            "predicateType": RESULT_TYPE,
            "predicate": {
                "schemaVersion": "1.0",
                "name": claim.name,
                "format": claim.format,
                "file": {"sha256": claim.digest},
                "madeAt": moment(claim.made_at),
            },
        }
    )
    return seal(statement, signer)


def open_result(raw: bytes, trust: Trust, wanted: Wanted) -> tuple[Claim, str]:
    """Give what was signed, and by whom; EvidenceError where it is not for this file or not by a trusted key.

    Does not compare the commit: the gate does, and names both.
    """
    envelope = open_envelope(raw, stamps=False)
    trusted = _signer(envelope, trust)
    claim = _claim(envelope)
    for what, got, expected in (
        ("name", claim.name, wanted.name),
        ("format", claim.format, wanted.format),
        ("file", claim.digest, wanted.digest),
    ):
        if got != expected:
            raise EvidenceError(
                f"signed for another {what}: {got} -> {expected}", hint="sign the file that you hand over"
            )
    if problem := _scope_problem(trusted, claim, wanted):
        raise EvidenceError(
            f"key {trusted.rule.name}: {problem}", hint="the policy's sources.trust says what it may sign"
        )
    return claim, trusted.rule.name


def _signer(envelope: Envelope, trust: Trust) -> TrustedKey:
    if envelope.signature is None:
        raise EvidenceError("nobody signed it", hint="outsource-gate results sign NAME FILE --key URI")
    trusted = trust.find(envelope.key_hint)
    if trusted is None:
        raise EvidenceError(
            f"key {envelope.key_hint[:60]} is not trusted", hint="outsource-gate keys trust add KEY --result NAME"
        )
    if envelope.payload_type != PAYLOAD_TYPE or not trusted.key.verifies(envelope.signature, envelope.signed_bytes):
        raise EvidenceError(
            "the signature does not hold", hint="it was changed after it was signed; get both files again"
        )
    return trusted


def _scope_problem(trusted: TrustedKey, claim: Claim, wanted: Wanted) -> str:
    """A key without a role for results speaks for none, though it may speak for records."""
    rule = trusted.rule
    if rule.results is None or not covers(rule.results, claim.name):
        return f"may not sign results called {claim.name}"
    if not trusted.covers(wanted.repository):
        return f"may not speak for {wanted.repository or 'a repository without a name'}"
    if rule.stages is not None and wanted.stage not in rule.stages:
        return f"may not speak for the stage {wanted.stage}"
    return trusted.problem(claim.made_at, wanted.now)


def _claim(envelope: Envelope) -> Claim:
    read_json(envelope.payload, what="signed result", limit=MAX_PAYLOAD)
    try:
        statement = _Statement.model_validate_json(envelope.payload, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"signed result: {where}: {first['msg'][:200]}") from error
    subject, said = statement.subject[0], statement.predicate
    made = datetime.fromisoformat(said.made_at)
    return Claim(said.name, said.format, said.file.sha256, subject.name, subject.digest.gitCommit, made)


class _Digest(Part):
    gitCommit: GitId = Field(alias="gitCommit")  # noqa: N815 - in-toto DigestSet


class _Subject(Part):
    name: str
    digest: _Digest


class _File(Part):
    sha256: Sha256


class _Predicate(Part):
    schema_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,4}$")]
    name: Slug
    format: Format
    file: _File
    made_at: Moment


class _Statement(Part):
    type: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: list[_Subject] = Field(min_length=1, max_length=1)
    predicate_type: Literal["https://outsource-gate.example/result/v1"]
    predicate: _Predicate
