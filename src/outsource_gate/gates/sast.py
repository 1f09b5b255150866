"""Gate sast: did the change bring a weakness that the scanners see?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from outsource_gate.gates import Gate, verdict
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Confidence, Finding, Read, Scan, Severity
from outsource_gate.model.past import PastFile, PastFinding, PastScan
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
    scans = [scan for scan in facts.scans if isinstance(scan, Scan) and scan.scanner in SCANNERS]
    failed = [fact for fact in facts.scans if isinstance(fact, Unavailable) and fact.fact in SCANNERS]
    expected = {name for row in facts.coverage for name in row.scanners} & SCANNERS
    silent = sorted(expected - {scan.scanner for scan in scans} - {fact.fact for fact in failed})
    lacking = (*map(_unavailable, failed), *(_silent(name) for name in silent))
    reasons = (*lacking, *_findings(scans, settings), *_history(facts, settings))
    if not reasons and not any(scan.scanned for scan in scans) and not _scanned(_files(facts, settings)):
        return Verdict("sast", facts.vendor, Status.NOT_APPLICABLE, (), "no changed file in a scanner's language")
    return verdict("sast", facts, reasons, summary=_summary(scans, settings, _files(facts, settings)))


def _findings(scans: list[Scan], settings: Settings) -> Iterator[Reason]:
    """One reason per weakness and place; what other rules say of the same is named in it, not repeated."""
    places: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted((found for scan in scans for found in scan.findings), key=_order):
        if finding.new or settings.scope != "new":
            counts = _counts(finding, settings)
            if counts or finding.new:
                place = (counts, finding.location.path, finding.location.start_line, finding.cwe or finding.rule)
                places.setdefault(place, []).append(finding)
    for same in places.values():
        yield _reason(same, _counts(same[0], settings))


def _history(facts: Facts, settings: Settings) -> Iterator[Reason]:
    """What commits brought in and head does not have: told, and denied only where the tier says so."""
    if settings.commits != "each":
        return
    if not isinstance(facts.past, PastScan):
        yield _history_missing(facts.past)
        return
    for one in facts.past.findings:
        if one.finding.scanner in SCANNERS:
            yield _in_history(one, _counts(one.finding, settings) and settings.history == "deny")
    for file in facts.past.files:
        if file.row.read is Read.UNREAD or file.row.read is Read.UNKNOWN:
            yield _unread_version(file, settings)


def _files(facts: Facts, settings: Settings) -> tuple[PastFile, ...]:
    return facts.past.files if settings.commits == "each" and isinstance(facts.past, PastScan) else ()


def _scanned(files: tuple[PastFile, ...]) -> int:
    return sum(file.row.read is Read.SCANNED for file in files)


def _counts(finding: Finding, settings: Settings) -> bool:
    severe = finding.severity.rank >= settings.fail_on.rank
    return severe and finding.confidence.rank >= settings.confidence.rank


def _order(finding: Finding) -> tuple[int, str, int, bool, str]:
    """Worst first; of equals the one that says how to fix it."""
    place = finding.location
    return (-finding.severity.rank, place.path, place.start_line, not finding.fix, finding.rule)


def _reason(same: list[Finding], counts: bool) -> Reason:
    finding, place = same[0], same[0].location
    others = ", ".join(other.rule for other in same[1:])
    return Reason(
        "finding" if counts else "finding-below-threshold",
        f"{finding.message} (also {others})" if others else finding.message,
        Effect.DENY if counts else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(place.path, place.start_line),
        next_step=finding.fix or f"change the code so that {finding.rule} no longer applies",
        who="the author",
        finding=finding.fingerprint,
        subjects=tuple(Subject(one.rule, one.fingerprint) for one in same),
    )


def _in_history(one: PastFinding, denies: bool) -> Reason:
    finding, place = one.finding, one.finding.location
    step = "take it out of that commit, too (git rebase -i), and push again"
    return Reason(
        "finding-in-history",
        f"{finding.message} (gone by head)",
        Effect.DENY if denies else Effect.NOTE,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}".rstrip(", "),
        where=Where(place.path, place.start_line, one.commit),
        next_step=step if denies else "make sure that this commit alone is never run or released",
        who="the author" if denies else "whoever reviews",
        finding=finding.fingerprint,
        subjects=(Subject(finding.rule, finding.fingerprint),),
    )


def _unread_version(file: PastFile, settings: Settings) -> Reason:
    """A file that is only lacking its scanner is a missing fact, whatever the tier says of history."""
    effect = Effect.DENY if settings.history == "deny" else Effect.NOTE
    return Reason(
        "history-unread",
        f"not read, and gone by head: {file.row.reason}",
        Effect.UNDECIDED if file.row.read is Read.UNKNOWN else effect,
        where=Where(file.row.path, 0, file.commit),
        next_step="look at this version, or leave it out of the commits (git rebase -i)",
        who="whoever reviews" if effect is Effect.NOTE else "the author",
    )


def _history_missing(fact: object) -> Reason:
    missing = fact if isinstance(fact, Unavailable) else Unavailable("nobody looked at what is gone by head")
    return Reason(
        "history-unread",
        missing.reason,
        Effect.UNDECIDED,
        next_step=missing.next_step or "run the check again",
        who="whoever runs the job",
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


def _summary(scans: list[Scan], settings: Settings, files: tuple[PastFile, ...]) -> str:
    new = sum(finding.new for scan in scans for finding in scan.findings)
    told = f"{new} new findings by {', '.join(scan.scanner for scan in scans)}; {settings.fail_on} and above deny"
    return f"{told}; of what is gone by head {_scanned(files)}/{len(files)} versions scanned" if files else told


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
