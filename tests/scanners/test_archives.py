"""An archive is unpacked one level deep, and never further than its bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners import archives
from outsource_gate.scanners.archives import Closed, Entry, entries


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


FILES = {"a.txt": b"one", "b/c.txt": b"two" * 100}


@pytest.mark.parametrize(
    "packed",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        zipped(FILES, zipfile.ZIP_BZIP2),
        zipped(FILES, zipfile.ZIP_LZMA),
        b"#!/bin/sh\nexit\n" + zipped(FILES),
        tarred(FILES),
        gzip.compress(tarred(FILES)),
        bz2.compress(tarred(FILES)),
        lzma.compress(tarred(FILES)),
    ],
    ids=["zip", "stored", "bzip2", "lzma", "behind a script", "tar", "tar.gz", "tar.bz2", "tar.xz"],
)
def test_every_file_is_given(packed: bytes) -> None:
    assert list(entries(packed)) == [Entry(name, data) for name, data in FILES.items()]


def test_a_single_packed_file_is_given() -> None:
    """also one in several members"""
    assert list(entries(gzip.compress(b"one") + gzip.compress(b"two"))) == [Entry("the packed file", b"onetwo")]


def test_a_comment_is_content() -> None:
    assert list(entries(zipped({}, comment=b"note"))) == [Entry("the archive's comment", b"note")]


def test_what_stands_behind_a_tar_is_content() -> None:
    packed = gzip.compress(tarred(FILES) + b"more")
    assert list(entries(packed))[-1] == Entry("behind the archive's end", b"more")


def test_a_bomb_ends_at_the_bound() -> None:
    """by its ratio, whatever its headers say"""
    bomb = zipped({"a": bytes(7 << 20), "b": bytes(7 << 20), "c": bytes(7 << 20)})
    found = list(entries(bomb))
    assert isinstance(found[-1], Closed)
    assert "more than the bounds" in found[-1].why


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_many_entries_are_not_read(pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    packed = pack({str(number): b"x" for number in range(5)})  # type: ignore[operator]
    assert list(entries(packed))[3:] == [Closed("", "an archive of more than 3 entries")]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_entry_that_is_too_big_is_said(pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRY_BYTES", 10)
    packed = pack({"big": b"x" * 11, "small": b"y"})  # type: ignore[operator]
    assert list(entries(packed)) == [Closed("big", "an entry that is too big"), Entry("small", b"y")]


def test_an_entry_behind_a_password_is_said() -> None:
    packed = bytearray(zipped({"a": b"one"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert list(entries(bytes(packed))) == [Closed("a", "an entry behind a password")]


def test_a_file_that_the_directory_leaves_out_is_said() -> None:
    """whoever unpacks from the front finds it"""
    name, data = b"hidden", zlib.compress(b"secret", wbits=-15)
    header = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(b"secret"), len(data), 6, 6, 0)
    found = list(entries(header + name + data + zipped({"a": b"one"})))
    assert found[-1] == Closed("", "an archive with content that its directory does not list")


@pytest.mark.parametrize(
    "damaged",
    [zipped(FILES)[50:], tarred(FILES)[:1600], gzip.compress(b"x" * 99, mtime=0)[:-12]],
    ids=["zip", "tar", "gzip"],  # the bytes hold the time of day
)
def test_a_damaged_archive_is_said(damaged: bytes) -> None:
    assert any(isinstance(one, Closed) for one in entries(damaged))


def test_what_stands_behind_a_broken_header_of_a_tar_is_content() -> None:
    packed = bytearray(tarred(FILES))
    packed[1024:1100] = bytes(range(76))
    found = list(entries(bytes(packed)))
    assert isinstance(found[-1], Entry)
    assert b"two" * 100 in found[-1].data


@given(
    st.sampled_from([zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), lzma.compress(b"a")]), st.data()
)
def test_hostile_bytes_never_raise(packed: bytes, data: st.DataObject) -> None:
    """any byte may be any other"""
    mutable = bytearray(packed)
    for _ in range(4):
        mutable[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    assert all(isinstance(one, Entry | Closed) for one in entries(bytes(mutable)))
