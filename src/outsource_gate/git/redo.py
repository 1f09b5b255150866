"""Which merges only brought the target branch in? Redone where nothing of the clone can interfere.

In the clone itself `git merge-tree` runs merge drivers of the clone's configuration, so every merge is redone in a
private bare repository: own configuration, no attributes, the clone's objects by alternates, its own for writing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import full_id
from outsource_gate.git.program import Program, failure
from outsource_gate.model.source import ChangeSet, Commit

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_MERGES = 200  # redone; a merge beyond counts as the work of whoever made it
_MERGE_SECONDS = 60.0


def clean_update_merges(repository: Repository, change: ChangeSet) -> tuple[str, ...]:
    """The merges of the target branch in this change whose tree is exactly what redoing them gives."""
    merges = [commit for commit in change.commits if _may_be_update(commit)][:MAX_MERGES]
    updates = [commit for commit in merges if repository.is_ancestor(commit.parents[1], change.base.commit)]
    if not updates:
        return ()
    with private_repository(repository) as program:
        return tuple(commit.id for commit in updates if redo_merge(program, *commit.parents) == commit.tree)


def gives_same_tree(repository: Repository, base: str, request_head: str, tree: str) -> bool:
    """Does merging a request's head into the base give this tree, as a merge, a squash or a rebase would?"""
    with private_repository(repository) as program:
        return redo_merge(program, full_id(base), full_id(request_head)) == tree


def redo_merge(program: Program, ours: str, theirs: str) -> str | None:
    """The tree that merging two commits gives; None where they conflict."""
    answer = program.call(["merge-tree", "--write-tree", ours, theirs], timeout_seconds=_MERGE_SECONDS)
    if answer.code not in (0, 1):
        raise failure("merge-tree", answer.code, answer.complaint)
    return answer.out.decode("utf-8", "replace").strip() if answer.code == 0 else None


@contextmanager
def private_repository(repository: Repository) -> Iterator[Program]:
    """An empty bare repository that sees the clone's objects and none of its settings; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="outsource-gate-redo-") as folder:
        yield make_private(Path(folder).resolve() / "private.git", repository.object_format, repository)


def make_private(git_dir: Path, object_format: str, lender: Repository | None) -> Program:
    """Lay an empty bare repository out by hand; it sees the objects of `lender`."""
    for name in ("objects/info", "refs"):
        (git_dir / name).mkdir(parents=True)
    (git_dir / "HEAD").write_text("ref: refs/heads/none\n")
    (git_dir / "config").write_text(_configuration(object_format))
    if lender:
        (git_dir / "objects" / "info" / "alternates").write_bytes(_alternates(lender))
    return Program(git_dir, git_dir)


def _may_be_update(commit: Commit) -> bool:
    return len(commit.parents) == 2 and not commit.problems


def _configuration(object_format: str) -> str:
    if object_format == "sha256":
        return "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
    return "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"


def _alternates(repository: Repository) -> bytes:
    """One folder a line, gitrepository-layout(5); a quarantined push keeps its objects elsewhere, too."""
    folders = [repository.common_dir / "objects"]
    for value in (repository.program.extra.get(name, "") for name in _ELSEWHERE):
        folders += [Path(part) for part in value.split(":") if part]
    lines = [os.fsencode(folder) for folder in dict.fromkeys(folders)]
    if any(b"\n" in line or line.startswith((b"#", b'"')) for line in lines):
        raise GitError(
            "the repository's path has a newline in it, so merges cannot be redone", hint="move the clone"
        )
    return b"\n".join(lines) + b"\n"


_ELSEWHERE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
