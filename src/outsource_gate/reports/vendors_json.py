"""What do other programs get of the register's duties?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from outsource_gate.duties.listing import DueList, Listed, VendorRow
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.reports.escape import json_text


def due_json(due: DueList) -> str:
    """Give the list, the most urgent first, with its counts."""
    return json_text({
        "organization": due.organisation,
        "day": due.today.isoformat(),
        "until": due.soon.isoformat(),
        "vendors": due.vendors,
        "counts": {state.name.lower(): due.counts[state] for state in (State.OVERDUE, State.MISSING, State.DUE)},
        "duties": [_listed(one, due) for one in due.listed],
    })  # fmt: skip


def vendors_json(rows: Iterable[VendorRow]) -> str:
    """Give every vendor with its counts and what is next."""
    return json_text([
        {
            "id": row.vendor.id,
            "name": row.vendor.name,
            "tier": row.vendor.tier,
            "owner": row.vendor.owner,
            "people": len(row.vendor.people),
            "contract_until": _end(row),
            "counts": {state.name.lower(): row.counts[state] for state in State},
            "next": _duty(row.next) if row.next else None,
        }
        for row in rows
    ])  # fmt: skip


def vendor_json(row: VendorRow, found: Iterable[Listed]) -> str:
    """Give one vendor: the entry as registered, and everything that has a day."""
    duties = [_duty(one.obligation) | {"file": one.file, "line": one.line} for one in found]
    entry = row.vendor.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return json_text({"vendor": entry, "duties": duties})


def _listed(one: Listed, due: DueList) -> dict[str, Any]:
    found = one.obligation
    about = {"vendor_name": one.vendor.name, "tier": one.vendor.tier} if one.vendor else {}
    return {"vendor": one.vendor.id if one.vendor else None, **about, **_duty(found)} | {
        "days": found.days(due.today),
        "ask": one.who,
        "file": one.file,
        "line": one.line,
    }


def _duty(one: Obligation) -> dict[str, Any]:
    return {
        "state": one.state.name.lower(),
        "due": one.due.isoformat() if one.due else None,
        "kind": one.kind,
        "what": one.what,
        "person": one.person or None,
        "last": one.last.isoformat() if one.last else None,
        "duty": one.duty,
        "asked_by": one.asked_by,
        "note": one.note,
    }


def _end(row: VendorRow) -> str | None:
    until = row.vendor.contract.valid.until if row.vendor.contract else None
    return until.isoformat() if until else None
