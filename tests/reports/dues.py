"""What is due at two vendors, for tests of every format: one late, one missing, one due soon."""

from __future__ import annotations

from datetime import date
from typing import Any

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.duties.obligation import Obligation, State
from tests import values
from tests.duties.register import SOON, TODAY, policy

VENDOR = values.vendor()
GLOBEX = values.vendor(id="globex", name="Globex", owner="localisation@corp.example")
PLACE = policy(VENDOR).place("vendors", "acme")
REVIEW = {
    "kind": "oversight",
    "what": "sprint-review",
    "duty": "customer",
    "asked_by": "critical.oversight.activities",
}


def obligation(state: State = State.DUE, **changes: Any) -> Obligation:
    whole: dict[str, Any] = {
        "vendor": "acme",
        "kind": "mfa",
        "what": "second factor",
        "duty": "vendor",
        "asked_by": "critical.access.mfa_max_age",
        "place": PLACE,
        "due": date(2026, 12, 30),
        "last": date(2026, 10, 1),
        "person": "vic",
    }
    return Obligation(state=state, **whole | changes)


def listed(one: Obligation, **changes: Any) -> Listed:
    whole: dict[str, Any] = {"vendor": VENDOR, "file": "vendors/acme.yaml", "line": 41}
    return Listed(one, **whole | changes)


def due(*found: Listed, **changes: Any) -> DueList:
    usual = (
        listed(obligation(State.OVERDUE, person="", due=date(2026, 11, 15), last=date(2026, 11, 1), **REVIEW)),
        listed(
            obligation(State.MISSING, vendor="globex", due=None, last=None, kind="nda", what="NDA"), vendor=GLOBEX
        ),
        listed(obligation()),
    )
    whole: dict[str, Any] = {"organisation": "Corp", "today": TODAY, "soon": SOON, "vendors": 2}
    return DueList(listed=found or usual, **whole | changes)


def nothing(**changes: Any) -> DueList:
    whole: dict[str, Any] = {"organisation": "Corp", "today": TODAY, "soon": SOON, "vendors": 2, "listed": ()}
    return DueList(**whole | changes)
