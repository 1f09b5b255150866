"""What got stricter or looser from one policy to another? Pure: two policies in, differences out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.policy.load import Policy
from outsource_gate.policy_diff.difference import Difference, Direction
from outsource_gate.policy_diff.entries import entry_differences
from outsource_gate.policy_diff.settings import tier_differences

_ORDER = list(Direction)


def differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Give every difference, what got looser first; a policy has none from itself."""
    found = (*tier_differences(old, new), *entry_differences(old, new))
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one.direction), one.where, one.what, one.old, one.new))
    )


def by_vendor(found: tuple[Difference, ...], vendors: Iterable[str]) -> dict[str, tuple[Difference, ...]]:
    """What concerns each of these, in one go."""
    shared, own = tuple(one for one in found if not one.vendors), dict[str, list[Difference]]()
    for one in found:
        for vendor in one.vendors:
            own.setdefault(vendor, []).append(one)
    return {vendor: (*shared, *own.get(vendor, ())) for vendor in vendors}


def of_vendor(found: tuple[Difference, ...], vendor: str) -> Iterator[Difference]:
    """What concerns one vendor: its own entry, its tier, and what holds for everybody."""
    return (one for one in found if not one.vendors or vendor in one.vendors)
