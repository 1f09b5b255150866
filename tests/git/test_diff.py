"""Does the strict comparison of trees find what git finds?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.git.diff import changed_files
from outsource_gate.git.repository import Repository
from tests.repo import EXECUTABLE, REGULAR, SYMLINK, File, Repo

names = st.sampled_from(["a", "b", "a.b", "ab", "a-", "é", "A"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
files = st.builds(File, st.sampled_from(["1", "2", "3\n" * 30]), st.sampled_from([REGULAR, EXECUTABLE, SYMLINK]))
trees = st.dictionaries(paths, files, max_size=8).map(
    lambda found: {
        path: file for path, file in found.items() if not any(other.startswith(f"{path}/") for other in found)
    }
)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return Repo(tmp_path_factory.mktemp("diff") / "repo")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=trees, new=trees)
def test_any_two_trees(repo: Repo, old: dict[str, File], new: dict[str, File]) -> None:
    """For any two trees, files that become folders and back among them, the changes are those of git diff-tree."""
    repo.orphan("scratch")
    ends = []
    for snapshot in (old, new):
        (repo.git_dir / "refs/heads/scratch").unlink(missing_ok=True)
        ends.append(repo.rev(repo.commit("x", snapshot) + "^{tree}"))
    told = repo.git_bytes("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", *ends).split(b"\0")[:-1]
    expected = sorted(zip(told[1::2], told[::2], strict=True))
    found, _ = changed_files(Repository.open(repo.path), ends[0], ends[1])
    letter = {"added": "A", "modified": "M", "deleted": "D", "type-changed": "T"}
    assert [
        (
            file.path.encode(),
            f":{file.old_mode} {file.new_mode} {file.old_blob} {file.new_blob} {letter[file.change]}".encode(),
        )
        for file in found
    ] == expected


def test_rename_limit_is_stricter_not_slower(tmp_path: Path) -> None:
    """Above the rename limit only exact moves and equal base names are paired; other edited ones stay additions."""
    repo = Repo(tmp_path / "r")
    count = 1100
    old = {f"old/{number}": f"{number}\n" * 20 for number in range(count)}
    base = repo.commit("old", old)
    edited = {f"new/x{number}": f"{number}\n" * 20 + "edit\n" for number in range(1, count)}
    moved = repo.commit("new", {**dict.fromkeys(old), **edited, "new/x0": "0\n" * 20})
    ends = [repo.rev(f"{commit}^{{tree}}") for commit in (base, moved)]
    found, _ = changed_files(Repository.open(repo.path), ends[0], ends[1])
    assert {file.path: file.paired_with for file in found if file.paired_with} == {"new/x0": "old/0"}
