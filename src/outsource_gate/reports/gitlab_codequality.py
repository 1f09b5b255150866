"""What does GitLab's code quality widget read? New findings, and what the gates say of places in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from outsource_gate.model.finding import Scan, Severity
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Effect
from outsource_gate.reports import Report, View, escape, words
from outsource_gate.reports.story import reasons_at_paths

_SEVERITIES = {
    Severity.LOW: "minor",
    Severity.MEDIUM: "major",
    Severity.HIGH: "critical",
    Severity.CRITICAL: "blocker",
}
_EFFECTS = {Effect.DENY: "critical", Effect.UNDECIDED: "major", Effect.NOTE: "info", Effect.WAIVED: "info"}


@dataclass(frozen=True, slots=True)
class _Issue:
    rule: str
    told: str
    severity: str
    path: str
    line: int
    identity: str  # what stays the same while lines move


def render(outcome: Outcome, view: View) -> str:
    """Give a JSON array; GitLab compares by fingerprint and drops a second one, so each is given once."""
    seen: Counter[tuple[str, str]] = Counter()
    told: list[dict[str, Any]] = []
    for issue in (*_findings(outcome), *_reasons(outcome, view)):
        key = (issue.identity, issue.path)
        told.append(_entry(issue, seen[key]))
        seen[key] += 1
    return escape.json_text(told) + "\n"


def _findings(outcome: Outcome) -> Iterator[_Issue]:
    """What the base has, too, is left out: GitLab would call it a new degradation of this change."""
    for scan in outcome.facts.scans:
        for found in scan.findings if isinstance(scan, Scan) else ():
            if found.new:
                place = found.location
                told = f"{found.message} -> {found.fix}" if found.fix else found.message
                severity = _SEVERITIES[found.severity]
                yield _Issue(found.rule, told, severity, place.path, place.start_line, found.fingerprint)


def _reasons(outcome: Outcome, view: View) -> Iterator[_Issue]:
    for reason in reasons_at_paths(outcome, view.audience):
        step = words.next_step(reason.next_step, reason.who)
        told = f"{reason.message} -> {step}" if step else reason.message
        severity = _EFFECTS[reason.effect]
        yield _Issue(reason.code, told, severity, reason.where.path, reason.where.line, reason.code)


def _entry(issue: _Issue, copy: int) -> dict[str, Any]:
    identity = "\0".join((issue.identity, escape.well_formed(issue.path), str(copy)))
    return {
        "description": escape.visible(words.shortened(issue.told, 1000)),
        "check_name": escape.visible(words.shortened(issue.rule)),
        "fingerprint": sha256(identity.encode()).hexdigest(),
        "severity": issue.severity,
        "location": {"path": escape.visible(issue.path), "lines": {"begin": max(issue.line, 1)}},
    }


REPORT = Report(id="gitlab-codequality", media_type="application/json", render=render)
