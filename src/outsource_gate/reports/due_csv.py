"""What does somebody's spreadsheet get of what is due? One row a duty; no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.reports.due_words import owner_name
from outsource_gate.reports.escape import csv_cell

COLUMNS = (
    "state", "due", "days", "vendor", "vendor_name", "tier", "kind", "what", "person", "last", "duty", "ask",
    "asked_by", "note", "file", "line",
)  # fmt: skip


def due_csv(due: DueList) -> str:
    """Give the list, the most urgent first, RFC 4180."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(
        [value if isinstance(value, int) else csv_cell(str(value)) for value in _row(one, due)]
        for one in due.listed
    )
    return out.getvalue()


def _row(one: Listed, due: DueList) -> Iterator[object]:
    found, vendor = one.obligation, one.vendor
    days = found.days(due.today)
    yield from (found.state, found.due or "", "" if days is None else days, owner_name(one, due.organisation))
    yield from (vendor.name if vendor else "", vendor.tier if vendor else "")
    yield from (found.kind, found.what, found.person, found.last or "", found.duty, one.who)
    yield from (found.asked_by, found.note, one.file, one.line)
