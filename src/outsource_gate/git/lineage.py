"""Which of some commits is the newest, by which commit did each arrive, and what does it claim?

Newest is what no other of them descends from; dates decide nothing, because whoever commits writes them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from outsource_gate.errors import GitError
from outsource_gate.git.commits import parse_commit
from outsource_gate.git.history import MAX_COMMIT, WALK_SECONDS
from outsource_gate.git.objects import Stored, full_id, reading
from outsource_gate.git.repository import Repository
from outsource_gate.git.signatures import Verifier
from outsource_gate.model.source import Commit

MAX_COMMITS = 1_000_000
_DATE = re.compile(rb"^(author|committer) .*> (-?\d{1,12}) [+-]\d{4}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The order of a history, newest first, and by which first parent of head each commit arrived."""

    order: Mapping[str, int]
    landing: Mapping[str, str]

    def newest(self, commits: Iterable[str]) -> str:
        """The one that is no ancestor of another; between two lines of work, the one that git lists first."""
        return min(commits, key=lambda commit: (self.order.get(commit, len(self.order)), commit))


@dataclass(frozen=True, slots=True)
class Dated:
    """A commit and the dates that it claims."""

    commit: Commit
    authored_at: datetime | None
    committed_at: datetime | None


def lineage(repository: Repository, head: str) -> Lineage:
    """Walk all of a history once; GitError where it is longer than a million commits."""
    parents: dict[str, tuple[str, ...]] = {}
    with repository.stream(
        "rev-list", "--topo-order", "--parents", "--stdin", timeout_seconds=WALK_SECONDS
    ) as walk:
        walk.feed(f"{full_id(head)}\n".encode())
        for row in walk.out:
            commit, *above = row.decode("ascii").split()
            parents[commit] = tuple(above)
            if len(parents) > MAX_COMMITS:
                raise GitError(f"the history has more than {MAX_COMMITS} commits, the most that are ordered")
        walk.succeed()
    return Lineage({commit: number for number, commit in enumerate(parents)}, _landings(parents, head))


def read_dated(
    repository: Repository, commits: Collection[str], openpgp_keys: Sequence[str] = ()
) -> dict[str, Dated]:
    """Read these commits with signature and dates; GitError for one that is not here."""
    with Verifier(repository.object_format, openpgp_keys) as verifier, reading(repository) as objects:
        found = {}
        for oid, stored in zip(commits, objects.read_many(map(full_id, commits), MAX_COMMIT), strict=True):
            if not isinstance(stored, Stored) or stored.kind != "commit":
                raise GitError(f"commit {oid}: cannot be read", hint="run `git fsck`, clone anew")
            commit = parse_commit(oid, stored.body)
            signature = verifier.commit(stored.body)
            found[oid] = Dated(replace(commit, signature=signature), *_dates(stored.body))
    return found


def _landings(parents: Mapping[str, tuple[str, ...]], head: str) -> dict[str, str]:
    chain = list(_first_parents(parents, head))
    landing: dict[str, str] = {}
    for arrival in reversed(chain):
        waiting = [arrival]
        while waiting:
            commit = waiting.pop()
            if commit not in landing and commit in parents:
                landing[commit] = arrival
                waiting.extend(parents[commit])
    return landing


def _first_parents(parents: Mapping[str, tuple[str, ...]], head: str) -> Iterator[str]:
    commit = head
    while commit in parents:
        yield commit
        if not parents[commit]:
            return
        commit = parents[commit][0]


def _dates(raw: bytes) -> tuple[datetime | None, datetime | None]:
    header = raw.partition(b"\n\n")[0]
    found: dict[bytes, datetime | None] = {}
    for match in _DATE.finditer(header):
        found.setdefault(match[1], _moment(int(match[2])))
    return found.get(b"author"), found.get(b"committer")


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
