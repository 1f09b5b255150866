"""What is one thing that somebody has to do by a day?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from outsource_gate.model.oversight import Duty
from outsource_gate.model.register import Vendor
from outsource_gate.model.span import last_day
from outsource_gate.policy.load import Policy
from outsource_gate.policy.settings import GateSettings
from outsource_gate.policy.tiers import Tier
from outsource_gate.policy.yaml_text import Place

Wanted = TypeVar("Wanted", bound=GateSettings)
REGISTER = "register"  # asked for by the entry itself: it promises or limits something


class State(StrEnum):
    """How something stands on the day that is asked about; the most urgent first."""

    OVERDUE = "overdue"
    MISSING = "missing"  # asked for, and nothing on register counts
    DUE = "due soon"
    IN_ORDER = "in order"
    LATER = "not begun"
    ENDED = "over"  # by plan: nothing is owed any more

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def is_late(self) -> bool:
        return self in (State.OVERDUE, State.MISSING)


_RANKS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Obligation:
    """A dated duty of one vendor, or of the organisation itself. `due` is the last day on which all is well."""

    vendor: str  # register id; "" for the organisation's own
    kind: str
    what: str
    state: State
    duty: Duty
    asked_by: str  # REGISTER, or the setting as a policy writes it: `critical.access.mfa_max_age`
    place: Place = field(compare=False, repr=False)  # where the register has it, or would have it
    due: date | None = None
    last: date | None = None
    person: str = ""
    note: str = ""

    def days(self, today: date) -> int | None:
        """Days that are left; negative once it is overdue."""
        return (self.due - today).days if self.due else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One vendor on one day, and how its obligations are entered."""

    policy: Policy
    vendor: Vendor
    tier: Tier
    today: date
    soon: date  # what is due until then is due soon
    place: Place
    is_over: bool = False  # offboarded: nothing is owed any more

    def wants(self, gate: str, settings: type[Wanted]) -> Wanted:
        """What the vendor's tier says; a gate's own defaults where a tier lacks it."""
        found = self.tier.gates.get(gate)
        return found if isinstance(found, settings) else settings()

    def asks(self, gate: str, name: str = "") -> str:
        return ".".join(filter(None, (self.tier.name, gate, name)))

    def dated(self, kind: str, what: str, due: date | None, *path: str | int, **more: Any) -> Obligation:
        """Enter something that holds until a day; None: without an end."""
        return self._entry(
            kind, what, state_of(due, self.today, self.soon) if due else State.IN_ORDER, path, due=due, **more
        )

    def done(
        self, kind: str, what: str, on: date | None, ages: tuple[str | None, ...], *path: str | int, **more: Any
    ) -> Obligation:
        """Enter something that was done on a day and counts for a time; what is still to come does not count.

        Nothing is missing that nobody but the register asks for.
        """
        if on is not None and on <= self.today:
            until = last_day(on, *ages)
            return self.dated(kind, what, None if until == date.max else until, *path, **{**more, "last": on})
        told = {**more, "note": f"dated ahead, {on}"} if on else more
        if told.get("asked_by", REGISTER) == REGISTER:
            return self.plain(kind, what, State.LATER, *path, **told)
        return self.missing(kind, what, *path, **told)

    def missing(self, kind: str, what: str, *path: str | int, **more: Any) -> Obligation:
        return self._entry(kind, what, State.MISSING, path, **more)

    def plain(self, kind: str, what: str, state: State, *path: str | int, **more: Any) -> Obligation:
        """Enter something whose state the caller knows better."""
        return self._entry(kind, what, state, path, **more)

    def _entry(self, kind: str, what: str, state: State, path: tuple[str | int, ...], **more: Any) -> Obligation:
        told = {"duty": "vendor", "asked_by": REGISTER, **more}
        shown = State.ENDED if self.is_over else state
        return Obligation(self.vendor.id, kind, what, shown, place=self.place.below(*path), **told)


def state_of(due: date, today: date, soon: date) -> State:
    """The last day belongs to what is due."""
    if due < today:
        return State.OVERDUE
    return State.DUE if due <= soon else State.IN_ORDER
