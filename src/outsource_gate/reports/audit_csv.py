"""What does somebody's spreadsheet get of an audit? One row a merged change; no cell is a formula."""

from __future__ import annotations

import csv
from io import StringIO

from outsource_gate.model.audit import Audit
from outsource_gate.reports.escape import csv_cell

COLUMNS = ("commit", "position", "merged_at", "change", "vendors", "proven", "class", "record", "tie", "reasons")


def audit_csv(audit: Audit) -> str:
    """Give the rows oldest first, RFC 4180."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for change in audit.changes:
        table.writerow((
            change.commit,
            change.position,
            change.merged_at.isoformat(),
            change.number if change.number is not None else "",
            csv_cell(" ".join(change.vendors)),
            "yes" if change.proven else "no",
            change.kind,
            change.record or "",
            change.tie,
            csv_cell("; ".join(change.reasons)),
        ))  # fmt: skip
    return out.getvalue()
