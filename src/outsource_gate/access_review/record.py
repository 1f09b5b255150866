"""What does the record of an access review say, and how is it signed and read again?

An in-toto statement in a Sigstore bundle, with a type of its own: it speaks for no change. Its subject is what was
read, by digest. People stand in it by register id; an account that nobody registered by a pseudonym.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from outsource_gate.access_review.compare import Finding, Reviewed, open_findings
from outsource_gate.access_review.seen import Looked
from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import Json, canonical_bytes, digest_of, read_json
from outsource_gate.evidence.cut import cut_text
from outsource_gate.evidence.envelope import MAX_PAYLOAD, Envelope, Signing, seal
from outsource_gate.evidence.facts_file import moment
from outsource_gate.evidence.part import DayText, Moment, Part
from outsource_gate.evidence.predicate import STATEMENT_TYPE
from outsource_gate.evidence.pseudonyms import Pseudonyms
from outsource_gate.model.access_review import KINDS, Kind
from outsource_gate.model.terms import Sha256, Slug
from outsource_gate.policy.load import Policy

REVIEW_TYPE = "https://outsource-gate.example/access-review/v1"  # as the record's, see predicate.PREDICATE_TYPE
VERSION = "1.0"
MAX_FINDINGS = 2_000  # in the record; the counts are of all


class FindingPart(Part):
    """One finding. `who`: a register id, or a pseudonym of an account that nobody registered."""

    kind: Kind
    vendor: str = Field(description="empty: nobody's; internal: our own people's")
    who: str
    repository: str
    why: str


class VendorPart(Part):
    """How far one vendor's access was looked at. Only a whole look counts as a review of it."""

    id: Slug
    whole: bool = Field(description="every repository that the register gives was read")
    missing: list[str] = Field(default_factory=list, description="what of the register's repositories was not read")
    open: int = Field(ge=0, description="findings of access that ought to be gone")


class GapPart(Part):
    """What could not be looked at, and why."""

    fact: str
    reason: str


class SourcePart(Part):
    """Whose word it is."""

    kind: Literal["forge", "handed-over"]
    forge: Literal["github", "gitlab"]
    file: Sha256 | None = Field(default=None, description="SHA-256 of the list that was handed over")


class Predicate(Part):
    """The review."""

    schema_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,4}$")]
    organisation: str
    policy_digest: Sha256
    register_digest: Sha256
    day: DayText = Field(description="of which day the accounts are, in the organisation's time zone")
    made_at: Moment
    clock: Literal["system", "given"]
    source: SourcePart
    repositories: list[str]
    accounts: int = Field(ge=0, description="accounts that were read")
    vendors: list[VendorPart]
    counts: dict[Kind, int]
    findings: list[FindingPart]
    gaps: list[GapPart]
    pseudonyms: Literal["hmac-sha256", "ordinal"]


class _Digest(Part):
    sha256: Sha256


class _Subject(Part):
    name: str
    digest: _Digest


class Statement(Part):
    """in-toto Statement v1 around the review."""

    type: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: list[_Subject] = Field(min_length=1, max_length=1)
    predicate_type: Literal["https://outsource-gate.example/access-review/v1"]
    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that goes into a record."""

    policy: Policy
    looked: Looked
    found: tuple[Finding, ...]
    vendors: tuple[Reviewed, ...]
    day: date
    made_at: datetime
    clock: Literal["system", "given"]


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema of the statement."""
    schema = Statement.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Access review v1: who had access, beside the register"
    return schema


def build(review: Review, pseudonym_key: bytes | None) -> bytes:
    """Give the statement's bytes; what they are signed over."""
    predicate = _predicate(review, pseudonym_key).model_dump(mode="json", by_alias=True)
    subject: Json = {
        "name": f"access on {review.looked.forge}",
        "digest": {"sha256": digest_of(_read(review.looked))},
    }
    statement: dict[str, Json] = {
        "_type": STATEMENT_TYPE,
        "subject": [subject],
        "predicateType": REVIEW_TYPE,
        "predicate": predicate,
    }
    return canonical_bytes(statement)


def wrapped(statement: bytes, signer: Signing | None) -> bytes:
    """Give the record's bytes: a signed bundle, or the bare envelope where nobody signs."""
    return seal(statement, signer)


def read_statement(envelope: Envelope) -> Statement:
    """Read what an envelope holds; EvidenceError where it is no access review. Signatures are for `believed`."""
    read_json(envelope.payload, what="access review", limit=MAX_PAYLOAD)
    try:
        return Statement.model_validate_json(envelope.payload, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:200]
        raise EvidenceError(f"access review: {where}: {first['msg'][:200]}") from error


def _predicate(review: Review, key: bytes | None) -> Predicate:
    looked, policy = review.looked, review.policy
    counts = Counter(one.kind for one in review.found)
    return Predicate(
        schema_version=VERSION,
        organisation=policy.organization,
        policy_digest=policy.digest,
        register_digest=policy.register_digest,
        day=str(review.day),
        made_at=moment(review.made_at),
        clock=review.clock,
        source=SourcePart(kind=looked.source, forge=looked.forge, file=looked.digest or None),
        repositories=list(looked.repositories),
        accounts=len({entry.account for entry in looked.entries}),
        vendors=[_vendor(one, review.found) for one in review.vendors],
        counts={kind: counts[kind] for kind in KINDS},
        findings=_parts(review.found[:MAX_FINDINGS], key),
        gaps=[GapPart(fact=cut_text(gap.fact), reason=cut_text(gap.reason)) for gap in looked.gaps],
        pseudonyms="hmac-sha256" if key else "ordinal",
    )


def _vendor(one: Reviewed, found: Iterable[Finding]) -> VendorPart:
    return VendorPart(
        id=one.vendor, whole=one.is_whole, missing=list(one.missing), open=open_findings(found, one.vendor)
    )


def _parts(found: Sequence[Finding], key: bytes | None) -> list[FindingPart]:
    """Without a key a hash of a login could be guessed, so that accounts are numbered."""
    names, numbers = Pseudonyms(key, {}, {}, ()), dict[int | str, str]()

    def who(one: Finding) -> str:
        if one.person or one.account is None:
            return one.person
        if key:
            return names.of(str(one.account))
        return numbers.setdefault(one.account.id or one.account.login, f"somebody-{len(numbers) + 1}")

    return [
        FindingPart(kind=one.kind, vendor=one.vendor, who=who(one), repository=one.repository, why=one.why)
        for one in found
    ]


def _read(looked: Looked) -> Json:
    """What was read, in one spelling: who keeps the answers can show that the review was made from them."""
    return [
        [entry.repository, entry.account.id or 0, entry.account.login, entry.role or ""]
        for entry in sorted(looked.entries, key=lambda one: (one.repository, one.account.id or 0))
    ]
