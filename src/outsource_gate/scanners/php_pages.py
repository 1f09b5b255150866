"""What of a PHP file does PHP not run, and does semgrep see the same?

PHP sends whatever stands outside its tags as it is. semgrep reads every `<?` there as code (measured), PHP only
where short_open_tag is on: after `<? /*` semgrep sees a comment where PHP runs what follows. Scripts for browsers
in that text are read by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN = re.compile(r"<\?(?:=|php(?=\s|\Z))", re.IGNORECASE)
_DOUBTFUL = re.compile(r"<\?(?!=|php(?:\s|\Z))", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b|\son\w{1,40}\s*=\s*[\"']|javascript:", re.IGNORECASE)
_ENCODING = re.compile(r"declare\s*\(\s*encoding\b", re.IGNORECASE)
# What can hold `?>` without ending PHP, and the end itself. A comment to the end of the line does not hold it.
_TOKEN = re.compile(
    r"""(?P<end>\?>)
    | /\*.*?(?:\*/|\Z)
    | (?://|\#(?!\[))[^\r\n]*?(?=\?>|[\r\n]|\Z)
    | '(?:[^'\\]|\\.)*(?:'|\Z)
    | (?P<text>"(?:[^"\\]|\\.)*(?:"|\Z)|`(?:[^`\\]|\\.)*(?:`|\Z))
    | <<<[ \t]*(?P<quote>['"]?)(?P<label>\w+)(?P=quote)\r?\n
    """,
    re.DOTALL | re.VERBOSE,
)
_EXPRESSION = re.compile(r"\{\$|\$\{")
_PLAIN_EXPRESSION = re.compile(r"(?:\{\$|\$\{)[^{}'\"`]*(?:'[^'{}\"`\\]*'[^{}'\"`]*)*\}")


def unlike_php(text: str) -> str | None:
    """Name what is not read as PHP would read it; None if nothing is."""
    if text.strip() and not _OPEN.search(text):
        return "holds no PHP: it is sent as it stands"
    if _ENCODING.search(text):
        return "declares its encoding, which can hide code from readers of UTF-8"
    if not (_DOUBTFUL.search(text) or _SCRIPT.search(text)):
        return None
    for part in _outside(text):
        if _DOUBTFUL.search(part):
            return "opens code with <? alone, which a setting of the interpreter makes code or text"
        if _SCRIPT.search(part):
            return "holds a script for browsers outside its PHP, which no scanner reads"
    return None


def _outside(text: str) -> Iterator[str]:
    """Give the pieces that are sent as they stand; the rest of the text, code included, where that is unclear."""
    position = 0
    while opening := _OPEN.search(text, position):
        yield text[position : opening.start()]
        end = _end_of_code(text, opening.end())
        if end is None:
            yield text[opening.end() :]
            return
        position = end
    yield text[position:]


def _end_of_code(text: str, position: int) -> int | None:
    """Say where code ends, or None: a string holds an expression that only a parser can follow."""
    while token := _TOKEN.search(text, position):
        position = token.end()
        if token["end"]:
            return position
        if token["label"]:
            closing = re.compile(rf"^[ \t]*{token['label']}\b", re.MULTILINE).search(text, position)
            if not closing:
                return None
            position = closing.end()
        elif token["text"] and not _is_plain(token["text"]):
            return None
    return len(text)


def _is_plain(string: str) -> bool:
    """Every expression in the string is closed in it, so that its last quote is the string's own."""
    return all(_PLAIN_EXPRESSION.match(string, one.start()) for one in _EXPRESSION.finditer(string))
