"""Are objects read whole, within bounds, and only if their bytes are what their id says?"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.blobs import Blobs, TooBig
from outsource_gate.git.objects import ObjectReader, Stored
from outsource_gate.git.repository import Repository
from tests.repo import Repo


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    repo = Repo(tmp_path_factory.mktemp("objects") / "repo")
    repo.commit("one", {"a": "1"})
    return repo


@pytest.fixture
def blobs(repo: Repo) -> Iterator[Blobs]:
    with Blobs(Repository.open(repo.path)) as blobs:
        yield blobs


@pytest.mark.parametrize("content", [b"", b"x", b"\n\n", b"\0\xff" * 1000, b"deadbeef missing\n", b"z" * 3_000_000])
def test_any_bytes_come_back(repo: Repo, blobs: Blobs, content: bytes) -> None:
    """Whatever a blob holds, it is read byte for byte, and its size is known without that."""
    oid = repo.blob(content)
    assert (blobs.size(oid), blobs.read(oid, 3_000_000)) == (len(content), content)


def test_too_big_is_said_and_the_session_goes_on(repo: Repo, blobs: Blobs) -> None:
    """A blob over the bound is refused with its size; the next one is read as ever."""
    big, small = repo.blob("x" * 1001), repo.blob("x" * 1000)
    assert [blobs.read(oid, 1000) for oid in (big, small)] == [TooBig(1001), b"x" * 1000]


@pytest.mark.parametrize("oid", ["f" * 40, "0" * 40])
def test_a_missing_blob(blobs: Blobs, repo: Repo, oid: str) -> None:
    """A blob that is not here is an error with a next step, and the session goes on."""
    with pytest.raises(GitError, match="not in this clone"):
        blobs.read(oid, 10)
    with pytest.raises(GitError, match="not in this clone"):
        blobs.size(oid)
    assert blobs.read(repo.blob("1"), 10) == b"1"


@pytest.mark.parametrize(
    "oid", ["HEAD", "main", "", "f" * 39, "f" * 41, "F" * 40, f"{'f' * 40}\n", "--help", "a b"]
)
def test_only_full_ids_are_asked_for(blobs: Blobs, oid: str) -> None:
    """A name, an option or a line break is no blob."""
    with pytest.raises(GitError, match="not a full object id"):
        blobs.read(oid, 10)


def test_a_commit_is_no_blob(blobs: Blobs, repo: Repo) -> None:
    """An entry that calls a commit a file is refused."""
    with pytest.raises(GitError, match="is a commit, not a blob"):
        blobs.read(repo.head, 1000)


def test_bytes_that_do_not_match_their_id(tmp_path: Path) -> None:
    """An object store that was tampered with is not believed."""
    repo = Repo(tmp_path / "r")
    oid = repo.blob("good")
    (repo.git_dir / "objects" / oid[:2] / oid[2:]).write_bytes(zlib.compress(b"blob 4\0evil"))
    with Blobs(Repository.open(repo.path)) as blobs, pytest.raises(GitError, match="do not match"):
        blobs.read(oid, 10)


def test_a_broken_object(tmp_path: Path) -> None:
    """An object that git cannot unpack is an error."""
    repo = Repo(tmp_path / "r")
    oid = repo.blob("good")
    (repo.git_dir / "objects" / oid[:2] / oid[2:]).write_bytes(b"no zlib")
    with Blobs(Repository.open(repo.path)) as blobs, pytest.raises(GitError):
        blobs.read(oid, 10)


def test_many_in_order(repo: Repo) -> None:
    """Thousands of objects come in the order asked, large and missing ones among them."""
    contents = [b"x" * (number % 700) for number in range(2000)]
    oids = [repo.blob(content) for content in contents]
    oids[1234] = "e" * 40
    with ObjectReader(Repository.open(repo.path)) as objects:
        found = list(objects.read_many(iter(oids), 650))
    assert found[1234] is None
    for content, item in zip(contents, found, strict=True):
        match item:
            case Stored(kind="blob", body=body):
                assert body == content
            case TooBig(size=size):
                assert size == len(content) > 650
            case _:
                assert item is None


def test_an_ended_git_is_told(repo: Repo) -> None:
    """When git dies in between, the next question is an error and not an empty answer."""
    with ObjectReader(Repository.open(repo.path)) as objects:
        objects._git._kill()
        with pytest.raises(GitError, match="stopped answering"):
            objects.header(repo.head)
