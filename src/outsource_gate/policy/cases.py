"""What may stand in a file of policy test cases: what a change is like, and what the policy is to say of it?"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from outsource_gate.model.finding import Confidence, Severity
from outsource_gate.model.terms import Day, Slug, Strict, Text
from outsource_gate.model.verdict import Answer, Status
from outsource_gate.model.waiver import Waiver

MAX_CASES = 1_000
Missing = Literal["change", "reviews", "scanners", "secrets", "personal-data", "packages", "tracker"]
Paths = Annotated[tuple[Text, ...], Field(max_length=1_000)]


class Renamed(Strict):
    """One path that moved."""

    from_: Text = Field(alias="from")
    to: Text


class ChangedPaths(Strict):
    """Which paths changed, and how. The scanners read all of them but `unread` and `unsupported`."""

    added: Paths = ()
    modified: Paths = ()
    deleted: Paths = ()
    renamed: Annotated[tuple[Renamed, ...], Field(max_length=1_000)] = ()
    unread: Paths = Field(default=(), description="modified, and no scanner could read it")
    unsupported: Paths = Field(default=(), description="modified, in a language without rules")


class Approved(Strict):
    """One review."""

    by: Text = Field(description="register id, or @login for an account that nobody registered")
    of: Literal["head", "earlier"] = Field(default="head", description="which content was looked at")
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"] = "APPROVED"


class FoundWeakness(Strict):
    """What a scanner reports."""

    rule: Text = "example.weakness"
    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH
    path: Text | None = Field(default=None, description="the first changed path, if it is not said")
    new: bool = Field(default=True, description="not among what the base has")
    gate: Literal["sast", "workflows"] = "sast"


class FoundSecret(Strict):
    """A credential that came in."""

    kind: Slug = "aws-access-key"
    confidence: Confidence = Confidence.HIGH
    in_: Literal["content", "message", "name"] = Field(default="content", alias="in")
    path: Text | None = None
    new: bool = True


class FoundPeople(Strict):
    """Personal data that came in."""

    extent: Literal["table", "record"] = "table"
    confidence: Confidence = Confidence.HIGH
    path: Text | None = None
    new: bool = True


class FoundPackage(Strict):
    """A package that the change adds, pinned to a version."""

    name: Text
    version: Text = "1.0.0"
    ecosystem: Slug = "pypi"
    licence: Text | None = Field(default=None, description="SPDX identifier; unknown, if it is not said")
    vulnerability: Severity | None = Field(default=None, description="how grave a known vulnerability of it is")


class Open(Strict):
    """A finding that the tracker has open at the vendor."""

    severity: Severity = Severity.HIGH
    first_seen: Day
    kind: Literal["code", "result", "penetration-test", "assessment", "questionnaire", "audit"] = "code"
    accepted_until: Day | None = None


class Given(Strict):
    """What the change is like. What is not said is whole and harmless, so that a case says one thing."""

    now: AwareDatetime | None = Field(default=None, description="when it is judged: 2026-11-23T12:00:00Z")
    stage: Literal["push", "change"] = "change"
    repository: Text | None = Field(default=None, description="the first one that is granted, if it is not said")
    vendor: Slug | None = Field(default=None, description="whose first active person is the author")
    author: Text | None = Field(default=None, description="register id, or an address of somebody else")
    co_authors: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    opener: Text | None = Field(default=None, description="register id or @login; the author, if it is not said")
    paths: ChangedPaths | None = Field(default=None, description="one granted path, if they are not said")
    approvals: Annotated[tuple[Approved, ...], Field(max_length=100)] | None = Field(
        default=None, description="all of our own people approve head, if they are not said"
    )
    code_owners: Annotated[tuple[Text, ...], Field(max_length=100)] | None = Field(
        default=None,
        description="owners of every path; all of our own people, if not said; [] for none",
    )
    findings: Annotated[tuple[FoundWeakness, ...], Field(max_length=100)] = ()
    secrets: Annotated[tuple[FoundSecret, ...], Field(max_length=100)] = ()
    personal_data: Annotated[tuple[FoundPeople, ...], Field(max_length=100)] = ()
    packages: Annotated[tuple[FoundPackage, ...], Field(max_length=100)] = ()
    results: dict[Slug, Literal["clean", "failing", "missing"]] = Field(
        default_factory=dict, description="of other tools, by the policy's name; clean, if they are not said"
    )
    open_findings: Annotated[tuple[Open, ...], Field(max_length=100)] = ()
    documents: Literal["match", "differ", "not-checked"] = "match"
    checklist: Literal["current", "as-registered"] = Field(
        default="current",
        description="current: who acknowledged any version of it acknowledged this one",
    )
    missing: tuple[Missing, ...] = Field(default=(), description="facts that could not be established")
    waivers: Annotated[tuple[Waiver, ...], Field(max_length=100)] = Field(
        default=(), description="beside those of the policy, taken as signed"
    )
    register_: dict[str, Any] = Field(
        default_factory=dict, alias="register", description="what the vendor's entry says otherwise, key by key"
    )
    person: dict[str, Any] = Field(default_factory=dict, description="what the author's entry says otherwise")


class Expected(Strict):
    """What the policy is to say."""

    decision: Answer
    enforced: bool | None = Field(default=None, description="false: only reported for the time being")
    gates: dict[Slug, Status] = Field(default_factory=dict, description="for each vendor of the change")
    reasons: tuple[Slug, ...] | None = Field(
        default=None, description="codes of everything that denies or leaves it undecided, no more and no less"
    )
    notes: tuple[Slug, ...] = Field(default=(), description="codes that are named without denying")
    waived: tuple[Slug, ...] = Field(default=(), description="codes that a waiver lets stand")
    vendors: tuple[Slug, ...] | None = Field(default=None, description="whose work it is; `unknown` for nobody's")


class Case(Strict):
    """One case: made up of words, or the recorded facts of a run."""

    name: Text
    given: Given | None = None
    facts: Text | None = Field(default=None, description="facts file of a run, beside this file")
    expect: Expected

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.given is None) == (self.facts is None):
            raise ValueError("a case has given or facts, one of the two")
        return self


class CasesFile(Strict):
    """A file of cases; `given` holds for each of them that does not say otherwise."""

    given: Given = Field(default_factory=Given, description="what all cases of this file share")
    cases: Annotated[tuple[Case, ...], Field(max_length=MAX_CASES)]
