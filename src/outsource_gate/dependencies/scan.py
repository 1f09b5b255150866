"""What does a change do to dependencies? Reads the changed manifests and locks, and what belongs to them.

Blobs only; nothing is installed, resolved or asked for. A file that cannot be understood is unread, and said to be.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outsource_gate.dependencies import MAX_BYTES, Declared, Format, Unreadable
from outsource_gate.dependencies.agreement import locks_of
from outsource_gate.dependencies.catalogue import REQUIREMENTS, format_of
from outsource_gate.dependencies.compare import compare
from outsource_gate.dependencies.oddities import oddities
from outsource_gate.dependencies.popular import look_alike
from outsource_gate.model.dependency import (
    DependencyChange,
    DependencyProblem,
    DependencyScan,
    Index,
    UnreadManifest,
)
from outsource_gate.model.source import FileChange

MAX_FILES = 400  # changed ones; the same again of what belongs to them
MAX_ALL_BYTES = 128 << 20
MAX_LISTED = 10_000
MAX_BASE_FILES = 60  # looked into for the indexes that the base uses
_MAY_BE_INCLUDED = frozenset({".txt", ".in", ".pip", ".req", ".reqs", ".lst", ".list", ""})
Read = Callable[[str], object]  # a blob's bytes; anything else is too big
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError)


@dataclass(slots=True)
class Side:
    """One state of the repository: its paths, and what their files declare."""

    paths: Mapping[str, str]  # path -> blob
    read: Read = field(repr=False)
    known: dict[tuple[str, str], Declared | str] = field(default_factory=dict, repr=False)
    bytes_left: int = MAX_ALL_BYTES
    lock_paths: tuple[str, ...] | None = None

    def declared(self, path: str, oid: str, how: Format) -> Declared | str:
        """What a blob says under this name, or why that is not known."""
        if (path, oid) not in self.known:
            self.known[path, oid] = self._declared(path, oid, how)
        return self.known[path, oid]

    def at(self, path: str) -> Declared | str:
        """The same for a path of the tree."""
        how = format_of(path)
        return self.declared(path, self.paths[path], how) if how and path in self.paths else "is not there"

    def locks(self) -> tuple[str, ...]:
        """The lock files of the tree."""
        if self.lock_paths is None:
            found = (path for path in self.paths if (how := format_of(path)) and how.role == "lock")
            self.lock_paths = tuple(found)
        return self.lock_paths

    def _declared(self, path: str, oid: str, how: Format) -> Declared | str:
        data = self.read(oid)
        if not isinstance(data, bytes) or len(data) > MAX_BYTES:
            return f"is too big, at most {MAX_BYTES} bytes are read"
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            return f"the files are too big together, at most {MAX_ALL_BYTES} bytes are read"
        if b"\0" in data:
            return "is no text"
        try:
            return how.read(path, data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return "is not UTF-8"
        except Unreadable as error:
            return str(error)
        except _BROKEN as error:
            return f"is not as its name says ({type(error).__name__})"


def is_called_for(files: Sequence[FileChange]) -> bool:
    """Whether any changed path may be a manifest; else there is nothing to look at."""
    return any(_name_matters(file.path) for file in files)


def _name_matters(path: str) -> bool:
    return format_of(path) is not None or _may_be_included(path)


def _may_be_included(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in _MAY_BE_INCLUDED


def scan_dependencies(files: Sequence[FileChange], head: Side, base: Side) -> DependencyScan:
    """Compare all changed manifests with the base's, and tell what is odd about the new state."""
    return _Scan(head, base).over(files)


