"""What in a C or C++ file does the compiler read and semgrep not?

The preprocessor joins and includes before anybody parses; semgrep says nothing about any of it (measured for the
pinned one). What stands between #if and #endif is no blind spot: it reads all branches, or reports an error where
they do not parse together.
"""

from __future__ import annotations

import re

from outsource_gate.scanners.languages import by_name
from outsource_gate.scanners.names import Kind

_INERT = frozenset({Kind.TEXT, Kind.BINARY})
# A line that ends in a backslash, or in ??/, which is one as a trigraph, goes on in the next. Between the words of
# a macro and inside a string that is common and harmless.
_SPLICE = re.compile(
    r"^([^\n]*)(?:(?<=\w)\\[ \t]*\r?\n(?=\w)|(?<=[*/])\\[ \t]*\r?\n(?=[*/])|\?\?/[ \t]*\r?$)", re.MULTILINE
)
_INCLUDE = re.compile(
    r"^(?:[^\n\"]*\*/)?[ \t]*#[ \t]*(?:include|include_next|import)\b[ \t]*"
    r"(?:[\"<](?P<name>[^\">\n]+)[\">]|(?P<macro>\w+)[ \t]*\r?$|/\*)",
    re.MULTILINE,
)
_LONE_RETURN = re.compile(r"\r(?!\n)")


def c_blind_spot(_data: bytes, text: str) -> str | None:
    """Name the first thing in the file that only the compiler reads; None if there is nothing."""
    if "\r" in text and _LONE_RETURN.search(text):
        return "has bare carriage returns, which end a line for some compilers but not for scanners"
    return _spliced(text) or _included(text)


def _spliced(text: str) -> str | None:
    for match in _SPLICE.finditer(text):
        if match[1].replace('\\"', "").count('"') % 2 == 0:
            return "splits a word or a comment's end over two lines, which the preprocessor joins"
    return None


def _included(text: str) -> str | None:
    """A file that is inert by its name is not scanned, whoever includes it."""
    for match in _INCLUDE.finditer(text):
        name = match["name"] or ""
        if not name:
            return f"includes what {match['macro'] or 'a comment'} hides, which scanners cannot know"
        if "." in name.rsplit("/", 1)[-1] and by_name(name).kind in _INERT:
            return f"includes {name[:80]}, which is taken for {by_name(name).label} and not for code"
    return None
