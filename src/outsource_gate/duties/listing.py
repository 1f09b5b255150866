"""Which obligations are shown, and in which order? The most urgent first, each with its line of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from outsource_gate.duties import obligations, obligations_of
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.model.register import Vendor
from outsource_gate.policy.load import Policy

_SHOWN = (State.OVERDUE, State.MISSING, State.DUE)


@dataclass(frozen=True, slots=True)
class Listed:
    """An obligation as readers get it: with its vendor and the place in the register."""

    obligation: Obligation
    vendor: Vendor | None  # None: the organisation's own
    file: str
    line: int

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def who(self) -> str:
        """Whom to call."""
        return self.vendor.owner if self.vendor else "the owner of the policy"


@dataclass(frozen=True, slots=True)
class DueList:
    """What is overdue, missing or due soon. `following` is the next one after that, if any."""

    organisation: str
    today: date
    soon: date
    vendors: int  # looked at
    listed: tuple[Listed, ...]
    following: Obligation | None = None

    @property
    def counts(self) -> Counter[State]:
        return Counter(one.obligation.state for one in self.listed)

    @property
    def is_late(self) -> bool:
        return any(one.obligation.state.is_late for one in self.listed)


@dataclass(frozen=True, slots=True)
class VendorRow:
    """One vendor at a glance."""

    vendor: Vendor
    counts: Counter[State]
    next: Obligation | None  # what is late the longest, or due first


def due_list(policy: Policy, today: date, soon: date, vendor: str = "") -> DueList:
    """Collect what is late or due soon, of all vendors or of one."""
    if vendor:
        found = obligations_of(policy, policy.vendors[vendor], today, soon)
    else:
        found = obligations(policy, today, soon)
    following: Obligation | None = None
    shown: list[Listed] = []
    for one in found:
        if one.state in _SHOWN:
            shown.append(listed(policy, one))  # here, as a file's lines are at hand while its vendor is looked at
        elif one.state is State.IN_ORDER and one.due and (following is None or one.due < _due(following)):
            following = one
    count = 1 if vendor else len(policy.vendors)
    ordered = tuple(sorted(shown, key=lambda one: _order(one.obligation)))
    return DueList(policy.organization, today, soon, count, ordered, following)


def listed(policy: Policy, one: Obligation) -> Listed:
    """Look up where an obligation stands."""
    return Listed(one, policy.vendors.get(one.vendor), one.place.text.file, one.place.line)


def by_urgency(found: Iterable[Obligation]) -> list[Obligation]:
    return sorted(found, key=_order)


def vendor_rows(policy: Policy, today: date, soon: date) -> Iterator[VendorRow]:
    """Give every vendor, those with the most urgent duties first."""
    rows = [vendor_row(policy, vendor, today, soon) for vendor in policy.vendors.values()]
    yield from sorted(rows, key=lambda row: (*_order(row.next), row.vendor.id) if row.next else _LAST)


def vendor_row(policy: Policy, vendor: Vendor, today: date, soon: date) -> VendorRow:
    """Count one vendor's duties by state, and find the first."""
    found = list(obligations_of(policy, vendor, today, soon))
    dated = [one for one in found if one.due or one.state is State.MISSING]
    return VendorRow(vendor, Counter(one.state for one in found), min(dated, key=_order, default=None))


def _due(one: Obligation) -> date:
    return one.due or date.max


def _order(one: Obligation) -> tuple[int, date, str, str, str, str]:
    return one.state.rank, _due(one), one.vendor, one.person, one.kind, one.what


_LAST = (len(State), date.max, "", "", "", "", "")
