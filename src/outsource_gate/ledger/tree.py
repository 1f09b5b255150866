"""Which hashes prove that an entry is in the ledger, and that the ledger only ever grew?

RFC 6962 section 2.1, in the words of RFC 9162. The tree is kept as its perfect subtrees, named by level (0: leaves)
and index among those of the level. Perfect subtrees never change, so appending adds a few and rewrites none, and
every root and proof is put together from O(log n) of them. Nothing here reads or stores: functions name the
subtrees that are needed, and `joined` makes one hash of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Subtree: TypeAlias = tuple[int, int]  # level, index: covers the leaves from index << level, 1 << level of them
Range: TypeAlias = list[Subtree]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees(start: int, end: int) -> Range:
    """The perfect subtrees, from left to right, under the node that covers these leaves.

    `start` is where a node of the tree begins, which makes the pieces ever smaller.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def joined(hashes: Sequence[bytes]) -> bytes:
    """The hash of the node over such a row of subtrees; the root of the empty tree for none."""
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def completed(index: int, leaf: bytes, left: Mapping[Subtree, bytes]) -> Iterator[tuple[Subtree, bytes]]:
    """The subtrees that a leaf at `index` completes, from itself upwards; `left` has those of the tree before."""
    found, level = leaf, 0
    yield (0, index), found
    while index >> level & 1:
        found = node_hash(left[level, (index >> level) - 1], found)
        level += 1
        yield (level, index >> level), found


def add_leaf(peaks: dict[Subtree, bytes], index: int, leaf: bytes) -> list[tuple[Subtree, bytes]]:
    """Let a tree grow of which only its topmost subtrees are kept, from left to right; gives what was completed."""
    new = list(completed(index, leaf, peaks))
    for (level, below), _ in new[:-1]:
        del peaks[level, below - 1]
    peaks[new[-1][0]] = new[-1][1]
    return new


def inclusion(index: int, size: int) -> list[Range]:
    """What proves that a leaf is in a tree: each hash of the path from the leaf upwards, as subtrees to join."""
    if not 0 <= index < size:
        raise ValueError(f"no entry {index} in a tree of {size}")
    path: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            path.append(subtrees(middle, end))
            end = middle
        else:
            path.append(subtrees(start, middle))
            start = middle
    return path[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """What proves that a tree of `new` leaves begins with one of `old` leaves."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot begin with one of {old}")
    if old in (0, new):
        return []
    path: list[Range] = []
    start, end, whole = 0, new, True  # whole: the old tree is the node that covers start..old
    while old < end:
        middle = start + _left_part(end - start)
        if old <= middle:
            path.append(subtrees(middle, end))
            end = middle
        else:
            path.append(subtrees(start, middle))
            start, whole = middle, False
    return ([] if whole else [subtrees(start, end)]) + path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to; None where it cannot be a proof for this place.  # RFC 9162 2.1.3.2"""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, new: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Does the proof show that the tree with the second root begins with that of the first?  # RFC 9162 2.1.4.2"""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not path and (roots[0] == (EMPTY_ROOT if old == 0 else roots[1]))
    hashes = [roots[0], *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and (first, second) == roots


def _left_part(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
