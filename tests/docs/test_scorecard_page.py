"""docs/vendors.md shows the scorecard that is printed, and names every figure of the spreadsheet."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from outsource_gate.reports import View
from outsource_gate.reports.scorecard_csv import COLUMNS, scorecard_csv
from outsource_gate.reports.scorecard_terminal import scorecard_terminal
from outsource_gate.scorecard.card import Scorecard
from tests.docs.test_vendors_page import PAGE, VIEW, shown
from tests.track_records.example import example, shown_scan


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    history = example(tmp_path_factory.mktemp("history"))
    tracker = history.folder / "tracker.json"
    return history.board(vendor="acme", tracker=tracker, scan=shown_scan(history))


def test_the_scorecard_is_what_is_printed(board: Scorecard) -> None:
    assert shown(scorecard_terminal(board, VIEW))


def test_every_figure_and_column_is_named(board: Scorecard) -> None:
    figures = {row["figure"] for row in csv.DictReader(StringIO(scorecard_csv(board)))}
    for word in (*COLUMNS, *figures):
        assert re.search(rf"`{word}`", PAGE), word


@pytest.mark.parametrize("width", [80, 120])
def test_the_scorecard_fits_the_screen(board: Scorecard, width: int) -> None:
    text = scorecard_terminal(board, View(width=width))
    assert max(map(len, text.splitlines())) <= width


def test_the_page_is_about_what_is_on_the_screen(board: Scorecard) -> None:
    """each line's name is explained below it"""
    names = re.findall(r"^  (\S.*?)  ", scorecard_terminal(board, View(width=140)), re.MULTILINE)
    assert len(names) == 19
    assert all(re.search(rf"^\| {name} \|", PAGE, re.MULTILINE) for name in names)
