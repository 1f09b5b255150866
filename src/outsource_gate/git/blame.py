"""Which commit put these lines of a file there, and which one wrote them? Asked of `git blame`, within bounds.

git is started in a private repository that sees the clone's objects and nothing else of it: no attributes, drivers,
mailmap or list of commits to ignore, of the clone or of its trees, has a say. Of its answer only ids, paths and
numbers are read. A commit that re-formats a line owns it: whoever could name commits to be skipped could hide.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from outsource_gate.errors import GitError
from outsource_gate.git.objects import full_id
from outsource_gate.git.program import Program, failure
from outsource_gate.git.redo import private_repository
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.origin import Placed
from outsource_gate.model.source import text_of

TOTAL_SECONDS = 600.0
FILE_SECONDS = 30.0
MAX_FILES = 5_000
AROUND = 30  # lines about the asked ones: a moved block is known by its neighbours
MAX_WINDOWS = 200  # of one file; more become one
MAX_OUTPUT = 32 << 20
_ENTRY = re.compile(rb"([0-9a-f]{40}|[0-9a-f]{64}) (\d{1,9}) (\d{1,9}) (\d{1,9})")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Lines of one file that are asked about."""

    path: str
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Blamed:
    """By line: who put it there, and who wrote it. Where moves could not be followed, these are the same."""

    placed: Mapping[int, Placed]
    written: Mapping[int, Placed]


def blame(
    repository: Repository, head: str, wanted: Sequence[Wanted], total_seconds: float = TOTAL_SECONDS
) -> dict[str, Blamed | Unavailable]:
    """Ask for every file, side by side; a file that takes too long, or comes too late, is said to."""
    if not wanted:
        return {}
    end = time.monotonic() + total_seconds
    with private_repository(repository) as program, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        asking = _Asking(program, full_id(head), _roots(program, full_id(head)), end)

        def ask(number: int, one: Wanted) -> Blamed | Unavailable:
            return asking.file(one) if number < MAX_FILES else _late("files", MAX_FILES)

        answers = pool.map(ask, range(len(wanted)), wanted)
        return dict(zip((one.path for one in wanted), answers, strict=True))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What all files of one run are asked with."""

    program: Program
    head: str
    roots: frozenset[str]  # commits without parents: nothing can have moved there from anywhere
    end: float

    def file(self, wanted: Wanted) -> Blamed | Unavailable:
        seconds = self._left()
        if seconds <= 0:
            return _late("seconds", TOTAL_SECONDS)
        try:
            placed = _ask(self.program, self.head, wanted, (), seconds)
        except GitError as error:
            return Unavailable(error.message, error.hint, "origin")
        return Blamed(placed, self._written(wanted, placed))

    def _written(self, wanted: Wanted, placed: dict[int, Placed]) -> dict[int, Placed]:
        """Follow moves and copies; that is an addition, and what fails leaves those who put the lines there."""
        seconds = self._left()
        if seconds <= 0 or all(one.commit in self.roots for one in placed.values()):
            return placed
        try:
            return _ask(self.program, self.head, wanted, ("-M", "-C"), seconds)
        except GitError:
            return placed

    def _left(self) -> float:
        return min(FILE_SECONDS, self.end - time.monotonic())


def _roots(program: Program, head: str) -> frozenset[str]:
    """Knowing them saves work, and nothing more."""
    words = ("rev-list", "--max-parents=0", head)
    try:
        answer = program.call(words, max_bytes=MAX_OUTPUT, timeout_seconds=FILE_SECONDS)
    except GitError:
        return frozenset()
    return frozenset(answer.out.decode("ascii", "replace").split()) if answer.code == 0 else frozenset()


def _late(what: str, most: float) -> Unavailable:
    return Unavailable(f"not blamed: the {most:,.0f} {what} for it were used up", "scan fewer files", "origin")


def _ask(program: Program, head: str, wanted: Wanted, follow: tuple[str, ...], seconds: float) -> dict[int, Placed]:
    spans = [f"-L{first},{last}" for first, last in windows(wanted.lines)]
    arguments = ["blame", "--incremental", "--no-textconv", *follow, *spans, head, "--", wanted.path]
    answer = program.call(arguments, max_bytes=MAX_OUTPUT, timeout_seconds=seconds)
    if answer.code:
        raise failure("blame", answer.code, answer.complaint)
    return parse_incremental(answer.out, wanted.lines)


def windows(lines: Iterable[int]) -> list[tuple[int, int]]:
    """The asked lines with what stands about them, as few stretches as there are."""
    found: list[tuple[int, int]] = []
    for line in sorted(lines):
        first, last = max(1, line - AROUND), line + AROUND  # git stops at the file's end
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found if len(found) <= MAX_WINDOWS else [(found[0][0], found[-1][1])]


def parse_incremental(raw: bytes, wanted: Iterable[int]) -> dict[int, Placed]:
    """Read what `blame --incremental` says of these lines; GitError where it says nothing of one."""
    left = set(wanted)
    found: dict[int, Placed] = {}
    entry: tuple[str, int, int, int] | None = None
    for row in raw.split(b"\n"):
        if match := _ENTRY.fullmatch(row):
            commit, *numbers = match.groups()
            old, new, count = map(int, numbers)
            entry = (commit.decode("ascii"), old, new, count)
        elif entry and row.startswith(b"filename "):
            commit_id, old, new, count = entry
            path = text_of(unquoted(row.removeprefix(b"filename ")))
            for line in left.intersection(range(new, new + count)):
                found[line] = Placed(commit_id, path, old + line - new)
                left.discard(line)
            entry = None
    if left:
        raise GitError(f"git blame: says nothing of line {min(left)}")
    return found


def unquoted(name: bytes) -> bytes:
    """A path as git writes it, in quotes and with escapes where it has odd bytes."""
    if not (name.startswith(b'"') and name.endswith(b'"') and len(name) > 1):
        return name
    return _ESCAPE.sub(_unescaped, name[1:-1])


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 0xFF]) if len(code) == 3 else _ESCAPED.get(code, code)
