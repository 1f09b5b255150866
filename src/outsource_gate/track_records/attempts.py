"""What does one record say of what was handed in? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from outsource_gate.audit.records import Kept
from outsource_gate.evidence.predicate import Predicate, ReviewPart, ScanPart
from outsource_gate.model.finding import Severity
from outsource_gate.model.review import ReviewState
from outsource_gate.model.verdict import Effect, Status
from outsource_gate.scanners.run import SCANNERS
from outsource_gate.scorecard.material import Attempt, Found, Waived, total

_READERS = frozenset({"scan", *(scanner.id for scanner in SCANNERS)})
_SAYS = (ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED)


def attempts_of(records: Iterable[Kept]) -> tuple[Attempt, ...]:
    """One a head, oldest first: of several runs over the same head the last one counts."""
    last: dict[str, Kept] = {}
    first: dict[str, datetime] = {}
    for kept in sorted(records, key=lambda kept: (kept.predicate.made_at_time(), kept.digest)):
        last[kept.head] = kept
        first.setdefault(kept.head, kept.predicate.made_at_time())
    return tuple(_attempt(last[head], first[head]) for head in sorted(last, key=lambda head: first[head]))


def _attempt(kept: Kept, handed_in: datetime) -> Attempt:
    verdicts = kept.predicate.verdicts
    return Attempt(
        head=kept.head,
        made_at=handed_in,
        denials=tuple(
            (verdict.vendor, verdict.gate)
            for verdict in verdicts
            if verdict.status is Status.FAIL and any(reason.effect is Effect.DENY for reason in verdict.reasons)
        ),
        open=tuple({verdict.vendor: None for verdict in verdicts if verdict.status is Status.INDETERMINATE}),
        found=found_in(kept.predicate),
    )


def found_in(predicate: Predicate) -> Found | None:
    """Findings that the base does not have; None where no scanner looked, or one of them failed."""
    if not predicate.scans or any(missing.fact in _READERS for missing in predicate.missing):
        return None
    return total(map(_found, predicate.scans))


def _found(scan: ScanPart) -> Found:
    counts = scan.new_findings
    if counts is None and scan.new == sum(scan.findings.values()):
        counts = scan.findings
    if counts is None:
        return Found(unsorted=scan.new)
    known = {severity: counts.get(severity.value, 0) for severity in reversed(Severity)}
    by_severity = tuple((severity, count) for severity, count in known.items() if count)
    return Found(by_severity, max(scan.new - sum(known.values()), 0))


def approvals_in(predicate: Predicate) -> int | None:
    """How many approve by their last word, whoever they are; None: not known, or nobody asked."""
    return None if predicate.reviews is None else _approvals(predicate.reviews)


def _approvals(reviews: Iterable[ReviewPart]) -> int:
    words = {one.reviewer: one.state for one in reviews if one.reviewer and one.state in _SAYS}
    return Counter(words.values())[ReviewState.APPROVED]


def waived_in(kept: Kept) -> tuple[Waived, ...]:
    return tuple(Waived(one.id, one.vendor, one.covered) for one in kept.waivers)
