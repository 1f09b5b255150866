"""What do the CSV files of a register say? A doubt is one error: file, row, column, got, expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outsource_gate.errors import PolicyError
from outsource_gate.model.register import Vendor
from outsource_gate.policy.problems import validate_data
from outsource_gate.policy.yaml_text import Path, YamlText, shown
from outsource_gate.register_csv.cells import number_of, text_of, words_of
from outsource_gate.register_csv.sheet import Cell, Sheet, read_sheet
from outsource_gate.register_csv.tables import PRESENT, VENDORS, Column, Table, register_tables

_DAYS = "write days as 2026-01-15; a spreadsheet may have written them in its own way"


@dataclass(frozen=True, slots=True)
class CsvText(YamlText):
    """A vendor's data put together from several files: errors name the cell that a value came from."""

    cells: dict[Path, Cell] = field(default_factory=dict, repr=False)

    def line(self, path: Path) -> int:
        return self._cell(path).row

    def error(self, path: Path, what: str, hint: str = "", at: Path | None = None) -> PolicyError:
        cell = self._cell(at or path)
        return cell.error(what, hint or (_DAYS if "a day as" in what else ""))

    def _cell(self, path: Path) -> Cell:
        """The cell of a value, or of the nearest thing around it that has one."""
        while path not in self.cells:
            path = path[:-1]
        return self.cells[path]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that other rows may belong to: its data, and where it stands in the vendor's."""

    data: dict[str, Any]
    path: Path
    text: CsvText


def read_register(files: Mapping[str, bytes]) -> tuple[Vendor, ...]:
    """Read every vendor, sorted by id; PolicyError for the first thing wrong."""
    top = register_tables()
    known = {table.file for table in top.all()}
    for name in sorted(files):
        if name not in known:
            raise PolicyError(f"{name}: no file of a register; known: {', '.join(sorted(known))}", hint="remove it")
    if top.file not in files:
        raise PolicyError(f"{top.file}: is not there", hint="`vendors export` shows which files there are")
    entries = _entries(top, files)
    vendors = (_vendor(entry) for _, entry in sorted(entries.items()))
    return tuple(vendors)


def _vendor(entry: _Entry) -> Vendor:
    return validate_data(Vendor, entry.data, lambda loc: (entry.text, loc))


def _entries(top: Table, files: Mapping[str, bytes]) -> dict[tuple[str, ...], _Entry]:
    found: dict[tuple[str, ...], _Entry] = {}
    for row in read_sheet(top.file, files[top.file], top.header):
        cell = row.needed("id")
        text = CsvText(top.file, None, "", {(): cell})
        entry = _Entry({}, (), text)
        _fill(top, row, entry)
        if (entry.data["id"],) in found:
            raise cell.error(f"{shown(cell.text)} stands here a second time", "one row for each vendor")
        found[entry.data["id"],] = entry
    if not found:
        raise PolicyError(f"{top.file}: no vendor in it", hint="add one row for each vendor")
    for table in top.below:
        _add(table, files, found, VENDORS)
    return found


def _add(table: Table, files: Mapping[str, bytes], above: dict[tuple[str, ...], _Entry], whose: str) -> None:
    """Add the rows of a file to the entries that they name."""
    entries: dict[tuple[str, ...], _Entry] = {}
    for row in read_sheet(table.file, files[table.file], table.header) if table.file in files else ():
        names = tuple(_text(row.needed(column)) for column in table.above)
        if names not in above:
            cell = row.cell(table.above[-1])
            raise cell.error(f"{shown(' '.join(names))} has no row in {whose}.csv", "correct it, or add the row")
        owner = above[names]
        entry = _appended(table, row, owner)
        if "id" in entry.data and table.below:
            if (*names, entry.data["id"]) in entries:
                raise row.cell("id").error(
                    f"{shown(entry.data['id'])} stands here a second time", "keep one of them"
                )
            entries[*names, entry.data["id"]] = entry
    for below in table.below:
        _add(below, files, entries, table.name)


def _appended(table: Table, row: Sheet, owner: _Entry) -> _Entry:
    place = (*owner.path, *table.path)
    key: str | int
    if table.key:
        cell = row.needed(table.key)
        key, holder = _text(cell), _held(owner.data, table.path, {})
        if key in holder:
            raise cell.error(f"{shown(key)} stands here a second time", "keep one of them")
        owner.text.cells[*place, key] = cell
        if table.is_plain:
            holder[key] = _text(row.needed(table.columns[0].name))
            return _Entry({}, (*place, key), owner.text)
        data: dict[str, Any] = {}
        holder[key] = data
    else:
        listed, data = _held(owner.data, table.path, []), {}
        key = len(listed)
        listed.append(data)
        owner.text.cells[*place, key] = row.cell(table.header[0])
    entry = _Entry(data, (*place, key), owner.text)
    _fill(table, row, entry)
    return entry


def _held(data: dict[str, Any], path: tuple[str, ...], empty: Any) -> Any:
    """The list or mapping at a path, made where there is none yet."""
    for step in path[:-1]:
        data = data.setdefault(step, {})
    return data.setdefault(path[-1], empty)


def _fill(table: Table, row: Sheet, entry: _Entry) -> None:
    for column in table.columns:
        cell = row.cell(column.name)
        if cell.text:
            value = _value(column, cell)
            if not column.is_presence or not isinstance(_at(entry.data, column.path), dict):
                _held(entry.data, column.path, value)
            entry.text.cells[*entry.path, *column.path] = cell
    for path in table.needed:
        if path[:-1] == () or isinstance(_at(entry.data, path[:-1]), dict):
            _held(entry.data, path, {})


def _value(column: Column, cell: Cell) -> Any:
    if column.is_presence:
        if cell.text != PRESENT:
            raise cell.error(f"got {shown(cell.text)}, expected {PRESENT} or nothing")
        return {}
    try:
        if column.is_number:
            return number_of(cell.text)
        if column.is_day:
            return cell.text.removeprefix("'")
        return words_of(cell.text) if column.is_list else text_of(cell.text)
    except ValueError as error:
        raise cell.error(f"got {shown(cell.text)}, {error}") from None


def _text(cell: Cell) -> str:
    try:
        return text_of(cell.text)
    except ValueError as error:
        raise cell.error(f"got {shown(cell.text)}, {error}") from None


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data
