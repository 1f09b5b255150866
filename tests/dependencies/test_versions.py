"""Versions are ordered by the rules of their ecosystem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.dependencies.versions import order, satisfies

KINDS = ("pypi", "npm", "golang", "maven", "cargo", "gem", "composer", "nuget", "github", "docker")


@pytest.mark.parametrize(
    ("kind", "older", "newer"),
    [
        ("pypi", "1.9", "1.10"),
        ("pypi", "1.0rc1", "1.0"),
        ("pypi", "1.0", "1.0.post1"),
        ("pypi", "9", "1!0"),
        ("npm", "1.0.0-alpha.9", "1.0.0-alpha.10"),
        ("npm", "1.0.0-beta", "1.0.0"),
        ("npm", "1.9.0", "1.10.0"),
        ("golang", "v0.0.0-20200101000000-abcdefabcdef", "v0.0.0-20210101000000-abcdefabcdef"),
        ("golang", "v1.2.3", "v2.0.0+incompatible"),
        ("maven", "1.0-SNAPSHOT", "1.0"),
        ("maven", "1.0-rc1", "1.0"),
        ("maven", "1.9", "1.10"),
        ("maven", "1.0", "1.0-sp1"),
        ("gem", "1.0.pre", "1.0"),
        ("gem", "1.9", "1.10"),
        ("nuget", "1.0.0.1", "1.0.0.2"),
        ("composer", "v1.0", "1.0.1"),
        ("github", "v3", "v4"),
    ],
)
def test_older_and_newer(kind: str, older: str, newer: str) -> None:
    assert (order(kind, older, newer), order(kind, newer, older)) == (1, -1)


@pytest.mark.parametrize(
    ("kind", "old", "new"), [("docker", "bookworm", "trixie"), ("github", "main", "v1"), ("npm", "", "1.0.0")]
)
def test_words_have_no_order(kind: str, old: str, new: str) -> None:
    assert order(kind, old, new) is None


@pytest.mark.parametrize(
    ("kind", "asked", "version", "answer"),
    [
        ("pypi", ">=2,<3", "2.9", True),
        ("pypi", ">=2,<3", "3.0", False),
        ("pypi", "^1.0", "1.0", None),
        ("npm", "^1.2.0", "1.9.0", True),
        ("npm", "^1.2.0", "2.0.0", False),
        ("npm", "latest", "1.0.0", None),
        ("npm", "^1.0.0", "1.1.0-rc.1", None),
        ("cargo", "1.2", "1.9.0", True),
        ("cargo", "1.2", "2.0.0", False),
        ("cargo", ">=1, <2", "2.0.0", False),
        ("gem", "~> 1", "1.0", None),
    ],
)
def test_whether_a_version_is_what_was_asked_for(kind: str, asked: str, version: str, answer: bool | None) -> None:
    assert satisfies(kind, asked, version) is answer


@given(st.sampled_from(KINDS), st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_one_answer_and_its_opposite(kind: str, one: str, other: str) -> None:
    there, back = order(kind, one, other), order(kind, other, one)
    assert (there is None and back is None) or (there is not None and back == -there)
