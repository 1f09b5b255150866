"""Which blobs do the commits of a change bring in, also those that a later one takes out again?

Each commit is compared with each of its parents, and what differs from all of them is its own: so a merge brings in
its resolution and not what it merges. A blob that the base has at any path is not brought in by anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.commits import parse_commit
from outsource_gate.git.diff import RawChange, tree_changes
from outsource_gate.git.history import MAX_COMMIT
from outsource_gate.git.objects import ObjectReader, Stored, TooBig, full_id, reading
from outsource_gate.git.trees import GITLINK
from outsource_gate.model.source import ChangeSet, Commit, text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_CHANGES = 1_000_000  # paths compared, over all commits and parents
MAX_BLOBS = 100_000
MAX_BLOB_BYTES = 32 << 20
MAX_BYTES = 512 << 20  # of all introduced blobs together
MAX_KEPT = 64 << 20  # of what is read, for whoever reads it again
_HINT = "split the change up"


@dataclass(frozen=True, slots=True)
class Introduced:
    """A blob, with the first commit and path that bring it in."""

    oid: str
    path: str
    commit: str
    at_base: str = ""  # the blob that the base has at this path


@dataclass(frozen=True, slots=True)
class Placed:
    """A blob at a path, also one that the base has elsewhere, with the first commit that puts it there."""

    oid: str
    path: str
    commit: str
    mode: str
    base_path: str = ""  # the file of the base that it is another version of, and its blob; "" where there is none
    base_blob: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that came in: blobs (once each), the new paths, and every blob at every path where a commit puts it."""

    blobs: tuple[Introduced, ...]
    names: tuple[tuple[str, str], ...]  # (path that the base does not have, first commit that has it)
    places: tuple[Placed, ...] = ()  # in the order of the commits


def introduced(repository: Repository, change: ChangeSet) -> Contents:
    """List what the commits of the change bring in; GitError for what cannot be read or is over a bound."""
    blobs: dict[str, tuple[bytes, str]] = {}
    names: dict[bytes, str] = {}
    places: dict[tuple[str, bytes, str], str] = {}  # (blob, path, mode) -> commit
    budget = MAX_CHANGES
    with reading(repository) as objects:
        trees = {commit.id: commit.tree for commit in change.commits}
        for commit in change.commits:
            changes, looked = _own_changes(objects, commit, trees, budget)
            budget -= looked
            for own in changes:
                if own.new:
                    places.setdefault((own.new.oid, own.path, own.new.mode), commit.id)
                if own.new and own.new.mode != GITLINK:
                    blobs.setdefault(own.new.oid, (own.path, commit.id))
                    names.setdefault(own.path, commit.id)
            if len(blobs) > MAX_BLOBS:
                raise GitError(f"the commits bring in more than {MAX_BLOBS} blobs", hint=_HINT)
    return _without_base(repository, change, blobs, names, places)


def read_blobs(
    repository: Repository, blobs: Sequence[Introduced], max_bytes: int = MAX_BYTES, *, had: int = 0
) -> Iterator[tuple[Introduced, bytes | TooBig]]:
    """Stream the blobs in order; one that is too big is said to be, and too many bytes together are a GitError.

    `had` bytes of them were read before.
    """
    left = max_bytes - had
    with reading(repository) as objects:
        found = objects.read_many((full_id(blob.oid) for blob in blobs), MAX_BLOB_BYTES)
        for blob, stored in zip(blobs, found, strict=True):
            if isinstance(stored, TooBig):
                yield blob, stored
                continue
            body = _body(blob.oid, stored, "blob")
            left -= len(body)
            if left < 0:
                raise GitError(f"the commits bring in more than {max_bytes} bytes of content", hint=_HINT)
            yield blob, body


class KeptBlobs:
    """What `read_blobs` gives, for those who look through it one after another: read once, as far as it is kept."""

    def __init__(self, repository: Repository, blobs: Sequence[Introduced], max_kept: int = MAX_KEPT) -> None:
        self._repository, self._blobs = repository, blobs
        self._kept: list[tuple[Introduced, bytes | TooBig]] = []
        self._max_kept, self._bytes = max_kept, 0

    def __iter__(self) -> Iterator[tuple[Introduced, bytes | TooBig]]:
        known = len(self._kept)
        yield from self._kept[:known]
        if not (rest := self._blobs[known:]):
            return
        for number, (blob, data) in enumerate(read_blobs(self._repository, rest, had=self._bytes), known):
            size = len(data) if isinstance(data, bytes) else 0
            if number == len(self._kept) and self._bytes + size <= self._max_kept:
                self._kept.append((blob, data))
                self._bytes += size
            yield blob, data


