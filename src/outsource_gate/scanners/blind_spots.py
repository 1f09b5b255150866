"""Where does an interpreter read other text than the scanners do?

Scanners miss these without an error (measured for the pinned semgrep), so such a file counts as unread.
"""

from __future__ import annotations

import io
import re
import tokenize
import unicodedata
from collections.abc import Callable

from outsource_gate.scanners.content import python_encoding
from outsource_gate.scanners.php_pages import unlike_php

# Supersets of ASCII that cannot turn other bytes into syntax; the text was decoded as UTF-8 before.
_PLAIN_ENCODINGS = re.compile(
    r"utf[-_]?8(?:[-_](?:sig|unix|dos))?|u8|(?:us-?)?ascii|646|latin[-_]?[1-9]|l1|iso[-_]?8859[-_]?\d+|(?:cp|windows[-_]?)125\d"
)
_NON_ASCII_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
# An ASCII character that a Java source spells as an escape is read before anything else (JLS 3.3), in comments
# too. Spaces and control characters but line ends are harmless and common in strings.
_JAVA_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u+00(?:0[aAdD]|2[1-9a-fA-F]|[3-6][0-9a-fA-F]|7[0-9a-eA-E])")
# Names may spell letters as escapes (ECMA-262 12.7): ev\u0061l is eval, and no pattern sees it.
_SCRIPT_ESCAPE = re.compile(
    r"\\u(?:00|\{0*)(?:24|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a])(?![0-9a-f])", re.IGNORECASE
)


def blind_spot(language: str, data: bytes, text: str) -> str | None:
    """Name what makes the scanners' reading of a source file unlike the interpreter's; None if nothing does."""
    check = _CHECKS.get(language)
    return check(data, text) if check else None


def _python(data: bytes, text: str) -> str | None:
    encoding = python_encoding(data)
    if not _PLAIN_ENCODINGS.fullmatch(encoding):
        return f"declares the encoding {encoding[:40]}; expected UTF-8"
    return _lone_return(data, text) or _look_alikes(text)


def _lone_return(_data: bytes, text: str) -> str | None:
    if "\r" in text and re.search(r"\r(?!\n)", text):
        return "has bare carriage returns, which end a line for the interpreter but not for scanners"
    return None


def _look_alikes(text: str) -> str | None:
    """Python folds names by NFKC (reference 2.3): full-width letters can spell eval. Strings are left alone."""
    if text.isascii():
        return None
    words = {word for word in _NON_ASCII_WORD.findall(text) if unicodedata.normalize("NFKC", word).isascii()}
    if not words:
        return None
    try:
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        found = sorted({token.string for token in tokens if token.type == tokenize.NAME} & words)
    except (tokenize.TokenError, SyntaxError):
        found = sorted(words)  # cannot tell names from strings
    if not found:
        return None
    return f"spells the name {unicodedata.normalize('NFKC', found[0])[:40]} with look-alike letters"


def _java(data: bytes, text: str) -> str | None:
    if _JAVA_ESCAPE.search(text):
        return "spells ASCII characters as Unicode escapes, which the compiler reads as code"
    return _lone_return(data, text)


def _script(_data: bytes, text: str) -> str | None:
    if "\\u" in text and _SCRIPT_ESCAPE.search(text):
        return "spells ASCII letters as Unicode escapes, which can hide a name"
    return None


def _php(_data: bytes, text: str) -> str | None:
    return unlike_php(text)


_CHECKS: dict[str, Callable[[bytes, str], str | None]] = {
    "python": _python,
    "java": _java,
    "javascript": _script,
    "typescript": _script,
    "go": _lone_return,
    "php": _php,
}
