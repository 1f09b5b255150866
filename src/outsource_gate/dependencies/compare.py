"""What became of the packages of one file? Pairs entries of base and head, by the order of their versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cmp_to_key
from typing import Literal

from outsource_gate.dependencies.versions import order
from outsource_gate.model.dependency import DependencyChange, Package

Kind = Literal["added", "removed", "upgraded", "downgraded", "changed"]


def compare(old: Sequence[Package], new: Sequence[Package]) -> Iterator[DependencyChange]:
    """Give what differs; an entry that only moved to another line does not."""
    before, after = _by_name(old), _by_name(new)
    for key in sorted(before.keys() | after.keys()):
        yield from _pairs(*_unlike(before.get(key, []), after.get(key, [])))


def _by_name(packages: Sequence[Package]) -> dict[tuple[str, str], list[Package]]:
    found: dict[tuple[str, str], list[Package]] = {}
    for one in packages:
        found.setdefault((one.ecosystem, one.name), []).append(one)
    return found


def _unlike(old: list[Package], new: list[Package]) -> tuple[list[Package], list[Package]]:
    """Take off what both have, as often as both have it."""
    same = Counter(map(_content, old)) & Counter(map(_content, new))
    return _rest(old, same.copy()), _rest(new, same)


def _rest(packages: list[Package], same: Counter[Package]) -> list[Package]:
    rest = []
    for one in packages:
        if same[_content(one)] > 0:
            same[_content(one)] -= 1
        else:
            rest.append(one)
    return sorted(rest, key=cmp_to_key(_older_first))


def _older_first(one: Package, other: Package) -> int:
    return order(one.ecosystem, other.version, one.version) or 0


def _content(one: Package) -> Package:
    return replace(one, path="", line=0, licence="")


def _pairs(old: list[Package], new: list[Package]) -> Iterator[DependencyChange]:
    both = min(len(old), len(new))
    for before, after in zip(old[:both], new[:both], strict=True):
        yield DependencyChange(_kind(before, after), before, after)
    yield from (DependencyChange("removed", one, None) for one in old[both:])
    yield from (DependencyChange("added", None, one) for one in new[both:])


def _kind(old: Package, new: Package) -> Kind:
    direction = order(new.ecosystem, old.version, new.version)
    return "upgraded" if direction == 1 else "downgraded" if direction == -1 else "changed"
