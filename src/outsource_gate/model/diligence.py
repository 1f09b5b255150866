"""What was looked at before a vendor was hired, and since?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from outsource_gate.model.span import Span
from outsource_gate.model.terms import Day, Document, Held, Strict, Text

Severities = Literal["critical", "high", "medium", "low"]


class Assessment(Held):
    """A risk assessment; the first one is dated before the contract was signed."""

    result: Literal["acceptable", "acceptable-with-conditions", "unacceptable"] = "acceptable"
    reassess_every: Span | None = Field(default=None, description="our own cadence, where shorter than the tier's")
    first_on: Day | None = Field(
        default=None, description="the first assessment of this vendor, where `on` is a reassessment"
    )


class Certification(Strict):
    """A certificate of the vendor, by the name it is known by."""

    name: Text = Field(description="ISO/IEC 27001, SOC 2 Type II, ...")
    number: Text | None = None
    valid_from: Day | None = None
    valid_until: Day | None = Field(default=None, description="last day, included")
    document: Document | None = None


class Questionnaire(Held):
    """A questionnaire that the vendor answered, with its score in percent."""

    name: Text
    score: int = Field(ge=0, le=100, description="percent")


class Vetting(Held):
    """That the vendor's staff was vetted: a day and a yes, never the document about a person."""

    result: Literal["passed", "failed"] = "passed"


class Incident(Strict):
    """What happened with this vendor, here or elsewhere."""

    on: Day
    what: Text
    severity: Severities
    closed_on: Day | None = None


class DueDiligence(Strict):
    """What was looked at before and since."""

    risk_assessment: Assessment | None = None
    certifications: tuple[Certification, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    personnel_vetting: Vetting | None = None
    track_record: tuple[Incident, ...] = ()
