"""Gate sast: did the change bring a weakness that the scanners see?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from outsource_gate import gone
from outsource_gate.gates import Gate, verdict
from outsource_gate.gone import counts
from outsource_gate.lacking import scans_of
from outsource_gate.model.facts import Facts
from outsource_gate.model.finding import Confidence, Finding, Scan, Severity
from outsource_gate.model.past import PastFile
from outsource_gate.model.verdict import Effect, Reason, Status, Subject, Verdict, Where
from outsource_gate.policy.settings import GateSettings, may_be_waived, setting

REASONS = {
    "finding": "A scanner reports a weakness at or above the tier's threshold.",
    "finding-below-threshold": "A new finding below the threshold: named, no denial.",
    "scanner-unavailable": "A scanner did not run to its end, so nothing can be said for it.",
    "finding-in-history": "A commit brings in a weakness that is gone by head.",
    "history-unread": "What commits brought in and took out again could not be read, all of it or one version.",
    "scan-missing": "Files count as scanned but no scanner's result is there.",
}
SCANNERS = frozenset({"semgrep", "bandit"})


class Settings(GateSettings):
    waivable = may_be_waived(rule=["finding"], finding=["finding-in-history"])

    fail_on: Severity = setting(
        Severity.MEDIUM, "lowest severity that denies", stricter=("critical", "high", "medium", "low")
    )
    confidence: Confidence = setting(
        Confidence.MEDIUM, "lowest confidence that counts", stricter=("high", "medium", "low")
    )
    scope: Literal["new", "changed-files"] = setting(
        "new", "only what the base does not have, or everything in changed files", stricter=("new", "changed-files")
    )
    commits: Literal["net", "each"] = setting(
        "net", "only the result of the change, or also what its commits take out again", stricter=("net", "each")
    )
    history: Literal["report", "deny"] = setting(
        "report", "what a finding does that is gone by head, or a version not read", stricter=("report", "deny")
    )


def judge(facts: Facts, settings: Settings) -> Verdict:
    """Look at the result of the change and, where the tier says `commits: each`, at what is gone by then."""
    scans, lacking = scans_of(facts, SCANNERS)
    past = gone.files_of(facts, settings)
    history = (*gone.reasons(facts, settings, SCANNERS, "finding-in-history"), *gone.unread(past, settings))
    reasons = (*lacking, *_findings(scans, settings), *history)
    if not reasons and not any(scan.scanned for scan in scans) and not gone.scanned(past):
        return Verdict("sast", facts.vendor, Status.NOT_APPLICABLE, (), "no changed file in a scanner's language")
    return verdict("sast", facts, reasons, summary=_summary(scans, settings, past))


def _findings(scans: list[Scan], settings: Settings) -> Iterator[Reason]:
    """One reason per weakness and place; what other rules say of the same is named in it, not repeated."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted((found for scan in scans for found in scan.findings), key=_order):
        if finding.new or settings.scope != "new":
            denies = counts(finding, settings)
            if denies or finding.new:
                place = (denies, finding.location.path, finding.location.start_line, finding.cwe or finding.rule)
                places.setdefault(place, []).append(finding)
    for same in places.values():
        yield _reason(same, counts(same[0], settings))


def _order(finding: Finding) -> tuple[int, str, int, bool, str]:
    """Worst first; of equals the one that says how to fix it."""
    place = finding.location
    return (-finding.severity.rank, place.path, place.start_line, not finding.fix, finding.rule)


def _reason(same: list[Finding], denies: bool) -> Reason:
    finding, place = same[0], same[0].location
    others = ", ".join(other.rule for other in same[1:])
    return Reason(
        "finding" if denies else "finding-below-threshold",
        f"{finding.message} (also {others})" if others else finding.message,
        Effect.DENY if denies else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(place.path, place.start_line),
        next_step=finding.fix or f"change the code so that {finding.rule} no longer applies",
        who="the author",
        finding=finding.fingerprint,
        subjects=tuple(Subject(one.rule, one.fingerprint) for one in same),
    )


def _summary(scans: list[Scan], settings: Settings, files: tuple[PastFile, ...]) -> str:
    new = sum(finding.new for scan in scans for finding in scan.findings)
    told = f"{new} new findings by {', '.join(scan.scanner for scan in scans)}; {settings.fail_on} and above deny"
    return f"{told}; of what is gone by head {gone.scanned(files)}/{len(files)} versions scanned" if files else told


GATE = Gate(
    id="sast",
    title="Static analysis",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    controls=("A.8.28", "A.8.29"),
    version=2,
)