def read_messages(repository: Repository, commits: Sequence[Commit]) -> Iterator[tuple[Commit, bytes]]:
    """Stream the raw commit objects: message, trailers, names, and whatever else stands in them."""
    with reading(repository) as objects:
        found = objects.read_many((full_id(commit.id) for commit in commits), MAX_COMMIT)
        for commit, stored in zip(commits, found, strict=True):
            yield commit, _body(commit.id, stored, "commit")


def _body(oid: str, stored: Stored | TooBig | None, kind: str) -> bytes:
    if not isinstance(stored, Stored) or stored.kind != kind:
        raise GitError(f"{kind} {oid}: not in this clone", hint="run `git fetch --refetch --no-filter origin`")
    return stored.body


def _own_changes(
    objects: ObjectReader, commit: Commit, trees: dict[str, str], budget: int
) -> tuple[list[RawChange], int]:
    """What differs from every parent, and how many paths were compared for it."""
    own: dict[bytes, RawChange] | None = None
    looked = 0
    for parent in commit.parents or ("",):
        old = _tree_of(objects, parent, trees) if parent else ""
        found: dict[bytes, RawChange] = {}
        for change in tree_changes(objects, old, commit.tree):
            looked += 1
            if looked > budget:
                raise GitError(f"the commits change more than {MAX_CHANGES} paths", hint=_HINT)
            if own is None or change.path in own:
                found[change.path] = change
        own = found
        if not own:
            break
    return sorted((own or {}).values(), key=lambda change: change.path), looked


def _tree_of(objects: ObjectReader, commit: str, trees: dict[str, str]) -> str:
    if commit not in trees:
        stored = objects.read(full_id(commit), MAX_COMMIT)
        body = _body(commit, stored, "commit")
        trees[commit] = parse_commit(commit, body).tree
    return trees[commit]


def _without_base(
    repository: Repository,
    change: ChangeSet,
    blobs: dict[str, tuple[bytes, str]],
    names: dict[bytes, str],
    places: dict[tuple[str, bytes, str], str],
) -> Contents:
    """Pass once over the base's listing, which may be long, and keep of it only what is asked."""
    at_base: dict[bytes, str] = {}
    moved: dict[str, str] = {}  # blob of a file that the change moves or removes -> its path
    left = {file.path for file in change.files if file.is_deleted}
    known = {oid for oid, _, _ in places}
    with repository.stream("ls-tree", "-r", "-z", "--full-tree", full_id(change.base.tree)) as listing:
        for row in _rows(listing.out):
            meta, _, path = row.partition(b"\t")
            oid = meta.rpartition(b" ")[2].decode("ascii")
            blobs.pop(oid, None)
            if oid in known and text_of(path) in left:
                moved.setdefault(oid, text_of(path))
            if path in names:
                at_base[path] = oid
                del names[path]
        listing.succeed()
    paired = {file.path: file.base_blob for file in change.files if file.base_blob}
    older = {file.path: (file.paired_with or file.path, file.base_blob) for file in change.files if file.base_blob}

    def of_base(oid: str, path: bytes) -> tuple[str, str]:
        if path in at_base:
            return older.get(text_of(path), (text_of(path), at_base[path]))
        return older.get(text_of(path)) or ((moved[oid], oid) if oid in moved else ("", ""))

    return Contents(
        tuple(
            Introduced(oid, text_of(path), commit, paired.get(text_of(path)) or at_base.get(path, ""))
            for oid, (path, commit) in blobs.items()
        ),
        tuple((text_of(path), commit) for path, commit in names.items()),
        tuple(
            Placed(oid, text_of(path), commit, mode, *of_base(oid, path))
            for (oid, path, mode), commit in places.items()
        ),
    )


def _rows(stream: IO[bytes]) -> Iterator[bytes]:
    """Rows ended by NUL, however long the listing."""
    rest = b""
    while block := stream.read(1 << 20):
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
