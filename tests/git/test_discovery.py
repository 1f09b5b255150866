"""A plain clone is seen by itself; everything else is GitPython's, with the same answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from outsource_gate.git import discovery
from outsource_gate.git.discovery import find
from tests.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a/b.py": "a"})
    return repo


def test_both_ways_find_the_same(repo: Repo) -> None:
    """what is quick is not something else"""
    below = repo.path / "a"
    assert find(below) == find(repo.path) == discovery._by_gitpython(repo.path)


@pytest.mark.parametrize(
    ("config", "is_plain"),
    [
        ("", True),
        ("[core]\n\tbare = false\n", True),
        ("[core]\n\tbare = true\n", False),
        ("[core]\n\tbare=yes\n", False),
        ("[core]\n\tworktree = /elsewhere\n", False),
        ("[include]\n\tpath = /elsewhere\n", False),
        ("[extensions]\n\tworktreeConfig = true\n", False),
        ("#" * (discovery.MAX_CONFIG + 1), False),
    ],
)
def test_only_a_usual_configuration_is_plain(config: str, is_plain: bool, repo: Repo) -> None:
    """whatever could say where the work tree is, is GitPython's to read"""
    (repo.git_dir / "config").write_text(config)
    assert (discovery._plain(repo.path) is not None) is is_plain


def test_a_folder_that_could_be_two_repositories_is_not_plain(repo: Repo) -> None:
    """a bare repository among the files comes first, and is refused by name"""
    Repo(repo.path / "lib", bare=True)
    assert discovery._plain(repo.path / "lib") is None
    assert discovery._plain(repo.path / "lib" / "objects") is None


def test_a_plain_clone_does_not_load_gitpython(repo: Repo) -> None:
    """its import takes as long as all of git's own work on a small change"""
    program = (
        "import sys; from pathlib import Path; from outsource_gate.git.repository import Repository\n"
        "Repository.open(Path(sys.argv[1])); print('git' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, repo.path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
