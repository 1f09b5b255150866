"""What does a record say of waivers and report-only windows?"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from outsource_gate.evidence.part import DayText, Part
from outsource_gate.evidence.pseudonyms import Pseudonyms
from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.waiver import ReportOnly, State, WaiverUse


class WaiverPart(Part):
    """A waiver for a vendor of this change, and what became of it."""

    id: str
    vendor: str
    gate: str
    state: State
    covered: int = Field(description="reasons that it lets stand")
    approver: str = Field(description="pseudonym")
    expires: DayText = Field(description="its last day")
    key: str = Field(description="SSH fingerprint of the key that signed it; empty: it does not count")
    why: str = Field(description="why it does not count, if so")


class ReportOnlyPart(Part):
    """A vendor whose denial is not enforced, and the last day of that."""

    vendor: str
    until: DayText


def waivers(uses: Iterable[WaiverUse], names: Pseudonyms) -> list[WaiverPart]:
    """Every waiver of the change's vendors, its approver under a pseudonym."""
    return [
        WaiverPart(
            id=use.id,
            vendor=use.vendor,
            gate=use.gate,
            state=use.state,
            covered=use.covered,
            approver=names.people.get((INTERNAL, use.approver), "somebody"),
            expires=use.expires.isoformat(),
            key=use.key,
            why=names.text(use.why),
        )
        for use in uses
    ]


def windows(found: Iterable[ReportOnly]) -> list[ReportOnlyPart]:
    """The windows that left a denial unenforced."""
    return [ReportOnlyPart(vendor=window.vendor, until=window.until.isoformat()) for window in found]
