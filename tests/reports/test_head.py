"""A scanned head on a screen, in a spreadsheet and for code scanning: whose, since when, and how that is known."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.origin import Origin
from outsource_gate.reports import View
from outsource_gate.reports.head_csv import COLUMNS, head_csv
from outsource_gate.reports.head_story import age, groups
from outsource_gate.reports.head_terminal import SHOWN, head_terminal
from outsource_gate.reports.sarif import head_sarif
from outsource_gate.reports.scan_json import head_json
from tests.reports import heads, samples


def test_vendors_come_before_strangers_ours_and_what_is_not_known() -> None:
    told = [(group.name, len(group.findings), len(group.secrets)) for group in groups(heads.head())]
    assert told == [
        ("Acme Dev Ltd (acme)", 1, 0),
        ("nobody in the register", 2, 1),
        ("our own people", 1, 0),
        ("whose work it is, is not known", 1, 0),
    ]


def test_the_screen_says_who_since_when_and_how_that_is_known() -> None:
    text = " ".join(head_terminal(heads.head(), View(width=100)).split())
    assert "aaaaaaaaaaaa vic (Vic Vendor <vic@acme-dev.example>) · 20 days old (2026-11-03), as its" in text
    assert "here by cccccccccccc, 10 days old (2026-11-13)" in text
    assert "signed · put here by eeeeeeeeeeee Eve" in text
    assert "that our own people wrote it is not proven" in text
    assert "from: not known: the clone is shallow" in text
    assert "1 file not scanned" in text and "bandit did not run" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen_whatever_it_holds(width: int) -> None:
    """controls and commands of CI logs do nothing, and no line is too long"""
    role = replace(heads.VIC, claim=samples.HOSTILE * 5, person=None)
    hostile = heads.brought("b", 4, role, path=samples.HOSTILE, subject=samples.HOSTILE)
    one = heads.found(Severity.HIGH, samples.HOSTILE, Origin(hostile), samples.HOSTILE)
    text = head_terminal(heads.head((one,)), View(width=width, unicode=False))
    assert text.isascii() and "\x1b" not in text and "\r" not in text
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in text.splitlines())
    assert max(map(len, text.splitlines())) < width


def test_a_long_list_says_how_much_is_left_out() -> None:
    many = tuple(heads.found(Severity.LOW, f"a{number}.py", Origin(heads.ACME)) for number in range(SHOWN + 3))
    assert "and 3 more findings; --output json=FILE has all" in head_terminal(heads.head(many), View())


def test_a_date_ahead_or_none_is_told_as_such() -> None:
    ahead = heads.brought("a", 24, heads.VIC)
    assert list(age(ahead, heads.NOW)) == ["dated ahead (2026-11-24), as its commit says"]
    assert list(age(replace(ahead, committed_at=None), heads.NOW)) == [
        "its date cannot be read, as its commit says"
    ]


def test_no_cell_of_the_table_is_a_formula() -> None:
    evil = heads.found(Severity.HIGH, "=cmd|' /C calc'!A0", Origin(heads.ACME), "@SUM(1)\n\t=1")
    rows = list(csv.reader(StringIO(head_csv(heads.head((evil, *heads.FINDINGS))))))
    assert rows[0] == list(COLUMNS)
    assert all(len(row) == len(COLUMNS) for row in rows) and len(rows) == 6
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    told = dict(zip(rows[0], rows[5], strict=True))
    assert (told["vendors"], told["commit"], told["rests_on"]) == ("acme unknown", "a" * 40, "signature")


def test_sarif_results_say_whose_and_since_when() -> None:
    log = json.loads(head_sarif(heads.head()))
    about = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: result["properties"]
        for result in log["runs"][0]["results"]
    }
    assert about["pay/refund.py"]["vendors"] == ["acme", "unknown"]
    assert about["pay/refund.py"]["landedBy"] == "c" * 40
    assert about["eve.py"]["introducedAtAsClaimed"] == datetime(2026, 11, 20, tzinfo=UTC).isoformat()
    assert "vendors" not in about["lost.py"]


def test_json_says_what_is_missing_and_why() -> None:
    told = json.loads(head_json(heads.head(secrets=Unavailable("too many bytes", "look", "secrets"))))
    assert told["secrets"] == {"unavailable": "too many bytes", "next_step": "look"}
    lost = next(each for each in told["findings"] if each["path"] == "lost.py")
    assert (lost["origin"]["unavailable"], lost["vendors"]) == ("the clone is shallow", None)
    assert [tool.get("unavailable") for tool in told["tools"]] == [None, "bandit is not installed"]
