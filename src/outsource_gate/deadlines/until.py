"""Until which days does what a tracker says let a change through? Pure; for the record's own end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from outsource_gate.deadlines import deadline
from outsource_gate.model.finding import Severity
from outsource_gate.model.register import Vendor
from outsource_gate.model.remedy import TrackedFinding, TrackedFindings
from outsource_gate.model.span import ANY, after


def relied_on_until(tracked: object, vendor: Vendor, section: BaseModel, today: date) -> Iterator[date]:
    """The next day on which a finding gets overdue that would deny, the last of an acceptance, of a scan's age."""
    if not isinstance(tracked, TrackedFindings):
        return
    if getattr(section, "tracker", "") == "required" and tracked.scanned_at and _of(section, "max_age") != ANY:
        yield after(tracked.scanned_at.date(), _of(section, "max_age"))
    floor = _of(section, "fail_on")
    for item in tracked.items:
        if item.vendor == vendor.id and floor != "none" and item.severity.rank >= Severity(floor).rank:
            yield from (day for day in _days(item, vendor, section) if day >= today)


def _days(item: TrackedFinding, vendor: Vendor, section: BaseModel) -> Iterator[date]:
    if item.accepted_until:
        yield item.accepted_until
    due = deadline(item.first_seen, item.severity, vendor, {one: _of(section, one.value) for one in Severity})
    if due:
        yield due.day


def _of(section: BaseModel, name: str) -> str:
    """The gate's own model is not known here; a setting that it has not bounds nothing."""
    return str(getattr(section, name, "none" if name == "fail_on" else ANY))
