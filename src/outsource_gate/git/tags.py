"""Which annotated tags of the clone point into a change, and what stands in them?

A tag is an object of its own, with a message that no commit holds; whoever pushes one publishes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.history import MAX_COMMIT
from outsource_gate.git.objects import ObjectReader, Stored, full_id, reading

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_NESTED = 10  # tags of tags
MAX_INTO = 1_000  # that point into one change
_LISTING = "%(objecttype) %(objectname) %(*objecttype) %(*objectname)"


def tags_into(repository: Repository, commits: Collection[str]) -> tuple[str, ...]:
    """Give the ids of tag objects below refs/tags that name one of these commits, also by way of another tag."""
    wanted = frozenset(commits)
    listing = repository.run("for-each-ref", f"--format={_LISTING}", "refs/tags").decode("ascii", "replace")
    rows = [line.split(" ") for line in listing.splitlines() if line.startswith("tag ")]
    found = {oid for _, oid, kind, named in rows if kind == "commit" and named in wanted}
    nested = [oid for _, oid, kind, _ in rows if kind == "tag"]
    if nested:
        with reading(repository) as objects:
            found |= {oid for oid in nested if _commit_of(objects, oid) in wanted}
    if len(found) > MAX_INTO:
        raise GitError(f"{len(found)} tags point into the change, at most {MAX_INTO}", hint="split the change up")
    return tuple(sorted(found))


def read_tags(repository: Repository, tags: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Stream the raw tag objects, and of a tag of a tag both: header, message, signature."""
    seen: set[str] = set()
    with reading(repository) as objects:
        for tag in tags:
            for oid, raw in _chain(objects, tag):
                if oid not in seen:
                    seen.add(oid)
                    yield oid, raw


def _chain(objects: ObjectReader, tag: str) -> Iterator[tuple[str, bytes]]:
    oid = tag
    for _ in range(MAX_NESTED):
        raw = _body(objects, oid)
        yield oid, raw
        rows = raw.split(b"\n", 2)
        if len(rows) < 3 or rows[1] != b"type tag":
            return
        oid = rows[0].removeprefix(b"object ").decode("ascii", "replace")
    raise GitError(f"tag {tag}: more than {MAX_NESTED} tags of tags", hint="tag the commit itself")


def _body(objects: ObjectReader, oid: str) -> bytes:
    stored = objects.read(full_id(oid), MAX_COMMIT)
    if not isinstance(stored, Stored) or stored.kind != "tag":
        raise GitError(f"tag {oid}: not in this clone", hint="run `git fetch --refetch --no-filter origin`")
    return stored.body


def _commit_of(objects: ObjectReader, oid: str) -> str:
    stored = objects.read(f"{full_id(oid)}^{{commit}}", MAX_COMMIT)
    return stored.oid if isinstance(stored, Stored) else ""
