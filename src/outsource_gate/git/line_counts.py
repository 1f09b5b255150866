"""How many lines did a change bring, file by file? A moved file counts by what differs from before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.errors import GitError
from outsource_gate.git.objects import full_id
from outsource_gate.git.repository import Repository
from outsource_gate.model.source import text_of

MAX_BYTES = 32 << 20  # names of a hundred thousand files
SECONDS = 60.0
_OPTIONS = (
    "-r", "-z", "--numstat", "--find-renames=50%", "-l1000", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=all",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileLines:
    """New and rewritten lines of one file; None: git takes it for binary."""

    path: str
    added: int | None


def line_counts(repository: Repository, before: str, after: str) -> tuple[FileLines, ...]:
    """Compare two commits by full id, "" for nothing before; GitError over a bound of time or bytes."""
    old = full_id(before) if before else _empty_tree(repository)
    raw = repository.run("diff-tree", *_OPTIONS, old, full_id(after), max_bytes=MAX_BYTES, timeout_seconds=SECONDS)
    return tuple(_files(iter(raw.split(b"\0"))))


def _empty_tree(repository: Repository) -> str:
    return repository.run("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def _files(fields: Iterator[bytes]) -> Iterator[FileLines]:
    """git-diff(1), --numstat with -z: a moved file has its two names in fields of their own."""
    for field in fields:
        if not field:
            return
        try:
            added, _, path = field.split(b"\t", 2)
            if not path:
                next(fields)
                path = next(fields)
            yield FileLines(text_of(path), None if added == b"-" else int(added))
        except (ValueError, StopIteration) as error:
            raise GitError("git diff-tree: its counts of lines cannot be read") from error
