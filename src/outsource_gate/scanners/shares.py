"""Which files does one run of a scanner read, where there are many?

Runs side by side are to end together, and what a program holds grows with the files it has read.
"""

from __future__ import annotations

from collections.abc import Mapping

MANY = 30  # files from which two runs are faster than one


def shares(sizes: Mapping[str, int], at_once: int, lanes: int) -> list[tuple[str, ...]]:
    """Share files out so that each share has about as many bytes; as few as can be, for every lane the same."""
    lanes = lanes if len(sizes) >= MANY else 1
    count = -(-len(sizes) // at_once)
    count += -count % lanes
    found: list[list[str]] = [[] for _ in range(count)]
    bytes_of = [0] * count
    for target in sorted(sizes, key=lambda target: -sizes[target]):
        least = min((at for at in range(count) if len(found[at]) < at_once), key=bytes_of.__getitem__)
        found[least].append(target)
        bytes_of[least] += sizes[target]
    place = {target: position for position, target in enumerate(sizes)}
    return [tuple(sorted(share, key=place.__getitem__)) for share in found if share]
