"""Gate workflows: does the change leave a definition of a pipeline that lets others in?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Confidence, Finding, Scan, Severity
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "workflow-finding": "A pipeline, action or its configuration has a weakness at or above the tier's threshold.",
    "workflow-finding-below-threshold": "A new weakness of a pipeline below the threshold: named, no denial.",
    "scanner-unavailable": "A scanner of pipelines did not run to its end, so nothing can be said for it.",
    "scan-missing": "Pipelines count as scanned but no scanner's result is there.",
}
SCANNERS = frozenset({"zizmor", "pipelines", "calls"})


class Settings(GateSettings):
    waivable = may_be_waived(rule=["workflow-finding"])

    fail_on: Severity = setting(
        Severity.HIGH, "lowest severity that denies", stricter=("critical", "high", "medium", "low")
    )
    confidence: Confidence = setting(
        Confidence.MEDIUM, "lowest confidence that counts", stricter=("high", "medium", "low")
    )
    scope: Literal["new", "changed-files"] = setting(
        "new", "only what the base does not have, or everything in changed files", stricter=("new", "changed-files")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Judge what the pipelines are after the change; whether a vendor may touch them at all, integrity says."""
    scans = [scan for scan in facts.scans if isinstance(scan, Scan) and scan.scanner in SCANNERS]
    failed = [fact for fact in facts.scans if isinstance(fact, Unavailable) and fact.fact in SCANNERS]
    expected = {name for row in facts.coverage for name in row.scanners} & SCANNERS
    silent = sorted(expected - {scan.scanner for scan in scans} - {fact.fact for fact in failed})
    reasons = (*map(_unavailable, failed), *map(_silent, silent), *_findings(scans, settings))
    if not reasons and not any(scan.scanned for scan in scans):
        return Verdict("workflows", facts.vendor, Status.NOT_APPLICABLE, (), "no pipeline changed")
    return verdict("workflows", facts, reasons, summary=_summary(scans, settings))


def _findings(scans: list[Scan], settings: Settings) -> Iterator[Reason]:
    """One reason per weakness and place; what other rules say of the same is named in it."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted((found for scan in scans for found in scan.findings), key=_order):
        counts = _counts(finding, settings)
        if finding.new or (counts and settings.scope != "new"):
            place = (counts, finding.location.path, finding.location.start_line, finding.cwe or finding.rule)
            places.setdefault(place, []).append(finding)
    for same in places.values():
        yield _reason(same, _counts(same[0], settings))


def _counts(finding: Finding, settings: Settings) -> bool:
    severe = finding.severity.rank >= settings.fail_on.rank
    return severe and finding.confidence.rank >= settings.confidence.rank


def _order(finding: Finding) -> tuple[int, int, str, int, bool, str]:
    """Worst first; of equals the surer one, and the one that says how to fix it."""
    place = finding.location
    rank = (-finding.severity.rank, -finding.confidence.rank)
    return (*rank, place.path, place.start_line, not finding.fix, finding.rule)


def _reason(same: list[Finding], counts: bool) -> Reason:
    finding, others = same[0], [other.rule for other in same[1:]]
    also = f" (also {', '.join(dict.fromkeys(others))})" if others else ""
    return Reason(
        "workflow-finding" if counts else "workflow-finding-below-threshold",
        f"{finding.message}{also}",
        Effect.DENY if counts else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(finding.location.path, finding.location.start_line),
        next_step=finding.fix or f"change the definition so that {finding.rule} no longer applies",
        who="the author",
        finding=finding.fingerprint,
        subjects=tuple(Subject(one.rule, one.fingerprint) for one in same),
    )


def _unavailable(fact: Unavailable) -> Reason:
    return Reason(
        "scanner-unavailable",
        f"{fact.fact}: {fact.reason}",
        Effect.UNDECIDED,
        next_step=fact.next_step or "outsource-gate scan shows the scanner's own words",
        who="whoever runs the job",
    )


def _silent(name: str) -> Reason:
    return Reason(
        "scan-missing",
        f"no result of {name}, though files are marked as scanned by it",
        Effect.UNDECIDED,
        next_step="run the check again",
        who="whoever runs the job",
    )


def _summary(scans: list[Scan], settings: Settings) -> str:
    new = sum(finding.new for scan in scans for finding in scan.findings)
    return f"{new} new findings by {', '.join(scan.scanner for scan in scans)}; {settings.fail_on} and above deny"


GATE = Gate(
    id="workflows",
    title="Workflows",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    controls=("A.8.31",),
)
