"""What went into a branch? One row per first-parent commit, oldest first, with the commits that it brought."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.history import MAX_COMMIT, read_commits
from outsource_gate.git.repository import Repository
from outsource_gate.model.source import Commit

MAX_ROWS = 200_000
LIST_SECONDS = 300.0
# GitHub: "Title (#12)", "Merge pull request #12 from"; GitLab, in the text: "See merge request group/name!12".
_NUMBERS = (
    re.compile(r"^Merge pull request #([1-9][0-9]{0,8}) from ", re.ASCII),
    re.compile(r"\(#([1-9][0-9]{0,8})\)$", re.ASCII),
    re.compile(r"^See merge request \S*!([1-9][0-9]{0,8})$", re.ASCII | re.MULTILINE),
)
_FORMAT = "--format=%H%n%P%n%T%n%ct%n%B"
_LAST_SECOND = 253_402_300_799  # 9999-12-31T23:59:59Z


@dataclass(frozen=True, slots=True)
class Row:
    """A commit of the first-parent line. `brought` are the commits reachable from it and from no row before it."""

    commit: str
    parents: tuple[str, ...]
    tree: str
    claimed_at: datetime  # never earlier than the row before: dates are claims, positions are not
    number: int | None
    position: int
    brought: tuple[Commit, ...]  # itself included, parents before children

    @property
    def is_merge(self) -> bool:
        return len(self.parents) > 1


@dataclass(frozen=True, slots=True)
class _Listed:
    commit: str
    parents: tuple[str, ...]
    tree: str
    seconds: int
    number: int | None

    @property
    def claimed_at(self) -> datetime:
        return datetime.fromtimestamp(min(max(self.seconds, 0), _LAST_SECOND), UTC)


def read_line(
    repository: Repository, since: str, head: str, *, now: datetime, openpgp_keys: Sequence[str] = ()
) -> tuple[Row, ...]:
    """The rows after `since` ("" for the beginning) up to `head`, full ids; dates are capped by `now`.

    UsageError where `since` is no part of `head`, GitError for a clone that lacks history.
    """
    if incomplete := repository.completeness():
        raise GitError(incomplete.reason, hint=incomplete.next_step)
    if since and not repository.is_ancestor(since, head):
        raise UsageError(f"{since[:12]} is no part of {head[:12]}", hint="name a commit or tag of this branch")
    listed = _listed(repository, since, head)
    commits = {commit.id: commit for commit in _commits(repository, since, head, openpgp_keys)}
    return tuple(_rows(listed, commits, now))


def last_before(repository: Repository, head: str, moment: datetime) -> str:
    """The last row before a moment, "" where there is none: what came in from then on stands behind it."""
    latest, found = datetime.fromtimestamp(0, UTC), ""
    for entry in _listed(repository, "", head):
        latest = max(latest, entry.claimed_at)
        if latest >= moment:
            break
        found = entry.commit
    return found


def _commits(repository: Repository, since: str, head: str, keys: Sequence[str]) -> Iterator[Commit]:
    return read_commits(repository, [head], [since] if since else [], openpgp_keys=keys)


def _rows(listed: Sequence[_Listed], commits: Mapping[str, Commit], now: datetime) -> Iterator[Row]:
    """The running maximum of claimed dates: nobody can move a merge before those that it stands on."""
    latest = datetime.fromtimestamp(0, UTC)
    seen: set[str] = set()
    for position, entry in enumerate(listed):
        latest = min(max(latest, entry.claimed_at), now)
        brought = tuple(_brought(entry.commit, commits, seen))
        yield Row(entry.commit, entry.parents, entry.tree, latest, entry.number, position, brought)


def _brought(commit: str, commits: Mapping[str, Commit], seen: set[str]) -> list[Commit]:
    """What is reachable from a row and was not from the rows before; parents before children."""
    found: list[Commit] = []
    waiting: list[tuple[str, bool]] = [(commit, False)]
    while waiting:
        oid, is_done = waiting.pop()
        if is_done:
            found.append(commits[oid])
        elif oid in commits and oid not in seen:
            seen.add(oid)
            waiting.append((oid, True))
            waiting += [(parent, False) for parent in commits[oid].parents]
    return found


def _number(message: str) -> int | None:
    subject = message.partition("\n")[0]
    for pattern, text in zip(_NUMBERS, (subject, subject, message), strict=True):
        if match := pattern.search(text):
            return int(match[1])
    return None


def _listed(repository: Repository, since: str, head: str) -> list[_Listed]:
    revisions = [head, *([f"^{since}"] if since else [])]
    options = ("--first-parent", "--reverse", "-z", "--no-show-signature", "--encoding=UTF-8")
    with repository.stream("log", *options, _FORMAT, *revisions, "--", timeout_seconds=LIST_SECONDS) as log:
        records = _records(iter(lambda: log.out.read(65536), b""))
        rows = [_parsed(record) for record in islice(records, MAX_ROWS + 1)]
        if len(rows) > MAX_ROWS:
            hint = "ask for a shorter period"
            raise GitError(f"more than {MAX_ROWS} merges, the most that are read at once", hint=hint)
        log.succeed()
    return rows


def _records(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        if len(rest) > MAX_COMMIT:
            raise GitError(f"a commit message of more than {MAX_COMMIT} bytes", hint="shorten it")
        yield from whole
    if rest:
        yield rest


def _parsed(record: bytes) -> _Listed:
    commit, parents, tree, seconds, message = record.decode("utf-8", "replace").split("\n", 4)
    return _Listed(commit, tuple(parents.split()), tree, int(seconds or 0), _number(message))
