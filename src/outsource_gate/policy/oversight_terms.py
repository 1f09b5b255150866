"""What does a tier want of the oversight of a vendor?"""

from __future__ import annotations

from typing import Literal

from outsource_gate.model.span import Span
from outsource_gate.model.terms import Slug
from outsource_gate.policy.concern import Customer
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

LONGEST = {"sprint-review": "31 days", "architecture-assessment": "12 months", "penetration-test": "12 months"}
ACTIVITIES = tuple(LONGEST)
SEVERITIES = ("critical", "high", "medium", "low")


class OversightSettings(GateSettings):
    waivable = may_be_waived(vendor=["activity-overdue", "activity-too-seldom", "findings-left-open"])

    activities: tuple[Slug, ...] = setting(ACTIVITIES, "activities that must take place", stricter="more")
    longest: dict[Slug, Span] = setting(
        LONGEST, "longest cadence by activity; else the register's alone counts", stricter="shorter"
    )
    open_findings: Literal[SEVERITIES] = setting(  # type: ignore[valid-type]
        "high", "lowest severity that the last test must not leave open", stricter=SEVERITIES
    )
    customer: Customer = setting(
        "warn", "what our own overdue duty does to the vendor's change", stricter=("warn", "deny")
    )
    vendor: Literal["warn", "deny"] = setting(
        "deny", "what the vendor's overdue duty does to its change", stricter=("warn", "deny")
    )
