"""Whether a person can review a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.reviewable import MAX_BLANK_LINES, MAX_LINE, WIDE, obstacles


def kinds(text: str) -> list[str]:
    return [one.kind for one in obstacles(text)]


@pytest.mark.parametrize(
    "text",
    [
        "var a=1;" * 1_000,
        "x = 1;" + " " * WIDE + "import os\n",
        "x = 1;" + "\t" * WIDE + "import os\n",
        "x = 1\n" + "\n" * (MAX_BLANK_LINES + 1) + "import os\n",
        "eval(function(p,a,c,k,e,d){return p}('0',1,1,''.split('|'),0,{}))\n",
        "[][(![]+[])[+[]]]" * 40,
        "".join(f"var _0x{number:04x}=1;\n" for number in range(20)),
        'x = "' + "\\x41" * 500 + '"\n',
    ],
)
def test_code_that_nobody_can_read_is_told(text: str) -> None:
    """Minified, pushed out of sight, packed, obfuscated"""
    assert set(kinds(text)) == {"unreviewable-code"}


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029"])
def test_a_line_end_for_some_only_is_told(end: str) -> None:
    assert kinds(f"// a comment{end}run()\n") == ["line-end"]


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\r\ny = 2\r\n",
        "x" * MAX_LINE + "\n",
        "#define A \\\n" + " " * 200 + "1\n",
        "x = 1" + " " * 200 + "\n",
        "x = 1" + " " * 200 + "\\\n",
        "\n" * 1_000,
        "| a |" + " " * 200 + "| b |\n",
        "def a():\n" + " " * 160 + "return 1\n",
        "mask = _0x1234\n",
    ],
)
def test_ordinary_code_is_left_alone(text: str) -> None:
    """Deep indentation, trailing blanks, tables, and line ends of Windows"""
    assert kinds(text) == []


@pytest.mark.parametrize("piece", [" ", "x \t", "\n", "[", "_0x1234 ", "\\x41", "\r", "eval(function("])
def test_a_large_hostile_text_takes_no_longer_than_a_look_at_it(piece: str) -> None:
    found = list(obstacles((piece * 1_000_000)[: 1 << 20]))
    assert {one.kind for one in found} <= {"unreviewable-code", "line-end"}


@given(st.text(max_size=300))
def test_no_text_upsets_it(text: str) -> None:
    assert all(0 <= one.start <= len(text) for one in obstacles(text))
