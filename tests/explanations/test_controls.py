"""The catalogue of controls and the gates hold each other to their word."""

from __future__ import annotations

import json
import re

import click
import pytest

from outsource_gate.cli import cli
from outsource_gate.errors import UsageError
from outsource_gate.explanations.controls import bare, catalogue
from outsource_gate.explanations.find import explain
from outsource_gate.explanations.text import page_json, page_text
from outsource_gate.registry import gates
from outsource_gate.reports import View

KNOWN = catalogue()
ISO = "ISO"  # what gates claim, and records say after them, are controls of Annex A
ASKED = ("A.8.30", "A.5.19", "A.5.20", "A.5.21", "A.5.22", "A.8.4", *(f"A.8.{number}" for number in range(25, 30)))


@pytest.mark.parametrize("gate", gates())
def test_what_a_gate_claims_to_serve_is_what_the_catalogue_says(gate: str) -> None:
    """no claim without its reason, and no answer that records do not name"""
    said = {control.id for control in KNOWN.answered_by(gate) if control.framework == ISO}
    assert said == set(gates()[gate].controls)
    assert said


@pytest.mark.parametrize("artefact", KNOWN.artefacts)
def test_every_artefact_answers_something_and_a_command_shows_it(artefact: str) -> None:
    assert KNOWN.answered_by(artefact)
    words, _, option = KNOWN.artefacts[artefact].command.partition(" --")
    command: click.Command | None = cli
    for word in words.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None and not isinstance(command, click.Group)
    assert not option or f"--{option.split()[0]}" in {name for one in command.params for name in one.opts}


def test_whatever_answers_is_a_gate_or_an_artefact_and_never_both() -> None:
    answering = {answer.by for control in KNOWN.controls.values() for answer in control.answers}
    assert answering == {*gates(), *KNOWN.artefacts}
    codes = {code for gate in gates().values() for code in gate.reasons}
    assert not set(KNOWN.artefacts) & {*gates(), *codes}


@pytest.mark.parametrize("control", KNOWN.controls)
def test_every_control_says_what_it_asks_who_answers_why_and_what_is_not_shown(control: str) -> None:
    """one sentence each, and no gate or artefact twice"""
    one = KNOWN.controls[control]
    assert one.framework in KNOWN.frameworks
    assert one.gaps
    for sentence in (one.asks, *(answer.why for answer in one.answers), *one.gaps):
        assert re.fullmatch(r"[A-Z].{10,200}\.", sentence), sentence
    by = [answer.by for answer in one.answers]
    assert by and len(by) == len(set(by))


def test_the_controls_that_an_auditor_of_outsourced_development_asks_about_are_there() -> None:
    assert set(ASKED) <= set(KNOWN.controls)
    assert {control.framework for control in KNOWN.controls.values()} == set(KNOWN.frameworks)


def test_no_two_controls_are_asked_for_by_the_same_words() -> None:
    assert len({bare(id) for id in KNOWN.controls}) == len(KNOWN.controls)


@pytest.mark.parametrize("id", [*KNOWN.controls, *KNOWN.artefacts])
def test_every_page_is_found_by_its_id_and_fits(id: str) -> None:
    page = explain(id)
    assert page.id == id
    assert max(map(len, page_text(page, View(width=80)).splitlines())) <= 80
    assert json.loads(page_json(page))["id"] == id


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("a.8.30", "A.8.30"),
        ("8.30", "A.8.30"),
        ("ISO 27001 A.8.30", "A.8.30"),
        ("ISO/IEC 27001:2022, Annex A, A.8.30", "A.8.30"),
        ("iso27001 a8.30", "A.8.30"),
        ("annex a 8.30", "A.8.30"),
        ("pw.7", "SSDF PW.7"),
        ("NIST SP 800-218 SSDF PW.7.2", "SSDF PW.7"),
        ("soc2 cc9.2", "SOC 2 CC9.2"),
        ("PCI DSS v4.0.1 Requirement 6.2.3", "PCI DSS 6.2.3"),
        ("6.2.3.1", "PCI DSS 6.2.3.1"),
        ("NIS 2 Art. 21(2)(d)", "NIS2 21(2)(d)"),
        ("DORA Article 28 (3)", "DORA 28(3)"),
        ("DORA 30(3)(e)", "DORA 30(3)"),
    ],
)
def test_however_people_write_it(asked: str, meant: str | None) -> None:
    """with the framework or without, in capitals or not; a part that stands below one leads to it"""
    found = KNOWN.find(asked)
    assert (found.id if found else None) == meant


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        ("controls", "A.8.30", len(KNOWN.controls)),
        ("SSDF", "SSDF PO.1", 19),
        ("SSDF PW", "SSDF PW.1", 8),
        ("DORA 28", "DORA 28(3)", 5),
        ("PCI DSS 6", "PCI DSS 6.2.1", 10),
    ],
)
def test_a_framework_or_a_part_of_one_is_listed(asked: str, first: str, count: int) -> None:
    page = explain(asked)
    assert (page.kind, len(page.items), page.items[0].id) == ("controls", count, first)


@pytest.mark.parametrize("asked", ["A.8.300", "A.8.99", "PCI DSS 66", "DORA 31", "SSDF XX.1", "NIS2 99"])
def test_what_is_no_control_is_not_taken_for_one(asked: str) -> None:
    with pytest.raises(UsageError, match="no gate, reason code, rule"):
        explain(asked)


def test_a_control_shows_who_answers_how_far_and_what_is_not_shown() -> None:
    page = explain("iso 27001 a.8.30")
    assert {item.id for item in page.items} >= {one.id for one in gates().values() if "A.8.30" in one.controls}
    (owned,) = (item.meaning for item in page.items if item.id == "own-documents")
    assert owned.startswith("partly: ") and owned.endswith("Shown by: outsource-gate policy lint")
    shown = page_text(page, View(width=80))
    assert all(word in shown.split() for gap in page.gaps for word in gap.split())


def test_a_gate_names_the_controls_of_other_frameworks_that_it_answers() -> None:
    assert "SSDF PW.7" in dict(explain("review").facts)["answers, too"]
