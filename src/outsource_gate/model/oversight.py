"""What is done again and again to direct, monitor and review a vendor?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from outsource_gate.model.span import Span
from outsource_gate.model.terms import Held, Slug, Strict, Text

Duty = Literal["vendor", "customer"]
# Whose duty an activity is where the register does not say; what is not here is ours.
DUTIES: dict[str, Duty] = {
    "sprint-review": "customer",
    "architecture-assessment": "customer",
    "penetration-test": "customer",
    "reassessment": "customer",
    "status-report": "vendor",
    "vulnerability-report": "vendor",
}


class OpenFindings(Strict):
    """What a test left open, by severity."""

    critical: int = Field(default=0, ge=0)
    high: int = Field(default=0, ge=0)
    medium: int = Field(default=0, ge=0)
    low: int = Field(default=0, ge=0)


class Occurrence(Held):
    """The last time it was done."""

    scope: Text | None = Field(default=None, description="what was looked at")
    open_findings: OpenFindings | None = Field(default=None, description="what is still open of what was found")


class Activity(Strict):
    """A recurring activity with its cadence and its last record."""

    activity: Slug = Field(description="sprint-review, architecture-assessment, penetration-test, ...")
    every: Span
    last: Occurrence | None = None
    duty: Duty | None = Field(default=None, description="whose it is, where the activity's name does not say")

    @property
    def owed_by(self) -> Duty:
        return self.duty or DUTIES.get(self.activity, "customer")
