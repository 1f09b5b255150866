"""Lines that a commit brings, in a real repository with odd names and contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.line_counts import FileLines, line_counts
from outsource_gate.git.repository import Repository
from tests.repo import ObjectFormat, Repo


def counted(repo: Repo, before: str, after: str) -> set[FileLines]:
    with Repository.open(repo.path).session() as repository:
        return set(line_counts(repository, before, after))


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_new_and_rewritten_lines_count(tmp_path: Path, object_format: ObjectFormat) -> None:
    """what is taken out is none; before the first commit there is nothing"""
    repo = Repo(tmp_path / "repo", object_format=object_format)
    first = repo.commit("one", {"a.py": "1\n2\n3\n", "gone.py": "x\n" * 9, "b.bin": b"\0\1"})
    repo.remove("gone.py")
    second = repo.commit("two", {"a.py": "1\nzwei\n3\n4\n"})
    assert counted(repo, "", first) == {FileLines("a.py", 3), FileLines("gone.py", 9), FileLines("b.bin", None)}
    assert counted(repo, first, second) == {FileLines("a.py", 2), FileLines("gone.py", 0)}
    assert counted(repo, second, second) == set()


def test_a_moved_file_has_its_new_name_and_no_new_lines(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("one", {"a.py": "".join(f"{number}\n" for number in range(50))})
    repo.rename("a.py", "tab\tline\nend.py")
    second = repo.commit("two")
    assert counted(repo, first, second) == {FileLines("tab\tline\nend.py", 0)}


def test_attributes_of_the_repository_hide_no_lines(tmp_path: Path) -> None:
    """whoever declares code binary does not make it so"""
    repo = Repo(tmp_path / "repo")
    first = repo.commit("one", {"x.py": ""})
    repo.write(b"\xff.py", "1\n")
    second = repo.commit("two", {".gitattributes": "*.py binary -diff linguist-generated\n", "x.py": "1\n2\n"})
    assert {(one.path, one.added) for one in counted(repo, first, second)} == {
        (".gitattributes", 1), ("x.py", 2), ("\\xff.py", 1),
    }  # fmt: skip


def test_a_commit_that_is_not_here_is_an_error(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("one", {"x.py": ""})
    with pytest.raises(GitError):
        counted(repo, first, "0" * 39 + "1")
