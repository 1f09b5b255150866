"""Which files one run reads: all of them once, in few shares of like weight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.shares import MANY, shares

SIZES = st.dictionaries(st.text("abc", min_size=1), st.integers(0, 1_000), max_size=60)


@given(SIZES, st.integers(1, 40), st.integers(1, 3))
def test_every_file_is_in_one_share_and_no_share_is_too_long(sizes: dict[str, int], most: int, lanes: int) -> None:
    """Nothing is left out, read twice or handed over in another order."""
    found = shares(sizes, most, lanes)
    assert sorted(name for share in found for name in share) == sorted(sizes)
    assert all(0 < len(share) <= most for share in found)
    order = list(sizes)
    assert all(list(share) == sorted(share, key=order.index) for share in found)


def test_few_files_are_one_share_and_many_are_as_many_as_lanes() -> None:
    """A second run is started only where it pays; three runs for two lanes would leave one of them idle."""
    few = {f"{number}": 1 for number in range(MANY - 1)}
    many = {f"{number}": 1 for number in range(100)}
    assert len(shares(few, 100, 2)) == 1
    assert len(shares(many, 100, 2)) == 2
    assert len(shares(many, 40, 2)) == 4
    assert len(shares(many, 40, 1)) == 3
    assert shares({}, 40, 2) == []


def test_large_files_are_not_all_in_one_share() -> None:
    """Two runs side by side end at about the same time."""
    sizes = {f"{number}": 1_000 if number < 20 else 10 for number in range(100)}
    first, second = (sum(sizes[name] for name in share) for share in shares(sizes, 100, 2))
    assert abs(first - second) <= 1_000
