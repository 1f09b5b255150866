"""A clone that cannot answer for its history is a problem, with the command that completes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.doctor import Check, State, repository
from tests.doctor.look import asked, event, one, states
from tests.repo import Repo


@pytest.fixture
def origin(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "origin")
    repo.commit("first", {"a": "1"})
    repo.commit("second", {"a": "2"})
    return repo


def cloned(origin: Repo, *options: str) -> Path:
    path = origin.path.parent / "clone"
    origin.config("uploadpack.allowFilter", "true")
    origin.git("clone", "-q", *options, f"file://{origin.path}", path)
    return path


def look(path: Path) -> tuple[Check, ...]:
    return repository.look(asked(path), None)[0]


def test_a_whole_clone_is_in_order(origin: Repo) -> None:
    found = look(cloned(origin))
    assert set(states(found).values()) == {State.OK}
    assert one(found, "base").found.startswith("refs/remotes/origin/HEAD at ")


def test_a_shallow_clone_is_a_problem(origin: Repo) -> None:
    found = one(look(cloned(origin, "--depth=1")), "history")
    assert found.state is State.PROBLEM
    assert "git fetch --unshallow origin" in found.fix[0]


def test_a_clone_without_contents_is_a_problem(origin: Repo) -> None:
    path = cloned(origin, "--filter=blob:none", "--no-checkout")
    assert "git fetch --refetch" in one(look(path), "history").fix[0]


def test_every_gap_is_told_at_once(origin: Repo) -> None:
    """one fix must not only lead to the next finding"""
    path = cloned(origin, "--depth=1")
    grafts = path / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{origin.head}\n")
    assert [check.state for check in look(path) if check.looked_at == "history"] == [State.PROBLEM] * 2


def test_no_repository_is_a_problem_and_gives_nothing_to_ask(tmp_path: Path) -> None:
    found, clone = repository.look(asked(tmp_path), None)
    assert (states(found), clone) == ({"place": State.PROBLEM}, None)
    found, clone = repository.look(asked(tmp_path / "nowhere"), None)
    assert (states(found), clone) == ({"place": State.PROBLEM}, None)


def test_a_repository_without_a_base_is_a_problem(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.current = "topic"
    repo.commit("first", {"a": "1"})
    found = one(look(repo.path), "base")
    assert found.state is State.PROBLEM
    assert found.fix


def test_an_empty_repository_ends_in_states(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    assert states(look(repo.path)) == {"place": State.OK, "history": State.OK, "base": State.PROBLEM}


def test_history_that_cannot_be_read_is_not_taken_for_whole(tmp_path: Path) -> None:
    """a clone that says it is partial, and has no HEAD to count at"""
    repo = Repo(tmp_path / "repo")
    repo.config("extensions.partialClone", "origin")
    assert one(look(repo.path), "history").state is State.COULD_NOT_LOOK


def test_the_jobs_base_is_looked_for(origin: Repo) -> None:
    found, clone = repository.look(asked(origin.path), event(base=origin.head))
    assert clone and clone.base and clone.base.commit == origin.head
    assert one(found, "base").state is State.OK


def test_a_base_that_is_not_here_names_the_fetch(origin: Repo) -> None:
    found = one(repository.look(asked(origin.path), event(base="9" * 40))[0], "base")
    assert (found.state, found.fix) == (State.PROBLEM, ("git fetch origin main",))


def test_a_password_in_the_address_of_origin_is_not_told(origin: Repo) -> None:
    origin.git("remote", "add", "origin", "https://vic:hunter2secret@forge.example/corp/payments.git")
    assert one(look(origin.path), "place").found == "forge.example/corp/payments"
