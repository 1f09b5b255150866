"""A hook is installed where git looks for it, and nothing that was there is lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.hook_script import Kind, Remembered, remembered_in, script
from outsource_gate.git.hooks import hooks_folder, install, uninstall
from outsource_gate.git.repository import Repository
from tests.repo import Repo, environment

GONE = Remembered("/gone/venv/bin/python")
LINE = f"refs/heads/a {'1' * 40} refs/heads/a {'0' * 40}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a": "1"})
    return repo


def put(path: Path, text: str, mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def pre_push(repo: Repo) -> Path:
    return repo.git_dir / "hooks" / "pre-push"


def asked(repo: Repo, kind: Kind = "pre-push", **remembered: object) -> str:
    """Install, and say what was done."""
    remember = Remembered(**({"python": GONE.python} | remembered))  # type: ignore[arg-type]
    return install(Repository.open(repo.path), kind, remember).done


def started(repo: Repo, stdin: str = LINE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(pre_push(repo)), "origin", "an address"],
        cwd=repo.path, input=stdin, capture_output=True, text=True, timeout=60, check=False, env=environment(),
    )  # fmt: skip


def test_it_is_executable_plain_sh(repo: Repo) -> None:
    assert asked(repo) == "installed"
    assert os.access(pre_push(repo), os.X_OK)
    subprocess.run(["sh", "-n", str(pre_push(repo))], check=True, timeout=60)


def test_twice_changes_nothing(repo: Repo) -> None:
    """Nor does the second run take the first one's hook for somebody else's."""
    asked(repo, policy="/somewhere/policy")
    first = pre_push(repo).read_bytes()
    assert asked(repo) == "unchanged"
    assert pre_push(repo).read_bytes() == first
    assert [path.name for path in pre_push(repo).parent.iterdir()] == ["pre-push"]


def test_what_is_not_asked_for_stays_remembered(repo: Repo) -> None:
    asked(repo, policy="/a policy's place", targets=("main", "release/1"))
    assert asked(repo, targets=("upstream/main",)) == "changed"
    text = pre_push(repo).read_text()
    assert remembered_in(text) == Remembered(GONE.python, "/a policy's place", ("upstream/main",))


@pytest.mark.parametrize("path", ["/a b", "/it's", '/"$(touch x)"', "/`id`", "/a\\b", "/ä"])
def test_a_path_is_a_path_whatever_it_holds(path: str, tmp_path: Path) -> None:
    """Read back by us and read by sh."""
    text = script("pre-push", Remembered(path, path))
    assert remembered_in(text) == Remembered(path, path)
    assignments = "".join(line + "\n" for line in text.splitlines() if line.startswith(("python=", "policy=")))
    shown = subprocess.run(
        ["sh", "-c", assignments + 'printf "%s" "$policy"'],
        capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert (shown.stdout, list(tmp_path.iterdir())) == (path, [])


def test_a_hook_that_is_there_runs_first_with_the_same_arguments_and_input(repo: Repo, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    put(pre_push(repo), f'#!/bin/sh\nprintf "%s|" "$@" >"{seen}"\ncat >>"{seen}"\n')
    assert asked(repo) == "installed"
    done = started(repo)
    assert seen.read_text() == f"origin|an address|{LINE}"
    assert done.returncode == 3


def test_its_no_is_a_no(repo: Repo) -> None:
    """And its exit code is the push's."""
    put(pre_push(repo), "#!/bin/sh\nexit 7\n")
    asked(repo)
    done = started(repo)
    assert (done.returncode, done.stderr) == (7, "")


def test_a_hook_that_git_would_not_run_is_not_run(repo: Repo) -> None:
    put(pre_push(repo), "#!/bin/sh\nexit 7\n", 0o644)
    asked(repo)
    assert started(repo).returncode == 3


def test_a_gate_that_is_gone_refuses_and_says_how_to_repair(repo: Repo) -> None:
    """In one plain sentence, which names the file to take out."""
    asked(repo)
    done = started(repo)
    assert done.returncode == 3
    assert "no outsource-gate at /gone/venv/bin/python" in done.stderr
    assert f"rm '{pre_push(repo)}'" in done.stderr
    assert "outsource-gate hook install`" in done.stderr


def test_a_python_without_the_gate_refuses_likewise(repo: Repo) -> None:
    """A virtual environment that was made again; the hook that was there before is to come back."""
    bare = put(repo.path.parent / "python", "#!/bin/sh\necho 'No module named outsource_gate' >&2\nexit 1\n")
    put(pre_push(repo), "#!/bin/sh\ncat >/dev/null\n")
    asked(repo, python=str(bare))
    done = started(repo)
    assert done.returncode == 3
    assert "mv '" in done.stderr
    assert f"' '{pre_push(repo)}'" in done.stderr


def test_where_nothing_is_pushed_nothing_is_asked(repo: Repo) -> None:
    """git starts the hook without a line where everything is up to date."""
    asked(repo)
    assert started(repo, "").returncode == 0


