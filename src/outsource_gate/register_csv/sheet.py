"""What stands in one CSV file, cell by cell? UTF-8, with or without a byte order mark; comma, semicolon or tab."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from outsource_gate.errors import PolicyError
from outsource_gate.policy.yaml_text import shown, unseen

_DELIMITERS = (",", ";", "\t")
MAX_ROWS = 250_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, where a spreadsheet shows it: its first row is 1."""

    file: str
    row: int
    column: str
    text: str

    def error(self, what: str, hint: str = "") -> PolicyError:
        """The one error for a cell: file, row, column, what is wrong, next step."""
        return PolicyError(f"{self.file}: row {self.row}, column {self.column}: {what}", hint=hint)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row, by the names of its columns."""

    file: str
    row: int
    cells: dict[str, str]

    def cell(self, column: str) -> Cell:
        return Cell(self.file, self.row, column, self.cells.get(column, ""))

    def needed(self, column: str) -> Cell:
        """A cell that says what the row is about."""
        cell = self.cell(column)
        if not cell.text:
            raise cell.error("is empty, expected a value in every row", "where cells are merged, divide them again")
        return cell


def read_sheet(file: str, raw: bytes, header: Sequence[str]) -> Iterator[Sheet]:
    """Read row by row; rows without any content are passed over."""
    text = _decoded(file, raw)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    try:
        for number, row in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise PolicyError(f"{file}: more than {MAX_ROWS} rows, the most allowed", hint="split it up")
            if not names:
                names = _names(file, row, header)
            elif any(row):
                yield _sheet(file, number, row, names)
    except csv.Error as error:
        raise PolicyError(
            f"{file}: line {rows.line_num}: is not valid CSV: {error}", hint="save it anew as CSV"
        ) from None
    if not names:
        raise PolicyError(
            f"{file}: is empty, expected the header {header[0]}, ...", hint="keep the header, or remove it"
        )


def _decoded(file: str, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        got = f"got byte 0x{raw[error.start]:02x}"
        raise PolicyError(f"{file}: line {line}: is not UTF-8, {got}", hint="save it as CSV UTF-8") from None
    if found := unseen(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found.group()[0]):04X}"
        raise PolicyError(f"{file}: line {line}: holds what readers do not see, {code}", hint="remove it")
    return text


def _names(file: str, row: list[str], header: Sequence[str]) -> list[str]:
    for number, name in enumerate(row):
        cell = Cell(file, 1, str(number + 1), name)
        if name not in header:
            close = get_close_matches(name, header, 1, 0.6)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(header)}"
            raise cell.error(f"unknown column {shown(name)}", hint)
        if name in row[:number]:
            raise cell.error(f"column {shown(name)} stands here a second time", "keep one of them")
    return row


def _sheet(file: str, number: int, row: list[str], names: list[str]) -> Sheet:
    """A row may end early, as spreadsheets write it; it may not have more than the header."""
    for extra in range(len(names), len(row)):
        if row[extra]:
            cell = Cell(file, number, str(extra + 1), row[extra])
            raise cell.error(f"got {shown(row[extra])}, expected {len(names)} cells as in the header")
    return Sheet(file, number, dict(zip(names, row, strict=False)))
