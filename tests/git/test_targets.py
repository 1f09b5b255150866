"""Every pushed ref is compared with the branch its changes go to."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.pushes import Update
from outsource_gate.git.repository import Repository
from outsource_gate.git.targets import Nothing, Range, Target, range_of, targets_at, targets_here
from tests.repo import Repo

NONE = "0" * 40
MAIN = Target("refs/remotes/origin/main", "refs/heads/main")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A clone with two commits on main, as origin has it, and a feature with one."""
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a": "1"})
    repo.commit("two", {"a": "2"})
    repo.update_ref("refs/remotes/origin/main", repo.head)
    repo.branch("feature")
    repo.commit("work", {"b": "1"})
    return repo


def span(repo: Repo, update: Update, *targets: Target) -> Range | Nothing:
    return range_of(Repository.open(repo.path), update, targets or (MAIN,))


def test_a_new_branch_is_compared_with_the_remotes_main_branch(repo: Repo) -> None:
    assert span(repo, Update("refs/heads/feature", NONE, repo.head)) == Range(MAIN.ref, repo.head)


def test_a_branch_pushed_before_is_judged_whole_again(repo: Repo) -> None:
    """What the remote has of the branch is no base: nobody may have judged it, and its policy is the pusher's."""
    old = repo.head
    repo.commit("more", {"b": "2"})
    assert span(repo, Update("refs/heads/feature", old, repo.head)) == Range(MAIN.ref, repo.head)


def test_a_forced_push_is_judged_whole_and_named(repo: Repo) -> None:
    old = repo.head
    new = repo.commit("again", {"b": "3"}, parents=[repo.rev("main")])
    said = span(repo, Update("refs/heads/feature", old, new))
    assert said == Range(MAIN.ref, new, "forced: 1 commit of it would be gone")


def test_a_branch_whose_old_commit_is_unknown_is_judged_all_the_same(repo: Repo) -> None:
    assert span(repo, Update("refs/heads/feature", "9" * 40, repo.head)) == Range(MAIN.ref, repo.head)


def test_a_push_to_the_target_is_compared_with_what_the_remote_has(repo: Repo) -> None:
    """The local copy of it may be older."""
    old = repo.rev("main")
    assert span(repo, Update("refs/heads/main", old, repo.head)) == Range(old, repo.head)


def test_a_target_that_moved_on_asks_for_a_fetch(repo: Repo) -> None:
    with pytest.raises(GitError, match="does not know") as error:
        span(repo, Update("refs/heads/main", "9" * 40, repo.head))
    assert "git fetch" in error.value.hint


@pytest.mark.parametrize("files", [{"b": "1"}, {}])
def test_a_target_is_never_rewritten(repo: Repo, files: dict[str, str]) -> None:
    """What its lost commits held is in no range, so nothing can be said of it; going back is the same."""
    first = repo.rev("main~1")
    new = repo.commit("other", files, parents=[first]) if files else first
    with pytest.raises(GitError, match="1 commit would be gone"):
        span(repo, Update("refs/heads/main", repo.rev("main"), new))


def test_a_deletion_and_a_ref_to_known_commits_bring_nothing(repo: Repo) -> None:
    for update in (Update("refs/heads/x", repo.head, NONE), Update("refs/tags/v1", NONE, repo.rev("main~1"))):
        assert isinstance(span(repo, update), Nothing)


def test_a_target_is_never_deleted(repo: Repo) -> None:
    """It could be made again from anything."""
    with pytest.raises(GitError, match="deletes it is not judged"):
        span(repo, Update("refs/heads/main", repo.rev("main"), NONE))


def test_a_cut_history_is_not_believed_to_bring_nothing(repo: Repo) -> None:
    """A graft can make any commit an ancestor of main."""
    info = repo.git_dir / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{repo.rev('main')} {repo.head}\n")
    assert span(repo, Update("refs/heads/feature", NONE, repo.head)) == Range(MAIN.ref, repo.head)


def test_a_tag_object_stands_for_its_commit_and_is_named(repo: Repo) -> None:
    """its message comes in, too; a light tag is no object"""
    body = f"object {repo.head}\ntype commit\ntag v1\ntagger Ida <ida@corp.example> 1767225600 +0000\n\nv1\n"
    tag = repo.write_object("tag", body.encode())
    assert span(repo, Update("refs/tags/v1", NONE, tag)) == Range(MAIN.ref, repo.head, tag=tag)
    assert span(repo, Update("refs/tags/v2", NONE, repo.head)) == Range(MAIN.ref, repo.head)


def test_a_ref_to_anything_but_a_commit_is_not_judged(repo: Repo) -> None:
    with pytest.raises(GitError, match="neither a commit nor a tag of one"):
        span(repo, Update("refs/heads/blob", NONE, repo.blob("payload")))


def test_of_several_targets_the_nearest_counts(repo: Repo) -> None:
    repo.branch("release", "main~1")
    repo.commit("fix", {"c": "1"})
    repo.update_ref("refs/remotes/origin/release", repo.head)
    work = repo.commit("work on it", {"c": "2"})
    release = Target("refs/remotes/origin/release", "refs/heads/release")
    assert span(repo, Update("refs/heads/new", NONE, work), MAIN, release) == Range(release.ref, work)


def test_the_remotes_own_word_for_its_main_branch_counts(repo: Repo) -> None:
    repo.update_ref("refs/remotes/origin/trunk", repo.head)
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    found = targets_at(Repository.open(repo.path), "origin")
    assert found == (Target("refs/remotes/origin/trunk", "refs/heads/trunk"),)


def test_what_is_pushed_to_a_fork_or_an_address_goes_to_origins_main_branch(repo: Repo) -> None:
    """There it is no target itself: the fork's main is a branch like any other."""
    for remote in ("fork", "https://user:secret@forge.example/vic/payments.git"):
        assert targets_at(Repository.open(repo.path), remote) == (Target(MAIN.ref, ""),)


def test_a_target_can_be_named(repo: Repo) -> None:
    repo.update_ref("refs/remotes/upstream/main", repo.rev("main"))
    repository = Repository.open(repo.path)
    named = targets_at(repository, "origin", ("main", "upstream/main"))
    assert named == (MAIN, Target("refs/remotes/upstream/main", ""))
    with pytest.raises(UsageError, match="not known here"):
        targets_at(repository, "origin", ("nowhere",))


def test_without_a_known_main_branch_nothing_is_compared(tmp_path: Path) -> None:
    """A local main is no substitute: the pusher's commits may be on it."""
    repo = Repo(tmp_path / "alone")
    repo.commit("one", {"a": "1"})
    with pytest.raises(GitError, match="no branch to compare with"):
        targets_at(Repository.open(repo.path), "origin")


def test_a_server_takes_its_own_main_branch(repo: Repo) -> None:
    repo.switch("main")
    repository = Repository.open(repo.path)
    main = Target("refs/heads/main", "refs/heads/main")
    assert targets_here(repository) == (main,)
    assert targets_here(repository, ("main",)) == (main,)


def test_an_empty_server_has_none(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="HEAD names none"):
        targets_here(Repository.open(Repo(tmp_path / "s.git", bare=True).path))
