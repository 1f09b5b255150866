"""What does a record say of what was looked up elsewhere: known vulnerabilities, the tracker of findings?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from outsource_gate.evidence.part import Moment, Part
from outsource_gate.model.terms import Sha256


class DatabasePart(Part):
    """What was looked into for known vulnerabilities of one ecosystem."""

    ecosystem: str = Field(description="type of its package URLs")
    digest: Sha256 = Field(
        description="over the zip file, or over the folder's or the answers' sorted `digest  name` lines"
    )
    advisories: int
    newest: Moment | None = Field(description="latest date on which one of them was modified")


class VulnerabilitiesPart(Part):
    """What known vulnerabilities the packages have that the change brings in; by name in the facts file."""

    source: Literal["policy", "given", "server"] = Field(
        description="given: the job named the database; server: the policy allows to ask it"
    )
    host: str = Field(default="", description="of the server; empty: none was asked")
    asked_at: Moment | None = Field(default=None, description="when it was asked; null: nobody was")
    withheld: int = Field(default=0, description="names of packages that the server was not told")
    databases: list[DatabasePart]
    missing: list[str] = Field(
        description="ecosystems of which the database has nothing, or the server may have more than it said"
    )
    packages: int
    found: dict[str, int] = Field(description="by severity; unknown: the advisory does not say")
    uncertain: int = Field(description="those among them that only may hold")


class TrackerPart(Part):
    """What the tracker held of the change's vendors; which of it denied stands in the verdicts, by fingerprint."""

    source: Literal["policy", "given"] = Field(description="given: the job named the file")
    digest: Sha256 = Field(description="over the tracker's bytes")
    scanned_at: Moment | None = Field(description="last scan of this repository in it; null: none")
    open: dict[str, int] = Field(description="by severity; accepted ones included")
    accepted: int
    mended: int = Field(description="of those in the changed files, how many the change takes out")
