"""A record that rests on a tracker ends where what it says would no longer let the change through."""

from __future__ import annotations

from datetime import date
from typing import Any

from outsource_gate.deadlines.until import relied_on_until
from outsource_gate.gates.remediation import Settings
from outsource_gate.model.facts import NotAsked
from outsource_gate.model.finding import Severity
from outsource_gate.model.remedy import TrackedFinding, TrackedFindings
from tests.values import NOW, contract

TODAY = date(2026, 11, 23)
ACME = contract(remediation_sla={"high": "30 days"})


def until(item_: dict[str, Any] | None = None, **settings: Any) -> list[date]:
    whole: dict[str, Any] = {"first_seen": date(2026, 11, 20), "severity": Severity.HIGH} | (item_ or {})
    item = TrackedFinding("F1", "code", "acme", title="x", reference="v1:x", **whole)
    tracked = TrackedFindings("given", "0" * 64, NOW, (item,))
    return list(relied_on_until(tracked, ACME, Settings(**settings), TODAY))


def test_it_ends_with_the_scans_age_and_with_the_next_day_due() -> None:
    assert until() == [date(2026, 12, 7), date(2026, 12, 20)]
    assert until(tracker="optional") == [date(2026, 12, 20)]


def test_an_acceptance_was_relied_on() -> None:
    assert date(2026, 12, 1) in until({"accepted_on": TODAY, "accepted_until": date(2026, 12, 1)})


def test_what_denies_nothing_ends_nothing() -> None:
    """below the tier's severity, in a tier that only names, past its day already, or where no tracker is"""
    assert until({"severity": Severity.LOW}, fail_on="high", tracker="optional") == []
    assert until(fail_on="none", tracker="optional") == []
    assert until({"first_seen": date(2026, 1, 1)}, tracker="optional") == []
    assert list(relied_on_until(NotAsked(), ACME, Settings(), TODAY)) == []
