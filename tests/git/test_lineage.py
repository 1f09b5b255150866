"""The newest commit is told by descent, and by which commit one arrived is told by first parents."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.lineage import lineage, read_dated
from outsource_gate.git.repository import Repository
from tests.repo import Repo, SigningKey


def test_dates_do_not_make_a_commit_newer(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {"a": "1"}, date=4_000_000_000)
    second = repo.commit("Second", {"a": "2"}, date=1_000_000_000)
    history = lineage(Repository.open(repo.path), second)
    assert history.newest([first, second]) == second


def test_what_a_merge_brings_arrived_by_it(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {"a": "1"})
    repo.branch("feature")
    work = [repo.commit(f"Work {number}", {"b": str(number)}) for number in range(2)]
    repo.switch("main")
    ours = repo.commit("Ours", {"c": "1"})
    merge = repo.merge("feature")
    last = repo.commit("Last", {"c": "2"})
    landing = lineage(Repository.open(repo.path), last).landing
    assert landing == {first: first, ours: ours, work[0]: merge, work[1]: merge, merge: merge, last: last}


def test_a_commit_is_read_with_signature_and_dates(tmp_path: Path) -> None:
    key = SigningKey.generate(tmp_path)
    repo = Repo(tmp_path / "repo")
    signed = repo.commit("Signed", {"a": "1"}, sign=key, date=1_700_000_000)
    (dated,) = read_dated(Repository.open(repo.path), [signed]).values()
    assert dated.commit.signature is not None and dated.commit.signature.status == "good"
    assert dated.committed_at == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize("date", [b"99999999999999999999 +0000", b"never", b"999999999999 +0000"])
def test_a_date_that_cannot_be_is_none(tmp_path: Path, date: bytes) -> None:
    repo = Repo(tmp_path / "repo")
    tree = repo.git("rev-parse", f"{repo.commit('First', {'a': '1'})}^{{tree}}")
    who = b"Vic <vic@acme.example> " + date
    odd = repo.raw_commit(b"tree %s\nauthor %s\ncommitter %s\n\nx\n" % (tree.encode(), who, who))
    (dated,) = read_dated(Repository.open(repo.path), [odd]).values()
    assert (dated.authored_at, dated.committed_at) == (None, None)


def test_a_commit_that_is_not_here_is_an_error(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a": "1"})
    with pytest.raises(GitError, match="cannot be read"):
        read_dated(Repository.open(repo.path), ["1" * 40])