def test_uninstall_puts_back_what_was_there(repo: Repo) -> None:
    before = "#!/bin/sh\nexit 7\n"
    put(pre_push(repo), before)
    asked(repo)
    repository = Repository.open(repo.path)
    assert uninstall(repository, "pre-push") == (pre_push(repo), True)
    assert pre_push(repo).read_text() == before
    with pytest.raises(UsageError, match="not a hook of outsource-gate"):
        uninstall(repository, "pre-push")


def test_uninstall_of_nothing_is_no_error(repo: Repo) -> None:
    asked(repo)
    repository = Repository.open(repo.path)
    assert uninstall(repository, "pre-push") == (pre_push(repo), True)
    assert uninstall(repository, "pre-push") == (pre_push(repo), False)


def test_a_kept_hook_is_never_overwritten(repo: Repo) -> None:
    """A second tool wrote its own over ours: one of them would be lost."""
    put(pre_push(repo), "#!/bin/sh\n# first\n")
    asked(repo)
    put(pre_push(repo), "#!/bin/sh\n# second\n")
    with pytest.raises(UsageError, match="is there, too"):
        asked(repo)
    kept = pre_push(repo).with_name("pre-push.before-outsource-gate")
    assert ("first" in kept.read_text(), "second" in pre_push(repo).read_text()) == (True, True)


def test_a_link_is_left_alone(repo: Repo, tmp_path: Path) -> None:
    shared = put(tmp_path / "shared", "#!/bin/sh\n")
    pre_push(repo).parent.mkdir()
    pre_push(repo).symlink_to(shared)
    with pytest.raises(UsageError, match=f"link to {shared}") as error:
        asked(repo)
    assert "outsource-gate hook pre-push" in error.value.hint
    assert shared.read_text() == "#!/bin/sh\n"


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ('#!/bin/sh\ncall_lefthook run "pre-push" "$@"\n', "lefthook", "use_stdin: true"),
        (
            "#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n",
            "pre-commit",
            "-t pre-push",
        ),
        ('#!/bin/sh\n. "$(dirname "$0")/husky.sh"\n', "husky", ".husky/pre-push"),
    ],
)
def test_another_tools_hook_is_named_with_what_to_add_there(repo: Repo, text: str, name: str, says: str) -> None:
    put(pre_push(repo), text)
    with pytest.raises(UsageError, match=f"written by {name}") as error:
        asked(repo)
    assert says in error.value.hint
    assert pre_push(repo).read_text() == text


def test_huskys_folder_is_known_without_a_hook_in_it(repo: Repo) -> None:
    repo.config("core.hooksPath", ".husky/_")
    with pytest.raises(UsageError, match="written by husky"):
        asked(repo)


def test_the_users_hooks_path_is_where_it_is_written(repo: Repo, tmp_path: Path) -> None:
    repo.config("core.hooksPath", str(tmp_path / "my hooks"))
    done = install(Repository.open(repo.path), "pre-push", GONE)
    assert done.path == tmp_path / "my hooks" / "pre-push"
    assert done.path.exists()
    assert any("core.hooksPath (local)" in remark for remark in done.remarks)


def test_a_relative_hooks_path_starts_at_the_top_of_the_work_tree(repo: Repo) -> None:
    """The hook would be untracked there, so it is said; one that is there already may be tracked and stays."""
    repo.config("core.hooksPath", "ci/hooks")
    done = install(Repository.open(repo.path), "pre-push", GONE)
    assert done.path == repo.path / "ci" / "hooks" / "pre-push"
    assert any("do not commit" in remark for remark in done.remarks)
    done.path.write_text("#!/bin/sh\n# of the project\n")
    with pytest.raises(UsageError, match="work tree"):
        asked(repo)


def test_a_folder_for_all_repositories_is_left_alone(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text(f"[core]\n\thooksPath = {tmp_path / 'everywhere'}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    with pytest.raises(UsageError, match="every repository") as error:
        asked(repo)
    assert "--local core.hooksPath" in error.value.hint
    assert not (tmp_path / "everywhere").exists()


def test_hooks_that_are_switched_off_are_an_error(repo: Repo) -> None:
    repo.config("core.hooksPath", os.devnull)
    with pytest.raises(GitError, match="/dev/null/pre-push: cannot be"):
        asked(repo)


def test_work_trees_share_their_hooks(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", tmp_path / "second", "-b", "second")
    repository = Repository.open(tmp_path / "second")
    assert hooks_folder(repository).path == repo.git_dir / "hooks"
    assert "it holds for every work tree of this repository" in install(repository, "pre-push", GONE).remarks
    assert pre_push(repo).exists()


def test_a_lefthook_configuration_is_told_of(repo: Repo) -> None:
    put(repo.path / "lefthook.yml", "pre-push: {jobs: []}\n")
    assert any(
        "lefthook install" in remark for remark in install(Repository.open(repo.path), "pre-push", GONE).remarks
    )


def test_a_server_gets_its_own_hook(tmp_path: Path) -> None:
    server = Repo(tmp_path / "server.git", bare=True)
    assert asked(server, "pre-receive") == "installed"
    assert "hook pre-receive" in (server.path / "hooks" / "pre-receive").read_text()
