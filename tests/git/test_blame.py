"""Who brought lines in is git's answer, and nobody else's: not the clone's settings, not the tree's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GitError
from outsource_gate.git.blame import Blamed, Wanted, blame, parse_incremental, unquoted, windows
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.origin import Placed
from tests.repo import ObjectFormat, Repo

VIC, INA = "Vic <vic@acme.example>", "Ina <ina@corp.example>"
BLOCK = "".join(f"    total_of_everything_{number} = compute_the_amount_of({number})\n" for number in range(6))
OTHER = "\n".join(f"something_else_entirely_{number}({number * 7})" for number in range(30)) + "\n"


def ask(repo: Repo, path: str, *lines: int, head: str = "", seconds: float = 60.0) -> Blamed | Unavailable:
    repository = Repository.open(repo.path)
    return blame(repository, head or repo.head, [Wanted(path, frozenset(lines))], seconds)[path]


def placed(repo: Repo, path: str, line: int, *, written: bool = False) -> Placed:
    answer = ask(repo, path, line)
    assert isinstance(answer, Blamed), answer
    return (answer.written if written else answer.placed)[line]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_rename_changes_no_origin(tmp_path: Path, object_format: ObjectFormat) -> None:
    repo = Repo(tmp_path / "repo", object_format=object_format)
    first = repo.commit("First", {"a.py": BLOCK}, author=VIC)
    repo.rename("a.py", "deep/b.py")
    repo.commit("Move", author=INA)
    changed = repo.commit("Change", {"deep/b.py": BLOCK + "x = 1\n"}, author=INA)
    assert placed(repo, "deep/b.py", 3) == Placed(first, "a.py", 3)
    assert placed(repo, "deep/b.py", 7) == Placed(changed, "deep/b.py", 7)


def test_lines_moved_to_another_file_have_a_writer_and_a_mover(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {"a.py": BLOCK + OTHER, "b.py": "x = 1\n"}, author=VIC)
    moved = repo.commit("Move", {"a.py": OTHER, "b.py": "x = 1\n" + BLOCK}, author=INA)
    assert placed(repo, "b.py", 3) == Placed(moved, "b.py", 3)
    assert placed(repo, "b.py", 3, written=True) == Placed(first, "a.py", 2)


def test_a_merge_owns_only_what_it_resolves(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a.py": BLOCK})
    repo.branch("feature")
    theirs = repo.commit("Theirs", {"b.py": OTHER}, author=VIC)
    repo.switch("main")
    repo.commit("Ours", {"c.py": OTHER + "x\n"}, author=INA)
    merge = repo.merge("feature", author=INA, resolution={"b.py": OTHER + "smuggled()\n"})
    assert placed(repo, "b.py", 2).commit == theirs
    assert placed(repo, "b.py", 31).commit == merge


def test_neither_tree_nor_clone_can_name_commits_to_skip_people_or_programs(tmp_path: Path) -> None:
    """lists of commits to ignore, mailmaps, attributes, drivers and replace refs have no say"""
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {"a.py": BLOCK}, author=VIC)
    files = {
        ".git-blame-ignore-revs": first + "\n",
        ".mailmap": "Ina <ina@corp.example> <vic@acme.example>\n",
        ".gitattributes": "*.py diff=evil\n",
        "a.py": "import os\n" + BLOCK,
    }
    second = repo.commit("Second", files, author=VIC)
    witness, driver = tmp_path / "ran", tmp_path / "driver.sh"
    driver.write_text(f"#!/bin/sh\ntouch {witness}\ncat $1\n")
    driver.chmod(0o755)
    (repo.git_dir / "info").mkdir(exist_ok=True)
    (repo.git_dir / "info" / "attributes").write_text("*.py diff=evil\n")
    repo.config("diff.evil.textconv", str(driver))
    repo.config("blame.ignoreRevsFile", ".git-blame-ignore-revs")
    repo.config("mailmap.blob", f"{second}:.mailmap")
    repo.update_ref(f"refs/replace/{first}", second)
    assert placed(repo, "a.py", 1).commit == second
    assert placed(repo, "a.py", 4) == Placed(first, "a.py", 3)
    assert not witness.exists()


ODD = ("spa ce.py", "\u00e4\u00f6.py", 'quo"te.py', "tab\there.py", ":(top)a.py", "--", "a*.py")


@pytest.mark.parametrize("path", ODD)
def test_odd_names_are_names(tmp_path: Path, path: str) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {path: BLOCK})
    repo.commit("Second", {path: BLOCK + "x = 1\n"})
    assert placed(repo, path, 2) == Placed(first, path, 2)


def test_a_line_that_is_not_there_is_said_to_have_no_origin(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a.py": "x = 1\n", "empty.py": ""})
    for path, line in (("a.py", 3), ("empty.py", 1), ("gone.py", 1)):
        answer = ask(repo, path, line)
        assert isinstance(answer, Unavailable)
        assert "git blame" in answer.reason


def test_what_comes_too_late_is_not_known(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("First", {"a.py": "x = 1\n"})
    answer = ask(repo, "a.py", 1, seconds=0)
    assert isinstance(answer, Unavailable)
    assert "used up" in answer.reason


def test_windows_join_and_stay_few() -> None:
    assert windows([1, 40, 200]) == [(1, 70), (170, 230)]
    assert windows(range(100, 100_000, 100)) == [(70, 99_930)]


@pytest.mark.parametrize("raw", [b"", b"garbage\nfilename a\n", b"f" * 40 + b" 1 1 1\nno name\n"])
def test_half_an_answer_is_no_answer(raw: bytes) -> None:
    with pytest.raises(GitError, match="line 1"):
        parse_incremental(raw, [1])


def test_names_in_quotes_are_read_to_the_byte() -> None:
    assert unquoted(rb'"a\tb\"\\\303\244"') == b'a\tb"\\\xc3\xa4'
    assert unquoted(b'plain"name') == b'plain"name'


def test_a_first_commit_has_nothing_that_moved(tmp_path: Path) -> None:
    """who put a line into the first commit wrote it, as far as git can know"""
    repo = Repo(tmp_path / "repo")
    first = repo.commit("First", {"a.py": BLOCK, "b.py": BLOCK})
    assert placed(repo, "b.py", 3) == placed(repo, "b.py", 3, written=True) == Placed(first, "b.py", 3)
