"""Attacks by bytes: what a scanner does not read and an interpreter does."""

from __future__ import annotations

from tests.bypass.scene import FLAW, PNG, Scene, denied

PATH = "services/ping.py"


@denied("path-unread", PATH)
def utf_16(scene: Scene) -> None:
    scene.commit({PATH: FLAW.encode("utf-16")})


@denied("path-unread", PATH)
def carriage_returns_only(scene: Scene) -> None:
    scene.commit({PATH: FLAW.replace("\n", "\r").encode()})


@denied("path-unread", PATH)
def code_in_a_comment_under_utf_7(scene: Scene) -> None:
    """Python reads +AAo- as a line's end."""
    scene.commit({PATH: b"# -*- coding: utf-7 -*-\n# +AAo-import os; os.system('id')\n"})


@denied("path-unread", PATH)
def unicode_escape_as_an_encoding(scene: Scene) -> None:
    scene.commit({PATH: b"# coding: unicode_escape\n# \\u000aimport os; os.system('id')\n"})


@denied("path-unread", PATH)
def a_nul_in_the_source(scene: Scene) -> None:
    scene.commit({PATH: b"x = 1\n\0" + FLAW.encode()})


@denied("path-unread", PATH)
def newer_or_broken_syntax(scene: Scene) -> None:
    scene.commit({PATH: "def broken(:\n    import os; os.system(x)\n" + FLAW})


@denied("path-unread", PATH)
def nesting_that_exhausts_a_parser(scene: Scene) -> None:
    scene.commit({PATH: "x = " + "(" * 5000 + "1" + ")" * 5000 + "\n" + FLAW})


@denied("path-unread", "services/app.min.js")
def six_megabytes_on_one_line(scene: Scene) -> None:
    scene.commit({"services/app.min.js": "var a=1;" * 800_000})


@denied("path-unread", "services/tool")
def an_executable_binary(scene: Scene) -> None:
    scene.commit({"services/tool": b"\x7fELF\x02\x01\x01" + bytes(300)})


@denied("path-unread", "services/refund.cpython-313.pyc")
def compiled_python(scene: Scene) -> None:
    scene.commit({"services/refund.cpython-313.pyc": b"\xf3\r\r\n" + bytes(100)})


@denied("path-unread", "services/lib.jar")
def an_archive(scene: Scene) -> None:
    scene.commit({"services/lib.jar": b"PK\x03\x04" + bytes(100)})


@denied("path-unread", "assets/picture.png")
def a_picture_that_is_none(scene: Scene) -> None:
    scene.commit({"assets/picture.png": FLAW})


@denied("path-unread", "assets/both.png")
def a_picture_with_an_archive_behind_it(scene: Scene) -> None:
    scene.commit({"assets/both.png": PNG + b"PK\x03\x04" + bytes(60)})


@denied("bidi-control", PATH)
def text_that_reads_otherwise_than_it_runs(scene: Scene) -> None:
    scene.commit({PATH: "admin = False  # \u202e } \u2066if admin\u2069 \u2066\n"})


@denied("invisible-character", PATH)
def characters_nobody_sees(scene: Scene) -> None:
    scene.commit({PATH: "is_admin\u200b = True\n"})
