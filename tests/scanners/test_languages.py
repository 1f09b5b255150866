"""Names and first lines."""

from __future__ import annotations

import time

import pytest

from outsource_gate.scanners.languages import by_first_line, by_look, by_name
from outsource_gate.scanners.names import BY_NAME, BY_SUFFIX, Kind


@pytest.mark.parametrize(
    ("path", "kind", "label"),
    [
        ("src/a.py", Kind.CODE, "python"),
        ("a.pyw", Kind.CODE, "python"),
        ("SConstruct", Kind.CODE, "python"),
        ("a.min.js", Kind.CODE, "javascript"),
        ("a.mjs", Kind.CODE, "javascript"),
        ("lib/a.inc", Kind.CODE, "php"),
        ("a.phtml", Kind.CODE, "php"),
        ("a.blade.php", Kind.UNSUPPORTED, "a template"),
        ("a.d.ts", Kind.CODE, "typescript"),
        ("A.cs", Kind.CODE, "csharp"),
        ("a.csx", Kind.UNSUPPORTED, ".NET"),
        ("Index.cshtml", Kind.UNSUPPORTED, ".NET"),
        ("shop.gemspec", Kind.CODE, "ruby"),
        ("Rakefile", Kind.CODE, "ruby"),
        ("Gemfile.lock", Kind.TEXT, "data"),
        ("show.html.erb", Kind.UNSUPPORTED, "a page that can hold scripts"),
        ("a.c", Kind.CODE, "c"),
        ("a.h", Kind.CODE, "c"),
        ("a.CPP", Kind.CODE, "cpp"),
        ("a.hpp", Kind.CODE, "cpp"),
        ("sketch.ino", Kind.UNSUPPORTED, "another kind of C"),
        (".eslintrc.js", Kind.CODE, "javascript"),
        ("Main.kt", Kind.CODE, "kotlin"),
        ("build.gradle.kts", Kind.CODE, "kotlin"),
        ("main.tf", Kind.CODE, "terraform"),
        ("prod.auto.tfvars", Kind.CODE, "terraform"),
        (".terraform.lock.hcl", Kind.CODE, "terraform"),
        ("main.tf.json", Kind.UNSUPPORTED, "infrastructure code"),
        ("user-data.sh.tftpl", Kind.UNSUPPORTED, "a template"),
        ("README", Kind.TEXT, "prose"),
        ("LICENSE-MIT", Kind.TEXT, "prose"),
        ("README.de", Kind.TEXT, "prose"),
        ("readme.sh", Kind.CODE, "bash"),
        (".envrc", Kind.CODE, "bash"),
        (".zshrc", Kind.UNSUPPORTED, "a shell's start file"),
        ("a.zsh", Kind.UNSUPPORTED, "a script of another shell"),
        ("Dockerfile.prod", Kind.CODE, "dockerfile"),
        ("Containerfile", Kind.CODE, "dockerfile"),
        ("app.dockerfile", Kind.CODE, "dockerfile"),
        ("Dockerfile.j2", Kind.UNSUPPORTED, "a template"),
        ("Dockerfile.dockerignore", Kind.TEXT, "data"),
        ("CMakeLists.txt", Kind.UNSUPPORTED, "a build file"),
        (".gitignore", Kind.TEXT, "data"),
        (".env.example", Kind.TEXT, "data"),
        ("x.pth", Kind.UNSUPPORTED, "a file that Python runs when it starts"),
        ("x.ipynb", Kind.UNSUPPORTED, "a notebook, with code inside data"),
        ("lib.so", Kind.UNREADABLE, "compiled code"),
        ("a.whl", Kind.UNREADABLE, "an archive"),
        ("odd.xyz", Kind.UNKNOWN, "a kind of file that is not known here"),
        (".py", Kind.UNKNOWN, "a kind of file that is not known here"),
        ("dir.py/", Kind.UNKNOWN, "a kind of file that is not known here"),
        ("", Kind.UNKNOWN, "a kind of file that is not known here"),
    ],
)
def test_a_name_promises_a_kind(path: str, kind: Kind, label: str) -> None:
    """what a path is called says what it should be"""
    named = by_name(path)
    assert (named.kind, named.label) == (kind, label)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (b"#!/usr/bin/python3", "python"),
        (b"#! /usr/bin/env python3.13", "python"),
        (b"#!/usr/bin/env -S PYTHONPATH=x python -u", "python"),
        (b"#!/opt/pypy3/bin/pypy3", "python"),
        (b"#!/usr/bin/env node", "javascript"),
        (b"#!/usr/bin/env deno", "typescript"),
        (b"#!/usr/bin/env -S dotnet run", "csharp"),
        (b"#!/usr/bin/ruby3.1 -w", "ruby"),
        (b"#!/usr/bin/env rake", "ruby"),
        (b"#!/usr/bin/env kotlin", "kotlin"),
        (b"#!/usr/bin/php8.3 -q", "php"),
        (b"#!/bin/bash -e", "bash"),
        (b"#!/usr/bin/env dash", "bash"),
        (b"#!/bin/zsh", "a script for zsh"),
        (b"#!/usr/bin/pythonic", "a script for pythonic"),
        (b"#! ", None),
        (b" #!/usr/bin/python", None),
        (b"x = 1", None),
    ],
)
def test_a_first_line_promises_a_language(line: bytes, label: str | None) -> None:
    """the kernel goes by it, whatever the name says"""
    named = by_first_line(line + b"\nx\n")
    assert (named.label if named else None) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("import os\nimport sys\n", "python"),
        ("from a import b\ndef c():\n", "python"),
        ("package a;\nimport b.C;\n", "java"),
        ("package main\nfunc main() {\n", "go"),
        ("for x in a; do\n  y\ndone\nexport A=1\n", "bash"),
        ("FROM debian\nRUN make\n", "dockerfile"),
        ("using System;\nusing System.IO;\n", "csharp"),
        ("package a.b\nimport c.D\nfun e() {\n", "kotlin"),
        ("class A {\n  fun b() {\n  override fun A.c(\n", "kotlin"),
        ("#include <stdio.h>\n#define A 1\n", "c"),
        ("# include the list\n# define terms\n", None),
        ("<?php\nnamespace A\\B;\n", "php"),
        ('variable "a" {\n}\nresource "b" "c" {\n', "terraform"),
        ("import a from 'b'\nexport default a\n", "javascript"),
        ("const a = 1\nlet b = 2\n", "javascript"),
        ("require 'a'\ndef b(c)\n", "ruby"),
        ("class A < B\n  def c?\n", "ruby"),
        ("Dear all,\nimport taxes are due.\n", None),
        ("import taxes\n", None),
        ("", None),
    ],
)
def test_unknown_text_goes_by_its_look(text: str, label: str | None) -> None:
    """an odd extension hides no code; two lines have to look like it"""
    named = by_look(text)
    assert (named.label if named else None) == label


def test_the_tables_are_lower_case_and_code_has_a_suffix() -> None:
    """a row that can never be found is a defect"""
    for table in (BY_NAME, BY_SUFFIX):
        assert all(name == name.lower() for name in table)
        assert all(bool(named.suffix) == (named.kind is Kind.CODE) for named in table.values())
    assert all(name.count(".") in (1, 2) and name.startswith(".") for name in BY_SUFFIX)


def test_a_look_at_hostile_text_is_quick() -> None:
    """no pattern here is worse than linear"""
    began = time.monotonic()
    for piece in ("import ", "def ", "\n", " ", "public ", "const ", "import a, ", "export"):
        by_look(piece * 100_000)
    assert time.monotonic() - began < 10
