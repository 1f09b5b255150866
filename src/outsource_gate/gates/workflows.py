"""Gate workflows: does the change leave a definition of a pipeline that lets others in?"""

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
    "workflow-finding": "A pipeline, action or its configuration has a weakness at or above the tier's threshold.",
    "workflow-finding-below-threshold": "A new weakness of a pipeline below the threshold: named, no denial.",
    "scanner-unavailable": "A scanner of pipelines did not run to its end, so nothing can be said for it.",
    "workflow-finding-in-history": "A commit brings in a weakness of a pipeline that is gone by head.",
    "history-unread": "What commits brought in and took out again could not be read, all of it or one version.",
    "scan-missing": "Pipelines count as scanned but no scanner's result is there.",
}
SCANNERS = frozenset({"zizmor", "pipelines", "calls"})


class Settings(GateSettings):
    waivable = may_be_waived(rule=["workflow-finding"], finding=["workflow-finding-in-history"])

    fail_on: Severity = setting(
        Severity.HIGH, "lowest severity that denies", stricter=("critical", "high", "medium", "low")
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
    """Judge what pipelines are after the change and, where the tier says `commits: each`, what they were meanwhile.

    Whether a vendor may touch them at all, integrity says.
    """
    scans, lacking = scans_of(facts, SCANNERS)
    past = tuple(file for file in gone.files_of(facts, settings) if _is_ours(file))
    history = (
        *gone.reasons(facts, settings, SCANNERS, "workflow-finding-in-history"),
        *gone.unread(past, settings),
    )
    reasons = (*lacking, *_findings(scans, settings), *history)
    if not reasons and not any(scan.scanned for scan in scans) and not gone.scanned(past):
        return Verdict(
            "workflows", facts.vendor, Status.NOT_APPLICABLE, (), _not_read(scans) or "no pipeline changed"
        )
    return verdict("workflows", facts, reasons, summary=_summary(scans, settings, past))


def _is_ours(file: PastFile) -> bool:
    """What no scanner was to read, as its bytes are no text, is sast's to tell."""
    return not SCANNERS.isdisjoint((*file.row.scanners, *file.failed))


def _not_read(scans: list[Scan]) -> str:
    """What no scanner of pipelines could read is in none of the findings; whether it denies, coverage says."""
    paths = sorted({path for scan in scans for path, _ in scan.failed})
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"not read: {paths[0]}{more}, which gate coverage judges" if paths else ""


def _findings(scans: list[Scan], settings: Settings) -> Iterator[Reason]:
    """One reason per weakness and place; what other rules say of the same is named in it."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted((found for scan in scans for found in scan.findings), key=_order):
        denies = counts(finding, settings)
        if finding.new or (denies and settings.scope != "new"):
            place = (denies, finding.location.path, finding.location.start_line, finding.cwe or finding.rule)
            places.setdefault(place, []).append(finding)
    for same in places.values():
        yield _reason(same, counts(same[0], settings))


def _order(finding: Finding) -> tuple[int, int, str, int, bool, str]:
    """Worst first; of equals the surer one, and the one that says how to fix it."""
    place = finding.location
    rank = (-finding.severity.rank, -finding.confidence.rank)
    return (*rank, place.path, place.start_line, not finding.fix, finding.rule)


def _reason(same: list[Finding], denies: bool) -> Reason:
    finding, others = same[0], [other.rule for other in same[1:]]
    also = f" (also {', '.join(dict.fromkeys(others))})" if others else ""
    return Reason(
        "workflow-finding" if denies else "workflow-finding-below-threshold",
        f"{finding.message}{also}",
        Effect.DENY if denies else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(finding.location.path, finding.location.start_line),
        next_step=finding.fix or f"change the definition so that {finding.rule} no longer applies",
        who="the author",
        finding=finding.fingerprint,
        subjects=tuple(Subject(one.rule, one.fingerprint) for one in same),
    )


def _summary(scans: list[Scan], settings: Settings, past: tuple[PastFile, ...]) -> str:
    new = sum(finding.new for scan in scans for finding in scan.findings)
    told = f"{new} new findings by {', '.join(scan.scanner for scan in scans)}; {settings.fail_on} and above deny"
    told = f"{told}; of what is gone by head {gone.scanned(past)}/{len(past)} versions scanned" if past else told
    return "; ".join(filter(None, (told, _not_read(scans))))


GATE = Gate(
    id="workflows",
    title="Workflows",
    settings=Settings,
    judge=judge,
    reasons=REASONS,
    needs=frozenset({"scans"}),
    controls=("A.8.31",),
    version=2,
)
