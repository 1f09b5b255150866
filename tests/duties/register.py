"""A register in memory with one vendor, by default one that nothing is late of on the day of `values.NOW`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from outsource_gate.duties import obligations
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import after
from outsource_gate.policy.load import Policy
from tests import values
from tests.policy import memory

TODAY = date(2026, 11, 23)
SOON = after(TODAY, "90 days")


def complete(**changes: Any) -> Vendor:
    """A critical vendor with everything that its tier asks for."""
    people = [values.person(one.id, **values.PAPERS) for one in (values.VIC, values.VAL)]
    return values.vendor(**{"tier": "critical", "affiliates": [], "people": people, **changes})


def policy(*vendors: Vendor) -> Policy:
    """Vendors beyond the first stand in the first one's file: nobody asks for their lines."""
    whole = _loaded()
    places = dict(whole.places) | {("vendors", one.id): whole.place("vendors", "acme") for one in vendors}
    return replace(whole, vendors={one.id: one for one in vendors}, places=places)


@cache
def _loaded() -> Policy:
    return memory.load()


def of(vendor: Vendor, kind: str = "") -> list[Obligation]:
    return [one for one in obligations(policy(vendor), TODAY, SOON) if kind in ("", one.kind)]


def only(vendor: Vendor, kind: str) -> Obligation:
    (one,) = of(vendor, kind)
    return one


def late(found: Iterable[Obligation]) -> set[str]:
    return {one.kind for one in found if one.state.is_late}


def states(found: Iterable[Obligation]) -> set[State]:
    return {one.state for one in found}
