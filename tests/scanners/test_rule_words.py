"""Which rules leave a file out: those, and only those, that semgrep itself would leave out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from scripts.rule_words import FRAMEWORKS, can_hold, formulas, shipped_rules

from outsource_gate.scanners.rule_words import LANGUAGE, TABLE, kept_to, marks, rule_digest
from outsource_gate.scanners.workspace import Room


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    return shipped_rules()


@pytest.fixture(scope="module")
def kept(rules: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rules that do not read every file, by their ids."""
    return {rule["id"]: one for rule in rules if "paths" in (one := kept_to(rule))}


def test_semgrep_too_drops_a_rule_where_none_of_its_words_stands(
    rules: list[dict[str, Any]], kept: dict[str, dict[str, Any]]
) -> None:
    """By semgrep's own formula no rule that is kept to marked files can match in another."""
    words = json.loads(TABLE.read_bytes())["words"]
    asked = formulas([rule for rule in rules if rule["id"] in kept])
    for name, rule in kept.items():
        (glob,) = rule["paths"]["include"]
        group = glob.strip("*.")
        assert not can_hold(asked[name], words[group]), f"{name} -> run scripts/rule_words.py"
        assert all(marks(LANGUAGE, word.encode()).startswith(".") for word in words[group])
        assert all(f".{group}." in f"f0{marks(LANGUAGE, word.encode())}.py" for word in words[group])


def test_the_table_is_that_of_the_rules_as_they_are(
    rules: list[dict[str, Any]], kept: dict[str, dict[str, Any]]
) -> None:
    """No rule was changed without writing the table anew; more than half of them leave files out."""
    now = formulas(rules)
    could = {rule["id"] for rule in rules if rule["id"] in now and not can_hold(now[rule["id"]], FRAMEWORKS)}
    assert could <= set(kept), "run scripts/rule_words.py"
    assert len(kept) > len(rules) / 2


def test_a_rule_that_was_changed_reads_every_file(
    rules: list[dict[str, Any]], kept: dict[str, dict[str, Any]]
) -> None:
    """What was known of a rule is not believed of another by its name."""
    rule = next(rule for rule in rules if rule["id"] in kept and rule.get("mode") == "taint")
    changed = rule | {"pattern-sinks": [{"pattern": "print(...)"}]}
    assert kept_to(rule)["paths"]["include"]
    assert kept_to(changed) == changed
    assert rule_digest(changed) != rule_digest(rule)
    own = rule | {"id": "corp.own"}
    assert kept_to(own) == own


def test_a_name_tells_which_groups_of_words_stand_in_a_file(tmp_path: Path) -> None:
    """Nothing else of the content shows, and files in other languages bear no mark."""
    (tmp_path / "head").mkdir()
    room = Room(tmp_path)
    for language, content in (("python", b"import flask, torch\n"), ("python", b"x = 1\n"), ("go", b"flask torch")):
        room.put("head", f"{language}.x", language, ".x", content)
    names = [target.rpartition("/")[2] for target in room.placed]
    assert names == ["f000000.rare.web.x", "f000001.x", "f000002.x"]
