"""Which paths differ between two commits? Both trees are read strictly, so nothing can hide in a malformed one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import ObjectReader, Stored, TooBig, full_id, reading
from outsource_gate.git.trees import FOLDER, GITLINK, Node, is_malformed, parse_tree
from outsource_gate.model.source import Change, FileChange, text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_FILES = 100_000
MAX_TREE = 64 * 1024 * 1024
MAX_PATH = 4096  # PATH_MAX: nothing deeper can be checked out
RENAME_LIMIT = 1000
ABSENT = "000000"
_RENAMES = ("--find-renames=50%", f"-l{RENAME_LIMIT}", "--diff-filter=R", "--no-rename-empty")
_Side = Node | None


@dataclass(frozen=True, slots=True)
class RawChange:
    """One changed path with its bytes as they are."""

    path: bytes
    old: _Side
    new: _Side


def changed_files(repository: Repository, old_tree: str, new_tree: str) -> tuple[tuple[FileChange, ...], str]:
    """The changed files sorted by path, renames paired, and the content id; GitError on a malformed tree."""
    with reading(repository) as objects:
        changes = sorted(tree_changes(objects, old_tree, new_tree), key=lambda change: change.path)
    pairs = _renames(repository, old_tree, new_tree) if _may_have_renames(changes) else {}
    olds = {change.path: change.old for change in changes if change.old}
    files = (_paired(_file(change, len(new_tree)), pairs.get(change.path), olds) for change in changes)
    return tuple(files), content_id(changes)


def content_id(changes: list[RawChange]) -> str:
    """SHA-256 over "mode id NUL path NUL" for every changed path in order; "000000 deleted" if it is gone."""
    digest = hashlib.sha256()
    for change in changes:
        state = f"{change.new.mode} {change.new.oid}" if change.new else f"{ABSENT} deleted"
        digest.update(state.encode() + b"\0" + change.path + b"\0")
    return digest.hexdigest()


def tree_changes(objects: ObjectReader, old_tree: str, new_tree: str) -> Iterator[RawChange]:
    """Compare tree by tree, entering only what differs; bounded, as a small tree can hold billions of paths."""
    waiting: list[tuple[bytes, str, str]] = [(b"", old_tree, new_tree)]
    found = 0
    while waiting:
        prefix, old_id, new_id = waiting.pop()
        olds = _read(objects, old_id, strict=False)
        news = _read(objects, new_id, strict=True)
        for name in olds.keys() | news.keys():
            old, new = olds.get(name), news.get(name)
            if old and new and (old.mode, old.oid) == (new.mode, new.oid):
                continue
            path = prefix + name
            _check_bounds(path, found + len(waiting))
            folders = [node.oid if node and node.is_folder else "" for node in (old, new)]
            if any(folders):
                waiting.append((path + b"/", folders[0], folders[1]))
            old, new = (None if node and node.is_folder else node for node in (old, new))
            if old or new:
                found += 1
                yield RawChange(path, old, new)


def _read(objects: ObjectReader, oid: str, *, strict: bool) -> dict[bytes, Node]:
    if not oid:
        return {}
    stored = next(objects.read_many((full_id(oid),), MAX_TREE))
    match stored:
        case Stored(kind="tree", body=body):
            return {node.name: node for node in parse_tree(oid, body, strict=strict)}
        case TooBig(size=size):
            raise GitError(f"tree {oid}: has {size} bytes; at most {MAX_TREE} are read", hint="split the folder up")
        case None:
            raise GitError(f"tree {oid}: not in this clone", hint="run `git fetch --refetch --no-filter origin`")
        case _:
            raise GitError(f"tree {oid}: is a {stored.kind}", hint="rebuild the commit with an ordinary git")


def _check_bounds(path: bytes, count: int) -> None:
    if count >= MAX_FILES:
        raise GitError(f"more than {MAX_FILES} changed paths, the most that are judged", hint="split the change up")
    if len(path) > MAX_PATH:
        raise GitError(
            f"path {text_of(path[:80])}...: longer than {MAX_PATH} bytes, so it cannot be checked out",
            hint="shorten the path",
        )


def _file(change: RawChange, id_length: int) -> FileChange:
    old, new, zeros = change.old, change.new, "0" * id_length
    return FileChange(
        path=text_of(change.path),
        change=_kind(old, new),
        old_mode=old.mode if old else ABSENT,
        new_mode=new.mode if new else ABSENT,
        old_blob=old.oid if old else zeros,
        new_blob=new.oid if new else zeros,
        malformed_path=is_malformed(change.path),
    )


def _kind(old: _Side, new: _Side) -> Change:
    """As git says it: another type is another file, regular with or without x are one type."""
    if not old:
        return Change.ADDED
    if not new:
        return Change.DELETED
    return Change.MODIFIED if old.mode[:2] == new.mode[:2] else Change.TYPE_CHANGED


def _may_have_renames(changes: list[RawChange]) -> bool:
    return any(not change.old for change in changes) and any(not change.new for change in changes)


def _renames(repository: Repository, old_tree: str, new_tree: str) -> dict[bytes, bytes]:
    """Added path to the deleted path that git pairs it with; above the limit only exact ones, which is stricter."""
    options = ("-r", "-z", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
    fields = repository.run("diff-tree", *options, *_RENAMES, full_id(old_tree), full_id(new_tree)).split(b"\0")
    rows = zip(fields[0:-1:3], fields[1:-1:3], fields[2:-1:3], strict=True)
    return {new: old for meta, old, new in rows if meta.split(b" ")[4].startswith(b"R")}


def _paired(file: FileChange, old_path: bytes | None, olds: dict[bytes, Node]) -> FileChange:
    if old_path is None or file.change is not Change.ADDED or old_path not in olds:
        return file
    old = olds[old_path]
    if GITLINK in (old.mode, file.new_mode) or FOLDER in (old.mode, file.new_mode):
        return file
    return replace(file, paired_with=text_of(old_path), paired_blob=old.oid)
