"""What bytes prove."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.content import decoded, disproved, python_encoding, refused


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IEND")
GIF = b"GIF89a\x01\0\x01\0\0\0\0;"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(9) + b"\xff\xd9"
WEBP = b"RIFF" + struct.pack("<I", 12) + b"WEBPVP8 " + bytes(4)[:0] + b"\0\0\0\0"
ICON = b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 1, 1, 0, 0, 1, 32, 4, 22) + b"abcd"
WOFF2 = b"wOF2" + bytes(4) + struct.pack(">I", 48) + bytes(36)
ZIP_END = b"PK\x05\x06" + bytes(18)
PICTURES = {"png": PNG, "gif": GIF, "jpeg": JPEG, "webp": WEBP, "icon": ICON, "font": WOFF2}


@pytest.mark.parametrize("label", PICTURES)
def test_a_whole_picture_is_what_it_says(label: str) -> None:
    """ordinary pictures and fonts are let through"""
    assert disproved(label, PICTURES[label]) is None


@pytest.mark.parametrize("label", PICTURES)
@pytest.mark.parametrize("tail", [ZIP_END, b"import os\nos.system('id')\n"], ids=["zip", "code"])
def test_nothing_may_follow_a_picture(label: str, tail: bytes) -> None:
    """Python runs a picture with a zip behind it; a shell runs one with lines behind it"""
    assert disproved(label, PICTURES[label] + tail) is not None


@pytest.mark.parametrize("label", [*PICTURES, "sound", "film", "pdf", "bmp", "tiff", "heif"])
@pytest.mark.parametrize("data", [b"", b"x", b"#!/bin/sh\nid\n", b"\x7fELF", b"<?php"])
def test_a_name_alone_proves_nothing(label: str, data: bytes) -> None:
    """what only bears the name of a picture is unread"""
    assert disproved(label, data) is not None


@given(st.sampled_from(sorted(PICTURES)), st.binary(max_size=60), st.integers(0, 60))
def test_no_broken_picture_is_an_error(label: str, data: bytes, cut: int) -> None:
    """bytes of a contractor's choice never raise"""
    answer = disproved(label, PICTURES[label][:cut] + data)
    assert answer is None or label in answer


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x7fELF\x02", "ELF"),
        (b"MZ\x90\0\x03\0", "Windows"),
        (b"\xcf\xfa\xed\xfe\x07", "Mach-O"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34", "Java class"),
        (b"\xcb\r\r\n\0\0\0\0", ""),
        (b"\xf3\x0d\x0d\x0a\0\0\0\0", ""),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(257) + b"ustar\x0000", "tar"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "LFS"),
        (b"\0asm\x01\0\0\0", "WebAssembly"),
        (b"\xac\xed\x00\x05sr", "serialised"),
        (b"version https://hawser.github.com/spec/v1\noid sha256:00\n", "LFS"),
        (b"version http://git-media.io/v/2\noid sha256:00\n", "LFS"),
        (b"/annex/objects/SHA256E-s1--00.bin\n", "git-annex"),
        (b"\xca\xfe\xba\xbf\0\0", "Mach-O"),
        (b"BC\xc0\xde\x35", "LLVM"),
        (b"\x1bLuaS\0", "Lua"),
        (b"# v2 git bundle\n00\n", "git bundle"),
        (b"070701" + b"0" * 104, "cpio"),
        (b"PK\x07\x08PK", "zip"),
        (bytes(0x8001) + b"CD001", "ISO"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x80\x04\x95\x1e", "pickle"),
        (b"cos\nsystem\n(S'id'\ntR.", "pickle"),
        (b"(dp0\ncbuiltins\neval\np1\n(S'1'\ntR.", "pickle"),
    ],
)
def test_executables_and_archives_are_refused_under_every_name(data: bytes, what: str) -> None:
    """the content decides, whatever the file is called"""
    found = refused(data)
    if what:
        assert found is not None
        assert what in found
    else:
        assert found is not None or not decoded(data)[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ is a text\n", b"PKx", b"hello\n", b"cos\nsin\ntan\n", b"PACKAGES\n", b"RITE\n", b"0707012345;Ina\n"],
)
def test_plain_text_is_not_refused(data: bytes) -> None:
    """two letters make no program"""
    assert refused(data) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "latin-1"])
def test_only_utf8_is_text(encoding: str) -> None:
    """what a scanner would read as noise is not read at all, and the reason is said"""
    text, problem = decoded("x = 'é'\n".encode(encoding))
    assert text == ""
    assert problem


def test_a_byte_order_mark_is_taken_off() -> None:
    """editors on Windows write it, and it hides nothing"""
    assert decoded(b"\xef\xbb\xbfx = 1\n") == ("x = 1\n", "")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"x = 1\n", "utf-8"),
        (b"# -*- coding: utf-7 -*-\n", "utf-7"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=unicode_escape :\n", "unicode_escape"),
        (b"\n# coding: utf-7\n", "utf-7"),
        (b"\n\n# coding: utf-7\n", "utf-8"),
        (b"x = 1\n# coding: utf-7\n", "utf-8"),
        (b"\r# coding: utf-7\r", "utf-7"),
        (b"\xef\xbb\xbf# coding: utf-7\n", "utf-7"),
        (b"x = '# coding: utf-7'\n", "utf-8"),
        (b"\x0c# coding=rot13\n", "rot13"),
    ],
)
def test_the_declared_encoding_is_what_the_interpreter_takes(data: bytes, encoding: str) -> None:
    """PEP 263: a comment on the first line, or on the second below a blank or comment line"""
    assert python_encoding(data) == encoding
