"""Does a server hook see the commits that are not accepted yet?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import outsource_gate
from outsource_gate.git.repository import Repository
from tests.repo import Repo

HOOK = """#!{python}
import os, sys
sys.path.insert(0, {source!r})
from pathlib import Path
from outsource_gate.git.changes import read_change
from outsource_gate.git.repository import Repository
old, new, ref = sys.stdin.readline().split()
repository = Repository.open(Path("."))
change = read_change(repository, repository.resolve(old), repository.resolve(new))
Path({told!r}).write_text(" ".join(file.path for file in change.files) + f" {{len(change.update_merges)}}")
"""


def test_pre_receive_reads_quarantined_objects(tmp_path: Path) -> None:
    """Objects in a push's quarantine are read and merged, in a real push."""
    server = Repo(tmp_path / "server.git", bare=True)
    repo = Repo(tmp_path / "clone")
    repo.commit("one", {"a": "1"})
    repo.git("push", "-q", server.path, "main")
    told = tmp_path / "told"
    hook = server.git_dir / "hooks" / "pre-receive"
    hook.parent.mkdir()
    source = str(Path(outsource_gate.__file__).parents[1])
    hook.write_text(HOOK.format(python=sys.executable, source=source, told=str(told)))
    hook.chmod(0o755)
    repo.commit("two", {"b": "2"})
    repo.git("push", "-q", server.path, "main")
    assert told.read_text() == "b 0"


def test_a_foreign_quarantine_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of a hook that runs for another repository lead nowhere."""
    repo, other = Repo(tmp_path / "one"), Repo(tmp_path / "two")
    head = repo.commit("one", {"a": "1"})
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(other.git_dir / "objects" / "incoming"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.git_dir / "objects"))
    repository = Repository.open(repo.path)
    assert (repository.resolve("HEAD").commit, dict(repository.program.extra)) == (head, {})
