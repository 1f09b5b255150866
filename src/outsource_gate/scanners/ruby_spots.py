"""Where does Ruby run text that semgrep's parser takes for a literal? Measured against Ruby's own parser.

semgrep drops the body of a here-document with all code in it, stops at any `__END__`, and knows no local variables:
where Ruby shifts, as in `x <<A`, it sees a here-document that ends at the next line `A`. None is an error.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_OPENS = re.compile(r"<<([~-]?)(?:([\"'`])([^\"'`\n]{1,80})\2|([^\W\d]\w{0,80}))")
# A name that is set somewhere: what follows a variable, a parameter or the member of a list.
_SET = re.compile(
    r"(?<![.\w@$])([^\W\d]\w*)[ \t]*(?:(?:\*\*|<<|>>|\|\||&&|[-+*/%|&^])?=(?![=~>])|[,|);]|:(?!:)|[ \t]in\b)"
    r"|(?:=>|\bfor|[*&|(,])[ \t]*([^\W\d]\w*)"
)
_VALUE = re.compile(r"(@@?\w+|\$\w+|[^\W\d]\w*[?!]?|[)\]}\"'`\d])([ \t]*)$")
_LONGEST_END = 200  # characters of a line that can end a here-document
_KEYWORDS = frozenset({"self", "nil", "true", "false", "__FILE__", "__LINE__", "__dir__"})
# What a here-document may insert: a value by its name, its members, and calls that only shape text.
_NAME = r"(?!(?:params|request|cookies|session|gets|ARGV|ENV|STDIN)\b)@{0,2}\$?[A-Za-z_]\w*"
_PLAIN = r"(?::\w+|\d+|\"[^\"#\\]*\"|'[^'\\]*'|&:\w+[?!]?)"
_SHAPES = r"(?:join|map|fetch|dig|first|last|ljust|rjust|center|indent|round|strftime|to_s|sort_by|uniq|pluck)"
_QUOTES = (
    r"(?:\w+\.)*(?:quote\w*|sanitize_sql\w*|escape\w*|shellescape|h|html_escape|escape_html|Integer"
    r"|Shellwords\.escape)"
)
_MEMBER = rf"(?:(?:\.|&\.|::)(?:{_SHAPES}\((?:{_PLAIN}(?:, ?{_PLAIN})*)?\)|\w+[?!]?(?:\(\))?)|\[{_PLAIN}\])"
_CHAIN = rf"{_NAME}{_MEMBER}{{0,20}}"
_HARMLESS = re.compile(rf"#\{{\s*(?:{_QUOTES}\({_CHAIN}\)|{_CHAIN}|{_PLAIN})\s*\}}")
_INSERTS = re.compile(r"(?<!\\)(?:\\\\)*(#\{)")


def ruby_spot(text: str) -> str | None:
    """Name what hides code from the scanner; None if nothing does."""
    lines = text.split("\n")
    if any("__END__" in line and line.rstrip("\r") != "__END__" for line in lines):
        return "has __END__ where it does not end the program"
    return _in_documents(lines, _names_that_are_set(text))


def _names_that_are_set(text: str) -> frozenset[str]:
    return _KEYWORDS | {match[1] or match[2] for match in _SET.finditer(text)}


def _in_documents(lines: list[str], names: frozenset[str]) -> str | None:
    """Look at what stands in here-documents; a shift that looks like one hides the lines up to its word."""
    ends = _ends(lines)
    seen = 0
    for number, line in enumerate(lines):
        for match in _OPENS.finditer(line) if "<<" in line else ():
            end = _end(ends, match, number)
            if end is None:
                continue
            if _is_value(line[max(0, match.start() - 80) : match.start()], names):
                return "shifts a value by a name that a line repeats, which scanners take for a here-document"
            if match[2] == "`":
                return "runs a here-document as a command, which scanners do not read"
            if match[2] != "'" and any(map(_holds_code, lines[max(seen, number + 1) : end])):
                return "has code inside a here-document, which scanners do not read; use format with a plain one"
            seen = max(seen, end) if match[2] != "'" else seen
    return None


def _ends(lines: list[str]) -> dict[tuple[bool, str], list[int]]:
    """Where does a line hold nothing but this word, and where after white space?"""
    ends: dict[tuple[bool, str], list[int]] = {}
    for number, line in enumerate(lines):
        if len(line) < _LONGEST_END:
            word = line.removesuffix("\r")
            ends.setdefault((False, word), []).append(number)
            ends.setdefault((True, word.lstrip(" \t\v\f\r")), []).append(number)
    return ends


def _end(ends: dict[tuple[bool, str], list[int]], opens: re.Match[str], number: int) -> int | None:
    """Give the line that ends a here-document; `<<~` and `<<-` let the word stand indented."""
    found = ends.get((bool(opens[1]), opens[3] or opens[4]), [])
    place = bisect_right(found, number)
    return found[place] if place < len(found) else None


def _is_value(before: str, names: frozenset[str]) -> bool:
    """Does a value stand before the operator, and not the name of a method that takes what follows?"""
    match = _VALUE.search(before)
    if not match:
        return False
    name, gap = match[1], match[2]
    if not gap:
        return True
    if before[: len(before) - len(name) - len(gap)].endswith("."):
        return False
    return name[0] in "@$)]}\"'`" or name[0].isdigit() or name[0].isupper() or name in names


def _holds_code(line: str) -> bool:
    return "#{" in line and any(not _HARMLESS.match(line, match.start(1)) for match in _INSERTS.finditer(line))
