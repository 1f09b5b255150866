"""How do the tiers differ, setting by setting, and what does moving to another tier do to a vendor?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from outsource_gate.model.span import ANY, length
from outsource_gate.policy.load import Policy
from outsource_gate.policy.strictness import Setting, is_stricter, sections_of, settings_of, written
from outsource_gate.policy.tiers import REPORT_ONLY, STRICTEST, Tier
from outsource_gate.policy_diff.difference import (
    EVERYBODY_ELSE,
    NOBODY,
    Difference,
    Direction,
    direction,
    ordered,
    told,
)

_Part = tuple[Direction, str, str]


def tier_differences(old: Policy, new: Policy) -> Iterator[Difference]:
    """Compare tiers of the same name, and for each vendor that moved the tiers it moved between."""
    for name in sorted({*old.tiers, *new.tiers}):
        before, after = old.tiers.get(name), new.tiers.get(name)
        if before and after:
            yield from _compared(f"tier {name}", before, after, _judged_by(name, old, new))
        elif after:
            yield Difference(Direction.CHANGED, f"tier {name}", "tier", "", f"starts from {after.shipped}")
        elif before:
            yield Difference(Direction.CHANGED, f"tier {name}", "tier", f"starts from {before.shipped}", "")
    for vendor in sorted(old.vendors.keys() & new.vendors.keys()):
        yield from _moved(old, new, vendor)


def _judged_by(name: str, old: Policy, new: Policy) -> tuple[str, ...]:
    """Who is judged by this tier in both; whoever moved is compared by itself."""
    both = old.vendors.keys() & new.vendors.keys()
    stayed = sorted(id for id in both if old.vendors[id].tier == new.vendors[id].tier == name)
    return (*stayed, EVERYBODY_ELSE) if name == STRICTEST else tuple(stayed) or (NOBODY,)


def _moved(old: Policy, new: Policy, vendor: str) -> Iterator[Difference]:
    before, after = old.tier_of(vendor), new.tier_of(vendor)
    places = (old.place("vendors", vendor, "tier"), new.place("vendors", vendor, "tier"))
    if before.name == after.name:
        claims = tuple(policy.claimed.get(vendor, before.name) for policy in (old, new))
        if claims[0] != claims[1]:
            yield told(
                Direction.CHANGED, f"vendor {vendor}", "claimed tier", (claims[0], claims[1]), places, (vendor,)
            )
        return
    found = tuple(_compared(f"vendor {vendor}", before, after, (vendor,)))
    ways = {one.direction for one in found}
    way = direction(Direction.LOOSER in ways, Direction.STRICTER in ways)
    yield told(way, f"vendor {vendor}", "tier", (before.name, after.name), places, (vendor,))
    yield from found


def _compared(where: str, old: Tier, new: Tier, vendors: tuple[str, ...]) -> Iterator[Difference]:
    before, after = sections_of(old), sections_of(new)
    for gate in dict.fromkeys((*before, *after)):
        if gate in before and gate in after:
            named = {one.name: one for one in settings_of(before[gate])}
            for setting in settings_of(after[gate]):
                yield from _setting(where, (old, new), gate, (named[setting.name], setting), vendors)
        else:
            way = Direction.STRICTER if gate in after else Direction.LOOSER
            words = ("", "applies") if gate in after else ("applies", "")
            yield Difference(way, where, gate, *words, vendors=vendors)
    yield from _window(where, old, new, vendors)


def _setting(
    where: str, tiers: tuple[Tier, Tier], gate: str, pair: tuple[Setting, Setting], vendors: tuple[str, ...]
) -> Iterator[Difference]:
    old, new = pair
    for way, before, after in parts(old.value, new.value, new.stricter):
        places = (tiers[0].places.get((gate, new.name)), tiers[1].places.get((gate, new.name)))
        yield told(way, where, f"{gate}.{new.name}", (before, after), places, vendors)


def parts(old: Any, new: Any, stricter: Any) -> Iterator[_Part]:
    """Give what is otherwise; lists and mappings that are looser in one part and stricter in another, in parts."""
    if old == new:
        return
    way = direction(is_stricter(old, new, stricter), is_stricter(new, old, stricter))
    if way is Direction.CHANGED and stricter in ("more", "fewer") and set(old) != set(new):
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        ways = (
            (Direction.LOOSER, Direction.STRICTER) if stricter == "more" else (Direction.STRICTER, Direction.LOOSER)
        )
        yield ways[0], written(gone), ""
        yield ways[1], "", written(come)
    elif way is Direction.CHANGED and stricter == "shorter" and isinstance(old, Mapping):
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield _age(name, old.get(name), new.get(name))
    else:
        yield way, written(old), written(new)


def _age(name: str, old: str | None, new: str | None) -> _Part:
    """What is not named has no bound."""
    way = ordered(old or ANY, new or ANY, lambda age: length(str(age)))
    return way, f"{name}: {old}" if old else "", f"{name}: {new}" if new else ""


def _window(where: str, old: Tier, new: Tier, vendors: tuple[str, ...]) -> Iterator[Difference]:
    """A window in which denials are only reported; none is the strictest."""
    before, after = old.report_only_until, new.report_only_until
    if before != after:
        way = ordered(before, after, lambda day: day.toordinal() if isinstance(day, date) else 0)
        places = (old.places.get(("", REPORT_ONLY)), new.places.get(("", REPORT_ONLY)))
        yield told(way, where, REPORT_ONLY, (str(before or ""), str(after or "")), places, vendors)
