"""Gate access."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.gates.access import GATE, Settings, judge
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.register import Person
from outsource_gate.model.source import Change
from outsource_gate.model.verdict import Stage, Status
from tests import values


def codes(facts: Facts) -> set[str]:
    return {reason.code for reason in judge(facts, Settings()).reasons}


def vic(**changes: Any) -> Person:
    return values.person("vic", **values.PAPERS | changes)


def access(**changes: Any) -> dict[str, Any]:
    return {"repositories": ["corp/payments"], "paths": ["services/**"]} | changes


def with_access(**changes: Any) -> Facts:
    return values.facts(vendors=(values.vendor(access=access(**changes)),))


def touching(*paths: str, **changes: Any) -> Facts:
    return values.facts(change=values.change(*(values.file(path) for path in paths), **changes))


def test_inside_its_scope_a_vendor_passes() -> None:
    assert judge(values.facts(), Settings()).status is Status.PASS


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (values.facts(vendors=()), "vendor-unregistered"),
        (values.facts(vendors=(values.vendor(access=None),)), "access-missing"),
        (with_access(repositories=["corp/ledger"]), "repository-out-of-scope"),
        (with_access(repositories=[]), "repository-out-of-scope"),
        (with_access(repositories=["payments"]), "repository-out-of-scope"),
        (touching("deploy/run.py"), "path-out-of-scope"),
        (with_access(paths=[]), "path-out-of-scope"),
        (with_access(deny_paths=["services/pay.py"]), "path-denied"),
        (with_access(valid={"until": "2026-11-22"}), "access-not-in-force"),
        (
            values.facts(vendors=(values.vendor(people=[vic(active={"until": "2026-11-22"})]),)),
            "person-inactive",
        ),
    ],
)
def test_what_is_out_of_scope_denies_with_its_own_code(facts: Facts, code: str) -> None:
    """Space, time and person are each a reason of their own."""
    verdict = judge(facts, Settings())
    assert verdict.status is Status.FAIL
    assert codes(facts) == {code}
    assert code in GATE.reasons


def test_both_sides_of_a_rename_are_judged() -> None:
    """Moving a foreign file into one's own folder deletes it where it was."""
    moved = (
        values.file("core/ledger.py", change=Change.DELETED),
        values.file("services/ledger.py", change=Change.ADDED, paired_with="core/ledger.py"),
    )
    (reason,) = judge(values.facts(change=values.change(*moved)), Settings()).reasons
    assert reason.where.path == "core/ledger.py"


def test_a_path_that_is_not_utf8_fits_no_pattern() -> None:
    """What cannot be named exactly cannot be granted."""
    odd = values.file("services/a\\xff.py", malformed_path=True)
    assert codes(values.facts(change=values.change(odd))) == {"path-out-of-scope"}


def test_without_a_repository_name_nothing_is_decided() -> None:
    """A missing fact never lets a change through."""
    assert judge(values.facts(repository=""), Settings()).status is Status.INDETERMINATE


def test_an_unreadable_change_is_not_decided() -> None:
    facts = values.facts(change=Unavailable("shallow clone"), attribution=Unavailable("shallow clone"))
    assert judge(facts, Settings()).status is Status.INDETERMINATE


def test_the_push_stage_asks_for_paths_only() -> None:
    """Days and repository belong to the change stage; paths are asked before the push."""
    early = values.facts(
        stage=Stage.PUSH, repository="", vendors=(values.vendor(access=access(valid={"until": "2020-01-01"})),)
    )
    assert judge(early, Settings()).status is Status.PASS
    assert codes(touching("deploy/x", commits=())) == {"path-out-of-scope"}


@given(st.lists(st.sampled_from(["services/a.py", "services/b/c.py", "x.py", "lib/y.py", ".github/z"]), min_size=1))
def test_one_path_outside_denies_however_many_are_inside(paths: list[str]) -> None:
    """All of the paths must be in scope."""
    inside = all(path.startswith("services/") for path in paths)
    assert (judge(touching(*paths), Settings()).status is Status.PASS) == inside
