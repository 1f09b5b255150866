"""The tree is the one of RFC 6962, by its published vectors, and its proofs prove nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.ledger.tree import (
    EMPTY_ROOT,
    HASH_SIZE,
    Range,
    Subtree,
    completed,
    consistency,
    inclusion,
    is_consistent,
    joined,
    leaf_hash,
    node_hash,
    root_by_inclusion,
    subtrees,
)

# Vectors of the reference implementation of certificate transparency (google/certificate-transparency,
# cpp/merkletree/merkle_tree_test.cc; the same in transparency-dev/merkle, testonly/constants.go).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        *INCLUSION[5, 8][1:],
    ],
    (2, 5): [INCLUSION[0, 8][1], INCLUSION[5, 8][0]],
}

Sizes = st.integers(1, 70).flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new)))


def grown(leaves: list[bytes]) -> dict[Subtree, bytes]:
    """Every perfect subtree, as appending finds them one leaf after the other."""
    known: dict[Subtree, bytes] = {}
    for index, leaf in enumerate(leaves):
        known.update(completed(index, leaf_hash(leaf), known))
    return known


def numbered(count: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(count)]


def proof(known: dict[Subtree, bytes], ranges: list[Range]) -> list[bytes]:
    return [joined([known[place] for place in places]) for places in ranges]


def root(known: dict[Subtree, bytes], size: int) -> bytes:
    return joined([known[place] for place in subtrees(0, size)])


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 2.1 defines it, by recursion over the leaves."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else hashlib.sha256().digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    """the roots of the first eight trees are the published ones"""
    assert root(grown(LEAVES[:size]), size).hex() == ROOTS[size]
    assert root(grown(LEAVES), size).hex() == ROOTS[size]


@pytest.mark.parametrize("place", INCLUSION)
def test_published_inclusion(place: tuple[int, int]) -> None:
    """proofs of inclusion are the published ones, and lead to the published root"""
    index, size = place
    path = proof(grown(LEAVES[:size]), inclusion(index, size))
    assert [found.hex() for found in path] == INCLUSION[place]
    assert root_by_inclusion(leaf_hash(LEAVES[index]), index, size, path) == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize("sizes", CONSISTENCY)
def test_published_consistency(sizes: tuple[int, int]) -> None:
    """proofs of consistency are the published ones, and hold between the published roots"""
    old, new = sizes
    path = proof(grown(LEAVES[:new]), consistency(old, new))
    assert [found.hex() for found in path] == CONSISTENCY[sizes]
    assert is_consistent(old, new, (bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])), path)


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_growing_gives_the_defined_root(leaves: list[bytes]) -> None:
    """appending leaf after leaf gives the root that the RFC defines, and adds 2n - popcount(n) subtrees"""
    known = grown(leaves)
    assert root(known, len(leaves)) == by_definition(leaves)
    assert len(known) == 2 * len(leaves) - len(leaves).bit_count()


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_inclusion_proves_one_place_only(place: tuple[int, int], data: st.DataObject) -> None:
    """a proof holds for its leaf at its place, and not for another leaf, place, order or length"""
    index, size = place
    known = grown(numbered(size))
    path, top = proof(known, inclusion(index, size)), root(known, size)
    leaf = leaf_hash(b"entry %d" % index)
    assert root_by_inclusion(leaf, index, size, path) == top
    assert root_by_inclusion(leaf_hash(b"another"), index, size, path) != top
    assert root_by_inclusion(leaf, index, size, [*path, bytes(HASH_SIZE)]) != top
    other = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))
    assert root_by_inclusion(leaf, other, size, path) != top
    if path:
        assert root_by_inclusion(leaf, index, size, path[:-1]) != top
        at = data.draw(st.integers(0, len(path) - 1))
        assert root_by_inclusion(leaf, index, size, [*path[:at], bytes(HASH_SIZE), *path[at + 1 :]]) != top


@given(Sizes, st.data())
def test_consistency_proves_growth_only(sizes: tuple[int, int], data: st.DataObject) -> None:
    """a proof holds between a tree and its beginning, and not if the beginning or the proof was changed"""
    old, new = sizes
    known = grown(numbered(new))
    path, roots = proof(known, consistency(old, new)), (root(known, old), root(known, new))
    assert is_consistent(old, new, roots, path)
    assert not is_consistent(old, new, (bytes(HASH_SIZE), roots[1]), path)
    assert not is_consistent(old, new, roots, [*path, bytes(HASH_SIZE)])
    if old:
        assert not is_consistent(old, new, (roots[0], bytes(HASH_SIZE)), path)
        changed = numbered(new)
        changed[data.draw(st.integers(0, old - 1))] = b"changed"
        forged = grown(changed)
        between = (roots[0], root(forged, new))
        assert not is_consistent(old, new, between, proof(forged, consistency(old, new)))
    if path:
        assert not is_consistent(old, new, roots, path[:-1])


def test_what_cannot_be_asked() -> None:
    """there is no proof for a place outside of the tree, nor that a tree began with a larger one"""
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no entry"):
            inclusion(index, size)
        assert root_by_inclusion(EMPTY_ROOT, index, size, []) is None
    with pytest.raises(ValueError, match="cannot begin"):
        consistency(4, 3)
    assert not is_consistent(4, 3, (EMPTY_ROOT, EMPTY_ROOT), [])
    assert not is_consistent(3, 4, (EMPTY_ROOT, EMPTY_ROOT), [])


@given(st.integers(1, 2**40))
def test_work_grows_with_the_logarithm(size: int) -> None:
    """a root, and a proof of any size, is put together from at most twice as many subtrees as the tree is high"""
    high = size.bit_length()
    assert len(subtrees(0, size)) <= high
    for index in (0, size // 2, size - 1):
        assert sum(map(len, inclusion(index, size))) <= 2 * high
    assert sum(map(len, consistency(size // 2, size))) <= 3 * high
