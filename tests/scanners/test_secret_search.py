"""A whole change is looked through by both kinds of detectors, tag objects too, and told by HMAC under a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.git.changes import read_change
from outsource_gate.git.introduced import introduced, read_blobs
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.secret import SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.scanners import kingfisher
from outsource_gate.scanners.secret_search import Search, mac_of, searching
from outsource_gate.scanners.veil import Found
from tests.repo import Repo
from tests.scanners import planted

KEY = b"an organisation's key"


def searched(
    repo: Repo, key: bytes | None = None, tags: tuple[str, ...] = (), *, here: bool = False
) -> tuple[SecretScan | Unavailable, Found]:
    with Repository.open(repo.path).session() as repository:
        base, head = repository.resolve("main"), repository.resolve("HEAD")
        change = read_change(repository, base, head)
        assert isinstance(change, ChangeSet)
        search = Search(repository, change, lambda _: b"", key, tags=tags, tags_here=here)
        contents = introduced(repository, change)
        with searching(search, contents, read_blobs(repository, contents.blobs)) as ended:
            return ended()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a.py": "x = 1\n"})
    repo.branch("feature")
    repo.switch("feature")
    return repo


def dynatrace() -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "dt0" + f"c01.{planted.chance(24, alphabet)}.{planted.chance(64, alphabet)}"


@pytest.mark.tools
def test_both_kinds_of_detectors_look_at_everything(repo: Repo) -> None:
    repo.commit(
        f"Use {dynatrace()}", {"b.txt": dynatrace().encode("utf-16"), f"{dynatrace()}.md": planted.github()}
    )
    scan, found = searched(repo)
    assert isinstance(scan, SecretScan)
    assert scan.typed.startswith("kingfisher ")
    assert sorted((one.place, one.kind) for one in scan.secrets) == [
        ("content", "github-token"),
        ("content", "kingfisher.dynatrace-api-token"),
        ("message", "kingfisher.dynatrace-api-token"),
        ("name", "kingfisher.dynatrace-api-token"),
    ]
    assert dynatrace() in found.content
    assert dynatrace() in found.messages
    assert dynatrace() in found.names


@pytest.mark.tools
def test_under_a_key_the_same_value_has_the_same_mac(repo: Repo) -> None:
    """without one nothing is made of it"""
    repo.commit("Two", {"b.txt": planted.github(), "c.txt": f"x\n{planted.github()}\n", "d.txt": planted.aws_id()})
    plain, _ = searched(repo)
    keyed, _ = searched(repo, KEY)
    assert isinstance(plain, SecretScan)
    assert isinstance(keyed, SecretScan)
    assert {one.mac for one in plain.secrets} == {""}
    first, second, other = (one.mac for one in keyed.secrets)
    assert first == second == mac_of(KEY)(planted.github())
    assert first != other
    assert mac_of(b"another key of it all")(planted.github()) != first


def test_a_key_that_is_too_short_makes_nothing() -> None:
    assert mac_of(b"short")("value") == ""


def tag(repo: Repo, object_: str, kind: str, message: str) -> str:
    body = f"object {object_}\ntype {kind}\ntag v1\ntagger Vic <vic@acme.example> 1700000000 +0000\n\n{message}\n"
    return repo.write_object("tag", body.encode())


@pytest.mark.tools
def test_the_message_of_a_tag_is_looked_through(repo: Repo) -> None:
    """also of a tag of a tag"""
    repo.commit("Two", {"b.txt": "x"})
    inner = tag(repo, repo.head, "commit", f"Release\n\nwith {planted.github()}")
    scan, _ = searched(repo, tags=(tag(repo, inner, "tag", "Again"),))
    assert isinstance(scan, SecretScan)
    (found,) = scan.secrets
    assert (found.place, found.kind, found.line) == ("message", "github-token", 3)
    assert found.inside.startswith("the tag object ")


@pytest.mark.tools
def test_the_tags_of_the_clone_that_point_into_the_change_are_looked_through(repo: Repo) -> None:
    """once each, and no others"""
    first = repo.commit("Two", {"b.txt": "x"})
    repo.commit("Three", {"b.txt": "y"})
    repo.update_ref("refs/tags/old", tag(repo, repo.rev("main"), "commit", planted.github()))
    repo.update_ref("refs/tags/v1", tag(repo, first, "commit", planted.github()))
    scan, _ = searched(repo, tags=(repo.rev("refs/tags/v1"),), here=True)
    assert isinstance(scan, SecretScan)
    assert (len(scan.secrets), scan.messages) == (1, 3)
    scan, _ = searched(repo)
    assert isinstance(scan, SecretScan)
    assert (scan.secrets, scan.messages) == ((), 2)


@pytest.mark.tools
def test_where_typed_detectors_fail_ours_stand(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        kingfisher, "find", lambda: Unavailable("kingfisher-bin is not installed", "", "kingfisher")
    )
    repo.commit("Two", {"b.txt": planted.github()})
    scan, _ = searched(repo)
    assert isinstance(scan, SecretScan)
    assert [one.kind for one in scan.secrets] == ["github-token"]
    assert (scan.typed, scan.typed_missing) == ("", "kingfisher-bin is not installed")


@pytest.mark.tools
def test_a_tag_that_is_not_here_leaves_it_unknown(repo: Repo) -> None:
    repo.commit("Two", {"b.txt": "x"})
    scan, _ = searched(repo, tags=("2" * 40,))
    assert isinstance(scan, Unavailable)
