"""Gate dependencies."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate import licensing, vulnerable
from outsource_gate.gates import CHANGES as OF_CHANGES
from outsource_gate.gates.dependencies import GATE, Settings, judge
from outsource_gate.model.dependency import (
    DependencyChange,
    DependencyProblem,
    DependencyScan,
    Index,
    Package,
    ProblemKind,
    UnreadManifest,
)
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.verdict import Effect, Status, Verdict
from tests import values

STANDARD, CRITICAL = Settings(), Settings(fail_on=Severity.MEDIUM)


def verdict(*found: DependencyChange, settings: Settings = STANDARD, **changes: Any) -> Verdict:
    return judge(values.facts(dependencies=values.dependencies(*found, **changes)), settings)


def codes(given: Verdict) -> list[str]:
    return [reason.code for reason in given.reasons]


def added(**changes: Any) -> DependencyChange:
    return DependencyChange("added", None, values.package(locked=True, direct=False, **changes))


def changed(old: Package, new: Package, change: Any = "changed") -> DependencyChange:
    return DependencyChange(change, old, new)


def test_an_upgrade_passes() -> None:
    given = verdict(changed(values.package(), values.package(version="2.32.0"), "upgraded"))
    assert (given.status, given.reasons) == (Status.PASS, ())
    known = "0 known vulnerabilities in 0 packages"
    assert given.summary == f"1 upgraded in 1 files; {known}; high and above deny"


def test_it_does_not_apply_where_no_manifest_is_changed() -> None:
    assert judge(values.facts(dependencies=DependencyScan()), STANDARD).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("missing", [NotAsked(), Unavailable("blob 1: not in this clone", "fetch", "dependencies")])
def test_without_the_fact_it_is_undecided(missing: NotAsked | Unavailable) -> None:
    given = judge(values.facts(dependencies=missing), STANDARD)
    assert (given.status, codes(given)) == (Status.INDETERMINATE, ["dependencies-unread"])


@pytest.mark.parametrize("left", [{"unread": (UnreadManifest("Gemfile", "computed"),)}, {"left_out": 3}])
def test_what_nobody_read_leaves_it_undecided(left: dict[str, Any]) -> None:
    given = verdict(read=(), **left)
    assert (given.status, codes(given)) == (Status.INDETERMINATE, ["dependencies-unread"])


@pytest.mark.parametrize(("settings", "status"), [(STANDARD, Status.PASS), (CRITICAL, Status.FAIL)])
@pytest.mark.parametrize(
    ("found", "code"),
    [
        (added(install_scripts=True), "install-script"),
        (added(source="vcs", host="git.example", address="git.example/a"), "source-vcs"),
        (changed(values.package(), values.package(version="2.0.0"), "downgraded"), "downgraded"),
    ],
)
def test_medium_denies_from_the_elevated_tier_on(
    found: DependencyChange, code: str, settings: Settings, status: Status
) -> None:
    given = verdict(found, settings=settings)
    assert (given.status, codes(given)) == (status, [code])


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (added(source="vcs", host="git.example", address="git.example/a", pinned=False), "source-vcs"),
        (added(source="url", host="files.example", address="files.example/a.zip"), "source-url"),
        (changed(values.package(hashed=True), values.package(version="2.32.0"), "upgraded"), "hash-lost"),
        (added(host="m.example", address="m.example", ecosystem="docker"), "foreign-index"),
    ],
)
def test_high_denies_everywhere(found: DependencyChange, code: str) -> None:
    given = verdict(found)
    assert (given.status, codes(given)) == (Status.FAIL, [code])


@pytest.mark.parametrize("problem", get_args(ProblemKind))
def test_everything_odd_has_a_reason(problem: Any) -> None:
    """with its place and what to do"""
    (reason,) = verdict(problems=(DependencyProblem(problem, "a is odd", "a", path="x", line=3),)).reasons
    assert reason.effect is (Effect.NOTE if problem == "unpinned" else Effect.DENY)
    assert (reason.where.path, reason.where.line, bool(reason.next_step)) == ("x", 3, True)


USED = (("npm", "index.example"),)
NPM: dict[str, Any] = {"ecosystem": "npm", "host": "m.example", "address": "m.example/npm"}


@pytest.mark.parametrize(
    ("used", "allowed", "expected"),
    [
        (USED, (), ["foreign-index"]),
        (USED, ("index.example",), ["foreign-index"]),
        (USED, ("m.example",), []),
        (USED, ("m.example/npm/",), []),
        (USED, ("m.example/np",), ["foreign-index"]),
        (USED, ("example",), ["foreign-index"]),
        ((*USED, ("npm", "m.example/npm")), (), []),
        ((("pypi", "m.example/npm"),), (), ["first-index"]),
        ((), (), ["first-index"]),
        ((), ("index.example",), ["foreign-index"]),
    ],
)
def test_where_packages_may_come_from(used: Any, allowed: tuple[str, ...], expected: list[str]) -> None:
    """the indexes that the policy names; where it names none, those that the base uses"""
    assert codes(verdict(added(**NPM), base_indexes=used, settings=Settings(indexes=allowed))) == expected


def test_of_two_first_indexes_both_are_foreign() -> None:
    """one of them is usual, and nobody can say which"""
    two = (added(**NPM), added(**NPM | {"name": "other", "address": "index.example"}))
    assert codes(verdict(*two, base_indexes=())) == ["foreign-index", "foreign-index"]


def test_a_setting_that_names_an_index_is_no_first_one() -> None:
    """a lock file tells what is usual, a setting chooses"""
    assert codes(verdict(indexes=(Index("pypi", "m.example", "requirements.txt", 1),))) == ["foreign-index"]


def test_many_packages_of_one_foreign_index_are_one_reason_per_file() -> None:
    given = verdict(*(added(**NPM, name=f"p{number}") for number in range(50)), base_indexes=USED)
    assert codes(given) == ["foreign-index"]


CHANGES = st.builds(
    DependencyChange,
    st.sampled_from(["added", "removed", "upgraded", "downgraded", "changed"]),
    st.none() | st.builds(values.package, source=st.sampled_from(["index", "vcs"]), hashed=st.booleans()),
    st.none()
    | st.builds(
        values.package, st.sampled_from(["a", "b"]), source=st.sampled_from(["index", "vcs", "url", "path"]),
        address=st.sampled_from(["", "m.example"]), hashed=st.booleans(), install_scripts=st.booleans(),
    ),
)  # fmt: skip


@given(st.lists(CHANGES, max_size=4), st.lists(CHANGES, max_size=4), st.sampled_from(Severity))
def test_more_changes_never_let_a_denied_one_through(
    some: list[DependencyChange], more: list[DependencyChange], floor: Severity
) -> None:
    settings = Settings(fail_on=floor)
    before, after = verdict(*some, settings=settings), verdict(*some, *more, settings=settings)
    assert before.status is not Status.FAIL or after.status is Status.FAIL


def test_every_code_is_published_and_it_is_asked_before_a_push() -> None:
    known = values.package(host="i.example", address="i.example")
    given = verdict(
        added(install_scripts=True), added(source="vcs"), added(source="url"), added(source="path"),
        DependencyChange("added", None, values.package("new")),
        added(ecosystem="npm", address="first.example"), added(address="m.example"),
        changed(known, values.package(host="j.example", address="j.example")),
        changed(values.package(hashed=True), values.package(version="1"), "downgraded"),
        problems=tuple(DependencyProblem(problem, "odd") for problem in get_args(ProblemKind)),
        base_indexes=(("pypi", "i.example"), ("pypi", "j.example")), left_out=1,
    )  # fmt: skip
    assert set(codes(given)) == set(GATE.reasons) - set(vulnerable.REASONS) - set(licensing.REASONS)
    assert GATE.stages == OF_CHANGES
