"""Where is a policy read from? A folder, a single file, or (elsewhere) a tree of a git revision."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from outsource_gate.errors import PolicyError

POLICY_FILE = "policy.yaml"
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_FILES = 5_000
PIECE_BYTES = 1024 * 1024


class Source(Protocol):
    """A place that the change under test cannot write. Paths are relative, with `/`."""

    @property
    def where(self) -> str:
        """The place in the words of the record: `outside:<name>`, `base:<commit>:.outsource-gate`."""

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes, None where there is no such file.

        What is there and cannot be read whole (a link out of the source, no file, too large) is a PolicyError.
        """

    def list(self, folder: str) -> tuple[str, ...]:
        """Give the sorted paths of all files below a folder, relative to the source, dot names left out."""


class Archive(Source, Protocol):
    """A source in which documents may lie, too; they are larger than policy files, and never held whole."""

    def pieces(self, path: str) -> Iterator[bytes] | None:
        """Give a file piece by piece, None where there is no such file; PolicyError as `read`, but for its size."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder with a `policy.yaml`, or one policy file whose neighbours are read from the folder it lies in."""

    path: Path

    def __post_init__(self) -> None:
        if not self.path.exists():
            raise PolicyError(
                f"{self.path}: no such file or folder", hint="name a policy file or its folder with --policy"
            )

    @property
    def where(self) -> str:
        return f"outside:{self.path.resolve().name}"

    @property
    def policy_file(self) -> str:
        """The name under which the policy itself lies here."""
        return POLICY_FILE if self.path.is_dir() else self.path.name

    def read(self, path: str) -> bytes | None:
        handle = self._opened(path)
        if handle is None:
            return None
        with os.fdopen(handle, "rb") as file:
            return bounded(path, file.read(MAX_FILE_BYTES + 1))

    def pieces(self, path: str) -> Iterator[bytes] | None:
        handle = self._opened(path)
        return None if handle is None else _pieces(handle)

    def _opened(self, path: str) -> int | None:
        """Open a plain file that lies here; None where there is none."""
        found = self._inside(self.policy_file if path == POLICY_FILE else path)
        try:
            # Not blocking: a pipe that lies here must not make us wait for whoever writes to it.
            handle = os.open(found, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PolicyError(f"{path}: cannot be read: {error.strerror}", hint="check its permissions") from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise PolicyError(f"{path}: is no plain file", hint="put a file there, or name another one")
        return handle

    def list(self, folder: str) -> tuple[str, ...]:
        root, top = self._root(), self._inside(folder)
        found: list[str] = []
        for place, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            relative = PurePosixPath(folder, Path(place).relative_to(top).as_posix())
            found += [str(relative / name) for name in names if not name.startswith(".")]
            if len(found) > MAX_FILES:
                raise PolicyError(
                    f"{folder}: more than {MAX_FILES} files, allowed at most {MAX_FILES}",
                    hint="keep only vendor files there",
                )
        assert top.is_relative_to(root)
        return tuple(sorted(found))

    def _root(self) -> Path:
        return (self.path if self.path.is_dir() else self.path.parent).resolve()

    def _inside(self, path: str) -> Path:
        """Links are followed, as mounted folders are made of them, but not out of the policy's folder."""
        found = (self._root() / path).resolve()
        if not found.is_relative_to(self._root()):
            raise PolicyError(
                f"{path}: leads out of the policy's folder", hint="copy the file into the policy's folder"
            )
        return found


def _pieces(handle: int) -> Iterator[bytes]:
    with os.fdopen(handle, "rb", buffering=0) as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def bounded(path: str, raw: bytes) -> bytes:
    """Refuse a file that is larger than a policy's file may be."""
    if len(raw) > MAX_FILE_BYTES:
        raise PolicyError(
            f"{path}: larger than {MAX_FILE_BYTES} bytes, allowed at most {MAX_FILE_BYTES}",
            hint="split it into several files",
        )
    return raw
