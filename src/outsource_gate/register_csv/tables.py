"""Which files and columns does a register have as CSV? Read off the register's models, so that none is forgotten.

What stands once in an entry is a column of it (`contract.valid.from`), what stands several times is a file of its
own whose rows name the entry that they belong to. A list of words is one cell, a word a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from outsource_gate.model.register import Vendor

VENDORS = "vendors"
PRESENT = "yes"
_FILES = {"github": "github-accounts", "gitlab": "gitlab-accounts", "track_record": "incidents"}
_KEYS = {"clauses": "clause", "artefacts": "artefact", "training": "training", "answers": "question"}
_ENTRY = {"vendors": "vendor", "people": "person"}
_VALUE = "answer"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` leads to its value within the entry of a row."""

    name: str
    path: tuple[str, ...]
    is_number: bool = False
    is_day: bool = False
    is_list: bool = False
    is_presence: bool = False  # "yes": the part of the entry is there, also where nothing else of it is said


@dataclass(frozen=True, slots=True)
class Table:
    """One file. `path` leads from the entry above to the list or mapping that its rows make up."""

    name: str
    path: tuple[str, ...]
    above: tuple[str, ...]  # columns that name the entries above: vendor, person
    key: str  # column with a mapping's key; "": a list
    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...] = ()  # parts that an entry always has, also where nothing of them is said
    below: tuple[Table, ...] = ()
    is_plain: bool = False  # the mapping's values are words

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        key = (self.key,) if self.key else ()
        return (*self.above, *key, *(column.name for column in self.columns))

    def all(self) -> Iterator[Table]:
        """This one, and those below."""
        yield self
        for table in self.below:
            yield from table.all()


@cache
def register_tables() -> Table:
    """The table of vendors, with those below."""
    return _table(VENDORS, (), (), "", Vendor)


def _table(name: str, path: tuple[str, ...], above: tuple[str, ...], key: str, model: type[BaseModel]) -> Table:
    columns, below, needed = list[Column](), list[Table](), list[tuple[str, ...]]()
    inner = (*above, _ENTRY[name]) if name in _ENTRY else above
    for part in _parts(model, ()):
        if isinstance(part, Column):
            columns.append(part)
        elif isinstance(part, _Needed):
            needed.append(part.path)
        else:
            where, kind, content = part
            below.append(_collection(where, kind, content, inner))
    return Table(name, path, above, key, tuple(columns), tuple(needed), tuple(below))


def _collection(path: tuple[str, ...], kind: str, content: Any, above: tuple[str, ...]) -> Table:
    last = path[-1]
    name, key = _FILES.get(last, last.replace("_", "-")), _KEYS.get(last, "key") if kind == "map" else ""
    if not _is_model(content):
        return Table(name, path, above, key, (Column(_VALUE, ()),), is_plain=True)
    return _table(name, path, above, key, content)


@dataclass(frozen=True, slots=True)
class _Needed:
    path: tuple[str, ...]


_Part = Column | _Needed | tuple[tuple[str, ...], str, Any]


def _parts(model: type[BaseModel], at: tuple[str, ...]) -> Iterator[_Part]:
    """Columns, and collections that get a file of their own, in the order of the model's fields."""
    for name, field in model.model_fields.items():
        path = (*at, field.alias or name)
        kind, content = _kind(field.annotation)
        column = Column(".".join(path), path, content is int, content is date, kind == "list")
        if kind in ("list", "map") and (kind == "map" or _is_model(content)):
            yield path, kind, content
        elif _is_model(content):
            if field.is_required():
                yield _Needed(path)
            elif field.default is None and not any(one.is_required() for one in content.model_fields.values()):
                yield Column(column.name, path, is_presence=True)
            yield from _parts(content, path)
        else:
            yield column


def _kind(annotation: Any) -> tuple[str, Any]:
    """Say whether it is one thing, a list or a mapping, and of what."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inner[0])
    if origin in (Union, UnionType):
        (only,) = (one for one in inner if one is not NoneType)
        return _kind(only)
    if origin is tuple:
        return "list", _kind(inner[0])[1]
    if origin is dict:
        return "map", _kind(inner[1])[1]
    return "one", annotation


def _is_model(content: Any) -> bool:
    return isinstance(content, type) and issubclass(content, BaseModel)
