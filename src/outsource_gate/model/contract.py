"""What was signed with a vendor?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from outsource_gate.model.span import Span
from outsource_gate.model.terms import Day, Document, Slug, Strict, Text, Window

CLAUSES = (
    "secure-coding",
    "ip-ownership",
    "data-protection",
    "right-to-audit",
    "vulnerability-remediation",
    "confidentiality",
)
ARTEFACTS = ("escrow", "code-ownership", "acceptance-tests")


class Clause(Strict):
    """Where a required clause stands in the contract."""

    section: Text
    standard: Text | None = Field(default=None, description="the standard it names, such as OWASP Top 10")
    exercised_on: Day | None = Field(
        default=None, description="right-to-audit: the day on which it was last exercised"
    )


class Artefact(Strict):
    """What a contract may bring along: an escrow, a transfer of ownership, acceptance tests."""

    section: Text | None = Field(default=None, description="where the contract says so")
    document: Document | None = Field(default=None, description="what shows it")
    verified_on: Day | None = Field(default=None, description="the day somebody of ours looked")


class RemediationSla(Strict):
    """How long a finding of each severity may stay open, counted from the day it was first seen."""

    critical: Span | None = None
    high: Span | None = None
    medium: Span | None = None
    low: Span | None = None


class Contract(Strict):
    """What was signed with a vendor."""

    reference: Text
    document: Document | None = None
    signed_on: Day | None = None
    valid: Window
    renewal_notice: Span | None = Field(
        default=None, description="how long before its end a renewal is asked for; a warning, no denial"
    )
    approved_by: tuple[Text, ...] = Field(default=(), description="who in our house approved it")
    clauses: dict[Slug, Clause] = Field(
        default_factory=dict, description=f"{', '.join(CLAUSES)}, and those that a tier of the policy names"
    )
    artefacts: dict[Literal[ARTEFACTS], Artefact] = Field(  # type: ignore[valid-type]
        default_factory=dict, description="optional: escrow, code ownership, acceptance tests"
    )
    remediation_sla: RemediationSla | None = Field(
        default=None, description="until when findings are fixed, by severity"
    )
