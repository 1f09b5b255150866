"""docs/a-8-30.md: every demand has an answer, every gate and artefact its demand, and every command works."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from outsource_gate.cli import cli
from outsource_gate.explanations.controls import catalogue
from outsource_gate.explanations.find import explain
from outsource_gate.registry import gate_settings, gates

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "a-8-30.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d+ \|", line)
]
COMMANDS = sorted({found for name in ("a-8-30", "legal", "privacy") for found in re.findall(
    r"`outsource-gate ([^`]+)`", (DOCS / f"{name}.md").read_text(encoding="utf-8"))})  # fmt: skip


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_demands_are_numbered_and_each_has_all_its_columns() -> None:
    """none without an answer, a command that shows it, and what is not shown"""
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]
    assert len(ROWS) > 35
    assert [row for row in ROWS if len(row) != 5 or not all(row)] == []


def test_whatever_answers_is_a_gate_or_an_artefact() -> None:
    known = {*gates(), *catalogue().artefacts}
    assert [row[0] for row in ROWS if not named(row[2])] == []
    assert [(row[0], name) for row in ROWS for name in named(row[2]) if name not in known] == []


@pytest.mark.parametrize("name", [*gates(), *catalogue().artefacts])
def test_every_gate_and_artefact_answers_a_demand(name: str) -> None:
    assert any(name in named(row[2]) for row in ROWS)


def test_what_answers_the_control_in_the_catalogue_answers_a_demand_here() -> None:
    control = catalogue().find("A.8.30")
    assert control
    assert {answer.by for answer in control.answers} <= {name for row in ROWS for name in named(row[2])}


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_that_is_shown_is_there_with_its_options(typed: str) -> None:
    command: click.Command = cli
    words = typed.split()
    while words and isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found, typed
        command = found
    assert not isinstance(command, click.Group)
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options
    if typed.startswith("explain "):
        assert explain(" ".join(words)).id


def test_every_setting_that_is_named_is_one() -> None:
    settings = {
        field.alias or name for model in gate_settings().values() for name, field in model.model_fields.items()
    }
    told = {name for row in ROWS for name in named(row[4]) if re.fullmatch(r"[a-z_]+", name)}
    assert told
    assert told <= settings
