"""What stands in a record? The models from which its JSON Schema is published.

A reader ignores fields it does not know, refuses a major version it does not know, and refuses an unknown word
wherever one decides something (stage, answer, status, effect, how the frame was chosen).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from outsource_gate.evidence.exception_parts import ReportOnlyPart, WaiverPart
from outsource_gate.evidence.looked_up_parts import TrackerPart, VulnerabilitiesPart
from outsource_gate.evidence.part import GitId, Moment, Part
from outsource_gate.evidence.release_parts import ReleasePart
from outsource_gate.model.terms import Sha256
from outsource_gate.model.verdict import Answer, Effect, Stage, Status

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
# A name under a reserved domain, because the project has no domain of its own yet. It has to become a URI that the
# project controls before the first release whose records are meant to be kept.
PREDICATE_TYPE = "https://outsource-gate.example/evidence/v1"
SCHEMA_VERSION = "1.0"


class Engine(Part):
    name: str
    version: str


class GateVersion(Part):
    id: str
    version: int = Field(description="of the gate's meaning; only the same version can judge the facts again")
    controls: list[str] = Field(description="which controls the gate serves")


class Repository(Part):
    name: str
    organisation: str


class RevisionPart(Part):
    commit: GitId
    tree: GitId
    asked: str = Field(description="what the caller called it")


class ChangePart(Part):
    number: int | None
    base: RevisionPart
    head: RevisionPart
    merge_base: GitId
    object_format: Literal["sha1", "sha256"]
    content_id: str = Field(description="SHA-256 over sorted (mode, path, new blob) from merge base to head")
    tree_digest: Sha256 | None = Field(description="SHA-256 over the sorted raw listing of the head's tree")
    paths: dict[str, int] = Field(description="how many paths changed, by kind of change")
    commits: int


class PolicyPart(Part):
    digest: str
    where: str


class RegisterPart(Part):
    digest: str


class ChosenPart(Part):
    """What an option set instead of the program; `verify` and the trust file can refuse it."""

    clock: Literal["system", "given"]
    base: Literal["detected", "given"]
    head: Literal["detected", "given"]
    stage: Literal["default", "given"]
    policy: Literal["base-revision", "outside"]
    context: Literal["none", "forge", "handed-over"]
    results: Literal["none", "signed", "handed-over"] = Field(
        default="none", description="results of others: handed-over if any of them is not signed"
    )


class SettingsPart(Part):
    vendor: str = Field(description="vendor id; empty: the change as a whole")
    gate: str
    settings: dict[str, Any]


class RolePart(Part):
    role: str
    who: str = Field(description="pseudonym; the facts file says who it is")
    organisation: str
    believed: bool
    is_person: bool
    why: str


class CommitPart(Part):
    commit: str
    vendors: list[str]
    roles: list[RolePart]
    notes: list[str]


class AttributionPart(Part):
    vendors: list[str]
    roles: list[RolePart]
    commits: list[CommitPart]
    missing: list[str]


class VendorPart(Part):
    id: str
    tier: str


class WherePart(Part):
    path: str
    line: int
    commit: str


class ReasonPart(Part):
    code: str
    effect: Effect
    message: str
    got: str
    expected: str
    where: WherePart
    next_step: str
    who: str
    internal: str = Field(description="for readers inside the organisation only")
    audience: Literal["contractor", "internal"]
    duty: Literal["vendor", "customer"]
    finding: str = Field(description="fingerprint of the finding meant")
    waiver: str = Field(default="", description="id of the waiver that lets it stand; effect is `waived` then")


class VerdictPart(Part):
    gate: str
    vendor: str | None
    status: Status
    summary: str
    reasons: list[ReasonPart]


class ScanPart(Part):
    scanner: str
    version: str
    rules_digest: str
    findings: dict[str, int] = Field(description="by severity")
    new: int = Field(description="findings that the base does not have")
    new_findings: dict[str, int] | None = Field(
        default=None, description="these, by severity; null: a record from before they were told apart"
    )
    scanned: int
    failed: int


class ResultPart(Part):
    """A file of results of another tool; what it says in full is in the facts file."""

    name: str
    format: Literal["sarif", "junit"]
    digest: Sha256 = Field(description="over the file")
    source: Literal["handed-over", "signed"]
    signer: str = Field(description="what the policy's trust file calls the key")
    commit: str = Field(description="that signature or file name; empty: the evaluating job's word stands alone")
    made_at: Moment | None
    tools: list[str]
    broken: int = Field(description="in how many ways the tools say that they failed")
    findings: dict[str, int] = Field(description="by severity, suppressed and known ones included")
    suppressed: int
    tests: dict[str, int] = Field(description="run, failures, errors, skipped; empty: no tests")


class CoverageRowPart(Part):
    path: str
    read: str
    reason: str


class CoveragePart(Part):
    counts: dict[str, int]
    not_scanned: list[CoverageRowPart]


class ReviewPart(Part):
    id: int
    reviewer: str = Field(description="pseudonym; empty where the forge names nobody")
    state: str
    commit: str | None
    submitted_at: Moment | None


class MissingPart(Part):
    """A fact that could not be established."""

    fact: str
    reason: str
    next_step: str


class DecisionPart(Part):
    answer: Answer
    enforced: bool
    report_only: list[ReportOnlyPart] = Field(
        default_factory=list, description="whose windows leave a denial unenforced"
    )


class FactsPart(Part):
    version: int
    digest: dict[Literal["sha256"], Sha256] = Field(min_length=1, description="over the uncompressed facts file")


class PseudonymsPart(Part):
    method: Literal["hmac-sha256", "ordinal"]
    key: str = Field(description="which key, by a short digest; empty for ordinals")


class CutPart(Part):
    """A list that was cut, because the record would have grown too large."""

    pointer: str = Field(description="RFC 6901, into the predicate")
    count: int = Field(description="how many items the whole list has")
    kept: int
    sha256: Sha256 = Field(description="over the canonical JSON of the whole list")


class RunPart(Part):
    """Where the run took place, as its environment says; nothing rests on it."""

    system: str
    job: str
    event: str


class Predicate(Part):
    """The decision on one change, and everything it rests on or the digest of it."""

    schema_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,4}$")]
    engine: Engine
    made_at: Moment
    # One word with the register's own `until`, hence not in camelCase.
    valid_until: Moment | None = Field(
        alias="valid_until", description="first moment at which something the decision relied on has expired"
    )
    stage: Stage
    chosen: ChosenPart
    repository: Repository
    change: ChangePart | None
    policy: PolicyPart
    register_: RegisterPart = Field(alias="register")
    gates: list[GateVersion]
    settings: list[SettingsPart]
    vendors: list[VendorPart]
    attribution: AttributionPart | None
    verdicts: list[VerdictPart]
    decision: DecisionPart
    waivers: list[WaiverPart] = Field(default_factory=list, description="those for the vendors of the change")
    decision_digest: Sha256 = Field(description="over facts digest, settings, verdicts and decision")
    facts: FactsPart
    missing: list[MissingPart]
    scans: list[ScanPart]
    results: list[ResultPart] = Field(default_factory=list, description="of other people's scanners and of tests")
    vulnerabilities: VulnerabilitiesPart | None = Field(default=None, description="null: not known or not asked")
    release: ReleasePart | None = Field(default=None, description="null: not a release")
    tracker: TrackerPart | None = Field(default=None, description="null: not known or not asked")
    coverage: CoveragePart
    reviews: list[ReviewPart] | None = Field(description="null: not known or not asked")
    pseudonyms: PseudonymsPart
    cut: list[CutPart]
    run: RunPart

    def made_at_time(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def expiry(self) -> datetime | None:
        return datetime.fromisoformat(self.valid_until) if self.valid_until else None


class Subject(BaseModel):
    """What the record is about. Digests: gitCommit and gitTree; sha256 of the facts where no commit is known."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str
    uri: str | None = None
    digest: dict[str, str] = Field(min_length=1)
    annotations: dict[str, Any] = Field(default_factory=dict)


class Statement(BaseModel):
    """An in-toto Statement v1 with exactly one subject."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    type: Literal["https://in-toto.io/Statement/v1"] = Field(alias="_type")
    subject: list[Subject] = Field(min_length=1, max_length=1)
    predicate_type: Literal["https://outsource-gate.example/evidence/v1"] = Field(alias="predicateType")
    predicate: Predicate


def schema_text() -> str:
    """The published JSON Schema of a record's payload, as it stands in docs/schemas."""
    schema = Statement.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "The payload of a record: an in-toto statement about one gated change"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
