"""Which texts stand in a notebook's cells and outputs, as a reader of the notebook sees them?

The file itself is JSON, in which a text is cut into lines and any character can be written as an escape. No schema
is believed: every text below a cell counts, whatever its key, also where a key stands twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MAX_CELLS = 10_000
_Pairs = list[tuple[str, Any]]


def cells(text: str) -> Iterator[tuple[str, str]]:
    """Give (name, text) of each cell; of what is no JSON nothing, as no notebook program opens it either."""
    try:
        found: Any = json.loads(text, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        return
    for number, cell in enumerate(_cells(found), 1):
        if number > MAX_CELLS:
            yield "cells further down", "\n".join(_texts(found))
            return
        yield f"cell {number}", "\n".join(_texts(cell))
    yield "outside of cells", "\n".join(_texts(found, skip="cells"))


class _Object(list):  # type: ignore[type-arg]  # pairs, told apart from an array
    """An object with all its pairs, in order."""


def _cells(found: Any) -> Iterator[Any]:
    """nbformat 4 has them at the top, nbformat 3 in worksheets."""
    for key, value in found if isinstance(found, _Object) else ():
        if key == "cells" and isinstance(value, list):
            yield from value
        elif key == "worksheets" and isinstance(value, list):
            for sheet in value:
                yield from _cells(sheet)


def _texts(found: Any, skip: str | None = None) -> Iterator[str]:
    """Every text below, an array of lines joined to one; without recursion, as nesting is the file's choice."""
    stack = [found]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, _Object):
            for key, value in reversed(one):
                if key != skip:
                    stack += [value, key] if not isinstance(value, str) else [f"{key}: {value}"]
        elif isinstance(one, list):
            lines = [line for line in one if isinstance(line, str)]
            if lines:
                yield "".join(lines)
            stack += [other for other in reversed(one) if not isinstance(other, str)]
