"""What does the JSON of `vendors scorecard` look like? The published schema is made from these models.

Readers ignore keys they do not know; a key is never taken away or given another meaning within version 1.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from outsource_gate.reports.outcome_v1 import Model, Text

SCHEMA_VERSION = "1.0"


class ShareV1(Model):
    """How many of how many."""

    count: int
    of: int
    percent: int | None = Field(description="null: of none")
    comparable: bool = Field(description="false: too few to compare")


class MedianV1(Model):
    """A middle value and how many it is taken from."""

    value: float | None
    of: int
    comparable: bool


class LinesV1(Model):
    """New and rewritten lines, by what names of files promise."""

    code: int
    generated: int
    other: int = Field(description="prose, data, lock files, and what no table names")
    binaries: int = Field(description="files")
    uncounted: int = Field(description="merged changes whose lines git could not count")


class DensityV1(Model):
    """Findings on lines of code, over those changes alone of which both are known."""

    lines: int
    changes: int
    total: int
    by_severity: dict[str, int]
    unsorted: int = Field(description="of unknown severity: counted by records of an earlier version")
    per_thousand: float | None
    per_thousand_by_severity: dict[str, float | None]
    comparable: bool


class FindingsV1(Model):
    """Null: not known."""

    handed_in: DensityV1 | None = Field(description="by the first attempt at each merged change")
    merged: DensityV1 | None = Field(description="by the record that speaks for what was merged")
    standing: DensityV1 | None = Field(description="by the scan that was given")


class RemediationV1(Model):
    """Of the tracker, over all repositories it knows."""

    open: dict[str, int] = Field(description="by severity, today")
    accepted: int
    overdue: int
    closed: int = Field(description="in the period")
    days_to_fix: int | None = Field(description="median")
    sla_kept: ShareV1 = Field(description="of closed ones for which a day was agreed")
    without_deadline: int


class CardV1(Model):
    """One organisation's figures; never of a person."""

    vendor: Text | None = Field(description="null: our own teams, together")
    name: Text
    tier: Text
    merged: int
    classes: dict[str, int] = Field(description="of merged changes; together they are `merged`")
    judged: int = Field(description="merged changes that the gate had looked at")
    passed: ShareV1 = Field(description="our own: of those judged")
    unmerged: int = Field(description="judged in the period, and not merged")
    attempts: int
    denied: ShareV1 = Field(description="of attempts; several runs over one head are one, and the last one counts")
    undecided: int
    denials: dict[str, int] = Field(description="attempts by gate")
    attempts_until_allowed: MedianV1
    allowed_at_once: ShareV1
    lines: LinesV1
    findings: FindingsV1
    approvals: MedianV1 = Field(description="on the record that speaks for what was merged, whoever gave them")
    without_approval: ShareV1
    waived_changes: int
    waivers: int
    waived_reasons: int
    remediation: RemediationV1 | None = Field(description="null: not known")


class ScorecardV1(Model):
    """Vendors by id, and our own teams by the same standard."""

    schema_version: str = Field(default=SCHEMA_VERSION, alias="schemaVersion", pattern=r"^1\.\d+$")
    organisation: Text
    repository: Text
    day: date
    first: date | None = Field(description="first day that counts; null: from the beginning")
    last: date | None
    vendors: tuple[CardV1, ...]
    own: CardV1
    records: int
    problems: tuple[Text, ...] = Field(description="records that were not counted, cut to the first hundred")
    tracker: bool = Field(description="was one given?")
    scanned: Text = Field(description="head of the scan; empty: none was given")
    outside: int = Field(description="findings of the scan that landed in none of the changes counted")
    idle: int = Field(description="registered vendors with nothing to count")


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema, as it stands in docs/schemas."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ScorecardV1.model_json_schema(mode="serialization", by_alias=True),
        "title": "Figures of vendors beside our own teams', version 1",
    }
