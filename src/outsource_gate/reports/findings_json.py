"""What does a program read of the tracker's lists and figures? Nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from outsource_gate.deadlines.figures import Figures
from outsource_gate.deadlines.rows import Row
from outsource_gate.reports.escape import json_text, well_formed


def rows_json(rows: Sequence[Row], today: date) -> str:
    """Give the rows in their order, each item as the tracker has it and what it comes to on the day."""
    return _text({"today": today, "findings": [_row(row) for row in rows]})


def row_json(row: Row, today: date) -> str:
    """Give one item with its history."""
    return _text({"today": today, **_row(row)})


def figures_json(figures: Sequence[Figures], today: date) -> str:
    """Give each vendor's figures; a month has what was opened and closed in it, and what was open at its end."""
    return _text({"today": today, "vendors": [asdict(one) | {"open": dict(one.open)} for one in figures]})


def _row(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = row.item.model_dump(mode="json")
    return told | {
        "state": row.state,
        "first_seen_on": row.first_seen,
        "due": row.due.day if row.due else None,
        "within": row.due.span if row.due else None,
        "agreed_in_contract": row.due.agreed if row.due else None,
        "days_left": row.days_left,
        "overdue": row.is_overdue,
        "owner": row.owner,
    }


def _text(value: Any) -> str:
    return json_text(_plain(value)) + "\n"


def _plain(value: Any) -> Any:
    match value:
        case str():
            return well_formed(value)
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case _:
            return value
