"""Text that scanners read otherwise than the interpreter does."""

from __future__ import annotations

import time

import pytest

from outsource_gate.scanners.blind_spots import blind_spot


def spot(language: str, text: str) -> str | None:
    return blind_spot(language, text.encode(), text)


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("python", "# coding: utf-7\n# +AAo-import os\n", "encoding utf-7"),
        ("python", "# coding: unicode_escape\n# \\x0aimport os\n", "encoding unicode_escape"),
        ("python", "# coding: shift_jis\nx = 1\n", "encoding shift_jis"),
        ("python", "# a comment\rimport os\n", "bare carriage returns"),
        ("python", "\uff45\uff56\uff41\uff4c('x')\n", "the name eval"),
        ("python", "getattr(o, n).\u1d49xec()\n", "the name exec"),
        ("java", 'class A { // \\u000a Runtime.getRuntime().exec("id");\n}\n', "escapes"),
        ("java", "class A { // \\uuu000d x();\n}\n", "escapes"),
        ("java", "/* \\u002a\\u002f x(); /* */\n", "escapes"),
        ("java", "class A { // x\r y();\n}\n", "bare carriage returns"),
        ("javascript", "ev\\u0061l(x)\n", "escapes"),
        ("javascript", "\\u{65}val(x)\n", "escapes"),
        ("typescript", "ev\\u{00061}l(x)\n", "escapes"),
        ("go", "package a // x\rfunc b() {}\n", "bare carriage returns"),
    ],
)
def test_each_known_way_to_be_read_otherwise_is_named(language: str, text: str, says: str) -> None:
    """the measured silences of the scanners end as unread, with the reason"""
    found = spot(language, text)
    assert found is not None
    assert says in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "# -*- coding: utf-8 -*-\nx = 'é'\n"),
        ("python", "# coding: latin-1\nx = 1\n"),
        ("python", "# vim: fileencoding=UTF-8\r\nx = 1\r\n"),
        ("python", "größe = 1\nπ = 3\n"),
        ("python", "x = '\uff45\uff56\uff41\uff4c \ufb01 \u00b2'  # \ufb01\n"),
        ("java", "class A { char c = '\\u0000'; String s = \"\\u00e9\\u001b[0m\\\\u0041\"; }\n"),
        ("javascript", "const s = '\\u00e9\\u2028\\u003c\\u200b'\n"),
        ("javascript", "// one\u2028two\n"),
        ("go", "package a\r\n"),
        ("ruby", "\\u0061\r"),
    ],
)
def test_ordinary_text_is_let_through(language: str, text: str) -> None:
    """accents, line ends of Windows, escapes in strings: nobody is denied for them"""
    assert spot(language, text) is None


def test_look_alikes_where_names_cannot_be_told_from_strings_are_named() -> None:
    """a file that does not tokenise gets no benefit of the doubt"""
    assert spot("python", "x = '\uff45\uff56'\n'''") is not None


def test_two_megabytes_of_anything_take_no_time() -> None:
    """no pattern here is worse than linear"""
    began = time.monotonic()
    for piece in ("\\", "\\u", "\\u00", "# coding", "\r\n", "\uff45", "\uff45 "):
        for language in ("python", "java", "javascript", "go"):
            spot(language, piece * (1_000_000 // len(piece)))
    assert time.monotonic() - began < 30
