"""What does somebody's spreadsheet get of the tracker? One row an item; no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from outsource_gate.deadlines.rows import Row
from outsource_gate.reports.escape import csv_cell

COLUMNS = (
    "id", "vendor", "state", "severity", "kind", "title", "rule", "repository", "path", "first_seen", "due",
    "days_left", "overdue", "last_seen", "accepted_until", "accepted_by", "closed_at", "owner", "reference",
)  # fmt: skip


def findings_csv(rows: Sequence[Row]) -> str:
    """Give the rows in their order, RFC 4180."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in _row(row)] for row in rows)
    return out.getvalue()


def _row(row: Row) -> Iterator[object]:
    item = row.item
    accepted = item.acceptance
    yield from (item.id, item.vendor, row.state, item.severity, item.kind, item.title, item.rule, item.repository)
    yield from (item.path, row.first_seen, row.due.day if row.due else "no SLA agreed", row.days_left)
    yield "yes" if row.is_overdue else "no"
    yield from (item.last_seen.at.isoformat(), accepted.until if accepted else "", accepted.by if accepted else "")
    yield from (item.closed_at.isoformat() if item.closed_at else "", row.owner, item.reference)


def _cell(value: object) -> object:
    """A number stays one: below zero it is no formula."""
    if value is None:
        return ""
    return value if isinstance(value, int) else csv_cell(str(value))
