"""Which semgrep rules are there, and which of them do these files need?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outsource_gate.errors import ToolError

Rule = dict[str, Any]
MAX_BYTES = 4 << 20  # of one rule file
# What semgrep calls our languages besides their names. The last two read any text.
_ALIASES = {
    "py": "python",
    "python2": "python",
    "python3": "python",
    "js": "javascript",
    "jsx": "javascript",
    "ts": "typescript",
    "tsx": "typescript",
    "golang": "go",
}
_ANY = frozenset({"generic", "regex"})
_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def rules_for(folders: Iterable[Path], languages: frozenset[str], only: frozenset[str]) -> list[Rule]:
    """Give the rules of these folders that read one of the languages; ToolError for one that cannot be meant."""
    found: dict[str, Rule] = {}
    for folder in folders:
        for rule in _folder(folder):
            if rule["id"] in found:
                raise ToolError(f"{folder.name}: two rules are called {rule['id']} -> rename one")
            found[rule["id"]] = rule
    wanted = (rule for rule in found.values() if not only or rule["id"] in only)
    return [rule for rule in wanted if _reads(rule) & (languages | _ANY)]


def _reads(rule: Rule) -> frozenset[str]:
    return frozenset(_ALIASES.get(name, name) for name in map(str, rule["languages"]))


@cache
def _folder(folder: Path) -> tuple[Rule, ...]:
    """Read every rule file below a folder, once in a run."""
    files = sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
    rules = tuple(rule for file in files for rule in _file(file, file.relative_to(folder).as_posix()))
    if not rules:
        raise ToolError(f"{folder.name}: no semgrep rules in it -> name a folder with .yaml files of rules")
    return rules


def _file(file: Path, name: str) -> Iterator[Rule]:
    try:
        content = file.read_bytes()
        if len(content) > MAX_BYTES:
            raise ToolError(f"{name}: more than {MAX_BYTES} bytes of rules -> split it")
        document = yaml.load(content, Loader=_Loader)  # noqa: S506 -- a safe loader, the C one where there is one
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ToolError(f"{name}: cannot be read as rules: {' '.join(str(error).split())[:200]}") from error
    rules = document.get("rules") if isinstance(document, dict) else None
    if not isinstance(rules, list):
        raise ToolError(f"{name}: no list of rules in it -> a rule file begins with `rules:`")
    for rule in rules:
        if not _is_rule(rule):
            raise ToolError(f"{name}: a rule needs an id of letters, digits, dots and dashes, and languages")
        yield rule


def _is_rule(rule: object) -> bool:
    if not isinstance(rule, dict) or not isinstance(rule.get("languages"), list):
        return False
    return isinstance(rule.get("id"), str) and _ID.fullmatch(rule["id"]) is not None
