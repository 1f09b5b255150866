"""What makes a finding the same finding in another version of a file?

`v1:` is the SHA-256 over rule id, snippet with white space folded, and enclosing symbol; never a path or a line,
so that moving code does not make it new. Two equal flaws in one symbol have one fingerprint and are told apart by
their number (`baseline`).

The symbol is found by indentation: each line above the finding that is indented less than all code between them,
and opens a function, method or class, adds its name. Comments, lines that begin with a closing bracket and lines
that are one opening brace do not count. Where indentation lies (minified code, text in column one inside a
function) the symbol is shorter or empty, which at worst makes an old finding new, or tells two equal flaws of one
file apart by their number alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence

_MAX_DEPTH = 200  # blocks; deeper ones are named by what encloses them
_MAX_LINE = 2_000  # characters of a line that are looked at for a symbol
_NAME = r"([\w$]+)"
_OPENS: dict[str, tuple[re.Pattern[str], ...]] = {
    "python": (re.compile(rf"(?:async\s+)?(?:def|class)\s+{_NAME}"),),
    "go": (re.compile(rf"func\s+(?:\([^)]*\)\s*)?{_NAME}"), re.compile(rf"type\s+{_NAME}")),
    "java": (
        re.compile(rf"(?:[\w@]+\s+)*(?:class|interface|enum|record)\s+{_NAME}"),
        re.compile(rf"(?:[\w<>\[\],.?@]+\s+)+{_NAME}\s*\([^;]*$"),
    ),
}
_OPENS["csharp"] = (
    re.compile(rf"(?:[\w\[\]]+\s+)*(?:class|interface|enum|record|struct)\s+{_NAME}"),
    re.compile(rf"(?:[\w<>\[\],.?]+\s+)+{_NAME}(?:<[\w, ]*>)?\s*\([^;]*$"),
)
_SCRIPT = (
    re.compile(rf"(?:export\s+|default\s+|async\s+)*(?:function\*?|class|interface|namespace)\s+{_NAME}"),
    re.compile(rf"(?:export\s+)?(?:const|let|var)\s+{_NAME}\s*=[^=]"),
    re.compile(rf"(?:(?:static|async|get|set|public|private|protected|readonly)\s+)*{_NAME}\s*\([^;]*\{{\s*$"),
    re.compile(rf"{_NAME}\s*[:=]\s*(?:async\b|function\b|\()"),
)
_KOTLIN = (
    re.compile(rf"(?:[\w@]+\s+)*(?:class|interface|object)\s+{_NAME}"),
    re.compile(rf"(?:[\w@]+\s+)*fun\s+(?:<[^>]*>\s*)?(?:[\w<>?,]+\.)*{_NAME}\s*\("),
)
_OPENS["kotlin"] = _KOTLIN
_C = (
    re.compile(rf"(?:typedef\s+)?(?:class|struct|union|namespace|enum(?:\s+class)?)\s+{_NAME}"),
    re.compile(rf"(?:[\w:<>,*&~]+\s+)*[*&]*(?:[\w:<>~]+::)?(~?{_NAME[1:-1]})\s*\([^;]*$"),
)
_OPENS |= {"c": _C, "cpp": _C}
_OPENS |= {"javascript": _SCRIPT, "typescript": _SCRIPT}
_OPENS["terraform"] = (re.compile(r"(?:[\w-]+\s+)?(?:\"?[\w-]+\"?\s+)?\"?([\w-]+)\"?\s*\{"),)
_OPENS["php"] = (
    re.compile(
        rf"(?:(?:abstract|final|readonly|public|private|protected|static)\s+)*"
        rf"(?:function\s+&?|class\s+|interface\s+|trait\s+|enum\s+){_NAME}",
        re.IGNORECASE,
    ),
)
_OPENS["ruby"] = (
    re.compile(rf"(?:(?:private|protected|public)\s+)?(?:class|module|def)\s+(?:self\.|\w+::)*{_NAME}"),
    re.compile(r"(?:get|post|put|patch|delete|task|namespace|describe|context|it)[ (]+[\"':]([\w/:.-]+)"),
)
_OPENS["rust"] = (
    re.compile(
        rf"(?:(?:pub(?:\([^)]*\))?|async|const|unsafe|extern(?:\s+\"[^\"]*\")?)\s+)*(?:fn|mod|trait)\s+{_NAME}"
    ),
    re.compile(rf"(?:unsafe\s+)?impl(?:<[^>]*>)?\s+(?:[\w:<>', ]+\s+for\s+)?{_NAME}"),
)
_OPENS["bash"] = (re.compile(r"(?:function\s+)?([\w.:-]+)\s*\(\s*\)"), re.compile(r"function\s+([\w.:-]+)"))
# The keys above it: jobs.build.steps.
_OPENS |= dict.fromkeys(
    ("github-actions", "gitlab-ci", "dependabot", "kubernetes", "compose"),
    (re.compile(r"[\"']?([\w./ -]+?)[\"']?[ \t]*:(?:\s|$)"),),
)
_NO_CODE = ("#", "//", "/*", "*", ")", "]")
_NOT_SYMBOLS = frozenset({"if", "for", "while", "switch", "catch", "with", "else", "return", "do", "try"})


def fingerprint(rule: str, snippet: str, symbol: str) -> str:
    """Form the fingerprint; the parts are joined by NUL, which none of them holds."""
    parts = (rule, folded(snippet), symbol)
    return "v1:" + hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def folded(text: str) -> str:
    """Fold white space as the fingerprint does; a snippet that is not in a folded file has no fingerprint there."""
    return " ".join(text.split())


def enclosing_symbols(lines: Sequence[str], wanted: Collection[int], language: str) -> dict[int, str]:
    """Name what each wanted line (from 1) stands in, outermost first, as "Class.method"; "" at the top level.

    One pass over the file, however many lines are wanted.
    """
    patterns = _OPENS.get(language, ())
    found = dict.fromkeys(wanted, "")
    if not patterns or not found:
        return found
    last = max(found)
    open_blocks: list[tuple[int, str]] = []
    for number, line in enumerate(lines[:last], 1):
        text = line[:_MAX_LINE].strip()
        is_code = text not in ("", "{") and not text.startswith(_NO_CODE)
        while is_code and open_blocks and open_blocks[-1][0] >= _indent(line):
            open_blocks.pop()
        if number in found:
            found[number] = ".".join(name for _, name in open_blocks if name)
        if is_code and len(open_blocks) < _MAX_DEPTH:
            open_blocks.append((_indent(line), _opened(text, patterns)))
    return found


def _indent(text: str) -> int:
    """Give the column where text starts."""
    space = text[: len(text) - len(text.lstrip())]
    return len(space.expandtabs(4))


def _opened(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        if (match := pattern.match(text)) and match[1] not in _NOT_SYMBOLS:
            return match[1]
    return ""
