"""What somebody at a terminal sees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from outsource_gate.model.finding import Scan
from outsource_gate.model.verdict import Answer, Reason, Where
from outsource_gate.model.waiver import ReportOnly
from outsource_gate.reports import View
from outsource_gate.reports.terminal import REPORT
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

WIDE, NARROW = View(width=100), View(width=60)


@pytest.mark.parametrize("sample", samples.ALL)
def test_wide(sample: str, snapshot: SnapshotAssertion) -> None:
    """what a contractor sees in 100 columns"""
    assert REPORT.render(samples.ALL[sample](), WIDE) == snapshot


@pytest.mark.parametrize("sample", ["denied", "undecided", "vendorless", "two-vendors"])
def test_narrow(sample: str, snapshot: SnapshotAssertion) -> None:
    """what a contractor sees in 60 columns"""
    assert REPORT.render(samples.ALL[sample](), NARROW) == snapshot


def test_internal_readers(snapshot: SnapshotAssertion) -> None:
    """our own people see the contract's end, too"""
    assert REPORT.render(samples.denied(), View("internal", 100)) == snapshot


def test_ascii(snapshot: SnapshotAssertion) -> None:
    """a terminal that is not UTF-8 sees the same in ASCII"""
    assert REPORT.render(samples.denied(), View(width=100, unicode=False)) == snapshot


def test_colour(snapshot: SnapshotAssertion) -> None:
    """colour is added to the words and replaces none"""
    assert REPORT.render(samples.denied(), View(width=100, colour=True)) == snapshot


def test_not_enforced(snapshot: SnapshotAssertion) -> None:
    """a report-only window is told beside the verdict"""
    outcome = samples.denied()
    softened = replace(outcome.decision, enforced=False, report_only=(ReportOnly("acme", date(2027, 1, 31)),))
    assert REPORT.render(replace(outcome, decision=softened), WIDE) == snapshot


@pytest.mark.parametrize("sample", samples.ALL)
def test_colour_carries_no_meaning_alone(sample: str) -> None:
    """without its colours the output holds every word of the plain one"""
    coloured = REPORT.render(samples.ALL[sample](), View(width=100, colour=True))
    plain = REPORT.render(samples.ALL[sample](), View(width=100))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_nothing_hostile_reaches_the_terminal(text: str) -> None:
    """no control character but our line ends, no command for a runner"""
    told = REPORT.render(samples.hostile(text), View("internal", 80))
    assert all(char == "\n" or char.isprintable() for char in told)
    assert commands(told) == []


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_ascii_stays_ascii(text: str) -> None:
    """what does not fit the terminal's alphabet is spelt out"""
    assert REPORT.render(samples.hostile(text), View(width=80, unicode=False)).isascii()


@pytest.mark.parametrize("width", [40, 60, 71, 72, 80, 140, 1000])
@pytest.mark.parametrize("sample", samples.ALL)
def test_no_line_is_wider_than_the_screen(sample: str, width: int) -> None:
    """nothing is wrapped by the terminal itself"""
    told = REPORT.render(samples.ALL[sample](), View("internal", width))
    assert max(map(cell_len, told.splitlines())) <= width


def test_a_long_list_is_cut_and_says_so() -> None:
    """the number left out and where it is stand where the list ends"""
    outside = Reason("path-out-of-scope", "outside", next_step="leave it out")
    reasons = tuple(replace(outside, where=Where(f"infra/{number}.tf")) for number in range(12_345))
    told = REPORT.render(samples.outcome(Answer.DENY, samples.failing("access", reasons)), WIDE)
    assert "and 12,340 more places; --output json=outcome.json holds all of it" in told
    assert "infra/5.tf" not in told
    assert len(told.splitlines()) < 30


def test_many_reasons_are_cut_and_say_so() -> None:
    """a thousand findings do not push the verdict off the screen"""
    findings = tuple(
        replace(samples.INJECTION, location=replace(samples.INJECTION.location, start_line=line, end_line=line))
        for line in range(1, 1001)
    )
    verdict = samples.failing("sast", tuple(map(samples.finding_reason, findings)))
    scan = Scan("semgrep", "1", "c1" * 32, findings)
    told = REPORT.render(samples.outcome(Answer.DENY, verdict, scans=(scan,)), WIDE)
    assert "1,000 findings" in told
    assert "and 992 more reasons; --output json=outcome.json holds all of it" in told
    assert len(told.splitlines()) < 100


def test_a_long_line_of_code_is_cut_and_says_so() -> None:
    """a minified file does not fill the screen"""
    found = replace(samples.INJECTION, snippet=("x" * 5_000,))
    verdict = samples.failing("sast", (samples.finding_reason(found),))
    scan = Scan("semgrep", "1", "c1" * 32, (found,))
    told = REPORT.render(samples.outcome(Answer.DENY, verdict, scans=(scan,)), WIDE)
    assert re.search(r"39 │ x{50,80} \+[\d,]+$", told, re.MULTILINE)


def test_rich_markup_is_text() -> None:
    """brackets and colons of the change are shown as they stand"""
    assert "[bold]rich[/bold] :smile:" in REPORT.render(samples.hostile(), View(width=140))