class _Scan:
    def __init__(self, head: Side, base: Side) -> None:
        self.head, self.base = head, base
        self.changes: list[DependencyChange] = []
        self.problems: dict[DependencyProblem, None] = {}
        self.indexes: list[Index] = []
        self.read: list[str] = []
        self.unread: dict[str, str] = {}
        self.own: frozenset[str] | None = None
        self.base_indexes: set[tuple[str, str]] = set()
        self.names: set[tuple[str, str]] = set()  # that the base has

    def over(self, files: Sequence[FileChange]) -> DependencyScan:
        found = self._changed(files)
        for file, how in found[:MAX_FILES]:
            self._file(file, how)
        for file, _ in found[MAX_FILES:]:
            self.unread[file.path] = f"more than {MAX_FILES} manifests and locks are changed"
        self._oddities(found[:MAX_FILES])
        self._look_alikes()
        self._more_base_indexes()
        problems = tuple(self.problems)
        return DependencyScan(
            tuple(self.changes[:MAX_LISTED]),
            problems[:MAX_LISTED],
            tuple(self.indexes),
            tuple(sorted(self.base_indexes)),
            tuple(self.read),
            tuple(UnreadManifest(path, why) for path, why in sorted(self.unread.items())),
            max(0, len(self.changes) - MAX_LISTED) + max(0, len(problems) - MAX_LISTED),
        )

    def _changed(self, files: Sequence[FileChange]) -> list[tuple[FileChange, Format]]:
        """Those with a known name, and those that a requirements file reads in."""
        moved = {file.paired_with for file in files}
        included = self._included() if any(_may_be_included(file.path) for file in files) else frozenset[str]()
        found = []
        for file in files:
            how = format_of(file.path) or (REQUIREMENTS if file.path in included else None)
            if how is not None and not file.is_gitlink and not (file.is_deleted and file.path in moved):
                found.append((file, how))
        return found

    def _included(self) -> frozenset[str]:
        """What the requirements files of head read in, over any number of steps."""
        todo = [path for path in self.head.paths if REQUIREMENTS.paths.fullmatch(path.lower())][:MAX_FILES]
        seen: set[str] = set(todo)
        while todo:
            path = todo.pop()
            if path not in self.head.paths:
                continue
            what = self.head.declared(path, self.head.paths[path], REQUIREMENTS)
            fresh = [one for one in what.includes if one not in seen] if isinstance(what, Declared) else []
            seen.update(fresh[: max(0, 2 * MAX_FILES - len(seen))])
            todo += [one for one in fresh if one in seen]
        return frozenset(seen)

    def _file(self, file: FileChange, how: Format) -> None:
        old = self._old(file, how)
        new: Declared | str = Declared() if file.is_deleted else self._new(file, how)
        if isinstance(new, str):
            self.unread[file.path] = new
            return
        self.read.append(file.path)
        self._note_base(how.ecosystem, old)
        self.changes += compare(old.packages, new.packages)
        had = {one.address for one in old.indexes}
        self.indexes += [one for one in new.indexes if one.address not in had]

    def _new(self, file: FileChange, how: Format) -> Declared | str:
        if file.is_symlink or file.malformed_path:
            return "is a link, or has a name that is no text"
        return self.head.declared(file.path, file.new_blob, how)

    def _old(self, file: FileChange, how: Format) -> Declared:
        """What cannot be read at the base excuses nothing."""
        was = self.base.declared(file.path, file.base_blob, how) if file.base_blob else Declared()
        return was if isinstance(was, Declared) else Declared()

    def _note_base(self, ecosystem: str, old: Declared) -> None:
        self.names |= {(one.ecosystem, one.name) for one in old.packages}
        self.base_indexes |= {(one.ecosystem, one.address) for one in old.packages if one.source == "index"}
        self.base_indexes |= {(ecosystem, one.address) for one in old.indexes}

    def _oddities(self, changed: list[tuple[FileChange, Format]]) -> None:
        """Those of changed files, and of unchanged manifests whose lock changed."""
        looked: dict[str, tuple[Format, str, str]] = {
            file.path: (how, file.new_blob, file.paired_with or file.path)
            for file, how in changed
            if not file.is_deleted and file.path not in self.unread
        }
        for path, how in self._governed([file.path for file, how in changed if how.role == "lock"]):
            looked.setdefault(path, (how, self.head.paths[path], path))
        was = {file.path: file.base_blob or "" for file, _ in changed}
        for path, (how, oid, old_path) in looked.items():
            new = self.head.declared(path, oid, how)
            if isinstance(new, str):
                self.unread.setdefault(path, new)
                continue
            blob = was.get(path, self.base.paths.get(old_path, ""))
            old = self.base.declared(path, blob, how) if blob else Declared()
            locks, old_locks = self._locks(path, self.head, told=True), self._locks(old_path, self.base)
            before = {_key(one) for one in oddities(path, old, old_locks)} if isinstance(old, Declared) else set()
            found = [one for one in oddities(path, new, locks) if _key(one) not in before]
            self.problems |= {one: None for one in found if not self._is_ours(one, how)}
            if old_locks and not locks:
                name = posixpath.basename(next(iter(old_locks)))
                what = f"{name}, which fixed the packages, is gone"
                self.problems[DependencyProblem("unhashed", what, path=path)] = None

    def _is_ours(self, one: DependencyProblem, how: Format) -> bool:
        """A package that this very repository holds need be in no lock: yarn links it."""
        if one.problem != "disagrees" or how.ecosystem != "npm":
            return False
        if self.own is None:
            paths = [path for path in self.head.paths if posixpath.basename(path) == "package.json"][:MAX_FILES]
            found = (self.head.at(path) for path in paths)
            self.own = frozenset(what.own for what in found if isinstance(what, Declared) and what.own)
        return one.package in self.own

    def _governed(self, locks: Iterable[str]) -> list[tuple[str, Format]]:
        """Manifests of head that these locks govern, or did at the base."""
        found: list[tuple[str, Format]] = []
        for lock in locks:
            how, folder = format_of(lock), posixpath.dirname(lock)
            below = [path for path in self.head.paths if path.startswith(f"{folder}/") or not folder]
            for path in below:
                other = format_of(path)
                if how and other and other.role == "manifest" and other.ecosystem == how.ecosystem:
                    if not any(lock in locks_of(path, side.locks()) for side in (self.head, self.base)):
                        continue
                    if len(found) >= MAX_FILES:
                        self.unread[lock] = f"governs more than {MAX_FILES} manifests"
                        return found
                    found.append((path, other))
        return found

    def _locks(self, path: str, side: Side, *, told: bool = False) -> dict[str, Declared]:
        found: dict[str, Declared] = {}
        for lock in locks_of(path, side.locks()):
            what = side.at(lock)
            if isinstance(what, Declared):
                found[lock] = what
            elif told:
                self.unread.setdefault(lock, what)
        return found

    def _look_alikes(self) -> None:
        told: set[tuple[str, str]] = set()
        for new in (one.new for one in self.changes if one.new is not None):
            key = (new.ecosystem, new.name)
            if key in self.names or key in told:
                continue
            told.add(key)
            if known := look_alike(*key):
                what = f"{new.name} looks like {known}, and is another package"
                problem = DependencyProblem("look-alike", what, new.name, known, new.path, new.line)
                self.problems[problem] = None

    def _more_base_indexes(self) -> None:
        """Where head names an index that the changed files' base does not, look into the base's other files."""
        named = {(one.ecosystem, one.address) for one in self.indexes}
        named |= {
            (one.new.ecosystem, one.new.address) for one in self.changes if one.new and one.new.source == "index"
        }
        ecosystems = {ecosystem for ecosystem, address in named - self.base_indexes if address}
        paths = [path for path in self.base.paths if (how := format_of(path)) and how.ecosystem in ecosystems]
        for path in paths[:MAX_BASE_FILES]:
            how, what = format_of(path), self.base.at(path)
            if how and isinstance(what, Declared):
                names = self.names.copy()
                self._note_base(how.ecosystem, what)
                self.names = names


def _key(one: DependencyProblem) -> DependencyProblem:
    return replace(one, line=0)
