"""What each form of the scorecard makes of few figures, unknown ones and hostile names."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import jsonschema
import pytest

from outsource_gate.model.finding import Severity
from outsource_gate.model.merged import MergeClass
from outsource_gate.reports import View
from outsource_gate.reports.scorecard_csv import scorecard_csv
from outsource_gate.reports.scorecard_json import scorecard_json
from outsource_gate.reports.scorecard_markdown import scorecard_markdown
from outsource_gate.reports.scorecard_terminal import scorecard_terminal
from outsource_gate.reports.scorecard_v1 import published_schema
from outsource_gate.reports.scorecard_words import density, median, share
from outsource_gate.scorecard.card import Density, Median, Scorecard, Share
from outsource_gate.scorecard.material import EVER, Attempt, Found, Lines, Work
from outsource_gate.scorecard.tally import card

AT = datetime(2026, 6, 5, tzinfo=UTC)
HIGH = Found(((Severity.HIGH, 1),))


def works(count: int, *vendors: str) -> tuple[Work, ...]:
    kind = MergeClass.PASSED if vendors else MergeClass.NOT_VENDOR
    attempt = Attempt("h", AT, denials=(("acme", "sast"),), found=HIGH)
    return (Work(AT, vendors, kind, lines=Lines(code=100), attempts=(attempt,), found=HIGH, approvals=1),) * count


def board(count: int = 6, name: str = "Acme", **changes: object) -> Scorecard:
    theirs = card("acme", works(count, "acme"), name=name, tier="critical")
    whole = Scorecard("Corp", "corp/payments", date(2026, 6, 20), EVER, (theirs,), card(None, works(2)), count)
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_few_have_their_count_and_no_rate() -> None:
    """a share, a median and a density over few say so in place of a rate"""
    assert share(Share(4, 4)) == "4 of 4 (too few to compare)"
    assert share(Share(4, 5)) == "4 of 5 (80 percent)"
    assert share(Share(0, 0)) == "not known"
    assert median(Median(1.5, 4), "") == "1.5 in the median of 4 (too few to compare)"
    assert median(Median(None, 0), "") == "not known"
    few, many = Density(HIGH, 199, 9), Density(HIGH, 200, 5)
    assert density(few) == "1 in 199 lines of 9 changes: 1 high (too few to compare)"
    assert density(many) == "5 (1 in 200 lines of 5 changes: 1 high 5)"
    assert density(Density(Found((), 2), 200, 5)).endswith("2 of unknown severity)")
    assert density(None) == "not known"


def test_what_is_not_known_is_never_nought() -> None:
    """no scan, no tracker: null, an empty cell, two words"""
    told = json.loads(scorecard_json(board()))["vendors"][0]
    assert (told["findings"]["standing"], told["remediation"]) == (None, None)
    rows = {row["figure"]: row["value"] for row in csv.DictReader(StringIO(scorecard_csv(board())))}
    assert (rows["findings-standing"], rows["sla-kept"]) == ("", "")
    assert "| SLA kept | not known | not known |" in scorecard_markdown(board())


def test_the_json_is_what_the_published_schema_says() -> None:
    jsonschema.validate(json.loads(scorecard_json(board())), published_schema())
    jsonschema.validate(json.loads(scorecard_json(board(cards=()))), published_schema())


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(StringIO(scorecard_csv(board(name='=HYPERLINK("x")')))))
    assert {row["name"] for row in rows if row["whose"] == "acme"} == {'\'=HYPERLINK("x")'}


def test_names_are_no_markup_and_no_control() -> None:
    """a file in the folder of records is named by whoever may write there"""
    hostile = board(name="<img src=x>|\x1b[31m", problems=("a|b\n# no record.json: <script>",))
    shown = scorecard_markdown(hostile)
    outside = re.sub(r"<code>.*?</code>|(`+).*?\1", "", shown)
    assert "<" not in outside
    assert "\x1b" not in shown + scorecard_terminal(hostile, View(width=80))
    assert "\n# no" not in shown


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_screen(width: int, unicode: bool) -> None:
    text = scorecard_terminal(board(name="A" * 300), View(width=width, unicode=unicode))
    assert max(map(len, text.splitlines())) <= width
    assert text.isascii() or unicode


def test_vendors_stand_by_id_and_nobody_is_ranked() -> None:
    cards = tuple(card(vendor, works(3, vendor)) for vendor in ("acme", "globex", "zeta"))
    text = scorecard_markdown(board(cards=cards))
    assert text.index("acme") < text.index("globex") < text.index("zeta")
    assert "nobody is ranked" in text
    assert "score" not in text
