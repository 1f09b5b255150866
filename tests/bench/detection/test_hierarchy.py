"""Which CWEs count as the same weakness?"""

from __future__ import annotations

import pytest
from bench.detection.hierarchy import related


@pytest.mark.parametrize(("one", "other"), [(78, 78), (78, 77), (95, 94), (798, 259), (80, 79), (326, 328)])
def test_parent_and_child_are_related_in_both_directions(one: int, other: int) -> None:
    """MITRE's ChildOf, one step."""
    assert related(one, other)
    assert related(other, one)


@pytest.mark.parametrize(("one", "other"), [(78, 79), (78, 74), (22, 89), (79, 707), (9999, 78)])
def test_siblings_grandparents_and_strangers_are_not(one: int, other: int) -> None:
    """Through a pillar of the hierarchy nearly everything would be related."""
    assert not related(one, other)
    assert not related(other, one)
