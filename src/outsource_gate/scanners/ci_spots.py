"""Where do forges read another pipeline than our patterns do? Pure.

Patterns look at the text of a command. YAML can spell it in escapes, and YAML and the shell can put a word together
from two lines.
"""

from __future__ import annotations

import re

from outsource_gate.scanners.yaml_shape import MAX_BLOCK_LINE, MAX_UNFOLDED, Shape, shape

# YAML 1.1 ends lines there, and so comments, too; YAML 1.2 does not.
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
# Letters, digits and signs of the shell, inside double quotes. Escape sequences of terminals are left alone.
_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:x|u00|U000000)(?:2[0134689a-f]|[3-6][0-9a-f]|7[0-9a-e])(?![0-9a-f]{2})", re.IGNORECASE
)
_SPLIT_WORD = re.compile(r"\w\\\r?\n[ \t]*\w")
_BINARY = re.compile(r"!!binary\b|!<tag:yaml\.org,2002:binary>")


def ci_spot(_data: bytes, text: str) -> str | None:
    """Name what hides a command from patterns; None if nothing does."""
    if _ODD_BREAK.search(text):
        return "has line ends that only some YAML readers know"
    if "\\" in text and _ESCAPE.search(text):
        return "spells plain characters as escapes, which can hide a command"
    if "\\" in text and _SPLIT_WORD.search(text):
        return "puts a word together from two lines, which can hide a command"
    if _BINARY.search(text):
        return "has text in base64, which can hide a command"
    return _too_much(shape(text))


def _too_much(found: Shape) -> str | None:
    """semgrep keeps no limit of its own for either."""
    if found.long_line:
        return f"has a line of more than {MAX_BLOCK_LINE} characters in a block of text"
    if found.unfolded > MAX_UNFOLDED:
        return f"has aliases that stand for more than {MAX_UNFOLDED} nodes"
    return None
