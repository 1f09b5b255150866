"""What does the tracker say of the vendors of this change, and does the change itself mend any of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from outsource_gate.model.finding import Severity


@dataclass(frozen=True, slots=True)
class TrackedFinding:
    """A finding that is not closed. Days are those of the organisation's time zone."""

    id: str
    kind: str
    vendor: str
    severity: Severity
    title: str
    reference: str
    first_seen: date
    scanner: str = ""
    path: str = ""
    accepted_on: date | None = None
    accepted_until: date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """How often a tracked finding stands in the changed files, before the change and after it."""

    scanner: str
    reference: str
    path: str  # at the base
    at_base: int
    at_head: int  # in all changed files: what only moved is not mended


@dataclass(frozen=True, slots=True)
class TrackedFindings:
    """The tracker was read: what of it concerns this change."""

    source: Literal["policy", "given"]  # given: the job named the file
    digest: str  # SHA-256 over the tracker's bytes
    scanned_at: datetime | None  # last scan of this repository that it took in; None: there was none
    items: tuple[TrackedFinding, ...] = ()
    compared: tuple[Compared, ...] = ()
    not_compared: str = ""  # why the changed files' base was not looked at
    kind: Literal["tracked-findings"] = "tracked-findings"
