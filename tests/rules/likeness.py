"""How alike are two semgrep rules? By runs of words of their patterns and of what they say.

Two rules about one call have its name in common, so short patterns say nothing: what counts is a long run of the
same words in the same order, whatever metavariables are called and however the YAML is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RUN = 6  # words in a row
_LEAST_RUNS = 8  # in the smaller of the two; less is too little to have been copied
_WORD = re.compile(r"\$?[A-Za-z_][\w$]*|\d+|[^\s\w]")
_BESIDE = ("id", "languages", "severity", "mode", "message", "metadata")
_NEAR_CODE, _NEAR_PROSE = 0.6, 0.25  # share of the smaller one's runs that the other has, too


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as the sets of its runs of words."""

    id: str
    code: frozenset[tuple[str, ...]]
    prose: frozenset[tuple[str, ...]]


def read_rules(folder: Path) -> Iterator[Rule]:
    """Every semgrep rule below a folder; what is no rule file is passed over."""
    for path in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
        try:
            document = yaml.load(path.read_bytes(), Loader=_LOADER)
        except yaml.YAMLError:
            continue
        rules = document.get("rules") if isinstance(document, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and "id" in rule:
                yield _rule(rule)


def near_copies(ours: list[Rule], theirs: list[Rule]) -> list[tuple[str, str, str]]:
    """Pairs that share too much: (our id, their id, what)."""
    return [
        (own.id, other.id, what)
        for own in ours
        for other in theirs
        for what, mine, yours, limit in (
            ("patterns", own.code, other.code, _NEAR_CODE),
            ("words", own.prose, other.prose, _NEAR_PROSE),
        )
        if _shared(mine, yours) >= limit
    ]


def _shared(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= _LEAST_RUNS else 0.0


def _rule(rule: Mapping[str, Any]) -> Rule:
    code = {name: value for name, value in rule.items() if name not in _BESIDE}
    prose = [rule.get("message", ""), *_texts(rule.get("metadata", {}))]
    return Rule(str(rule["id"]), _runs(_texts(code)), _runs(prose, fold=True))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _runs(texts: Any, *, fold: bool = False) -> frozenset[tuple[str, ...]]:
    """Runs within one text; a metavariable is a metavariable, and "..." is one word."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = [_plain(word, fold=fold) for word in _WORD.findall(str(text).replace("...", " _ELLIPSIS_ "))]
        words = [word for word in words if not fold or word.isalnum()]
        found.update(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))
    return frozenset(found)


def _plain(word: str, *, fold: bool) -> str:
    if word.startswith("$"):
        return "$"
    return word.lower() if fold else word
