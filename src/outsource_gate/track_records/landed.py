"""Which findings of a scan of the head came in by which merged change? Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from outsource_gate.model.finding import Severity
from outsource_gate.reports.scan_v1 import OriginV1, ScanFindingV1
from outsource_gate.scorecard.material import Found, Work


def with_standing(works: Iterable[Work], findings: Iterable[ScanFindingV1]) -> tuple[tuple[Work, ...], int]:
    """Give each merged change what stands there still, by the commit it landed with, and how many landed elsewhere.

    A finding counts for whom its change counts, as do the lines: the same standard for both sides of the rate.
    """
    works = tuple(works)
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in findings:
        counts[_landed(finding)][finding.severity] += 1
    inside = {commit for work in works for commit in work.commits}
    outside = sum(count.total() for commit, count in counts.items() if commit not in inside)
    return tuple(_standing(work, counts) for work in works), outside


def _standing(work: Work, counts: dict[str, Counter[Severity]]) -> Work:
    if work.kind is None:
        return work
    found: Counter[Severity] = Counter()
    for commit in work.commits:
        found += counts.get(commit, Counter())
    by_severity = tuple((severity, found[severity]) for severity in reversed(Severity) if found[severity])
    return replace(work, standing=Found(by_severity))


def _landed(finding: ScanFindingV1) -> str:
    """The commit of the first-parent line; "" where nobody knows."""
    if not isinstance(finding.origin, OriginV1):
        return ""
    first = finding.origin.introduced
    return first.landed.commit if first.landed else first.commit
