"""What lies in an archive, one level deep and within bounds?

Nothing is written to disk and no name is followed. What is damaged, protected or too large once unpacked is
`Closed`: whoever asks has to say that nobody looked into it.
"""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from outsource_gate.scanners.content import refused

MAX_ENTRIES = 2_000
MAX_ENTRY_BYTES = 8 << 20
MAX_BYTES = 64 << 20  # unpacked, of one archive
MAX_RATIO = 200  # unpacked to packed; text with much repetition reaches 100
_SMALL = 1 << 20  # below it no ratio counts
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError, struct.error, UnicodeError, OverflowError, IndexError, KeyError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, unpacked."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """What could not be looked into; without a name the archive, or the rest of it."""

    name: str
    why: str


class _TooMuchError(Exception):
    """A bound is reached."""


def entries(data: bytes) -> Iterator[Entry | Closed]:
    """Unpack zip (jar, wheel, office), tar, and what gzip, bzip2 or xz pack: a tar or one file."""
    read, what = _reader(data)
    if read is None:
        yield Closed("", what)
        return
    try:
        yield from read(_Budget(len(data)), data)
    except _TooMuchError as error:
        yield Closed("", str(error))
    except _BROKEN as error:
        yield Closed("", f"an archive that cannot be unpacked ({type(error).__name__})")


def _reader(data: bytes) -> tuple[Callable[[_Budget, bytes], Iterator[Entry | Closed]] | None, str]:
    if data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        return _packed, ""
    if data.startswith(b"ustar", 257):
        return _tar, ""
    if b"PK\x05\x06" in data[-65_557:]:
        return _zip, ""
    return None, refused(data) or "an archive"


class _Budget:
    """How much may still be unpacked."""

    def __init__(self, packed: int) -> None:
        self.left = min(MAX_BYTES, max(_SMALL, packed * MAX_RATIO))
        self.entries = MAX_ENTRIES

    def read(self, stream: IO[bytes], most: int) -> bytes:
        """Read to the end, whatever a header says of the size."""
        raw = stream.read(min(most, self.left) + 1)
        if len(raw) > self.left:
            raise _TooMuchError("an archive that unpacks to more than the bounds allow")
        self.left -= len(raw)
        return raw

    def one_more(self) -> None:
        self.entries -= 1
        if self.entries < 0:
            raise _TooMuchError(f"an archive of more than {MAX_ENTRIES} entries")


def _zip(budget: _Budget, data: bytes) -> Iterator[Entry | Closed]:
    """By its directory, as every program unpacks it; what the directory leaves out is no entry."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            budget.one_more()
            if info.is_dir():
                continue
            if info.flag_bits & 1:
                yield Closed(info.filename, "an entry behind a password")
                continue
            try:
                with archive.open(info) as stream:
                    raw = budget.read(stream, MAX_ENTRY_BYTES)
            except _BROKEN as error:
                yield Closed(info.filename, f"an entry that cannot be unpacked ({type(error).__name__})")
                continue
            yield _entry(info.filename, raw)
        if archive.comment:
            yield Entry("the archive's comment", archive.comment)
        if _hides_more(data, archive):
            yield Closed("", "an archive with content that its directory does not list")


def _hides_more(data: bytes, archive: zipfile.ZipFile) -> bool:
    """A file between the listed ones: whoever reads from the front finds it."""
    position = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if b"PK\x03\x04" in data[position : info.header_offset]:
            return True
        names = struct.unpack_from("<HH", data, info.header_offset + 26)  # APPNOTE 4.3.7: lengths of name and extra
        position = max(position, info.header_offset + 30 + sum(names) + info.compress_size)
    return b"PK\x03\x04" in data[position : archive.start_dir]


def _tar(budget: _Budget, data: bytes) -> Iterator[Entry | Closed]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:", errorlevel=2) as archive:
        for info in archive:
            budget.one_more()
            if not info.isfile():
                continue
            if info.size > MAX_ENTRY_BYTES:
                yield Closed(info.name, "an entry that is too big")
                continue
            stream = archive.extractfile(info)
            assert stream is not None
            yield _entry(info.name, budget.read(stream, MAX_ENTRY_BYTES))
        if rest := data[archive.offset :].strip(b"\0"):
            yield _entry("behind the archive's end", rest)


def _packed(budget: _Budget, data: bytes) -> Iterator[Entry | Closed]:
    """One file, unless that file is a tar."""
    with _opened(data) as stream:
        raw = budget.read(stream, MAX_BYTES)
    if raw.startswith(b"ustar", 257):
        budget.left += len(raw)  # a tar's files are counted instead
        yield from _tar(budget, raw)
    else:
        yield _entry("the packed file", raw)


def _opened(data: bytes) -> IO[bytes]:
    import bz2  # noqa: PLC0415 - seldom
    import gzip  # noqa: PLC0415 - seldom

    source = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=source)  # type: ignore[return-value]  # reads bytes like any other
    return bz2.BZ2File(source) if data.startswith(b"BZh") else lzma.LZMAFile(source)


def _entry(name: str, raw: bytes) -> Entry | Closed:
    return Entry(name, raw) if len(raw) <= MAX_ENTRY_BYTES else Closed(name, "an entry that is too big")
