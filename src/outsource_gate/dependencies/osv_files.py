"""Where do the advisories of an ecosystem lie, and what is in these files? Bytes only; nobody judges them here.

As osv.dev publishes them: PATH/PyPI/all.zip or PATH/PyPI.zip; also PATH/PyPI/*.json. Or all ecosystems together:
PATH is a zip, PATH/all.zip, or PATH/*.json.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from outsource_gate.errors import GateError

MAX_ZIP = 4 << 30
MAX_FILES = 1_000_000
MAX_ONE = 16 << 20
MAX_ALL = 16 << 30
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 1 << 20
_DOWNLOAD = "download it again; docs/dependencies.md says from where and how"


class DatabaseError(GateError):
    """The database of vulnerabilities is not there, or cannot be read whole."""


@dataclass(slots=True)
class Files:
    """The advisories of one place; `digest` is whole once all of them were read."""

    path: Path
    mixed: bool  # of all ecosystems
    digest: str = field(default="", init=False)

    def read(self) -> Iterator[tuple[str, bytes]]:
        """Give each file's name and bytes. DatabaseError for what is damaged or beyond the bounds."""
        try:
            yield from self._zipped() if not self.path.is_dir() else self._folder()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise DatabaseError(f"{self.path}: a damaged zip file ({error})", hint=_DOWNLOAD) from error
        except OSError as error:
            raise DatabaseError(f"{self.path}: {error.strerror or 'cannot be read'}", hint=_DOWNLOAD) from error

    def _zipped(self) -> Iterator[tuple[str, bytes]]:
        with _opened(self.path) as file:
            if os.fstat(file.fileno()).st_size > MAX_ZIP:
                raise DatabaseError(f"{self.path}: larger than {MAX_ZIP} bytes, the most that are read")
            self.digest = hashlib.file_digest(file, "sha256").hexdigest()
            with zipfile.ZipFile(file) as archive:
                entries = [one for one in archive.infolist() if one.filename.endswith(".json")]
                self._check(entries)
                for one in entries:
                    yield one.filename, archive.read(one)

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        """No more is read of an entry than its header says, so that the headers can be held to the bounds."""
        if len(entries) > MAX_FILES or sum(one.file_size for one in entries) > MAX_ALL:
            raise DatabaseError(f"{self.path}: more than {MAX_FILES} files or {MAX_ALL} bytes in it")
        for one in entries:
            is_bomb = one.file_size > _RATIO_COUNTS_FROM and one.file_size > MAX_RATIO * max(one.compress_size, 1)
            if one.file_size > MAX_ONE or is_bomb:
                what = (
                    f"{one.file_size} bytes in {one.compress_size}, allowed at most {MAX_ONE} and {MAX_RATIO} to 1"
                )
                raise DatabaseError(f"{self.path}: {one.filename[:100]}: {what}", hint=_DOWNLOAD)

    def _folder(self) -> Iterator[tuple[str, bytes]]:
        digest = hashlib.sha256()
        left = MAX_ALL
        for name in _names(self.path):
            with _opened(self.path / name) as file:
                raw = file.read(MAX_ONE + 1)
            left -= len(raw)
            if len(raw) > MAX_ONE or left < 0:
                what = f"larger than {MAX_ONE} bytes, or all together than {MAX_ALL}"
                raise DatabaseError(f"{self.path / name}: {what}", hint=_DOWNLOAD)
            digest.update(f"{hashlib.sha256(raw).hexdigest()}  {name}\n".encode(errors="surrogateescape"))
            yield name, raw
        self.digest = digest.hexdigest()


def files_of(place: Path, name: str) -> Files | None:
    """The files that hold an ecosystem, by its name in the schema; None where there are none."""
    try:
        if not place.exists():
            raise DatabaseError(
                f"{place}: no such file or folder", hint="name the folder that it was downloaded to"
            )
        if not place.is_dir():
            return Files(place, mixed=True)
        for path in (place / name / "all.zip", place / f"{name}.zip"):
            if path.is_file():
                return Files(path, mixed=False)
        if (place / name).is_dir():
            return Files(place / name, mixed=False)
        if (place / "all.zip").is_file():
            return Files(place / "all.zip", mixed=True)
        return Files(place, mixed=True) if _names(place) else None
    except OSError as error:
        raise DatabaseError(f"{place}: {error.strerror or 'cannot be read'}", hint=_DOWNLOAD) from error


def _names(folder: Path) -> list[str]:
    """A folder's own JSON files; what lies deeper belongs to somebody else."""
    with os.scandir(folder) as found:
        names = sorted(one.name for one in found if one.name.endswith(".json"))
    if len(names) > MAX_FILES:
        raise DatabaseError(f"{folder}: more than {MAX_FILES} files, the most that are read")
    return names


def _opened(path: Path) -> BufferedReader:
    """Open a plain file, never waiting for a pipe's writer."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise DatabaseError(f"{path}: is no plain file", hint=_DOWNLOAD)
    return os.fdopen(handle, "rb")
