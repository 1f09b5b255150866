"""In which encoding a text will be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.encodings import foreign_encoding

SCRIPT = "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", f'<meta charset="utf-7">\n{SCRIPT}'),
        ("a.html", f'<meta http-equiv="Content-Type" content="text/html; charset=UTF-7">{SCRIPT}'),
        ("a.xml", f'<?xml version="1.0" encoding="utf-7"?>\n<a>{SCRIPT}</a>'),
        ("a.svg", f"<?xml version='1.0' encoding='UTF-7'?>{SCRIPT}"),
        ("a.css", f'@charset "utf-7";{SCRIPT}'),
        ("a.pyx", "# coding: unicode_escape\n# \\u000aimport os\n"),
        ("a.pl", "use encoding 'utf-7';\n+AAo-\n"),
        ("a.html", '<meta charset="iso-2022-jp"><a title="\x1b$B">\x1b(B'),
        ("a.html", '<meta charset="x-nobody-knows">'),
        (".htaccess", "AddDefaultCharset punycode\n"),
    ],
)
def test_a_declaration_that_makes_another_text_is_told(path: str, text: str) -> None:
    """Decoded as declared, the same bytes say something else"""
    assert foreign_encoding(path, text) is not None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", '<meta charset="utf-8"><p>stra\u00dfe</p>'),
        ("a.html", '<meta charset="iso-8859-1"><p>stra\u00dfe</p>'),
        ("a.html", '<meta charset="Shift_JIS"><p>plain</p>'),
        ("a.html", '<meta charset="utf-7"><p>nothing of it</p>'),
        ("a.resx", '<?xml version="1.0" encoding="utf-16"?><root/>'),
        ("a.md", f'<meta charset="utf-7">{SCRIPT}'),
        ("a.html", "<p>no declaration</p>"),
    ],
)
def test_a_declaration_that_changes_nothing_is_left_alone(path: str, text: str) -> None:
    assert foreign_encoding(path, text) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-_. ", max_size=30), st.text(max_size=80))
def test_no_declaration_upsets_it(name: str, text: str) -> None:
    """Names that are no encodings, and codecs that are none of text"""
    found = foreign_encoding("a.html", f'<meta charset="{name}">{text}')
    assert found is None or found.name in f"{name}{text}"


@pytest.mark.parametrize("name", ["idna", "punycode", "bz2", "zip", "rot13", "hex", "undefined", "mbcs", "uu"])
def test_codecs_that_are_none_of_text_are_never_run(name: str) -> None:
    """They unpack, fail on purpose, or take time that grows with the square"""
    assert foreign_encoding("a.html", f'<meta charset="{name}">' + "a" * 2_000_000) is not None
