"""Where does a record lie on the evidence ref, and what was added to it in which order?

A linear history of commits that only add: `records/<first two of head>/<head>/<digest>.json`, the facts, where they
are kept there, beside it as `<digest>.facts.json.gz`. Whoever may push can write anything there: names are checked
here, contents by whoever reads them.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import full_id
from outsource_gate.model.source import text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

REF = "refs/outsource-gate/evidence"
NO_HEAD = "none"  # of a record whose change git could not tell
MAX_COMMITS = 500_000
MAX_CHANGES = 2_000_000  # changed paths of one reading
MAX_OF_ONE_COMMIT = 50_000  # ours have one or two
MAX_MEMORY = 512 << 20
READ_SECONDS = 120.0
FILE = "100644"
PATH = re.compile(
    rb"records/([0-9a-f]{2}|no)/([0-9a-f]{40}|[0-9a-f]{64}|none)/([0-9a-f]{64})(\.json|\.facts\.json\.gz)"
)
_Line = tuple[bytes, bytes]  # a raw line and its path


@dataclass(frozen=True, slots=True)
class Added:
    """One record as a commit added it. Only its name was read: whether the content fits is not checked."""

    head: str  # full id, or NO_HEAD
    digest: str  # SHA-256 of the payload, by the name of the file
    blob: str
    commit: str  # of the evidence ref

    @property
    def path(self) -> str:
        return path_of(self.head, self.digest)


class RewrittenError(GitError):
    """What stood on the evidence ref is not there any more, or not as it was."""


def path_of(head: str, digest: str) -> str:
    """Where the record of a head lies; NO_HEAD for one without."""
    return f"{_folder_of(head)}/{digest}.json"


def facts_path_of(record_path: str) -> str:
    """Where its facts lie, if they are kept there."""
    return record_path.removesuffix(".json") + ".facts.json.gz"


def additions(repository: Repository, tip: str, seen: str = "", head: str = "") -> Iterator[Added]:
    """The records in the order they were added, newest first: all, those after `seen`, or those of one head.

    GitError where the history is not linear, RewrittenError where a commit changed or removed a record. Whatever is
    not a record by name and kind is passed over.
    """
    commits = _commits(repository, tip, seen)
    path = _folder_of(head) if head else "records"
    options = ("-r", "-z", "--root", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none")
    # It holds all paths of a commit before it prints one, and a few small trees can make billions.
    program = replace(repository.program, limits=((resource.RLIMIT_DATA, MAX_MEMORY),))
    with program.start(("diff-tree", "--stdin", *options, "--", path), timeout_seconds=READ_SECONDS) as listing:
        listing.feed("".join(f"{commit}\n" for commit in commits).encode())
        fields = _fields(iter(lambda: listing.out.read(65536), b""))
        for commit, group in _grouped(fields):
            yield from _records(commit, group)
        listing.succeed()


def _folder_of(head: str) -> str:
    return f"records/{head[:2]}/{head}"


def _commits(repository: Repository, tip: str, seen: str) -> Sequence[str]:
    """The commits from tip to root or to `seen`; GitError unless each has the next one as its only parent."""
    revisions = [full_id(tip), *([f"^{full_id(seen)}"] if seen else [])]
    raw = repository.run(
        "rev-list",
        "--topo-order",
        "--parents",
        f"--max-count={MAX_COMMITS + 1}",
        *revisions,
        timeout_seconds=READ_SECONDS,
    )
    rows = [line.split(" ") for line in raw.decode("ascii").splitlines()]
    if len(rows) > MAX_COMMITS:
        raise GitError(f"evidence ref: more than {MAX_COMMITS} commits", hint="begin a new evidence repository")
    if any(len(row) > 2 for row in rows) or any(row[1:] != [after[0]] for row, after in pairwise(rows)):
        raise GitError("evidence ref: its history is not linear, so records have no order", hint=LOOK)
    if seen and rows and rows[-1][1:] != [seen]:
        raise RewrittenError(f"evidence ref: {tip} does not follow {seen}", hint=LOOK)
    return [row[0] for row in rows]


LOOK = "see with `git log --raw` who pushed that; the gate only ever adds one commit to the last one"


def _fields(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        if len(rest) > 65536:
            raise GitError("evidence ref: has a path longer than 65536 bytes")
        yield from whole


def _grouped(fields: Iterator[bytes]) -> Iterator[tuple[str, list[_Line]]]:
    """What `diff-tree --stdin -z` prints: a commit, then pairs of a raw line and its path."""
    commit, count = "", 0
    group: list[_Line] = []
    for field in fields:
        if not field.startswith(b":"):
            yield commit, group
            commit, group = full_id(field.decode("ascii", "replace")), []
            continue
        count += 1
        group.append((field, next(fields, b"")))
        if count > MAX_CHANGES or len(group) > MAX_OF_ONE_COMMIT:
            raise GitError(f"evidence ref: commit {commit} changes more paths than are read", hint=LOOK)
    yield commit, group


def _records(commit: str, group: list[_Line]) -> Iterator[Added]:
    for raw, path in group:
        old_mode, mode, _, oid, status = raw.decode("ascii", "replace").removeprefix(":").split(" ")
        match = PATH.fullmatch(path)
        if match is None or not match[2].startswith(match[1]):
            continue
        if status != "A" and FILE in (old_mode, mode):
            raise RewrittenError(
                f"evidence ref: commit {commit} changed or removed {text_of(path)}; records are only ever added",
                hint="ask who pushed it; the record may still be with the job that made it",
            )
        if mode == FILE and match[4] == b".json":
            yield Added(match[2].decode(), match[3].decode(), oid, commit)
