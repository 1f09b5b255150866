"""What makes a finding the same finding in another version of a file?

`v1:` is the SHA-256 over rule id, snippet with white space folded, and enclosing symbol; never a path or a line,
so that moving code does not make it new. Two equal flaws in one symbol have one fingerprint and are told apart by
their number (`baseline`).

The symbol is found by indentation: going up from the finding, each line that is indented less and opens a function,
method or class adds its name. That is wrong where indentation lies (minified code, a closing brace in column one
inside a function): then the symbol is shorter or empty, which only makes a finding new that was not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_MAX_UP = 5_000  # lines; further up nothing encloses in earnest
_MAX_LINE = 2_000  # characters of a line that are looked at for a symbol
_NAME = r"([\w$]+)"
_OPENS = {
    "python": (re.compile(rf"(?:async\s+)?(?:def|class)\s+{_NAME}"),),
    "go": (re.compile(rf"func\s+(?:\([^)]*\)\s*)?{_NAME}"), re.compile(rf"type\s+{_NAME}")),
    "java": (
        re.compile(rf"(?:[\w@]+\s+)*(?:class|interface|enum|record)\s+{_NAME}"),
        re.compile(rf"(?:[\w<>\[\],.?@]+\s+)+{_NAME}\s*\([^;]*$"),
    ),
}
_SCRIPT = (
    re.compile(rf"(?:export\s+|default\s+|async\s+)*(?:function\*?|class|interface|namespace)\s+{_NAME}"),
    re.compile(rf"(?:export\s+)?(?:const|let|var)\s+{_NAME}\s*=[^=]"),
    re.compile(rf"(?:(?:static|async|get|set|public|private|protected|readonly)\s+)*{_NAME}\s*\([^;]*\{{\s*$"),
    re.compile(rf"{_NAME}\s*[:=]\s*(?:async\b|function\b|\()"),
)
_NOT_SYMBOLS = frozenset({"if", "for", "while", "switch", "catch", "with", "else", "return", "do", "try"})


def fingerprint(rule: str, snippet: str, symbol: str) -> str:
    """Form the fingerprint; the parts are joined by NUL, which none of them holds."""
    parts = (rule, " ".join(snippet.split()), symbol)
    return "v1:" + hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def enclosing_symbol(lines: Sequence[str], line: int, language: str) -> str:
    """Name what line number `line` (from 1) stands in, outermost first, as "Class.method"; "" at the top level."""
    patterns = _OPENS.get(language, _SCRIPT if language in ("javascript", "typescript") else ())
    if not patterns or not 1 <= line <= len(lines):
        return ""
    names: list[str] = []
    depth = _indent(lines[line - 1])
    for text in reversed(lines[max(0, line - 1 - _MAX_UP) : line - 1]):
        indent = _indent(text)
        if indent >= depth:
            continue
        depth = indent
        if name := _opened(text[:_MAX_LINE].strip(), patterns):
            names.append(name)
        if depth == 0:
            break
    return ".".join(reversed(names))


def _indent(text: str) -> int:
    """Give the column where text starts; a blank line encloses nothing and is indented beyond all others."""
    stripped = text.lstrip()
    return len(text.expandtabs(4)) - len(stripped.expandtabs(4)) if stripped else 1 << 30


def _opened(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        if (match := pattern.match(text)) and match[1] not in _NOT_SYMBOLS:
            return match[1]
    return ""
