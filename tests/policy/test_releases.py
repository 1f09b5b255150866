"""Which releases are major."""

from __future__ import annotations

import pytest

from outsource_gate.policy.releases import Releases, importance
from tests.policy.memory import policy_error, policy_with


@pytest.mark.parametrize(
    ("version", "since", "is_major"),
    [
        ("2.0.0", "v1.9.9", True),
        ("v1.10.0", "v1.9.9", False),
        ("1.9.10", "1.9.9", False),
        ("1.9.10-rc.1", "release/1.9.9", False),
        ("2.0.0", "", True),
        ("2026.11", "2026.10", True),
        ("1.9.9", "1.9.9", True),
        ("1.9.8", "1.9.9", True),
        ("2.0.0\n", "1.0.0", True),
    ],
)
def test_a_rising_part_decides(version: str, since: str, is_major: bool) -> None:
    """what is no semantic version, or does not follow the last one, counts as major"""
    assert importance(version, since, Releases(major=("major",)))[0] is is_major


def test_every_release_is_major_unless_the_policy_says_otherwise() -> None:
    """a policy that is silent asks for everything"""
    assert importance("1.0.1", "1.0.0", Releases()) == (True, "the patch version rises from 1.0.0 to 1.0.1")


def test_patterns_take_the_place_of_numbers() -> None:
    """a version that fits none is not major"""
    releases = Releases(tags=("v*.0.0", "*-lts"))
    assert importance("v3.0.0", "v2.9.0", releases)[0]
    assert importance("2026-lts", "2025-lts", releases)[0]
    assert importance("v3.1.0", "v3.0.0", releases) == (False, "v3.1.0 fits none of v*.0.0, *-lts")


def test_the_policy_says_so() -> None:
    """read strictly, with the line of what is wrong"""
    assert policy_with("releases: {major: [major, minor]}\n").releases.major == ("major", "minor")
    says = policy_error("vendors: vendors/\n", "vendors: vendors/\nreleases: {major: []}\n")
    assert says.startswith("policy.yaml:7: releases.major: ")
