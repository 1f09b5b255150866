"""What is a difference between two policies, and which way does it go?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from outsource_gate.model.identity import UNKNOWN
from outsource_gate.policy.yaml_text import Place


class Direction(StrEnum):
    """What it does to what is let through, the one to look at first first."""

    LOOSER = "looser"
    CHANGED = "changed"  # no direction is declared for it, or the two cannot be compared
    STRICTER = "stricter"


EVERYBODY_ELSE = UNKNOWN  # stands among `vendors` for whoever is not in the register
NOBODY = ""  # stands alone there: a tier that judges nobody


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise; old or new is "" where it is not there."""

    direction: Direction
    where: str  # "tier critical", "vendor acme", "waiver w1", "policy"
    what: str  # "review.approvals", "access.paths"
    old: str
    new: str
    old_place: str = ""  # file:line
    new_place: str = ""
    vendors: tuple[str, ...] = ()  # whom it concerns; empty: everybody


def direction(is_looser: bool, is_stricter: bool) -> Direction:
    """Two claims that contradict each other, or none, say nothing of the direction."""
    if is_looser == is_stricter:
        return Direction.CHANGED
    return Direction.LOOSER if is_looser else Direction.STRICTER


def told(
    way: Direction,
    where: str,
    what: str,
    values: tuple[str, str],
    places: tuple[Place | None, Place | None],
    vendors: tuple[str, ...],
) -> Difference:
    """Give the difference of two values, each with where it stands."""
    lines = tuple(str(place) if place else "" for place in places)
    return Difference(way, where, what, *values, lines[0], lines[1], vendors)


def ordered(old: object, new: object, rank: Callable[[object], float]) -> Direction:
    """Compare by how much each lets through."""
    return direction(rank(new) > rank(old), rank(new) < rank(old))


def counted(found: Iterable[Difference]) -> dict[str, int]:
    """How many there are of each direction, looser first."""
    counts = Counter(one.direction for one in found)
    return {str(way): counts[way] for way in Direction}
