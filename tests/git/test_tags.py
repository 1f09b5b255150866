"""Annotated tags: which of them point into a change, and that every chain of them ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git import tags as module
from outsource_gate.git.repository import Repository
from outsource_gate.git.tags import read_tags, tags_into
from tests.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a.py": "x = 1\n"})
    return repo


def tag(repo: Repo, named: str, kind: str = "commit", name: str = "") -> str:
    body = f"object {named}\ntype {kind}\ntag v1\ntagger Vic <vic@acme.example> 1700000000 +0000\n\n{name}\n"
    oid = repo.write_object("tag", body.encode())
    if name:
        repo.update_ref(f"refs/tags/{name}", oid)
    return oid


def test_what_names_a_commit_of_the_change_is_given(repo: Repo) -> None:
    """by way of another tag, too; no light tag, none of another commit, and none of a tree"""
    before, head = repo.head, repo.commit("Second", {"a.py": "x = 2\n"})
    direct = tag(repo, head, name="v1")
    nested = tag(repo, tag(repo, tag(repo, head), "tag"), "tag", name="deep/v2")
    tag(repo, before, name="old")
    tag(repo, repo.rev("HEAD^{tree}"), "tree", name="tree")
    repo.tag("light")
    assert tags_into(Repository.open(repo.path), [head]) == tuple(sorted((direct, nested)))
    assert tags_into(Repository.open(repo.path), []) == ()


def test_many_tags_are_bounded_and_never_taken_in_part(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        tag(repo, repo.head, name=f"v{number}")
    monkeypatch.setattr(module, "MAX_INTO", 2)
    with pytest.raises(GitError, match="3 tags point into the change"):
        tags_into(Repository.open(repo.path), [repo.head])


def test_many_tags_beside_each_other_are_no_chain(repo: Repo) -> None:
    """each is read once"""
    tags = [tag(repo, repo.head, name=f"v{number}") for number in range(30)]
    read = dict(read_tags(Repository.open(repo.path), [*tags, *tags, tag(repo, tags[0], "tag")]))
    assert len(read) == 31
    assert read[tags[7]].endswith(b"\n\nv7\n")


def test_a_chain_of_tags_ends(repo: Repo) -> None:
    oid = tag(repo, repo.head)
    for number in range(12):
        oid = tag(repo, oid, "tag", f"n{number}")
    with pytest.raises(GitError, match="more than 10 tags of tags"):
        list(read_tags(Repository.open(repo.path), [oid]))


def test_what_is_no_tag_is_an_error(repo: Repo) -> None:
    for oid in (repo.head, "2" * 40):
        with pytest.raises(GitError, match="not in this clone"):
            list(read_tags(Repository.open(repo.path), [oid]))
