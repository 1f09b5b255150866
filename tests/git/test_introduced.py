"""What commits bring in is found wherever it is, and what the base has is not theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git import introduced as module
from outsource_gate.git.changes import read_change
from outsource_gate.git.introduced import Contents, Introduced, KeptBlobs, introduced, read_blobs, read_messages
from outsource_gate.git.objects import TooBig
from outsource_gate.git.repository import Repository
from outsource_gate.model.source import ChangeSet
from tests.repo import Entry, ObjectFormat, Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return made(tmp_path / "repo")


def made(path: Path, object_format: ObjectFormat = "sha1") -> Repo:
    repo = Repo(path, object_format=object_format)
    repo.commit("Base", {"app.py": "x = 1\n", "docs/old.md": "old\n", "deep/er/still.py": "z = 1\n"})
    repo.branch("feature")
    return repo


def change_of(repo: Repo) -> tuple[Repository, ChangeSet]:
    repository = Repository.open(repo.path)
    change = read_change(repository, repository.resolve("main"), repository.resolve("feature"))
    assert isinstance(change, ChangeSet)
    return repository, change


def seen(repo: Repo) -> Contents:
    return introduced(*change_of(repo))


def placed(repo: Repo) -> list[tuple[str, str]]:
    return [(blob.path, blob.commit) for blob in seen(repo).blobs]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_what_is_added_and_removed_again_was_brought_in(tmp_path: Path, object_format: ObjectFormat) -> None:
    repo = made(tmp_path / "repo", object_format)
    first = repo.commit("Add", {"deep/er/key.txt": "secret\n"})
    repo.commit("Remove", {"deep/er/key.txt": None})
    assert placed(repo) == [("deep/er/key.txt", first)]
    assert seen(repo).names == (("deep/er/key.txt", first),)


def test_each_version_of_a_file_is_one(repo: Repo) -> None:
    """with the blob that the base has at its path"""
    commits = [repo.commit("Edit", {"app.py": f"x = {number}\n"}) for number in (2, 3)]
    assert placed(repo) == [("app.py", commit) for commit in commits]
    assert {blob.at_base for blob in seen(repo).blobs} == {repo.rev("main:app.py")}
    assert seen(repo).names == ()


def test_a_merge_brings_in_its_resolution_and_not_what_it_merges(repo: Repo) -> None:
    mine = repo.commit("Mine", {"a.py": "a\n"})
    repo.switch("main")
    repo.commit("Theirs", {"b.py": "b\n", "app.py": "x = 9\n"})
    repo.switch("feature")
    merge = repo.merge("main", "Merge", resolution={"evil.py": "evil\n", "app.py": "x = 10\n"})
    assert placed(repo) == [("a.py", mine), ("app.py", merge), ("evil.py", merge)]


def test_what_a_discarded_parent_holds_was_brought_in(repo: Repo) -> None:
    """`merge -s ours` keeps none of it, and the history all"""
    first = repo.commit("Mine", {"a.py": "a\n"})
    repo.branch("side", "main")
    side = repo.commit("Side", {"key.txt": "secret\n"})
    repo.switch("feature")
    repo.commit("Keep ours", parents=[first, side])
    assert sorted(placed(repo)) == sorted([("a.py", first), ("key.txt", side)])


def test_a_root_without_parents_brings_in_all_of_its_tree(repo: Repo) -> None:
    first = repo.commit("Mine", {"a.py": "a\n"})
    repo.orphan("other")
    root = repo.commit("Another history", {"o/ther.py": "o\n", "app.py": "x = 1\n"})
    repo.switch("feature")
    repo.commit("Join", parents=[first, root])
    assert sorted(placed(repo)) == sorted([("a.py", first), ("o/ther.py", root)])


def test_a_rename_brings_in_a_name_and_no_content(repo: Repo) -> None:
    repo.rename("docs/old.md", "docs/new.md")
    commit = repo.commit("Move")
    contents = seen(repo)
    assert (contents.blobs, contents.names) == ((), (("docs/new.md", commit),))


def test_a_blob_that_two_commits_have_is_the_first_ones(repo: Repo) -> None:
    first = repo.commit("Add", {"a.py": "a\n"})
    repo.commit("Copy", {"b.py": "a\n"})
    assert placed(repo) == [("a.py", first)]
    assert [path for path, _ in seen(repo).names] == ["a.py", "b.py"]


def test_a_submodule_is_no_blob(repo: Repo) -> None:
    repo.gitlink("lib", "1" * 40)
    repo.commit("Bring a submodule")
    assert (seen(repo).blobs, seen(repo).names) == ((), ())


def test_a_path_that_is_not_utf8_is_kept_apart(repo: Repo) -> None:
    repo.write(b"caf\xe9.txt", "x\n")
    repo.commit("Odd name")
    assert [blob.path for blob in seen(repo).blobs] == ["caf\\xe9.txt"]


def test_a_malformed_tree_in_the_middle_is_an_error(repo: Repo) -> None:
    """readers would disagree on what it holds"""
    blob = repo.write_object("blob", b"x\n")
    entry = b"100644 a\0" + bytes.fromhex(blob)
    tree = repo.write_object("tree", entry + entry)
    good = repo.rev("feature^{tree}")
    repo.commit("Twice", tree=tree)
    repo.commit("Back", tree=good)
    with pytest.raises(GitError, match="the same name twice"):
        seen(repo)


def test_a_blob_that_is_not_here_is_an_error(repo: Repo) -> None:
    repo.write("gone.txt", Entry("100644", "2" * 40))
    repo.commit("Name what is nowhere")
    repository, change = change_of(repo)
    with pytest.raises(GitError, match="not in this clone"):
        list(read_blobs(repository, introduced(repository, change).blobs))


def test_bounds_are_errors_and_never_a_part(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("Many", {f"n/{number}.txt": f"{number}\n" for number in range(20)})
    repository, change = change_of(repo)
    blobs = introduced(repository, change).blobs
    with pytest.raises(GitError, match="more than 10 bytes of content"):
        list(read_blobs(repository, blobs, max_bytes=10))
    monkeypatch.setattr(module, "MAX_BLOBS", 19)
    with pytest.raises(GitError, match="more than 19 blobs"):
        introduced(repository, change)
    monkeypatch.setattr(module, "MAX_CHANGES", 5)
    with pytest.raises(GitError, match="more than 5 paths"):
        introduced(repository, change)


def test_what_several_look_through_is_read_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """as far as there is room for it, and from there on again; an end with an error is one each time"""
    repo.commit("Many", {f"n/{number:02}.txt": f"{number:02}-{'x' * 7}" for number in range(20)})
    repository, change = change_of(repo)
    blobs = introduced(repository, change).blobs
    whole = list(read_blobs(repository, blobs))
    read: list[int] = []
    real = module.read_blobs

    def counted(repository: Repository, blobs: Sequence[Introduced], **had: int) -> Any:
        read.append(len(blobs))
        return real(repository, blobs, **had)

    monkeypatch.setattr(module, "read_blobs", counted)
    for room, asked in ((1_000, [20]), (55, [20, 15, 15]), (0, [20, 20, 20])):
        kept = KeptBlobs(repository, blobs, room)
        assert [list(kept) for _ in range(3)] == [whole] * 3
        assert read == asked
        read.clear()
    monkeypatch.setattr(read_blobs, "__defaults__", (105,))
    kept = KeptBlobs(repository, blobs, 55)
    for _ in range(2):
        with pytest.raises(GitError, match="more than 105 bytes"):
            list(kept)


def test_a_blob_too_big_is_said_to_be(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("Big and small", {"big.txt": "x" * 100, "small.txt": "y"})
    monkeypatch.setattr(module, "MAX_BLOB_BYTES", 50)
    repository, change = change_of(repo)
    found = {blob.path: data for blob, data in read_blobs(repository, introduced(repository, change).blobs)}
    assert found == {"big.txt": TooBig(100), "small.txt": b"y"}


def test_messages_are_whole_commits(repo: Repo) -> None:
    commit = repo.commit("Subject\n\nBody", {"a.py": "a\n"}, trailers=["Co-authored-by: Vic <vic@acme.example>"])
    repository, change = change_of(repo)
    ((made, raw),) = read_messages(repository, change.commits)
    assert made.id == commit
    assert raw == repo.git_bytes("cat-file", "commit", commit)


def versions(repo: Repo) -> list[tuple[str, str, str]]:
    return [(one.path, one.commit, one.base_path) for one in seen(repo).places]


def test_every_version_at_every_path_is_placed_with_the_first_commit_that_puts_it_there(repo: Repo) -> None:
    """also one that the base has elsewhere, and one that goes back to what the base has"""
    first = repo.commit("Copy", {"copy.py": "x = 1\n", "app.py": "x = 2\n"})
    second = repo.commit("Back", {"copy.py": None, "app.py": "x = 1\n"})
    assert versions(repo) == [
        ("app.py", first, "app.py"),
        ("copy.py", first, ""),
        ("app.py", second, "app.py"),
    ]


def test_a_moved_file_is_another_version_of_what_it_was(repo: Repo) -> None:
    """so that what the base has in it is not taken for new on the way"""
    repo.rename("docs/old.md", "docs/between.md")
    first = repo.commit("Move")
    repo.rename("docs/between.md", "docs/new.md")
    second = repo.commit("Move on")
    assert versions(repo) == [("docs/between.md", first, "docs/old.md"), ("docs/new.md", second, "docs/old.md")]


def test_links_and_submodules_are_placed_with_their_mode(repo: Repo) -> None:
    repo.gitlink("lib", "1" * 40)
    repo.symlink("link", "/etc/passwd")
    repo.commit("Bring a submodule and a link")
    assert [(one.path, one.mode) for one in seen(repo).places] == [("lib", "160000"), ("link", "120000")]
