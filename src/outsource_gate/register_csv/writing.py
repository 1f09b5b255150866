"""What does a register read as CSV? Pure: vendors in, the text of each file out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from outsource_gate.model.register import Vendor
from outsource_gate.register_csv.cells import cell_of, list_cell
from outsource_gate.register_csv.tables import PRESENT, Column, Table, register_tables

_Row = tuple[str, ...]


def csv_files(vendors: Iterable[Vendor], delimiter: str = ",") -> Mapping[str, str]:
    """Give every file by name, RFC 4180; those without rows, too, so that their columns are there to be filled."""
    top = register_tables()
    rows: dict[str, list[_Row]] = {table.file: [table.header] for table in top.all()}
    for vendor in vendors:
        entry = vendor.model_dump(mode="json", by_alias=True, exclude_none=True)
        for table, row in _rows(top, entry, (), ""):
            rows[table.file].append(row)
    return {file: _text(found, delimiter) for file, found in rows.items()}


def _text(rows: list[_Row], delimiter: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _rows(table: Table, entry: Any, above: _Row, key: str) -> Iterator[tuple[Table, _Row]]:
    keys = (*above, cell_of(key)) if table.key else above
    yield table, (*keys, *(_cell(column, entry) for column in table.columns))
    for below in table.below:
        inner = (*above, cell_of(entry["id"]))
        found = _at(entry, below.path)
        named = found.items() if isinstance(found, Mapping) else (("", one) for one in found or ())
        for name, one in named:
            yield from _rows(below, one, inner, name)


def _cell(column: Column, entry: Any) -> str:
    value = _at(entry, column.path)
    if value is None:
        return ""
    if column.is_presence:
        return PRESENT
    if column.is_number or column.is_day:
        return str(value)
    return list_cell(value) if column.is_list else cell_of(value)


def _at(entry: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if entry is None:
            return None
        entry = entry.get(step)
    return entry
