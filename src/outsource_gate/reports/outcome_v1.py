"""What does the JSON outcome look like? The published schema is made from these models.

Readers ignore keys they do not know; a key is never taken away or given another meaning within version 1.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from outsource_gate.model.finding import Confidence, Read, Severity
from outsource_gate.model.verdict import Answer, Effect, Stage, Status
from outsource_gate.model.waiver import State
from outsource_gate.reports.escape import well_formed

SCHEMA_VERSION = "1.0"

Text = Annotated[str, BeforeValidator(well_formed)]
Digest = Annotated[str, Field(description="SHA-256, hex")]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class Unavailable(Model):
    """A fact that could not be established."""

    unavailable: Text = Field(description="why")
    next_step: Text = ""


class Place(Model):
    """Where a reason points; null for what it does not name."""

    path: Text | None = None
    line: int | None = Field(default=None, ge=1)
    commit: Text | None = None


class SubjectV1(Model):
    """What a waiver has to name to cover a reason."""

    rule: Text = Field(description="rule, advisory or package; empty where there is none")
    finding: Text = Field(description="fingerprint; empty where there is none")


class ReasonV1(Model):
    """Why a verdict is what it is."""

    code: Text = Field(description="published and stable")
    message: Text
    effect: Effect = Field(description="`note` is named and denies nothing; `waived` would deny")
    got: Text = ""
    expected: Text = ""
    where: Place | None = None
    next_step: Text = ""
    who: Text = Field(default="", description="who takes the next step")
    duty: Literal["vendor", "customer"] = "vendor"
    audience: Literal["contractor", "internal"] = "contractor"
    internal: Text | None = Field(default=None, description="only where the outcome's audience is internal")
    finding: Text | None = Field(default=None, description="fingerprint of the finding meant")
    subjects: tuple[SubjectV1, ...] = Field(default=(), description="a waiver has to cover all of them")
    waiver: Text | None = Field(default=None, description="id of the waiver that lets it stand")


class VerdictV1(Model):
    """One gate's answer for one vendor; vendor null: for the change as a whole."""

    gate: Text
    title: Text
    vendor: Text | None
    status: Status
    summary: Text
    reasons: tuple[ReasonV1, ...]


class RoleV1(Model):
    """Somebody named in the change, and who that is taken to be."""

    role: Literal["author", "committer", "co-author", "signer", "opener", "pusher"]
    claim: Text
    organisation: Text = Field(description="`internal`, a vendor's id, or `unknown`")
    person: Text | None
    believed: bool
    why: Text
    is_person: bool


class CommitV1(Model):
    """Whose work one commit is, and why."""

    commit: Text
    vendors: tuple[Text, ...]
    roles: tuple[RoleV1, ...]
    notes: tuple[Text, ...]


class AttributionV1(Model):
    """Whose work the change is; no vendors: our own people's, believed by name in the roles."""

    vendors: tuple[Text, ...]
    commits: tuple[CommitV1, ...]
    roles: tuple[RoleV1, ...] = Field(description="opener and pushers")
    missing: tuple[Text, ...] = Field(description="facts without which internal names cannot be believed")


class StepV1(Model):
    """One line on the way of data to a finding, in the same file."""

    kind: Literal["source", "through", "sink"]
    line: int
    snippet: Text
    left_out: int = Field(default=0, description="steps between the one before and this one")


class FindingV1(Model):
    """One weakness at one place."""

    rule: Text
    scanner: Text
    severity: Severity
    confidence: Confidence
    cwe: tuple[Text, ...]
    owasp: tuple[Text, ...]
    message: Text
    path: Text
    start_line: int
    end_line: int
    fingerprint: Text
    new: bool = Field(description="the base does not have it")
    why: Text = ""
    fix: Text = ""
    trace: tuple[StepV1, ...] = Field(default=(), description="from source to sink, where the tool says so")


class CoverageV1(Model):
    """What became of one changed path."""

    path: Text
    read: Read
    scanners: tuple[Text, ...]
    not_scanned: Text | None = Field(description="why not; null where it was scanned")


class FailedFile(Model):
    """A file that a scanner could not read."""

    path: Text
    why: Text


class ToolV1(Model):
    """A scanner that was asked. With `unavailable` it did not run to its end."""

    scanner: Text
    version: Text | None = None
    rules_digest: Digest | None = None
    failed: tuple[FailedFile, ...] = ()
    unavailable: Text | None = None


class PolicyV1(Model):
    """Which policy judged."""

    digest: Digest
    register_digest: Digest
    where: Text


class RevisionV1(Model):
    """A commit, its tree, and what it was called."""

    commit: Text
    tree: Text
    asked: Text


class EvidenceV1(Model):
    """The record of this run."""

    path: Text
    digest: Digest | None
    key_id: Text | None
    signed: bool
    problem: Text | None = Field(description="why nothing may merge on this record; null: nothing is wrong with it")


class ChosenV1(Model):
    """What was detected and what an option set; a verifier can refuse the latter."""

    clock: Literal["system", "given"]
    base: Literal["detected", "given"]
    head: Literal["detected", "given"]
    stage: Literal["default", "given"]
    policy: Literal["base-revision", "outside"]
    context: Literal["none", "forge", "handed-over"]
    results: Literal["none", "signed", "handed-over"] = "none"


class WaiverV1(Model):
    """What became of a waiver for a vendor of this change."""

    id: Text
    vendor: Text
    gate: Text
    state: State = Field(description="only a used one lets anything stand")
    covered: int = Field(description="reasons that it lets stand")
    missed: int = Field(description="denials it was written for and does not cover")
    expires: date = Field(description="its last day")
    why: Text = Field(description="why it does not count, if so")
    approver: Text | None = Field(description="register id; only where the outcome's audience is internal")
    key: Text | None = Field(description="the key that signed it; only where the audience is internal")


class ReportOnlyV1(Model):
    """A vendor whose denial is not enforced, and the last day of that."""

    vendor: Text
    until: date


class OutcomeV1(Model):
    """The outcome of one run of `outsource-gate check`."""

    schema_version: str = Field(default=SCHEMA_VERSION, alias="schemaVersion", pattern=r"^1\.\d+$")
    decision: Answer
    enforced: bool = Field(description="false only in a report-only window: denied, and not enforced")
    report_only: tuple[ReportOnlyV1, ...] = Field(default=(), description="whose windows leave it unenforced")
    stage: Stage
    audience: Literal["contractor", "internal"] = Field(description="for whom this was written")
    repository: Text
    number: int | None = Field(description="of the pull or merge request")
    base: RevisionV1 | None = Field(description="null: git could not establish the change")
    head: RevisionV1 | None
    now: datetime = Field(description="when it was judged, UTC")
    timezone: Text
    policy: PolicyV1
    chosen: ChosenV1
    verdicts: tuple[VerdictV1, ...]
    waivers: tuple[WaiverV1, ...] = Field(default=(), description="those for the vendors of this change")
    attribution: AttributionV1 | Unavailable
    findings: tuple[FindingV1, ...]
    coverage: tuple[CoverageV1, ...]
    tools: tuple[ToolV1, ...]
    evidence: EvidenceV1 | None


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema of the outcome, as it stands in docs/schemas."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **OutcomeV1.model_json_schema(mode="serialization", by_alias=True),
        "title": "The outcome of outsource-gate check, version 1",
    }
