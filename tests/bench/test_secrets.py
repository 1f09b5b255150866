"""The corpus of credentials tells detectors apart, and holds ours to what they have reached."""

from __future__ import annotations

import pytest
from bench.secrets import measured

from tests.scanners.credential_corpus import corpus


@pytest.mark.tools
def test_both_kinds_of_detectors_see_more_than_either_and_nothing_in_baits() -> None:
    samples = tuple(corpus())
    own, typed, both, _ = measured(samples)
    planted = {one.name for one in samples if one.is_planted}
    assert own < both <= planted
    assert (typed & planted) <= both
    assert len(both) >= 0.95 * len(planted)
