"""The policy is looked for where `check` takes it from; who else reads or writes it is told, and nobody named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outsource_gate.doctor import Check, State, policy, repository
from outsource_gate.doctor.policy import Written
from tests.doctor.look import EXAMPLE, asked, one, states, with_policy
from tests.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return with_policy(tmp_path / "repo")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "outside"))


def look(repo: Path, given: Path | None = None) -> tuple[tuple[Check, ...], Written | None]:
    what = asked(repo, policy=given)
    return policy.look(what, repository.look(what, None)[1])


def test_the_bases_policy_is_read(repo: Repo) -> None:
    found, written = look(repo.path)
    assert one(found, "source").found == f".outsource-gate/ of the base, {repo.head[:12]}"
    assert one(found, "reads").state is State.OK
    assert written and written.is_inside


def test_the_work_trees_policy_is_not_read(repo: Repo) -> None:
    """the change could have written it"""
    (repo.path / ".outsource-gate").mkdir()
    (repo.path / ".outsource-gate" / "policy.yaml").write_text("version: 99\n")
    assert one(look(repo.path)[0], "reads").state is State.OK


def test_a_register_beside_the_code_is_a_warning_that_names_nobody(repo: Repo) -> None:
    """vendors may read what doctor says in a job's log"""
    found, _ = look(repo.path)
    assert one(found, "readers").state is State.WARNING
    told = " ".join(check.found + " ".join(check.fix) for check in found).lower()
    assert "acme" not in told
    assert "globex" not in told


def test_a_register_kept_elsewhere_is_in_order(repo: Repo, outside: Path) -> None:
    found, written = look(repo.path, outside)
    assert one(found, "readers").state is one(found, "writers").state is State.OK
    assert written and not written.is_inside


@pytest.mark.parametrize("place", [".", "policy.yaml", "people.yaml", "vendors"])
def test_a_policy_that_everybody_can_write_is_a_problem(repo: Repo, outside: Path, place: str) -> None:
    (outside / place).chmod(0o777)
    found = one(look(repo.path, outside)[0], "writers")
    assert found.state is State.PROBLEM
    assert found.fix[0].startswith("chmod o-w ")


def test_a_policy_inside_the_checkout_is_a_problem(repo: Repo) -> None:
    inside = Path(shutil.copytree(EXAMPLE, repo.path / "rules"))
    assert states(look(repo.path, inside)[0]) == {"source": State.PROBLEM}


def test_no_policy_is_a_problem_with_the_first_steps(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "bare")
    repo.commit("first", {"a": "1"})
    found, written = look(repo.path)
    assert (states(found), written) == ({"source": State.PROBLEM}, None)
    assert len(found[0].fix) > 1


def test_a_policy_named_and_not_there_is_a_problem(repo: Repo, tmp_path: Path) -> None:
    assert states(look(repo.path, tmp_path / "none")[0]) == {"source": State.PROBLEM}


def test_without_a_repository_there_is_nothing_to_look_for(tmp_path: Path) -> None:
    assert states(look(tmp_path)[0]) == {"source": State.NOT_ASKED}


@pytest.mark.parametrize("text", ["version: 99\n", "{", "\x00", "- a\n"])
def test_a_policy_that_does_not_read_is_a_problem_with_its_line(repo: Repo, outside: Path, text: str) -> None:
    (outside / "policy.yaml").write_text(text)
    found, written = look(repo.path, outside)
    assert (one(found, "reads").state, written) == (State.PROBLEM, None)
    assert "policy.yaml" in one(found, "reads").found


def test_what_lint_warns_of_is_counted(repo: Repo, outside: Path) -> None:
    text = (outside / "policy.yaml").read_text()
    (outside / "policy.yaml").write_text(text.replace('"*@corp.example"', '"*@gmail.com"'))
    found = one(look(repo.path, outside)[0], "lint")
    assert found.state is State.WARNING
    assert found.fix == (f"outsource-gate policy lint --policy {outside}",)
