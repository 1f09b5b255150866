"""What does the JSON of `scan` look like? The published schema is made from these models.

Readers ignore keys they do not know; a key is never taken away or given another meaning within version 1.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from outsource_gate.model.finding import Confidence
from outsource_gate.reports.outcome_v1 import (
    CoverageV1,
    Digest,
    FindingV1,
    Model,
    PolicyV1,
    RevisionV1,
    RoleV1,
    Text,
    ToolV1,
    Unavailable,
)

SCHEMA_VERSION = "1.1"


class LandingV1(Model):
    """The commit on the first-parent line of the head by which another one arrived."""

    commit: Text
    committed_at: datetime | None = Field(description="as that commit claims, UTC")


class BroughtV1(Model):
    """A commit that brought lines in. Names, addresses and dates are what it claims; they prove nothing."""

    commit: Text
    path: Text = Field(description="what the file was called then")
    line: int
    subject: Text
    authored_at: datetime | None
    committed_at: datetime | None
    landed: LandingV1 | None
    vendors: tuple[Text, ...] | None = Field(
        description="whose work it is: [] our own people's, `unknown` nobody's in the register, null: no register"
    )
    roles: tuple[RoleV1, ...]
    rests_on: Literal["signature", "claims"] = Field(
        description="signature: of a registered key; who pushed it is known to a forge alone and was not asked"
    )
    notes: tuple[Text, ...]


class OriginV1(Model):
    """Where something is from. Of several lines the newest commit counts, by descent and not by date."""

    introduced: BroughtV1 = Field(description="who wrote it, through renames, moves and copies")
    placed: BroughtV1 | None = Field(description="who moved or copied it here, where that is another commit")


class ScanFindingV1(FindingV1):
    """A finding, and in a scan of a repository where it is from."""

    occurrence: int = Field(description="tells equal fingerprints of one file apart, from 1, by line")
    vendors: tuple[Text, ...] | None = Field(
        default=None, description="of all who wrote or placed it; null: not known, or not asked"
    )
    origin: OriginV1 | Unavailable | None = Field(default=None, description="null: files were scanned")


class ScanSecretV1(Model):
    """A credential in the head. Its value is told nowhere."""

    kind: Text
    what: Text
    confidence: Confidence
    place: Literal["content", "name"]
    path: Text
    line: int | None = Field(description="null: in the name")
    vendors: tuple[Text, ...] | None
    origin: OriginV1 | Unavailable


class UnlookedV1(Model):
    """A file that nobody looked into for credentials."""

    path: Text
    why: Text


class SecretsV1(Model):
    """The search for credentials."""

    version: Text
    rules_digest: Digest
    looked_into: int = Field(description="blobs")
    found: tuple[ScanSecretV1, ...]
    not_looked_into: tuple[UnlookedV1, ...]
    left_out: int = Field(description="found beyond the most that are listed")


class ScanCoverageV1(CoverageV1):
    """What became of one path."""

    blob: Text | None = Field(default=None, description="object id of the content, in a scan of a repository")


class VendorV1(Model):
    """A vendor that a finding names."""

    id: Text
    name: Text


class RepositoryV1(Model):
    """Which head was scanned, when, and by which register its authors are known."""

    name: Text = Field(description="normalised address of origin, or empty")
    head: RevisionV1
    scanned_at: datetime = Field(description="UTC")
    policy: PolicyV1 | Unavailable
    vendors: tuple[VendorV1, ...]


class ProgramV1(Model):
    """This program."""

    name: Literal["outsource-gate"] = "outsource-gate"
    version: Text


class ScanV1(Model):
    """What `outsource-gate scan` found."""

    schema_version: str = Field(default=SCHEMA_VERSION, alias="schemaVersion", pattern=r"^1\.\d+$")
    program: ProgramV1
    repository: RepositoryV1 | None = Field(description="null: files were scanned, not a repository")
    findings: tuple[ScanFindingV1, ...] = Field(description="by path and line")
    secrets: SecretsV1 | Unavailable | None = Field(description="null: not looked for")
    coverage: tuple[ScanCoverageV1, ...] = Field(description="one row for each path, by path")
    tools: tuple[ToolV1, ...]


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema, as it stands in docs/schemas."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ScanV1.model_json_schema(mode="serialization", by_alias=True),
        "title": "What outsource-gate scan found, version 1",
    }
