"""Is a merge of the target branch told from one that smuggles something in, without running anything?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.changes import read_change
from outsource_gate.git.redo import private_repository, redo_merge
from outsource_gate.git.repository import Repository
from outsource_gate.model.source import ChangeSet
from tests.git.attacks import conflicting_update, plant_merge_driver
from tests.repo import ObjectFormat, Repo


def updates(repo: Repo) -> tuple[str, ...]:
    repository = Repository.open(repo.path)
    change = read_change(repository, repository.resolve("refs/heads/main"), repository.resolve("HEAD"))
    assert isinstance(change, ChangeSet), change
    return change.update_merges


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_clean_update_is_recognised(tmp_path: Path, object_format: ObjectFormat) -> None:
    """A merge of the target branch that redoing reproduces brought nothing of its own."""
    repo = Repo(tmp_path / "r", object_format=object_format)
    conflicting_update(repo)
    merge = repo.merge("main")
    assert updates(repo) == (merge,)


def test_an_evil_update_is_not(tmp_path: Path) -> None:
    """One file more than both sides have, and the merge is somebody's work."""
    repo = Repo(tmp_path / "r")
    conflicting_update(repo)
    repo.merge("main", resolution={"backdoor.py": "1"})
    assert updates(repo) == ()


def test_a_resolved_conflict_is_not(tmp_path: Path) -> None:
    """Where git needs a hand, the hand's work counts."""
    repo = Repo(tmp_path / "r")
    repo.commit("one", {"a": "1"})
    repo.branch("feature")
    repo.commit("ours", {"a": "2"})
    repo.switch("main")
    theirs = repo.commit("theirs", {"a": "3"})
    repo.switch("feature")
    repo.commit("resolved", {"a": "2 and 3"}, parents=[repo.head, theirs])
    assert updates(repo) == ()


def test_a_merge_of_another_branch_is_not(tmp_path: Path) -> None:
    """Merging what the target branch does not have is no update, however clean."""
    repo = Repo(tmp_path / "r")
    repo.commit("one", {"a": "1"})
    repo.branch("other")
    repo.commit("other", {"b": "1"})
    repo.branch("feature", at=repo.rev("main"))
    repo.commit("ours", {"c": "1"})
    repo.merge("other")
    assert updates(repo) == ()


def test_sides_are_not_swapped(tmp_path: Path) -> None:
    """The target branch as first parent, the change merged into it: not an update of the change."""
    repo = Repo(tmp_path / "r")
    feature, main = conflicting_update(repo)
    tree = repo.git("merge-tree", "--write-tree", main, feature)
    repo.commit("swapped", tree=tree, parents=[main, feature])
    assert updates(repo) == ()


def test_an_octopus_is_not(tmp_path: Path) -> None:
    """A merge with three parents is not redone and so not believed."""
    repo = Repo(tmp_path / "r")
    feature, main = conflicting_update(repo)
    merge = repo.merge("main")
    repo.commit("octopus", tree=repo.rev(f"{merge}^{{tree}}"), parents=[feature, main, repo.rev("main~1")])
    assert updates(repo) == ()


def test_a_merge_driver_of_the_clone_does_not_run(tmp_path: Path) -> None:
    """A driver in the clone's configuration, chosen by its attributes, runs in plain git and not here."""
    repo = Repo(tmp_path / "r")
    feature, main = conflicting_update(repo)
    merge = repo.merge("main")
    mark = tmp_path / "driver-ran"
    plant_merge_driver(repo, mark)
    repo.git("merge-tree", "--write-tree", feature, main)
    assert mark.exists(), "plain git is not fooled: this tests nothing"
    mark.unlink()
    assert updates(repo) == (merge,)
    assert not mark.exists()


def test_attributes_of_the_change_do_not_merge(tmp_path: Path) -> None:
    """A .gitattributes in the change chooses no merge driver, not even a built-in one."""
    repo = Repo(tmp_path / "r")
    repo.commit("one", {"a": "1\n", ".gitattributes": "* merge=union\n"})
    repo.branch("feature")
    repo.commit("ours", {"a": "2\n"})
    repo.switch("main")
    theirs = repo.commit("theirs", {"a": "3\n"})
    repo.switch("feature")
    repo.commit("as union would", {"a": "2\n3\n"}, parents=[repo.head, theirs])
    repo.checkout()
    assert updates(repo) == ()


def test_redoing_writes_nothing_to_the_clone(tmp_path: Path) -> None:
    """Objects of a redone merge stay in the private repository, which is gone afterwards."""
    repo = Repo(tmp_path / "r")
    feature, main = conflicting_update(repo)
    before = {path for path, _, _ in os.walk(repo.path)}
    repository = Repository.open(repo.path)
    with private_repository(repository) as program:
        tree = redo_merge(program, feature, main)
        private = program.git_dir
        assert tree
        assert private.exists()
    assert not private.exists()
    assert {path for path, _, _ in os.walk(repo.path)} == before
    assert repository.call("cat-file", "-e", tree).code != 0


def test_a_path_with_a_newline_is_refused(tmp_path: Path) -> None:
    """A clone whose path cannot be written as an alternate is refused, not mistaken for another."""
    repo = Repo(tmp_path / "a\nb")
    conflicting_update(repo)
    with (
        pytest.raises(GitError, match="newline"),
        private_repository(Repository.open(repo.path)),
    ):
        pass
