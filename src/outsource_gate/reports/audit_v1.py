"""What does the JSON of `audit` look like? The published schema is made from these models.

Readers ignore keys they do not know; a key is never taken away or given another meaning within version 1.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from outsource_gate.model.merged import MergeClass
from outsource_gate.reports.outcome_v1 import Digest, Model, Text


class ChangeV1(Model):
    """One commit of the branch's first-parent line."""

    commit: Text
    position: int = Field(description="on the first-parent line; orders what times cannot")
    merged_at: datetime = Field(description="as commits claim, UTC; never earlier than the one before")
    merged_at_source: Literal["claim"] = Field(
        description="claim: of the commits; no forge and no ledger was asked"
    )
    change: int | None = Field(description="number of the request, as the commit's subject names it")
    vendors: tuple[Text, ...] = Field(description="`unknown`: somebody who is not in the register")
    proven: bool = Field(description="whose work it is rests on a record or a signature, and not on a claim alone")
    kind: MergeClass = Field(alias="class")
    record: Digest | None = Field(description="SHA-256 of the payload of the record that speaks for it")
    tie: Text = Field(description="how the two meet: head, tree, content, redone, series; empty without a record")
    reasons: tuple[Text, ...]


class ArtefactV1(Model):
    """Something that A.8.30 asks for, of a vendor or of the organisation."""

    owner: Text = Field(description="vendor id; empty: the organisation")
    artefact: Text
    state: Literal["present", "expiring", "expired", "missing"] = Field(description="expiring: within 90 days")
    expires: date | None
    done: date | None
    person: Text = Field(description="register id, where it is about somebody")
    asked_by: Text = Field(description="the setting of a tier that asks for it, or `register`")
    where: Text = Field(description="file and line of the register")


class AuditV1(Model):
    """The audit of one branch over a period."""

    schema_version: Literal["1.0"]
    organisation: Text
    repository: Text
    branch: Text
    head: Text
    first: date | None = Field(alias="from", description="first day; null: from the beginning")
    last: date = Field(alias="to", description="last day, included")
    now: datetime
    policy_digest: Digest
    register_digest: Digest
    changes: tuple[ChangeV1, ...] = Field(description="oldest first")
    summary: dict[MergeClass, int]
    unproven: int = Field(description="changes that are ours by claim alone")
    artefacts: tuple[ArtefactV1, ...]
    records: int = Field(description="genuine ones that were there")
    problems: tuple[Text, ...] = Field(description="what could not be read as a record, at most a hundred")


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema of what `audit --output json` writes."""
    schema = AuditV1.model_json_schema(by_alias=True, mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "What outsource-gate says of what was merged in a period"
    return schema
