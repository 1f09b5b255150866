"""Can a person review this source? Lines too long to read, code pushed out of sight, packed code. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAX_LINE = 5_000  # characters; forges cut lines long before
WIDE = 120  # blanks in a row, with code behind them; _BLANKS says it, too
MAX_BLANK_LINES = 300  # in a row, with code below them
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]{120,}+(?=[^\s\\])")
# What packers leave behind: Dean Edwards' packer, code of six characters alone.
_PACKED = (
    re.compile(r"\beval\(function\(p,a,c,k,e,(?:d|r)\)"),
    re.compile(r"[\[\]()!+]{400}"),
    re.compile(r"(?:\\x[0-9a-fA-F]{2}){400}"),
)
_ENOUGH = 1_001  # of one kind: whoever lists them stops before
_RENAMED, MANY = re.compile(r"\b_0x[0-9a-f]{4,6}\b"), 20  # names that obfuscator.io gives
# Line ends for some readers only: carriage returns alone, and what JavaScript takes for one (ECMA-262 12.3).
_ODD_END = re.compile("\r(?!\n)|[\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a reader from seeing what the code does."""

    kind: str  # "unreviewable-code" or "line-end"
    start: int
    note: str


def obstacles(text: str) -> Iterator[Obstacle]:
    """Look through a source text, line by line."""
    packed = [match.start() for pattern in _PACKED if (match := pattern.search(text))]
    renamed = [match.start() for match in islice(_RENAMED.finditer(text), MANY)]
    for start in (*packed, *(renamed[:1] if len(renamed) == MANY else ())):
        yield Obstacle("unreviewable-code", start, "packed or obfuscated code")
    for match in islice(_ODD_END.finditer(text), _ENOUGH):
        yield Obstacle("line-end", match.start(), f"U+{ord(match[0]):04X}")
    yield from _lines(text)


def _lines(text: str) -> Iterator[Obstacle]:
    lines = text.split("\n")
    if len(lines) <= MAX_BLANK_LINES and max(map(len, lines)) <= WIDE:
        return  # too few for a gap, and none too long: as nearly all files are
    start = blank = 0
    for line in lines:
        is_blank = not line.strip()
        if not is_blank and blank > MAX_BLANK_LINES:
            yield Obstacle("unreviewable-code", start, f"below {blank} blank lines")
        blank = blank + 1 if is_blank else 0
        if len(line) > MAX_LINE:
            yield Obstacle("unreviewable-code", start, f"a line of {len(line)} characters, at most {MAX_LINE}")
        elif len(line) > WIDE and (match := _BLANKS.search(line)) and _is_code(line[: match.start()]):
            yield Obstacle("unreviewable-code", start + match.end(), f"behind {len(match[0])} blanks")
        start += len(line) + 1


def _is_code(before: str) -> bool:
    """Whether blanks come after code; a table's row of prose has them, too."""
    return bool(before.strip()) and not before.lstrip().startswith("|")
