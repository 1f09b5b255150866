"""What code does a notebook hold, and where does each of its lines stand? Pure.

The cells are put one below the other, once as they are written, once as Python runs them, once with what a shell
gets; a line has the same number in all three, and its place in the file. Outputs, attachments and prose are data.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from json import scanner
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from outsource_gate.scanners.magics import UnknownMagicError, parted
from outsource_gate.scanners.places import Place

MAX_CELLS = 10_000
# So that no cell stands where a source declares its encoding.
_ABOVE = ("# The cells of a notebook,", "# one below the other.")
_ODD_END = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TOLD = ("kernelspec", "language_info")
_OTHERS = frozenset("""
    r julia javascript typescript bash scala sql octave matlab ruby haskell go rust java kotlin c# f# powershell sas
    stata perl php lua ocaml clojure groovy c++ c++11 c++14 c++17 c fortran wolfram gap sparql prolog elixir
""".split())  # fmt: skip # noqa: SIM905 - a list of words


@dataclass(frozen=True, slots=True)
class Cells:
    """The code of a notebook; the three texts have the same lines, and `places` has one place for each."""

    code: str
    python: str
    shell: str  # "" where no cell calls a shell
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A notebook in another language."""

    language: str


class UnreadableNotebookError(Exception):
    """What the notebook runs cannot be told."""


class _Text(str):
    """A string of the file and where it begins."""

    __slots__ = ("at",)
    at: int


def cells_of(text: str) -> Cells | Other:
    """Read a notebook of format 4; UnreadableNotebookError says what is wrong with another."""
    try:
        notebook = _Reader().decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableNotebookError(f"is no JSON that means one thing: {str(error)[:80]}") from error
    if not isinstance(notebook, dict) or not isinstance(cells := notebook.get("cells"), list):
        raise UnreadableNotebookError("has no list of cells: format 4 is read, older ones are not")
    if "worksheets" in notebook or len(cells) > MAX_CELLS:
        raise UnreadableNotebookError(f"has worksheets, or more than {MAX_CELLS} cells")
    if language := _other_language(notebook.get("metadata")):
        return Other(language)
    ends = [match.start() for match in re.finditer("\n", text)]
    return _joined([one for one in enumerate(cells, 1) if _is_code(*one)], ends)


def _joined(cells: list[tuple[int, Any]], ends: list[int]) -> Cells:
    code, python, shell = list(_ABOVE), list(_ABOVE), ["", ""]
    places = [Place(1, "before the first cell")] * len(_ABOVE)
    for number, cell in cells:
        lines, at = _source(number, cell)
        try:
            found = parted(lines)
        except UnknownMagicError as error:
            raise UnreadableNotebookError(f"cell {number}: {error}") from error
        code += [*lines, ""]
        python += [*found.python, ""]
        shell += [*found.shell, ""]
        inside = [Place(bisect_right(ends, where) + 1, f"cell {number}, line {n}") for n, where in enumerate(at, 1)]
        places += [*inside, inside[-1]]
    return Cells("\n".join(code), "\n".join(python), "\n".join(shell) if any(shell) else "", tuple(places))


def _is_code(number: int, cell: Any) -> bool:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if kind not in ("code", "markdown", "raw"):
        raise UnreadableNotebookError(f"cell {number}: is neither code nor prose")
    if kind == "code" and (language := _cell_language(cell.get("metadata"))):
        raise UnreadableNotebookError(f"cell {number}: is in {language[:30]}")
    return bool(kind == "code")


def _source(number: int, cell: dict[str, Any]) -> tuple[list[str], list[int]]:
    """Give the lines of a cell and where in the file the string of each begins."""
    source = cell.get("source")
    pieces = [source] if isinstance(source, str) else source
    if not isinstance(pieces, list) or not all(isinstance(piece, _Text) for piece in pieces):
        raise UnreadableNotebookError(f"cell {number}: its source is no text")
    lines, at = [""], [pieces[0].at if pieces else 0]
    for piece in pieces:
        first, *more = piece.replace("\r\n", "\n").split("\n")
        if not lines[-1]:
            at[-1] = piece.at
        lines[-1] += first
        lines += more
        at += [piece.at] * len(more)
    if any(_ODD_END.search(line) for line in lines):
        raise UnreadableNotebookError(f"cell {number}: holds characters that end a line for some programs alone")
    return lines, at


def _other_language(metadata: Any) -> str:
    """Name the language if it is told, known, and not Python by any word."""
    kernel, language = (metadata.get(name) if isinstance(metadata, dict) else None for name in _TOLD)
    words = [
        str(part.get(name)).lower()
        for part, name in ((kernel, "language"), (kernel, "name"), (language, "name"))
        if isinstance(part, dict) and name in part
    ]
    others = [word for word in words if word in _OTHERS]
    return others[0] if others and not any("python" in word for word in words) else ""


def _cell_language(metadata: Any) -> str:
    own = metadata.get("vscode") if isinstance(metadata, dict) else None
    language = own.get("languageId") if isinstance(own, dict) else None
    return "" if language in (None, "python") else str(language)


class _Reader(json.JSONDecoder):
    """Reads JSON and remembers where each string begins; a key that stands twice is an error."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_once)
        self.parse_string = _placed
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _placed(text: str, begin: int, strict: bool) -> tuple[_Text, int]:
    read, end = scanstring(text, begin, strict)
    placed = _Text(read)
    placed.at = begin
    return placed, end


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
