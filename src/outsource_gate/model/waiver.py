"""What is a waiver: which denial may stand, for whom, until when, and who answers for it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from outsource_gate.model.terms import Day, Glob, Slug, Strict, Text

FINGERPRINT_PATTERN = r"^(?:v1:[0-9a-f]{64}|hmac:[0-9a-f]{32})$"
MAX_SIGNATURE = 64 * 1024

Fingerprint = Annotated[str, StringConstraints(pattern=FINGERPRINT_PATTERN)]
# What a waiver has to name at least to cover a reason: the finding itself; its rule and path; a path; nothing more.
Scope = Literal["finding", "rule", "path", "vendor"]
State = Literal["used", "unused", "expired", "not-yet", "not-counted"]


class Waiver(Strict):
    """One exception: exact in what it covers, and over after its last day."""

    id: Slug
    reason: Text = Field(description="why this may stand, in words")
    gate: Slug
    code: Slug | None = Field(default=None, description="reason code; this or `rules` is needed")
    rules: tuple[Text, ...] = Field(default=(), max_length=20, description="rules, advisories or packages meant")
    findings: tuple[Fingerprint, ...] = Field(
        default=(), max_length=100, description="fingerprints of the findings meant, as reports give them"
    )
    vendor: Slug
    path: Glob | None = Field(default=None, description="path it is for; its first folder without wildcards")
    repository: Glob | None = Field(default=None, description="repository it is for; any that this policy judges")
    occurrences: int = Field(default=1, ge=1, le=100, description="how many of the same it covers in one change")
    approver: Slug = Field(description="register id of the one of ours who answers for it, and signs")
    issued: Day = Field(description="first day")
    expires: Day = Field(description="last day, included")
    signature: Annotated[str, StringConstraints(max_length=MAX_SIGNATURE)] | None = Field(
        default=None, description="the approver's, as `outsource-gate waivers sign` writes it"
    )

    def is_exact(self, scope: Scope) -> bool:
        """Say whether it names enough for a reason of this kind."""
        match scope:
            case "finding":
                return bool(self.findings)
            case "rule":
                return bool(self.findings or (self.rules and self.path))
            case "path":
                return bool(self.findings or self.path)
            case "vendor":
                return True


@dataclass(frozen=True, slots=True)
class Granted:
    """A waiver for a vendor of this change, and whose key signed it. `problem`: why it covers nothing."""

    waiver: Waiver  # without the signature, which is checked by then
    key: str = ""  # SHA256:..., as ssh-keygen prints it
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver in this change."""

    id: str
    vendor: str
    gate: str
    state: State
    covered: int  # reasons that it let stand
    missed: int  # denials that it was written for and does not cover: it does not count (any more), or is used up
    approver: str
    expires: date
    key: str = ""
    why: str = ""  # why it does not count: "expired 3 days ago"


@dataclass(frozen=True, slots=True)
class ReportOnly:
    """A vendor whose tier only reports for the time being, and the last day of that."""

    vendor: str
    until: date
