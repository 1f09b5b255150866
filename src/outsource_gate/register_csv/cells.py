r"""How does a value stand in a cell, so that a spreadsheet neither runs it nor makes something else of it?

A cell that begins with ' is text whatever follows: what would be a formula, a number or a date gets one, and loses
it again. A backslash, a line break and a tab are written \\, \n, \r, \t; a list of words is a word a line.
"""

from __future__ import annotations

import re

from outsource_gate.reports.escape import is_formula

_MARK = "'"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN = {written: char for char, written in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\.?", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
# What a spreadsheet takes for a number, money, a date, a time or a truth value, and writes back as it likes.
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TAKEN = re.compile(
    r"\s*(?:[$€£(]?\s*[0-9][0-9.,\s]*(?:e[+-]?[0-9]+)?\s*[%$€£)]?|\.[0-9]+"
    r"|[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{1,4})?(?:[ t][0-9:.]+)?|[0-9]{1,2}:[0-9:.]+"
    rf"|{_MONTH}[ ./-]?[0-9]{{1,4}}|[0-9]{{1,4}}[ ./-]?{_MONTH}(?:[ ./-]?[0-9]{{1,4}})?|true|false)\s*",
    re.IGNORECASE,
)


def cell_of(text: str) -> str:
    """Write one text."""
    return _marked("".join(_ESCAPES.get(char, char) for char in text))


def list_cell(words: list[str]) -> str:
    """Write a list, a word a line."""
    return _marked("\n".join("".join(_ESCAPES.get(char, char) for char in word) for word in words))


def text_of(cell: str) -> str:
    """Read one text; ValueError says what is expected instead."""
    return _unescaped(_unmarked(cell))


def words_of(cell: str) -> list[str]:
    """Read a list; ValueError as `text_of`."""
    lines = _unmarked(cell).replace("\r\n", "\n").split("\n")
    return [_unescaped(line) for line in lines if line]


def number_of(cell: str) -> int:
    """Read a whole number; ValueError says what is expected instead."""
    if not _NUMBER.fullmatch(cell):
        raise ValueError("expected a whole number such as 24")
    return int(cell)


def is_taken(text: str) -> bool:
    """Whether a spreadsheet would make something else of it."""
    return bool(_TAKEN.fullmatch(text))


def _marked(written: str) -> str:
    return _MARK + written if written.startswith(_MARK) or is_formula(written) or is_taken(written) else written


def _unmarked(cell: str) -> str:
    if cell.startswith(_MARK):
        return cell[1:]
    if is_taken(cell):
        raise ValueError(
            "expected text that a spreadsheet did not take for a number, a date or a truth value "
            f"(leading zeros may be lost); if it is meant, write {_MARK}{cell.strip()}"
        )
    return cell


def _unescaped(text: str) -> str:
    def char(found: re.Match[str]) -> str:
        if found.group() not in _PLAIN:
            raise ValueError(r"expected \\ for a backslash, or \n, \r, \t")
        return _PLAIN[found.group()]

    return _ESCAPED.sub(char, text)
