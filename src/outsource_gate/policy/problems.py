"""Does a file's data fit its model; and if not, which one error says so best?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from outsource_gate.errors import PolicyError
from outsource_gate.model.span import AGE_PATTERN, SPAN_PATTERN
from outsource_gate.model.waiver import FINGERPRINT_PATTERN
from outsource_gate.policy.yaml_text import Path, YamlText, shown

M = TypeVar("M", bound=BaseModel)
Stands = Callable[[Path], tuple[YamlText, Path]]

# What a pattern of model.register asks for, in words.
_PATTERN_WORDS = {
    r"^[a-z0-9][a-z0-9._-]{0,63}$": "lower-case letters, digits and . _ -, at most 64, a letter or digit first",
    r"^[^\s@<>*]{1,64}@[^\s@<>*]{1,255}$": "one address such as name@host.example",
    r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$": "a full commit id, 40 or 64 lower-case hexadecimal digits",
    SPAN_PATTERN: "a span such as 14 days, 6 months or 1 year",
    AGE_PATTERN: "a span such as 90 days or 12 months, or `any` for no bound",
    r"^https://[^\s\"'<>]+$": "an address that begins with https://",
    FINGERPRINT_PATTERN: "a finding's fingerprint as reports give it: v1:... or hmac:...",
    r"^[0-9a-f]{64}$": "a SHA-256 as 64 lower-case hexadecimal digits",
    r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$": "a login as the forge writes it, without @",
}
_KIND_WORDS = {
    "string_type": "text (in quotes)",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def validate(model: type[M], text: YamlText, path: Path = ()) -> M:
    """Read the value at `path` as the model says; nothing is coerced: a number is no text, "2" is no number."""
    return validate_data(model, _at(text.data, path), lambda loc: (text, (*path, *loc)))


def validate_data(model: type[M], data: Any, stands: Stands) -> M:
    """Like `validate` for data put together from several files; `stands(loc)` says where a part came from."""
    try:
        # JSON mode is the strict one that still takes lists for tuples and words for enums.
        return model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems = [_located(problem, stands) for problem in error.errors(include_url=False)]
        # A misspelt key is unknown and missing at once; the misspelling says more.
        text, path, problem = min(problems, key=lambda it: (it[2]["type"] == "missing", it[0].line(it[1])))
        raise _error(model, text, path, problem) from None


def _located(problem: Any, stands: Stands) -> tuple[YamlText, Path, Any]:
    loc = tuple(step for step in problem["loc"] if step != "[key]")
    text, path = stands(loc)
    return text, path, problem | {"loc": loc}


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _error(model: type[BaseModel], text: YamlText, path: Path, problem: Any) -> PolicyError:
    kind, loc = problem["type"], problem["loc"]
    if kind == "extra_forbidden":
        allowed = sorted(_fields(model, loc[:-1]))
        what = f"unknown key {shown(loc[-1])}; allowed: {', '.join(allowed) or 'none'}"
        return text.error(path[:-1], what, _meant(loc[-1], allowed), at=path)
    if kind == "missing":
        about = _fields(model, loc[:-1]).get(str(loc[-1]), {}).get("description", "")
        return text.error(path[:-1], f"key {loc[-1]!r} is missing", f"add it{': ' + about if about else ''}")
    return text.error(path, *_words(kind, problem))


def _words(kind: str, problem: Any) -> tuple[str, str]:
    """Say what was found and what is allowed."""
    got, context = problem["input"], problem.get("ctx", {})
    if kind in ("literal_error", "enum"):
        allowed = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"unknown value {shown(got)}; allowed: {allowed}", _meant(got, allowed.split(", "))
    if kind in _KIND_WORDS:
        return f"expected {_KIND_WORDS[kind]}, got {_kind(got)}", ""
    if kind == "string_pattern_mismatch":
        return f"got {shown(got)}, expected {_PATTERN_WORDS.get(context['pattern'], context['pattern'])}", ""
    if kind == "string_too_short":
        return "must not be empty", "fill it in, or remove the key"
    if kind == "value_error":
        return f"{context['error']}, got {shown(got)}", ""
    message = problem["msg"].removeprefix("Input ").replace("should", "must")
    return f"{message[0].lower()}{message[1:]}, got {shown(got)}", ""


def _kind(got: Any) -> str:
    match got:
        case bool() | int():
            return f"{'the number ' if not isinstance(got, bool) else ''}{json.dumps(got)}"
        case str():
            return f"the text {shown(got)}"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return shown(got)


def _meant(got: Any, allowed: list[str]) -> str:
    close = get_close_matches(str(got), allowed, 1, 0.6)
    return f"did you mean {close[0]}?" if close else ""


def _fields(model: type[BaseModel], loc: Path) -> Mapping[str, Any]:
    """Give the keys that may stand at a place of the model, with their descriptions."""
    whole = model.model_json_schema()
    nodes = [whole]
    for step in loc:
        nodes = [child for node in _unfolded(nodes, whole) for child in _children(node, step)]
    return {name: about for node in _unfolded(nodes, whole) for name, about in node.get("properties", {}).items()}


def _children(node: Mapping[str, Any], step: str | int) -> Iterator[Any]:
    if isinstance(step, int):
        yield from (node[word] for word in ("items",) if word in node)
    elif step in node.get("properties", {}):
        yield node["properties"][step]
    elif isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


def _unfolded(nodes: list[Any], whole: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Follow references, and look into each branch of a choice."""
    for node in nodes:
        if "$ref" in node:
            yield from _unfolded([whole["$defs"][node["$ref"].rpartition("/")[2]]], whole)
        elif "anyOf" in node:
            yield from _unfolded(node["anyOf"], whole)
        else:
            yield node
