"""Which commits are there? Streamed from raw objects, parents before children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.commits import parse_commit
from outsource_gate.git.objects import ObjectReader, Stored, TooBig, full_id, reading
from outsource_gate.git.signatures import Verifier
from outsource_gate.model.source import Commit

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_COMMIT = 16 * 1024 * 1024
WALK_SECONDS = 900.0


def read_commits(
    repository: Repository,
    include: Sequence[str],
    exclude: Sequence[str] = (),
    *,
    openpgp_keys: Sequence[str] = (),
) -> Iterator[Commit]:
    """The commits reachable from `include` and not from `exclude`, all full ids; GitError where one cannot be read.

    OpenPGP signatures are checked against the given armoured public keys only.
    """
    with Verifier(repository.object_format, openpgp_keys) as verifier, reading(repository) as objects:
        for oid, stored in _pairs(repository, objects, include, exclude):
            commit = parse_commit(oid, stored.body)
            signature = verifier.commit(stored.body)
            yield replace(commit, signature=signature) if signature else commit


def _pairs(
    repository: Repository, objects: ObjectReader, include: Sequence[str], exclude: Sequence[str]
) -> Iterator[tuple[str, Stored]]:
    ids: list[str] = []

    def walked() -> Iterator[str]:
        for oid in _walk(repository, include, exclude):
            ids.append(oid)
            yield oid

    for number, stored in enumerate(objects.read_many(walked(), MAX_COMMIT)):
        oid = ids[number]
        if isinstance(stored, TooBig):
            raise GitError(
                f"commit {oid}: has {stored.size} bytes; at most {MAX_COMMIT} are read", hint="shorten its message"
            )
        if stored is None or stored.kind != "commit":
            raise GitError(f"commit {oid}: not in this clone", hint="run `git fetch origin`, then `git fsck`")
        yield oid, stored


def _walk(repository: Repository, include: Sequence[str], exclude: Sequence[str]) -> Iterator[str]:
    revisions = [full_id(oid) for oid in include] + [f"^{full_id(oid)}" for oid in exclude]
    with repository.stream(
        "rev-list", "--topo-order", "--reverse", "--stdin", timeout_seconds=WALK_SECONDS
    ) as walk:
        walk.feed("".join(f"{revision}\n" for revision in revisions).encode())
        for line in walk.out:
            yield line.decode("ascii").rstrip("\n")
        walk.succeed()
