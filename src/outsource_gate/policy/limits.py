"""What does a tier say beside its gates? How long a waiver may last."""

from __future__ import annotations

from outsource_gate.model.span import Span
from outsource_gate.policy.settings import GateSettings, setting


class WaiverLimits(GateSettings):
    """The section `waivers` of a tier."""

    max_age: Span = setting(
        "30 days", "longest time from the day a waiver is issued to its last", stricter="shorter"
    )
