"""Which of the tracked items is which of the findings seen? Pure; names, not dates, decide it.

Equal findings (same scanner, same fingerprint, one repository) are a multiset: one is kept apart from another by
where it stands, and where that fails any of them stands for any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outsource_gate.model.tracked import Item
from outsource_gate.remediation.look import UNKNOWN, Observed

_Claim = Callable[[Item, Observed], bool]


@dataclass(frozen=True, slots=True)
class Matched:
    """Items with what they are now (index of the finding), and those that were not found."""

    pairs: tuple[tuple[Item, int], ...]
    missing: tuple[Item, ...]


def match(items: Sequence[Item], found: Sequence[Observed], moved: Mapping[str, str]) -> Matched:
    """Match equal items with equal findings; each finding stands for at most one item of a vendor.

    An item that is not closed keeps its finding whatever is said of whose it is now: a line that somebody else
    formatted is the same flaw. A closed one comes back only with a finding that is its vendor's.
    """
    pairs: list[tuple[Item, int]] = []
    missing: list[Item] = []
    for vendor in sorted({item.vendor for item in items}):
        own = [item for item in items if item.vendor == vendor]
        live = [item for item in own if item.state != "closed"]
        free = dict(enumerate(found))
        for claim in (_at_its_place, _was_renamed(moved), _is_its_vendors):
            live = list(_claimed(live, free, claim, pairs))
        closed = [item for item in own if item.state == "closed"]
        for claim in (_both(_at_its_place, _is_its_vendors), _is_its_vendors):
            closed = list(_claimed(closed, free, claim, pairs))
        missing.extend(live)
    return Matched(tuple(pairs), tuple(missing))


def _claimed(
    items: Iterable[Item], free: dict[int, Observed], claim: _Claim, pairs: list[tuple[Item, int]]
) -> Iterator[Item]:
    """Give the items that found nothing; of several findings the vendor's own comes first."""
    for item in items:
        fits = [number for number, one in free.items() if claim(item, one)]
        if not fits:
            yield item
            continue
        number = min(fits, key=lambda number: (item.vendor not in free[number].owners, number))
        del free[number]
        pairs.append((item, number))


def _at_its_place(item: Item, one: Observed) -> bool:
    return item.path == one.path


def _was_renamed(moved: Mapping[str, str]) -> _Claim:
    def claim(item: Item, one: Observed) -> bool:
        return moved.get(item.path) == one.path or not one.names.isdisjoint(item.paths)

    return claim


def _is_its_vendors(item: Item, one: Observed) -> bool:
    """What was nobody's can turn out to be anybody's, and what nobody can say of is whose it was."""
    return one.vendors is None or item.vendor in one.owners or (item.vendor == UNKNOWN and bool(one.owners))


def _both(first: _Claim, second: _Claim) -> _Claim:
    return lambda item, one: first(item, one) and second(item, one)
