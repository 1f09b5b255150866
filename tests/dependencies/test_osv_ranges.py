"""Whether an advisory holds is judged by the rules of the ecosystem; what has no order is not known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.dependencies.osv_ranges import affects, fixes
from tests.dependencies.osv import affected, span


def holds(kind: str, version: str, *events: dict[str, str], **more: Any) -> bool | None:
    return affects(kind, affected(ranges=[span(*events)] if events else [], **more), version)


@pytest.mark.parametrize(
    ("kind", "version", "start", "fixed", "expected"),
    [
        ("pypi", "2.9", "2.0", "2.10", True),
        ("pypi", "2.10", "2.0", "2.10", False),
        ("pypi", "2.10rc1", "2.0", "2.10", True),
        ("pypi", "1.9", "2.0", "2.10", False),
        ("pypi", "1!2.5", "2.0", "2.10", False),
        ("npm", "1.0.0-rc.1", "0", "1.0.0", True),
        ("npm", "1.0.0+build", "0", "1.0.0", False),
        ("golang", "v1.2.3", "0", "1.2.4", True),
        ("golang", "v1.2.4+incompatible", "0", "1.2.4", False),
        ("golang", "v0.0.0-20200101000000-abcdefabcdef", "0", "0.0.0-20210101000000-aaaaaaaaaaaa", True),
        ("maven", "2.0.0-SNAPSHOT", "0", "2.0.0", True),
        ("maven", "2.0.0.RELEASE", "0", "2.0.0", False),
        ("cargo", "0.9.9", "0.9.0", "0.10.0", True),
        ("gem", "7.0.0.rc1", "0", "7.0.0", True),
        ("composer", "v1.2.0-beta10", "1.2.0-beta2", "1.2.0-RC1", True),
        ("composer", "1.2.0-p1", "0", "1.2.0", False),
        ("nuget", "1.0.0.1", "0", "1.0.0.2", True),
        ("nuget", "1.0.0-BETA.2", "1.0.0-alpha.9", "1.0.0-beta.10", True),
        ("github", "v45.0.7", "0", "46.0.1", True),
    ],
)
def test_from_a_start_to_before_its_fix(kind: str, version: str, start: str, fixed: str, expected: bool) -> None:
    assert holds(kind, version, {"introduced": start}, {"fixed": fixed}) is expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.0.5", True), ("1.1.0", False), ("1.5.0", False), ("2.0.0", True), ("2.3.0", True), ("2.3.1", False)],
)
def test_several_starts_and_ends_in_one_range(version: str, expected: bool) -> None:
    """The last event at or before the version decides, in whatever order they are written."""
    events = [{"last_affected": "2.3.0"}, {"introduced": "2.0.0"}, {"fixed": "1.1.0"}, {"introduced": "0"}]
    assert holds("npm", version, *events) is expected


def test_a_limit_ends_what_is_looked_at() -> None:
    events = ({"introduced": "1.0.0"}, {"limit": "2.0.0"})
    assert [holds("npm", version, *events) for version in ("1.5.0", "2.0.0")] == [True, False]


def test_listed_versions_count_as_they_are_meant() -> None:
    """2.0 and 2.0.0 are one version to pip; a listed word that is none is another version."""
    listed = {"versions": ["2.0", "2004d"]}
    assert [holds("pypi", version, **listed) for version in ("2.0.0", "2004d", "2.1")] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("pypi", "not-a-version"),
        ("npm", "latest"),
        ("github", "v4"),
        ("github", "a" * 40),
        ("maven", "${lib.version}"),
        ("maven", "LATEST"),
        ("composer", "dev-main"),
        ("gem", "1.0; 2"),
        ("npm", "1" * 300),
        ("npm", ""),
    ],
)
def test_what_has_no_order_is_not_known(kind: str, version: str) -> None:
    assert holds(kind, version, {"introduced": "1.0.0"}, {"fixed": "2.0.0"}) is None


@pytest.mark.parametrize("events", [[{"introduced": "one"}], [{"introduced": "0"}, {"fixed": "some day"}]])
def test_a_range_that_nobody_can_judge_is_not_known(events: list[dict[str, str]]) -> None:
    assert holds("npm", "1.0.0", *events) is None


def test_a_range_that_holds_is_enough_beside_one_that_nobody_can_judge() -> None:
    both = affected(ranges=[span({"introduced": "one"}), span({"introduced": "1.0.0"}, {"fixed": "2.0.0"})])
    assert [affects("npm", both, version) for version in ("1.5.0", "2.0.0")] == [True, None]


def test_commits_say_nothing_of_versions() -> None:
    """A range of commits alone leaves it open; beside another one it is left out."""
    git = span({"introduced": "0"}, {"fixed": "a" * 40}, type="GIT")
    assert affects("npm", affected(ranges=[git]), "1.0.0") is None
    assert affects("npm", affected(ranges=[git, span({"introduced": "2.0.0"})]), "1.0.0") is False


@pytest.mark.parametrize("version", ["1.0.0", "", "nobody-knows"])
def test_what_holds_for_every_version_holds_for_an_unknown_one(version: str) -> None:
    assert holds("npm", version, {"introduced": "0"}) is True


@pytest.mark.parametrize("ranges", [None, "x", [1], [{"events": 1}], [{"events": [1, {"introduced": 5}]}]])
def test_broken_ranges_are_not_known(ranges: Any) -> None:
    assert affects("npm", affected(ranges=ranges), "1.0.0") is None


def test_fixed_versions_are_told_once() -> None:
    both = affected(ranges=[span({"introduced": "0"}, {"fixed": "2"}), span({"fixed": "2"}, {"fixed": "3"})])
    assert fixes(both) == ("2", "3")


VERSIONS = st.tuples(*[st.integers(0, 3)] * 3).map(lambda parts: ".".join(map(str, parts)))


@given(st.sampled_from(["pypi", "npm", "golang", "maven", "cargo", "gem", "composer", "nuget", "github"]),
       VERSIONS, VERSIONS, VERSIONS)  # fmt: skip
def test_plain_versions_mean_the_same_everywhere(kind: str, version: str, start: str, fixed: str) -> None:
    """Numbers of three parts are ordered alike by every ecosystem."""
    is_fixed = start < fixed <= version  # of one figure each, they are ordered like text
    assert holds(kind, version, {"introduced": start}, {"fixed": fixed}) is (start <= version and not is_fixed)


@given(VERSIONS, VERSIONS, VERSIONS, st.permutations([0, 1, 2]))
def test_the_order_of_events_means_nothing(version: str, start: str, fixed: str, places: list[int]) -> None:
    events = [{"introduced": "0"}, {"introduced": start}, {"fixed": fixed}]
    assert holds("npm", version, *events) is holds("npm", version, *(events[place] for place in places))
