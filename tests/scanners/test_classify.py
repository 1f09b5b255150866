"""What is one file?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import classify
from tests.bypass.scene import PNG


@pytest.mark.parametrize(
    ("path", "data", "read", "language"),
    [
        ("a.py", b"x = 1\n", Read.SCANNED, "python"),
        ("A.PY", b"x = 1\n", Read.SCANNED, "python"),
        ("run", b"#!/usr/bin/env python3\nx = 1\n", Read.SCANNED, "python"),
        ("run", b"#!/usr/bin/env -S node --x\nlet x\n", Read.SCANNED, "javascript"),
        ("a.tsx", b"let x = 1\n", Read.SCANNED, "typescript"),
        ("A.java", b"class A {}\n", Read.SCANNED, "java"),
        ("a.go", b"package a\n", Read.SCANNED, "go"),
        ("A.cs", b"\xef\xbb\xbfclass A {}\r\n", Read.SCANNED, "csharp"),
        ("A.cs", b"record A { int B() => 1; }\n", Read.UNREAD, ""),
        ("a.rs", b"#![no_std]\nfn a() {}\n", Read.SCANNED, "rust"),
        ("a.rs", b"#!/bin/sh\nid\n", Read.UNREAD, ""),
        ("a.php", b"<?php $a = 1;\n", Read.SCANNED, "php"),
        ("a.php", b"<? /* ?> <?php a(); ?> */\n", Read.UNREAD, ""),
        ("a.blade.php", b"{!! $a !!}\n", Read.UNSUPPORTED, ""),
        ("notes.txt", b"#!/usr/bin/python3\nx = 1\n", Read.SCANNED, "python"),
        ("README.md", b"# Hello\n", Read.INERT, ""),
        ("a.json", b"{}\n", Read.INERT, ""),
        ("a.png", PNG, Read.INERT, ""),
        ("a.rb", b"puts 1\n", Read.SCANNED, "ruby"),
        ("Rakefile", b"task :a\n", Read.SCANNED, "ruby"),
        ("a.rb", b"x = <<~A\n  #{run(1)}\nA\n", Read.UNREAD, ""),
        ("a.swift", b"print(1)\n", Read.UNSUPPORTED, ""),
        ("a.sh", b"echo\n", Read.SCANNED, "bash"),
        ("deploy", b"#!/bin/sh\necho\n", Read.SCANNED, "bash"),
        ("Dockerfile", b"FROM a:1\n", Read.SCANNED, "dockerfile"),
        ("a.zsh", b"echo\n", Read.UNSUPPORTED, ""),
        ("Makefile", b"all:\n", Read.UNSUPPORTED, ""),
        ("a.png", b"import os\n", Read.UNREAD, ""),
        ("a.png", PNG + b"PK\x03\x04" + bytes(20), Read.UNREAD, ""),
        ("a.py", b"x = 1\0\n", Read.UNREAD, ""),
        ("a.py", "x = 1\n".encode("utf-16"), Read.UNREAD, ""),
        ("a.py", b"# coding: utf-7\nx = 1\n", Read.UNREAD, ""),
        ("a.py", b"x = 1\ry = 2\r", Read.UNREAD, ""),
        ("a", b"\x7fELF\x02\x01\x01" + bytes(50), Read.UNREAD, ""),
        ("a.jar", b"PK\x03\x04" + bytes(50), Read.UNREAD, ""),
        ("a.md", b"PK\x03\x04" + bytes(50), Read.UNREAD, ""),
    ],
)
def test_the_name_promises_and_the_content_keeps_it_or_not(
    path: str, data: bytes, read: Read, language: str
) -> None:
    file = classify(path, data)
    assert (file.read, file.language if read is Read.SCANNED else "") == (read, language), file.reason


@given(st.text(max_size=20), st.binary(max_size=200))
def test_whatever_is_not_scanned_has_a_reason(path: str, data: bytes) -> None:
    """No bytes end in a silence, and none in an error."""
    file = classify(path, data)
    assert file.read is Read.SCANNED or file.reason
    assert (file.read is Read.SCANNED) == bool(file.language)
