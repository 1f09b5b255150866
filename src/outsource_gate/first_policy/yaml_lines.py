"""How is text that anybody may have written put into YAML, so that it is nothing but that text?"""

from __future__ import annotations

import re

from outsource_gate.reports.escape import visible

# Reads as this very text to every YAML parser: one word or several, beginning with a letter.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._@+/-]*(?: [A-Za-z0-9._@+/-]+)*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
MAX_TEXT = 200


def scalar(text: str) -> str:
    """Give a value that the loader reads back as `printable(text)`."""
    shown = printable(text)
    if _PLAIN.fullmatch(shown) and shown.lower() not in _WORDS:
        return shown
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def printable(text: str) -> str:
    """Give text on one line, cut where it is long; what a reader would not see is spelt out."""
    shown = visible(" ".join(text.split()))
    return shown if len(shown) <= MAX_TEXT else f"{shown[:MAX_TEXT]}..."


def comment(text: str) -> str:
    """Give a comment of one line."""
    return f"# {printable(text)}"
