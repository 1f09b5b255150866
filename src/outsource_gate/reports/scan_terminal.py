"""What did `scan` find, for a person at a terminal?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Read, Scan
from outsource_gate.reports.escape import terminal
from outsource_gate.reports.frame import frame_lines

MAX_LISTED = 200
FRAME_LINES = 3


def scan_terminal(scans: Sequence[Scan | Unavailable], coverage: Sequence[CoverageRow]) -> str:
    """Worst first, then what was not read, then the count; nothing is cut without saying how much."""
    return "\n".join([*_findings(scans), *_unread(coverage), *_broken(scans), _summary(scans, coverage)]) + "\n"


def _findings(scans: Sequence[Scan | Unavailable]) -> Iterator[str]:
    found = [finding for scan in scans if isinstance(scan, Scan) for finding in scan.findings]
    found.sort(key=lambda one: (-one.severity.rank, one.location.path, one.location.start_line))
    for finding in found[:MAX_LISTED]:
        yield from _finding(finding)
    if len(found) > MAX_LISTED:
        yield f"... and {len(found) - MAX_LISTED} more; --output json=FILE has all"


def _finding(finding: Finding) -> Iterator[str]:
    place = f"{terminal(finding.location.path)}:{finding.location.start_line}"
    yield f"{place}  {finding.severity}  {' '.join(finding.cwe)}  {terminal(finding.message)}".rstrip()
    yield from _frame(finding)
    if finding.fix:
        yield f"    -> {terminal(finding.fix)}"
    yield f"    {terminal(finding.rule)} ({finding.scanner}, {finding.confidence} confidence)"


def _frame(finding: Finding) -> Iterator[str]:
    for line in frame_lines(finding, FRAME_LINES):
        if line.left_out:
            yield f"          ({line.left_out} left out)"
        yield f"    {line.mark or '':<4}{line.number:>5} | {terminal(line.code)}".rstrip()


def _unread(coverage: Sequence[CoverageRow]) -> Iterator[str]:
    rows = [row for row in coverage if row.read not in (Read.SCANNED, Read.INERT)]
    for row in rows[:MAX_LISTED]:
        yield f"{terminal(row.path)}  {row.read}: {terminal(row.reason)}"
    if len(rows) > MAX_LISTED:
        yield f"... and {len(rows) - MAX_LISTED} more files not scanned; --output json=FILE has all"


def _broken(scans: Sequence[Scan | Unavailable]) -> Iterator[str]:
    for scan in scans:
        if isinstance(scan, Unavailable):
            yield f"{scan.fact} did not run: {terminal(scan.reason)}"
            yield f"    -> {terminal(scan.next_step)}"


def _summary(scans: Sequence[Scan | Unavailable], coverage: Sequence[CoverageRow]) -> str:
    severities = Counter(finding.severity for scan in scans if isinstance(scan, Scan) for finding in scan.findings)
    kinds = Counter(row.read for row in coverage)
    found = ", ".join(
        f"{count} {name}" for name, count in sorted(severities.items(), key=lambda item: -item[0].rank)
    )
    files = ", ".join(f"{kinds[kind]} {kind}" for kind in Read if kinds[kind])
    return f"{found or 'no findings'}; {files or 'no files'}"
