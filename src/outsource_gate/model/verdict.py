"""What is judged: reasons, verdicts, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from outsource_gate.model.waiver import ReportOnly, WaiverUse


class Stage(StrEnum):
    PUSH = "push"
    CHANGE = "change"
    RELEASE = "release"


class Status(StrEnum):
    PASS = "PASS"  # noqa: S105 - a verdict, no password
    FAIL = "FAIL"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_ASKED = "NOT_ASKED"
    INDETERMINATE = "INDETERMINATE"


class Effect(StrEnum):
    """What a reason does to its verdict."""

    DENY = "deny"
    UNDECIDED = "undecided"
    NOTE = "note"  # named, no denial
    WAIVED = "waived"  # would deny, and a waiver lets it stand


@dataclass(frozen=True, slots=True)
class Where:
    """The place a reason speaks of; any part may be missing. `line` counts from 1."""

    path: str = ""
    line: int = 0
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a waiver has to name to cover a reason: a rule, an advisory, a package; a finding by its fingerprint."""

    rule: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is, in words a contractor may read; `internal` is for our own readers only."""

    code: str  # published, stable
    message: str
    effect: Effect = Effect.DENY
    got: str = ""
    expected: str = ""
    where: Where = Where()
    next_step: str = ""  # what to do
    who: str = ""  # who does it
    internal: str = ""  # contract terms and the like: never shown where vendors read
    audience: Literal["contractor", "internal"] = "contractor"
    duty: Literal["vendor", "customer"] = "vendor"
    finding: str = ""  # fingerprint of the finding meant
    subjects: tuple[Subject, ...] = ()  # everything that it stands for; a waiver has to cover all of it
    waiver: str = ""  # id of the waiver that lets it stand; several with a comma


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gate's answer for one vendor (None: for the change as a whole)."""

    gate: str
    vendor: str | None
    status: Status
    reasons: tuple[Reason, ...] = ()
    summary: str = ""  # one line: what was seen, also for a pass


class Answer(StrEnum):
    ALLOW = "ALLOW"
    DENY = "DENY"
    UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer over all verdicts. `enforced` is False only in a report-only window."""

    answer: Answer
    verdicts: tuple[Verdict, ...]
    enforced: bool = True
    waivers: tuple[WaiverUse, ...] = ()  # of the change's vendors, used or not
    report_only: tuple[ReportOnly, ...] = ()  # whose windows left the denial unenforced
