"""What is in the shipped rule pack? Reads policies/rules for the tests beside this file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

PACK = Path(__file__).parents[2] / "policies" / "rules"

# `# ruleid: a, b` above a line, in the comment style of any of the languages.
_ANNOTATION = re.compile(r"(?:#|//|/\*|<!--)\s*(ruleid|ok):\s*([\w., -]+?)\s*(?:\*/|-->|$)")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim of a test file: this rule finds something (ruleid) or nothing (ok) on this line."""

    kind: str
    rule: str
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One YAML file of rules and the test files beside it."""

    path: Path

    @property
    def language(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.language}/{self.path.stem}"

    @property
    def tests(self) -> tuple[Path, ...]:
        beside = self.path.parent.glob(f"{self.path.stem}.*")
        return tuple(sorted(one for one in beside if one != self.path))

    def rules(self) -> tuple[Mapping[str, Any], ...]:
        """Give the rules as they are written; a file without any is an error."""
        document = _parsed(self.path)
        assert set(document) == {"rules"}, f"{self.path}: only `rules:` belongs at the top"
        assert document["rules"], f"{self.path}: no rules"
        return tuple(cast("list[Mapping[str, Any]]", document["rules"]))

    def annotations(self) -> tuple[Annotation, ...]:
        """Give what the test files beside the rules say about them."""
        return tuple(one for test in self.tests for one in _annotations(test))


@cache
def _parsed(path: Path) -> dict[str, Any]:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(document, dict), f"{path}: not a mapping"
    return document


@cache
def _annotations(test: Path) -> tuple[Annotation, ...]:
    found, waiting = [], list[tuple[str, str]]()
    for number, line in enumerate(test.read_text(encoding="utf-8").splitlines(), start=1):
        # Annotations speak about the next line that is none itself.
        if match := _ANNOTATION.search(line):
            waiting += [(match[1], rule.strip()) for rule in match[2].split(",")]
        else:
            found += [Annotation(kind, rule, test, number) for kind, rule in waiting]
            waiting.clear()
    assert not waiting, f"{test}: an annotation at the end speaks about nothing"
    return tuple(found)


def languages() -> tuple[str, ...]:
    """Give the languages that have a folder of rules."""
    return tuple(sorted(one.name for one in PACK.iterdir() if one.is_dir()))


def rule_files() -> tuple[RuleFile, ...]:
    """Give every rule file of the pack, in a fixed order."""
    return tuple(RuleFile(path) for path in sorted(PACK.glob("*/*.yaml")) if not path.stem.endswith(".test"))
