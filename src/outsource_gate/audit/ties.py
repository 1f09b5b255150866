"""Which record speaks for a merged change? Tied by content; a number alone only names trouble.

In the order of docs/audit.md: what was merged is the record's head; the same paths have the same content; redoing
merge or squash gives this very tree. Every commit that came in has to lie in the record's range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise
from types import TracebackType

from outsource_gate.audit.line import Row
from outsource_gate.audit.records import Kept, Records
from outsource_gate.errors import GitError
from outsource_gate.git.diff import content_id, tree_changes
from outsource_gate.git.objects import reading
from outsource_gate.git.program import Program
from outsource_gate.git.redo import private_repository, redo_merge
from outsource_gate.git.repository import Repository
from outsource_gate.git.revisions import tree_at

MAX_REDONE = 2_000  # merges and squashes redone in one run; what is left over stays untied, and is said
MAX_SERIES = 250  # commits of one request that a rebase may have laid one by one on the branch


@dataclass(frozen=True, slots=True)
class Tie:
    """A record and how it is tied. `problem` says why it does not cover all that came in."""

    record: Kept
    how: str
    problem: str = ""


@dataclass(slots=True)
class Ties:
    """Finds the records of rows; use it in a `with` block, as it redoes merges in a repository of its own."""

    repository: Repository
    records: Records
    redone: int = 0
    _program: Program | None = None
    _closing: AbstractContextManager[Program] | None = None
    _contents: dict[tuple[str, str], str] = field(default_factory=dict)
    _ancestors: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __enter__(self) -> Ties:
        self._closing = private_repository(self.repository)
        self._program = self._closing.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._closing:
            self._closing.__exit__(kind, error, trace)

    def of(self, row: Row) -> tuple[Tie, ...]:
        """Every record that is tied to this row by its content, strongest tie first, each record once."""
        found: dict[str, Tie] = {}
        for tie in (*self._by_head(row), *self._by_content(row), *self._by_redoing(row)):
            before = found.get(tie.record.digest)
            if before is None or (before.problem and not tie.problem):
                found[tie.record.digest] = tie
        return tuple(found.values())

    def of_series(self, rows: Sequence[Row]) -> Iterator[tuple[tuple[Row, ...], Tie]]:
        """Rows that a rebase laid one after another: together they hold what one record speaks of."""
        sizes = sorted({size for kept in self._all() if 1 < (size := _size(kept)) <= MAX_SERIES})
        for end in range(len(rows)):
            for size in (size for size in sizes if size <= end + 1):
                series = tuple(rows[end + 1 - size : end + 1])
                if _is_unbroken(series):
                    yield from ((series, tie) for tie in self._of_series(series))

    def _of_series(self, series: tuple[Row, ...]) -> Iterator[Tie]:
        first, last = series[0], series[-1]
        for kept in self.records.by_content.get(self._content(first, last.tree), ()):
            if _size(kept) == len(series):
                yield Tie(kept, "series", self._standing(first, kept))

    def _by_head(self, row: Row) -> Iterator[Tie]:
        """What was merged is what the record is about, and the merge holds nothing beyond it."""
        merged = row.parents[1] if row.is_merge else row.commit
        for kept in self.records.by_head.get(merged, ()):
            # An octopus brings in more than its second parent.
            known = self._uncovered(row, kept) if len(row.parents) > 2 else ""
            yield Tie(kept, "head", self._standing(row, kept) or known or self._beyond(row))
        if row.is_merge:
            for kept in self.records.by_tree.get(tree_at(self.repository, merged), ()):
                yield Tie(
                    kept, "tree", self._standing(row, kept) or self._uncovered(row, kept) or self._beyond(row)
                )

    def _by_content(self, row: Row) -> Iterator[Tie]:
        for kept in self.records.by_content.get(self._content(row, row.tree), ()):
            yield Tie(kept, "content", self._standing(row, kept) or self._uncovered(row, kept))

    def _by_redoing(self, row: Row) -> Iterator[Tie]:
        """A squash or merge of the recorded head onto the first parent gives the tree that is there."""
        for kept in self.records.by_number.get(row.number, ()) if row.number is not None else ():
            if self._redo(row, kept.head) == row.tree:
                yield Tie(kept, "redone", self._standing(row, kept) or self._uncovered(row, kept))

    def _redo(self, row: Row, theirs: str) -> str | None:
        if not row.parents or self._program is None or self.redone >= MAX_REDONE:
            return None
        if not self.repository.has_commit(theirs):
            return None
        self.redone += 1
        try:
            return redo_merge(self._program, row.parents[0], theirs)
        except GitError:
            return None

    def _standing(self, row: Row, kept: Kept) -> str:
        """The record's merge base has to be part of what the change was merged into."""
        change = kept.predicate.change
        if change is None or not row.parents:
            return "" if change else "the record knows no change"
        if self._is_ancestor(change.merge_base, row.parents[0]):
            return ""
        return f"the record starts from {change.merge_base[:12]}, which is no part of what it was merged into"

    def _beyond(self, row: Row) -> str:
        """A merge whose tree is not what merging gives holds work that nobody looked at."""
        if not row.is_merge or self._redo(row, row.parents[1]) == row.tree:
            return ""
        return "the merge itself changes more than merging what the record is about"

    def _uncovered(self, row: Row, kept: Kept) -> str:
        """Commits that came in beside those the record knows; a squash is a commit of its own."""
        own = {row.commit}
        for commit in row.brought:
            if commit.id not in own and not self._is_ancestor(commit.id, kept.head):
                return f"commit {commit.id[:12]} came in, and the record does not know it"
        return ""

    def _content(self, row: Row, tree: str) -> str:
        before = tree_at(self.repository, row.parents[0]) if row.parents else ""
        if (before, tree) not in self._contents:
            with reading(self.repository) as objects:
                changes = sorted(tree_changes(objects, before, tree), key=lambda change: change.path)
            self._contents[before, tree] = content_id(changes)
        return self._contents[before, tree]

    def _is_ancestor(self, ancestor: str, descendant: str) -> bool:
        asked = (ancestor, descendant)
        if asked not in self._ancestors:
            known = self.repository.has_commit(ancestor) and self.repository.has_commit(descendant)
            self._ancestors[asked] = known and self.repository.is_ancestor(*asked)
        return self._ancestors[asked]

    def _all(self) -> Iterator[Kept]:
        return (kept for group in self.records.by_head.values() for kept in group)


def _size(kept: Kept) -> int:
    return kept.predicate.change.commits if kept.predicate.change else 0


def _is_unbroken(series: Sequence[Row]) -> bool:
    return not any(row.is_merge for row in series) and all(
        after.parents == (before.commit,) for before, after in pairwise(series)
    )
