"""Is what the test builder writes really what git reads?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repo import EXECUTABLE, File, ObjectFormat, Repo, SigningKey


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_git_finds_nothing_wrong(tmp_path: Path, object_format: ObjectFormat) -> None:
    """git fsck takes every object that the builder writes."""
    repo = Repo(tmp_path / "r", object_format=object_format)
    repo.commit("one", {"a.py": "a", "a/b.py": "b", "a.b": "c", "run": File("#!/bin/sh", EXECUTABLE)})
    repo.branch("side")
    repo.symlink("link", "a.py")
    repo.gitlink("sub", repo.head)
    side = repo.commit("two")
    repo.switch("main")
    repo.rename("a.py", "z.py")
    repo.commit("three", trailers=["Co-authored-by: Vic <vic@acme.example>"])
    merged = repo.merge("side")
    assert repo.git("fsck", "--strict", "--no-dangling") == ""
    assert repo.git("rev-parse", f"{merged}^2") == side
    assert set(repo.snapshot()) == {b"z.py", b"a/b.py", b"a.b", b"run", b"link", b"sub"}


def test_git_takes_the_signature(tmp_path: Path) -> None:
    """git itself calls an SSH-signed commit good."""
    key = SigningKey.generate(tmp_path)
    repo = Repo(tmp_path / "r")
    commit = repo.commit("signed", {"a": "1"}, sign=key)
    allowed = tmp_path / "allowed"
    allowed.write_text(f"* {key.public}\n")
    seen = repo.git("-c", f"gpg.ssh.allowedSignersFile={allowed}", "log", "-1", "--format=%G? %s", commit)
    assert seen == "G signed"


def test_worktree_follows_on_request(tmp_path: Path) -> None:
    """A checkout holds what the current branch has."""
    repo = Repo(tmp_path / "r")
    repo.write(b"odd \xff name", "x")
    repo.commit("odd")
    repo.checkout()
    assert repo.git("status", "--porcelain") == ""
    assert (tmp_path / "r").joinpath(next(iter(repo.snapshot())).decode("utf-8", "surrogateescape")).exists()
