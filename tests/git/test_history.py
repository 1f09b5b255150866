"""Are all commits of a range given, parents first, with what their raw objects say?"""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.history import read_commits
from outsource_gate.git.repository import Repository
from tests.repo import Repo, SigningKey


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A history of several hundred commits with merges every so often."""
    repo = Repo(tmp_path_factory.mktemp("history") / "repo")
    repo.commit("root", {"f": "0"})
    for number in range(300):
        person = f"Dev {number % 7} <dev{number % 7}@corp.example>"
        repo.commit(f"commit {number}", {f"f{number % 5}": str(number)}, author=person)
        if number % 50 == 25:
            repo.branch(f"side{number}")
            repo.commit("aside", {f"side{number}": "x"})
            repo.switch("main")
            repo.merge(f"side{number}")
    return repo


def test_agrees_with_git_log(repo: Repo) -> None:
    """Ids, trees, authors, committers and subjects are those of git log."""
    commits = list(read_commits(Repository.open(repo.path), [repo.head]))
    told = repo.git("log", "--format=%H %T %P%x09%an <%ae>%x09%cn <%ce>%x09%s", repo.head).splitlines()
    ours = [
        "\t".join((" ".join((c.id, c.tree, *c.parents)), str(c.author), str(c.committer), c.subject))
        for c in commits
    ]
    assert sorted(ours) == sorted(line.replace(" \t", "\t") for line in told)  # the root has no parents


def test_parents_come_first(repo: Repo) -> None:
    """No commit comes before its parents."""
    seen: set[str] = set()
    for commit in read_commits(Repository.open(repo.path), [repo.head]):
        assert seen.issuperset(commit.parents)
        seen.add(commit.id)
    assert len(seen) == int(repo.git("rev-list", "--count", "HEAD"))


def test_what_is_excluded_stays_out(repo: Repo) -> None:
    """Commits reachable from the excluded side are not given."""
    middle = repo.rev("HEAD~100")
    found = [commit.id for commit in read_commits(Repository.open(repo.path), [repo.head], [middle])]
    assert sorted(found) == sorted(repo.git("rev-list", f"{middle}..HEAD").split())


def test_only_full_ids(repo: Repo) -> None:
    """Names and options are not taken."""
    for name in ("HEAD", "--all", "main..HEAD"):
        with pytest.raises(GitError, match="not a full object id"):
            next(read_commits(Repository.open(repo.path), [name]))


def test_stopping_early_leaves_nothing_running(repo: Repo) -> None:
    """A reader that takes only some commits ends git, too."""
    commits = read_commits(Repository.open(repo.path), [repo.head])
    first = next(commits)
    commits.close()  # type: ignore[attr-defined]  # a generator
    assert first.parents == ()


def test_a_missing_commit_ends_the_reading(tmp_path: Path) -> None:
    """A hole in history is an error, not a shorter history."""
    repo = Repo(tmp_path / "r")
    first = repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    (repo.git_dir / "objects" / first[:2] / first[2:]).unlink()
    with pytest.raises(GitError):
        list(read_commits(Repository.open(repo.path), [repo.head]))


def test_signatures_are_checked(tmp_path: Path) -> None:
    """A signed commit comes with the key that made its signature."""
    key = SigningKey.generate(tmp_path)
    repo = Repo(tmp_path / "r", object_format="sha256")
    repo.commit("plain", {"a": "1"})
    repo.commit("signed", {"a": "2"}, sign=key)
    plain, signed = read_commits(Repository.open(repo.path), [repo.head])
    assert plain.signature is None
    assert signed.signature
    assert (signed.signature.status, signed.signature.key) == ("good", key.public)
