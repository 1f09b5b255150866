"""Which rules semgrep runs with."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners.rules import rules_for
from tests.scanners.fake import write

RULE = "{id: a.b, languages: [py], severity: ERROR, message: m, pattern: x}"


def ids(folder: Path, *languages: str, only: frozenset[str] = frozenset()) -> list[str]:
    return [rule["id"] for rule in rules_for([folder], frozenset(languages), only)]


def test_only_rules_for_the_languages_present_are_taken() -> None:
    """each language has its own, and nothing is lost between them"""
    rules = shipped_folder() / "rules"
    python, java = ids(rules, "python"), ids(rules, "java")
    assert python
    assert java
    assert all(name.startswith("python.") for name in python)
    assert not set(python) & set(java)
    assert ids(rules, "typescript") == ids(rules, "javascript")
    assert set(python) < set(ids(rules, "python", "java", "javascript", "go", "typescript"))


def test_own_rules_may_lie_anywhere_in_their_folder(tmp_path: Path) -> None:
    """no layout is asked for; both spellings of the suffix count, and a language's other names"""
    write(tmp_path, "deep/er/own.yml", f"rules: [{RULE}]\n")
    assert ids(tmp_path, "python") == ["a.b"]
    assert ids(tmp_path, "go") == []


def test_a_shipped_folder_holds_what_its_name_says() -> None:
    """folders are chosen by language before anything in them is read, so a rule elsewhere would never run"""
    packs = {
        "python": {"python"},
        "java": {"java"},
        "csharp": {"csharp"},
        "kotlin": {"kotlin"},
        "go": {"go"},
        "ruby": {"ruby"},
        "c": {"c", "cpp"},
        "php": {"php"},
        "javascript": {"javascript", "typescript"},
        "terraform": {"terraform"},
        "bash": {"bash", "dockerfile"},
        "dockerfile": {"dockerfile"},
        "github-actions": {"yaml"},
        "gitlab-ci": {"yaml"},
        "kubernetes": {"yaml"},
        "rust": {"rust"},
        "compose": {"yaml"},
    }
    folders = [path for path in (shipped_folder() / "rules").iterdir() if path.is_dir()]
    assert {folder.name for folder in folders} == set(packs)
    for folder in folders:
        rules = rules_for([folder], frozenset(packs[folder.name]), frozenset())
        assert {name for rule in rules for name in rule["languages"]} <= packs[folder.name]
        assert len(rules) == sum(file.read_text().count("\n  - id: ") for file in folder.rglob("*.yaml"))


def test_only_the_asked_rules_are_taken() -> None:
    """the base is read by the rules that fired, and no others"""
    rules = shipped_folder() / "rules"
    one = ids(rules, "python")[3]
    assert ids(rules, "python", only=frozenset({one})) == [one]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no list of rules"),
        ("[]", "no list of rules"),
        ("rules: x", "no list of rules"),
        ("rules: []", "no semgrep rules"),
        ("rules: [{id: a}]", "a rule needs an id"),
        ("rules: [{id: 'a b', languages: [py]}]", "a rule needs an id"),
        ("rules: [{id: a, languages: py}]", "a rule needs an id"),
        ("rules: [", "cannot be read as rules"),
        ("rules: [!!python/object/apply:os.system [id]]", "cannot be read as rules"),
        (f"rules: [{RULE}, {RULE}]", "two rules are called a.b"),
        ("[" * 5000, "cannot be read as rules"),
    ],
)
def test_rules_that_cannot_be_meant_are_an_error(tmp_path: Path, content: str, says: str) -> None:
    """a rule file that loads as nothing would scan nothing, in silence"""
    write(tmp_path, "own.yaml", content)
    with pytest.raises(ToolError, match=says):
        ids(tmp_path, "python")


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    """a mistyped folder is told, not ignored"""
    with pytest.raises(ToolError, match="no semgrep rules"):
        ids(tmp_path, "python")
