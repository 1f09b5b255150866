"""What does the policy say at a revision? Policy files read from a commit, never from a work tree."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from outsource_gate.errors import PolicyError
from outsource_gate.git.blobs import Blobs, TooBig
from outsource_gate.git.objects import full_id
from outsource_gate.git.repository import Repository
from outsource_gate.git.trees import TreeEntry
from outsource_gate.policy.source import MAX_FILE_BYTES, MAX_FILES, PIECE_BYTES

MAX_TOTAL_BYTES = 128 * 1024 * 1024
_PLAIN_FILES = ("100644", "100755")
_AT_ONCE = (".yaml", ".yml", ".json")  # what policy and register are made of; documents lie beside them


class TreeSource:
    """The files of one folder at one commit; the register's are read in one go when the first is asked for."""

    def __init__(self, repository: Repository, commit: str, folder: str = ".outsource-gate") -> None:
        self._repository = repository
        self._folder = folder.strip("/")
        self._commit = full_id(commit)
        self._entries = self._listed()
        self._contents: dict[str, bytes | TooBig] | None = None

    @property
    def where(self) -> str:
        """Where this policy was read, as the record states it."""
        return f"base:{self._commit}:{self._folder}"

    def read(self, path: str) -> bytes | None:
        """A file's bytes, None if there is no such file; PolicyError for a symlink, submodule or giant."""
        name = _inside(path)
        if name not in self._entries:
            return None
        self._check(self._entries[name])
        if self._contents is None:
            self._contents = self._read_all()
        content = self._contents.get(name) or self._read_one(name)
        if isinstance(content, TooBig):
            raise PolicyError(
                f"{path}: has {content.size} bytes, allowed at most {MAX_FILE_BYTES}",
                hint="split it into several files",
            )
        return content

    def pieces(self, path: str) -> Iterator[bytes] | None:
        """A file piece by piece, None if there is no such file; PolicyError for a symlink or submodule."""
        name = _inside(path)
        if name not in self._entries:
            return None
        self._check(self._entries[name])
        return self._streamed(self._entries[name].oid)

    def list(self, folder: str) -> tuple[str, ...]:
        """The sorted paths of all files below a folder, dot names left out; "" or "." lists everything."""
        top = _inside(folder)
        prefix = "" if top == "." else f"{top}/"
        found = [path for path in self._entries if path.startswith(prefix)]
        return tuple(sorted(path for path in found if not _has_dot_name(path.removeprefix(prefix))))

    def _listed(self) -> dict[str, TreeEntry]:
        entries = self._repository.list_tree(self._commit, self._folder)
        if len(entries) > MAX_FILES:
            raise PolicyError(
                f"{self._folder}: has {len(entries)} files, allowed at most {MAX_FILES}",
                hint="keep only policy and register there",
            )
        return {entry.path.removeprefix(f"{self._folder}/"): entry for entry in entries}

    def _read_all(self) -> dict[str, bytes | TooBig]:
        contents: dict[str, bytes | TooBig] = {}
        left = MAX_TOTAL_BYTES
        with Blobs(self._repository) as blobs:
            for name, entry in self._entries.items():
                if entry.mode not in _PLAIN_FILES or not name.lower().endswith(_AT_ONCE):
                    continue
                content = blobs.read(entry.oid, MAX_FILE_BYTES)
                left -= len(content) if isinstance(content, bytes) else 0
                if left < 0:
                    raise PolicyError(
                        f"{self._folder}: larger than {MAX_TOTAL_BYTES} bytes in all",
                        hint="keep only policy and register there",
                    )
                contents[name] = content
        return contents

    def _read_one(self, name: str) -> bytes | TooBig:
        with Blobs(self._repository) as blobs:
            return blobs.read(self._entries[name].oid, MAX_FILE_BYTES)

    def _streamed(self, oid: str) -> Iterator[bytes]:
        with self._repository.stream("cat-file", "blob", full_id(oid)) as running:
            while piece := running.out.read(PIECE_BYTES):
                yield piece
            running.succeed()

    def _check(self, entry: TreeEntry) -> None:
        """A symlink in the policy could point at what the change writes."""
        if entry.mode not in _PLAIN_FILES or entry.malformed_path:
            raise PolicyError(
                f"{entry.path}: is a symlink, a submodule or has an unreadable name; allowed: plain files",
                hint="put the file itself there",
            )


def _inside(path: str) -> str:
    name = posixpath.normpath(path or ".")
    if name.startswith(("/", "..")):
        raise PolicyError(
            f"{path}: leads out of the policy's folder", hint="copy the file into the policy's folder"
        )
    return name


def _has_dot_name(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
