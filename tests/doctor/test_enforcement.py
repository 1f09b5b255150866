"""A server hook is seen in a bare repository that has one, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.doctor import State
from outsource_gate.doctor.enforcement import Means, gate, server_hook
from outsource_gate.git.repository import Repository
from tests.repo import Repo

HOOK = "#!/bin/sh\nexec outsource-gate hook pre-receive\n"


def look(repo: Repo) -> list[tuple[State, str]]:
    return [(check.state, check.found.partition(":")[0]) for check in server_hook(Repository.open(repo.path))]


@pytest.fixture
def server(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "server.git", bare=True)
    (repo.git_dir / "hooks").mkdir(exist_ok=True)
    return repo


def put(repo: Repo, content: str, mode: int = 0o755) -> None:
    hook = repo.git_dir / "hooks" / "pre-receive"
    hook.write_text(content)
    hook.chmod(mode)


def test_a_hook_that_starts_the_gate_is_seen(server: Repo) -> None:
    put(server, HOOK)
    assert look(server) == [(State.OK, "server hook")]


@pytest.mark.parametrize(("content", "mode"), [("#!/bin/sh\nexit 0\n", 0o755), (HOOK, 0o644), ("", 0o755)])
def test_another_hook_or_one_that_git_does_not_run_is_none(server: Repo, content: str, mode: int) -> None:
    put(server, content, mode)
    assert look(server) == [(State.PROBLEM, "nothing")]


def test_no_hook_on_a_server_is_a_problem(server: Repo) -> None:
    assert look(server) == [(State.PROBLEM, "nothing")]


def test_hooks_that_lie_elsewhere_are_not_guessed_at(server: Repo) -> None:
    put(server, HOOK)
    server.config("core.hooksPath", "/etc/hooks")
    assert look(server) == [(State.COULD_NOT_LOOK, "could not be seen")]


def test_a_clone_with_a_work_tree_is_no_server(tmp_path: Path) -> None:
    assert look(Repo(tmp_path / "clone")) == []


def test_what_is_not_seen_or_weak_is_never_in_order() -> None:
    in_order = {means for means in Means if gate(means, "x").state is State.OK}
    assert in_order == {Means.WORKFLOW, Means.POLICY, Means.HOOK}
