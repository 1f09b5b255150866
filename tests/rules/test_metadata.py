"""Does every shipped rule say what it finds, why, how to fix it, and prove it on examples?"""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tests.rules.pack import PACK, RuleFile, languages, rule_files

FILES = rule_files()
LANGUAGES = {
    "python": {"python"},
    "javascript": {"javascript", "typescript"},
    "java": {"java"},
    "csharp": {"csharp"},
    "kotlin": {"kotlin"},
    "go": {"go"},
    "ruby": {"ruby"},
    "php": {"php"},
    "c": {"c", "cpp"},
    "terraform": {"terraform"},
    "bash": {"bash", "dockerfile"},
    "dockerfile": {"dockerfile"},
    "github-actions": {"yaml"},
    "gitlab-ci": {"yaml"},
    "kubernetes": {"yaml"},
    "rust": {"rust"},
    "compose": {"yaml"},
}

Level = Literal["low", "medium", "high"]
Sentence = Annotated[str, StringConstraints(min_length=40, max_length=600, pattern=r"^[^\n].*[.)]\s*$")]


class Metadata(BaseModel):
    """What a rule must say besides its patterns."""

    model_config = ConfigDict(extra="forbid", strict=True)

    severity: Literal["low", "medium", "high", "critical"]
    confidence: Level
    cwe: list[Annotated[str, StringConstraints(pattern=r"^CWE-[1-9][0-9]{0,3}$")]] = Field(min_length=1)
    owasp: list[Annotated[str, StringConstraints(pattern=r"^A(0[1-9]|10):(2021|2025)$")]] = Field(min_length=2)
    why: Sentence
    fix: Sentence
    origin: str = Field(min_length=10)
    category: Literal[
        "injection",
        "deserialisation",
        "path-traversal",
        "xss",
        "ssrf",
        "crypto",
        "secrets",
        "process",
        "memory",
        "xxe",
        "redirect",
        "misconfiguration",
        "other",
    ]


class Rule(BaseModel):
    """The fields of a rule that are the same in every mode."""

    model_config = ConfigDict(extra="allow", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+){1,3}$")]
    languages: list[str] = Field(min_length=1)
    severity: Literal["ERROR", "WARNING", "INFO"]
    message: Sentence
    metadata: Metadata


RULES = [pytest.param(file, rule, id=rule["id"]) for file in FILES for rule in file.rules()]


def test_every_folder_of_the_pack_is_a_known_language() -> None:
    """A folder that nobody lists would ship rules that nothing loads; and an empty pack is none."""
    assert set(languages()) == set(LANGUAGES)
    assert len(RULES) >= 60


def test_a_rule_id_is_used_once() -> None:
    """Two rules with one id could not be told apart in a finding or a waiver."""
    counts = Counter(str(rule["id"]) for file in FILES for rule in file.rules())
    assert [name for name, count in counts.items() if count > 1] == []


def test_nothing_but_rules_and_their_tests_lies_in_the_pack() -> None:
    """A stray file would be shipped without anybody having meant it."""
    known = {file.path for file in FILES} | {test for file in FILES for test in file.tests}
    assert [path for path in PACK.rglob("*") if path.is_file() and path not in known] == []


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_a_rule_carries_all_its_metadata(file: RuleFile, rule: dict[str, Any]) -> None:
    """Each field is there, with an allowed value and nothing unknown."""
    parsed = Rule.model_validate(rule)
    assert parsed.id.split(".")[0] == file.language
    assert set(parsed.languages) == LANGUAGES[file.language]
    years = {category.split(":")[1] for category in parsed.metadata.owasp}
    assert years == {"2021", "2025"}


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_an_origin_is_a_document_and_never_another_pack(file: RuleFile, rule: dict[str, Any]) -> None:
    """Rules are written from weaknesses and manuals; others' packs may not be shipped."""
    origin = rule["metadata"]["origin"]
    assert re.search(r"CWE-\d+|documentation|RFC|NIST|OWASP|specification", origin), file.name
    assert not re.search(r"(?i)semgrep|bandit|njsscan|gosec|eslint|codeql|sonar|find-?sec-?bugs", origin)


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_a_rule_proves_itself_on_two_hits_and_two_near_misses(file: RuleFile, rule: dict[str, Any]) -> None:
    """The tests beside the rule hold at least two of each kind."""
    counts = Counter((one.kind, one.rule) for one in file.annotations())
    assert counts["ruleid", rule["id"]] >= 2
    assert counts["ok", rule["id"]] >= 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_annotation_names_a_rule_of_its_file(file: RuleFile) -> None:
    """A misspelt id in a test would test nothing."""
    assert {one.rule for one in file.annotations()} == {rule["id"] for rule in file.rules()}


@pytest.mark.parametrize(
    ("file", "rule"), [(file, rule) for file in FILES if file.language == "terraform" for rule in file.rules()]
)
def test_a_terraform_rule_is_quick_in_nested_maps(file: RuleFile, rule: dict[str, Any]) -> None:
    """With this option on, its default, semgrep needs twice the time for each level (a CRD has twenty)."""
    assert rule["options"] == {"vardef_assign": False}, file.name
