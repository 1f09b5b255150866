"""Which semgrep rules are there, and which of them do these files need?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outsource_gate.errors import ToolError
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners.compiled import LOADER, read_compiled, rule_files
from outsource_gate.scanners.rule_words import kept_to
from outsource_gate.scanners.yaml_kinds import YAML_KINDS, suffix_of

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
    "c#": "csharp",
    "c++": "cpp",
    "sh": "bash",
    "docker": "dockerfile",
    "hcl": "terraform",
    "tf": "terraform",
}
# What semgrep calls those of our languages that are kinds of one of its own.
_KINDS = {"github-actions": "yaml", "gitlab-ci": "yaml", "kubernetes": "yaml", "compose": "yaml"}
# In which folders the shipped rules for a language lie, where not in its own alone: RUN lines are shell, too.
_PACKS = {"typescript": ("javascript",), "cpp": ("c",), "dockerfile": ("bash", "dockerfile")}
_ANY = frozenset({"generic", "regex"})
_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")


def rules_for(folders: Iterable[Path], languages: frozenset[str], only: frozenset[str]) -> list[Rule]:
    """Give the rules of these folders that read one of the languages; ToolError for one that cannot be meant."""
    found: dict[str, Rule] = {}
    for part in (part for folder in folders for part in _parts(folder, languages)):
        for rule in _folder(part):
            if rule["id"] in found:
                raise ToolError(f"{part.name}: two rules are called {rule['id']} -> rename one")
            found[rule["id"]] = rule
    wanted = (rule for rule in found.values() if not only or rule["id"] in only)
    return [rule for rule in wanted if _reads(rule) & (known_as(languages) | _ANY)]


def known_as(languages: frozenset[str]) -> frozenset[str]:
    """Give semgrep's names of our languages."""
    return frozenset(_KINDS.get(language, language) for language in languages)


def rules_reading(rules: Iterable[Rule], language: str) -> list[Rule]:
    """Give of these rules those that are run on files in one language."""
    return [rule for rule in rules if _reads(rule) & (known_as(frozenset({language})) | _ANY)]


def _parts(folder: Path, languages: frozenset[str]) -> Iterator[Path]:
    """Of the shipped rules only the folders of these languages: parsing YAML is most of what starting costs."""
    if folder != shipped_folder() / "rules":
        yield folder
        return
    for pack in sorted({pack for language in languages for pack in _PACKS.get(language, (language,))}):
        if (folder / pack).is_dir():
            yield folder / pack


def _reads(rule: Rule) -> frozenset[str]:
    return frozenset(_ALIASES.get(name, name) for name in map(str, rule["languages"]))


@cache
def _folder(folder: Path) -> tuple[Rule, ...]:
    """Read every rule file below a folder, once in a run."""
    contents = [(file.relative_to(folder).as_posix(), _content(file)) for file in rule_files(folder)]
    is_shipped = folder.parent == shipped_folder() / "rules"
    documents = read_compiled(folder.name, contents) if is_shipped else None
    if documents is None:
        documents = [_document(name, content) for name, content in contents]
    named = zip((name for name, _ in contents), documents, strict=True)
    rules = tuple(rule for name, document in named for rule in _rules(name, document))
    if is_shipped and folder.name in _KINDS:
        rules = tuple(rule | {"paths": _own_files(folder.name)} for rule in rules)
    if is_shipped:
        rules = tuple(map(kept_to, rules))
    if not rules:
        raise ToolError(f"{folder.name}: no semgrep rules in it -> name a folder with .yaml files of rules")
    return rules


def _own_files(kind: str) -> dict[str, list[str]]:
    """Keep the rules for a kind to its files, whose names in the room tell them apart."""
    if kind in YAML_KINDS:
        return {"include": [f"*{suffix_of(kind)}"]}
    return {"exclude": [f"*{suffix_of(other)}" for other in sorted(YAML_KINDS)]}


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _unreadable(file.name, error) from error
    if len(content) > MAX_BYTES:
        raise ToolError(f"{file.name}: more than {MAX_BYTES} bytes of rules -> split it")
    return content


def _document(name: str, content: bytes) -> Any:
    try:
        return yaml.load(content, Loader=LOADER)  # noqa: S506 -- a safe loader, the C one where there is one
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> ToolError:
    return ToolError(f"{name}: cannot be read as rules: {' '.join(str(error).split())[:200]}")


def _rules(name: str, document: Any) -> Iterator[Rule]:
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
