"""Licences of packages: who says them, and what an expression means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.dependencies.licences import alternatives, scan_licences
from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.licence import Licensed
from tests import values
from tests.dependencies.osv import added
from tests.dependencies.states import packages, scanned

LOCK = "package-lock.json"


def lock(licence: object) -> str:
    entry = {"version": "1.2.0", "resolved": "https://index.example/left/-/left-1.2.0.tgz", "license": licence}
    return json.dumps({"lockfileVersion": 3, "packages": {"": {}, "node_modules/left": entry}})


def unlocked(_: Package) -> list[Package]:
    return []


def only(text: str, **given: str) -> Licensed:
    (one,) = scan_licences(scanned({}, {LOCK: text}).changes, unlocked, given).packages
    return one


def test_what_a_lock_of_npm_says_is_the_authors_word() -> None:
    one = only(lock("MIT"))
    assert (one.licence, one.alternatives, one.source) == ("MIT", (("MIT",),), "lock")


@pytest.mark.parametrize("written", [None, 5, {"type": "MIT"}, ["MIT"], ""])
def test_what_is_no_text_says_nothing(written: object) -> None:
    assert (only(lock(written)).licence, only(lock(written)).source) == ("", "nobody")


@pytest.mark.parametrize(
    ("written", "said"), [(["MIT"], "MIT"), (["MIT", "GPL-2.0+"], "MIT OR GPL-2.0+"), ("MIT", "MIT"), ([], "")]
)
def test_composers_list_is_a_choice(written: object, said: str) -> None:
    text = json.dumps({"packages": [{"name": "a/b", "version": "1.0.0", "license": written}]})
    assert [one.licence for one in packages("composer.lock", text)] == [said]


@pytest.mark.parametrize("purl", ["pkg:npm/left@1.2.0", "pkg:npm/left"])
def test_the_policys_word_counts_before_the_locks(purl: str) -> None:
    one = only(lock("MIT"), **{purl: "GPL-3.0-only"})
    assert (one.licence, one.source) == ("GPL-3.0-only", "policy")


def test_the_word_on_one_version_counts_before_that_on_all() -> None:
    assert only(lock(""), **{"pkg:npm/left@1.2.0": "MIT", "pkg:npm/left": "ISC"}).licence == "MIT"
    assert only(lock(""), **{"pkg:npm/left@1.3.0": "MIT"}).source == "nobody"


def test_a_lock_says_it_for_the_manifest() -> None:
    changes = added(values.package(path="a"), values.package(path="b", licence="MIT"))
    assert [one.licence for one in scan_licences(changes, unlocked, {}).packages] == ["MIT"]


def test_a_range_means_what_its_lock_chose() -> None:
    """Also where the lock is as it was."""
    chosen = values.package(path="uv.lock", licence="ISC", locked=True)
    asked = values.package(version="", requirement=">=2", pinned=False)
    (one,) = scan_licences(added(asked), lambda _: [chosen], {}).packages
    assert (one.version, one.licence, one.path) == ("2.31.0", "ISC", "uv.lock")


def test_images_actions_folders_and_what_is_removed_are_left_out() -> None:
    changes = [
        *added(
            values.package(ecosystem="docker"), values.package(ecosystem="github"), values.package(source="path")
        ),
        DependencyChange("removed", values.package(), None),
    ]
    assert scan_licences(changes, unlocked, {}).packages == ()


def test_another_licence_alone_is_no_change_of_a_package() -> None:
    assert scanned({LOCK: lock("MIT")}, {LOCK: lock("ISC")}).changes == ()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", {("MIT",)}),
        ("mit OR Apache-2.0", {("MIT",), ("Apache-2.0",)}),
        ("(MIT OR ISC) AND Zlib", {("MIT", "Zlib"), ("ISC", "Zlib")}),
        ("GPL-2.0+", {("GPL-2.0-or-later",)}),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {("GPL-2.0-only WITH Classpath-exception-2.0",)}),
        *[
            (text, set())
            for text in (
                "Apache 2.0",
                "SEE LICENSE IN x",
                "MIT/X11",
                "LicenseRef-a",
                "MIT OR",
                "()",
                " ",
                "(AND MIT",
            )
        ],
        *[(text, set()) for text in (" OR ".join(["MIT"] * 20), "(" * 50 + "MIT" + ")" * 50, "MIT" * 200)],
        ("MIT WITH GPL-2.0-only", set()),
    ],
)
def test_an_expression_is_the_ways_to_use_a_package(expression: str, expected: set[tuple[str, ...]]) -> None:
    assert {tuple(sorted(way)) for way in alternatives(expression)} == {tuple(sorted(way)) for way in expected}


@given(st.lists(st.sampled_from(["MIT", "ISC", "AND", "OR", "WITH", "(", ")", "x", "\0", "\ud800"]), max_size=12))
def test_no_text_ends_it(pieces: list[str]) -> None:
    assert isinstance(alternatives(" ".join(pieces)), tuple)
