"""What does somebody's spreadsheet get of a scanned head? One row a finding; no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from outsource_gate.model.origin import HeadFinding, HeadScan, Origin
from outsource_gate.reports.escape import csv_cell
from outsource_gate.reports.head_story import people

COLUMNS = (
    "vendors", "severity", "rule", "cwe", "path", "line", "message", "fingerprint", "occurrence",
    "commit", "committed_at_claimed", "landed", "landed_at_claimed", "author_claimed", "rests_on", "not_known",
)  # fmt: skip


def head_csv(head: HeadScan) -> str:
    """Give findings by path and line, RFC 4180."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([csv_cell(str(value)) for value in _row(one)] for one in head.findings)
    return out.getvalue()


def _row(one: HeadFinding) -> Iterator[object]:
    found, place = one.finding, one.finding.location
    first = one.origin.introduced if isinstance(one.origin, Origin) else None
    vendors = one.origin.vendors if isinstance(one.origin, Origin) else None
    yield "" if vendors is None else " ".join(vendors) or "internal"
    yield from (found.severity, found.rule, " ".join(found.cwe), place.path, place.start_line, found.message)
    yield from (found.fingerprint, one.occurrence)
    landed = first.landed if first else None
    yield from (first.commit if first else "", _moment(first.committed_at if first else None))
    yield from (landed.commit if landed else "", _moment(landed.committed_at if landed else None))
    yield from (people(first) if first else "", first.rests_on if first else "")
    yield "" if isinstance(one.origin, Origin) else one.origin.reason


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
