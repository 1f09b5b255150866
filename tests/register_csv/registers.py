"""Registers of every shape, built from the models themselves: each field there or not, each list of any length."""

from __future__ import annotations

from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Document

# What spreadsheets run, take for something else, or trim, beside ordinary words.
HARD = (
    "=1+1", "+49 30 0000", "-2", "@SUM(A1)", "'quoted", "''", '"', 'a "b", c;d', "0042", "7.10", "1E5", "12e45678",
    "15.01.2026", "2026-01-15", "1/2", "SEP2", "true", "no", "~", "null", "5%", "a\\nb", "\\", "a\nb", "tab\tin",
    "# no comment", "a: b", "- x", "{x}", "[y]", "*z", "&a", "!t", "% d", "Ü ß 漢", "x,y;z", "10:30", "on",
)  # fmt: skip
_SLUGS = st.sampled_from(["a", "b1", "0042", "12e4", "true", "no", "on", "jan1", "2026", "null", "x-y.z_1", "7.10"])
_PATTERNS = {
    r"^[a-z0-9][a-z0-9._-]{0,63}$": _SLUGS,
    r"^[^\s@<>*]{1,64}@[^\s@<>*]{1,255}$": st.sampled_from(["a@b.example", "+x@b.c", "=y@b.c", "'z@b.c"]),
    r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$": st.sampled_from(["1" * 40, "0" * 64, "12e4" * 10, "a" * 40]),
    r"^[1-9][0-9]{0,3} (?:days?|weeks?|months?|years?)$": st.sampled_from(["1 day", "12 months", "2 years"]),
    r"^[0-9a-f]{64}$": st.sampled_from(["0" * 64, "e" * 64, "12e4" * 16]),
    r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$": st.sampled_from(["ina", "007", "True", "_x", "1e5"]),
    r"^https://[^\s\"'<>]+$": st.just("https://archive.corp.example/a,b;c"),
}  # fmt: skip
_TEXTS = st.one_of(
    st.sampled_from(HARD), st.sampled_from(["legal", "ISO/IEC 27001", "Acme Dev Ltd", "services/**"])
)
_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(str)


def vendors(id: str) -> st.SearchStrategy[Vendor]:
    """Any vendor that the models allow, under this id."""
    return _data(Vendor).map(lambda data: Vendor.model_validate({**data, "id": id, "people": _apart(data)}))


def _apart(data: dict[str, Any]) -> list[dict[str, Any]]:
    """People of one vendor have ids of their own."""
    return [{**person, "id": f"p{number}"} for number, person in enumerate(data.get("people", ()))]


def _data(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    if model is Document:
        both = st.fixed_dictionaries({"sha256": st.just("0" * 64), "file": _TEXTS})
        return st.one_of(
            both, both.map(lambda it: {"sha256": it["sha256"], "url": "https://archive.corp.example/x"})
        )
    needed, optional = dict[str, Any](), dict[str, Any]()
    for name, field in model.model_fields.items():
        (needed if field.is_required() else optional)[field.alias or name] = _value(
            field.annotation, tuple(field.metadata)
        )
    return st.fixed_dictionaries(needed, optional=optional)


def _value(annotation: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - kinds
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(inner[0], (*metadata, *inner[1:]))
    if origin in (Union, UnionType):
        return _value(next(one for one in inner if one is not NoneType), metadata)
    if origin is Literal:
        return st.sampled_from([*inner])
    if origin is tuple:
        is_needed = any(getattr(one, "min_length", None) for one in metadata)
        return st.lists(_value(inner[0]), min_size=1 if is_needed else 0, max_size=3)
    if origin is dict:
        return st.dictionaries(_value(inner[0]), _value(inner[1]), max_size=2)
    if annotation is date:
        return _DAYS
    if annotation is int:
        return st.integers(1, 100)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _data(annotation)
    patterns = [pattern for one in metadata if (pattern := getattr(one, "pattern", None))]
    return _PATTERNS[str(patterns[0])] if patterns else _TEXTS
