"""Is the policy read from the commit, and from nowhere else?"""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.git.repository import Repository
from outsource_gate.git.tree_source import TreeSource
from outsource_gate.policy.source import MAX_FILE_BYTES, Source
from tests.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    files = {
        "policy.yaml": "version: 1",
        "vendors/acme.yaml": "id: acme",
        "vendors/.hidden": "x",
        ".dot/x.yaml": "x",
    }
    repo.commit("policy", {f".outsource-gate/{name}": content for name, content in files.items()})
    return repo


def source(repo: Repo) -> TreeSource:
    return TreeSource(Repository.open(repo.path), repo.head)


def test_files_of_the_commit(repo: Repo) -> None:
    """Files are read by path inside the folder; where they stand is said for the record."""
    found: Source = source(repo)
    assert found.read("policy.yaml") == b"version: 1"
    assert found.read("./vendors//acme.yaml") == b"id: acme"
    assert found.read("missing.yaml") is None
    assert found.read("vendors") is None
    assert found.where == f"base:{repo.head}:.outsource-gate"


def test_dot_names_are_not_listed(repo: Repo) -> None:
    """Lists hold what an editor shows: no dot names, sorted, below the folder asked for."""
    assert source(repo).list("") == ("policy.yaml", "vendors/acme.yaml")
    assert source(repo).list("vendors/") == ("vendors/acme.yaml",)
    assert source(repo).list("vend") == ()


def test_the_work_tree_is_not_looked_at(repo: Repo) -> None:
    """An edited checkout changes nothing."""
    repo.checkout()
    (repo.path / ".outsource-gate" / "policy.yaml").write_text("version: 2")
    assert source(repo).read("policy.yaml") == b"version: 1"


def test_no_policy_folder(tmp_path: Path) -> None:
    """A commit without the folder has no files, and that is no error here."""
    repo = Repo(tmp_path / "r")
    repo.commit("none", {".outsource-gate.yaml": "x"})
    assert (source(repo).read("policy.yaml"), source(repo).list("")) == (None, ())


def test_links_are_refused(repo: Repo) -> None:
    """A symlink or submodule in the policy folder is an error where it is read."""
    repo.symlink(".outsource-gate/link.yaml", "../src/policy.yaml")
    repo.gitlink(".outsource-gate/sub", "d" * 40)
    repo.commit("links")
    for name in ("link.yaml", "sub"):
        with pytest.raises(PolicyError, match="allowed: plain files"):
            source(repo).read(name)
    assert source(repo).read("policy.yaml") == b"version: 1"


def test_a_linked_folder_has_no_policy(repo: Repo) -> None:
    """A policy folder that is itself a link leads nowhere."""
    repo.commit("gone", {f".outsource-gate/{name}": None for name in ("policy.yaml", "vendors/acme.yaml")})
    repo.commit("gone", {".outsource-gate/vendors/.hidden": None, ".outsource-gate/.dot/x.yaml": None})
    repo.symlink(".outsource-gate", "elsewhere")
    repo.commit("link", {"elsewhere/policy.yaml": "version: 1"})
    assert source(repo).read("policy.yaml") is None


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "vendors/../../x"])
def test_paths_lead_nowhere_else(repo: Repo, path: str) -> None:
    """A path out of the folder is an error, not another file."""
    with pytest.raises(PolicyError, match="leads out"):
        source(repo).read(path)


def test_a_giant_file_is_refused(repo: Repo) -> None:
    """A file larger than any policy is named with its size; the others are still read."""
    repo.commit("giant", {".outsource-gate/giant.yaml": "x" * (MAX_FILE_BYTES + 1)})
    found = source(repo)
    assert found.read("policy.yaml") == b"version: 1"
    with pytest.raises(PolicyError, match=r"giant\.yaml"):
        found.read("giant.yaml")
