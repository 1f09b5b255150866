"""What does Docker read of a Dockerfile? Comments are taken out before lines make instructions.

A comment between the lines of an instruction is common, and semgrep cannot parse it where it is indented. Whatever
else changes the reading (another escape character, here-documents) leaves the file unread (`shell_spots`).
"""

from __future__ import annotations

import re

_CONTINUED = re.compile(r"\\[ \t]*\r?$")
_COMMENT = re.compile(r"[ \t]*#")


def without_comments(text: str) -> str:
    """Let the next line follow where a comment stands inside an instruction; lines keep their numbers."""
    lines = text.split("\n")
    is_inside = False
    for number, line in enumerate(lines):
        if is_inside and _COMMENT.match(line):
            lines[number] = "\\"
        elif line.strip() or not is_inside:
            is_inside = _CONTINUED.search(line) is not None and not (not is_inside and _COMMENT.match(line))
    return "\n".join(lines)
