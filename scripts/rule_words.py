"""Write which words the shipped Python rules cannot do without: src/outsource_gate/scanners/rule_words.json.

Asked is semgrep itself, which derives from each rule a formula over words that a file must hold.
"""

from __future__ import annotations

import json
import subprocess
import sysconfig
import tempfile
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from outsource_gate.scanners.compiled import LOADER, rule_files
from outsource_gate.scanners.rule_words import LANGUAGE, TABLE, rule_digest

RULES = Path(__file__).resolve().parent.parent / "policies" / "rules" / LANGUAGE
FRAMEWORKS = ("django", "fastapi", "flask", "rest_framework", "starlette")
# In which share of ordinary files, here the standard library's, a word of the group stands at most.
SHARES = {"rare": 0.02, "seldom": 0.08}


def shipped_rules() -> list[dict[str, Any]]:
    """Give the rules as they stand in their files."""
    documents = [yaml.load(file.read_bytes(), Loader=LOADER) for file in rule_files(RULES)]  # noqa: S506
    return [rule for document in documents for rule in document["rules"]]


def formulas(rules: list[dict[str, Any]]) -> dict[str, Any]:
    """Ask semgrep for each rule's formula: And, Or, and Pred with words that must all be there."""
    spec = find_spec("semgrep")
    assert spec
    assert spec.origin
    program = Path(spec.origin).parent / "bin" / "semgrep-core"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rules.json").write_text(json.dumps({"rules": rules}))
        command = ["semgrep-core", "-prefilter_of_rules", "rules.json"]
        told = subprocess.run(command, executable=program, cwd=folder, check=True, capture_output=True).stdout
    rows = json.loads(told)
    return {row["rule_id"]: row["filter"][1] for row in rows if row["filter"] and row["filter"] != "None"}


def can_hold(formula: Any, absent: Collection[str]) -> bool:
    """Whether the formula may hold of a file in which none of these words stands."""
    kind, content = formula
    if kind == "Pred":
        return content[0] != "Idents" or not any(word in absent for word in content[1])
    return (all if kind == "And" else any)(can_hold(part, absent) for part in content)


def rare_words(formula: Any, share: float) -> frozenset[str] | None:
    """Give few and rare words of which the formula needs one; None where it needs none that is rare."""
    kind, content = formula
    if kind == "Pred":
        rare = [word for word in content[1] if _share(word) <= share] if content[0] == "Idents" else []
        return frozenset([min(rare, key=lambda word: (_share(word), word))]) if rare else None
    parts = [rare_words(part, share) for part in content]
    if kind == "Or":
        return None if None in parts else frozenset().union(*(part for part in parts if part))
    some = [part for part in parts if part is not None]
    return min(some, key=lambda words: (sum(map(_share, words)), sorted(words))) if some else None


@cache
def _share(word: str) -> float:
    return sum(word.encode() in text for text in _ordinary()) / len(_ordinary())


@cache
def _ordinary() -> tuple[bytes, ...]:
    library = Path(sysconfig.get_paths()["stdlib"])
    chosen = (file for file in sorted(library.rglob("*.py")) if not {"test", "site-packages"} & {*file.parts})
    return tuple(file.read_bytes() for file in chosen)


def table(rules: list[dict[str, Any]]) -> dict[str, Any]:
    """Put each rule that can be into a group, with the state it was in."""
    known: dict[str, tuple[str, str]] = {}
    groups: dict[str, set[str]] = {"web": {*FRAMEWORKS}, **{group: set() for group in SHARES}}
    asked = formulas(rules)
    for rule in (rule for rule in rules if rule["languages"] == [LANGUAGE] and rule["id"] in asked):
        group, words = _group(asked[rule["id"]])
        if group:
            known[rule["id"]] = (group, rule_digest(rule))
            groups[group] |= words
    return {"words": {group: sorted(words) for group, words in groups.items()}, "rules": known}


def _group(formula: Any) -> tuple[str, frozenset[str]]:
    if not can_hold(formula, FRAMEWORKS):
        return "web", frozenset()
    found = ((group, rare_words(formula, share)) for group, share in SHARES.items())
    return next(((group, words) for group, words in found if words), ("", frozenset()))


if __name__ == "__main__":
    TABLE.write_text(json.dumps(table(shipped_rules()), indent=1, sort_keys=True) + "\n", encoding="utf-8")
