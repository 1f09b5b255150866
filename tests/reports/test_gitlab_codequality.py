"""What GitLab's code quality widget reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from outsource_gate.model.finding import Scan
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Reason, Where
from outsource_gate.reports import View
from outsource_gate.reports.gitlab_codequality import REPORT
from tests.reports import samples
from tests.reports.hostility import commands


def told(outcome: Outcome) -> list[dict[str, Any]]:
    """The report, parsed."""
    parsed: list[dict[str, Any]] = json.loads(REPORT.render(outcome, View()))
    return parsed


@pytest.mark.parametrize("sample", samples.ALL)
def test_every_entry_has_the_shape_that_gitlab_reads(sample: str) -> None:
    """GitLab drops a whole report for one entry it cannot read"""
    entries = told(samples.ALL[sample]())
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["description"]
        assert entry["check_name"]
        assert re.fullmatch(r"[0-9a-f]{64}", entry["fingerprint"])
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_only_what_is_new_is_told() -> None:
    """an old flaw is not called a degradation of this change"""
    entries = told(samples.denied())
    assert [(entry["location"]["path"], entry["severity"]) for entry in entries] == [
        ("services/payments/refund.py", "critical"),
        ("services/payments/etag.py", "minor"),
    ]


def test_reasons_with_a_place_are_told() -> None:
    """a path out of scope is on the path, under its reason code"""
    entries = [entry for entry in told(samples.two_vendors()) if entry["check_name"] == "path-out-of-scope"]
    assert len(entries) == 10
    assert entries[0]["location"] == {"path": "deploy/prod.yaml", "lines": {"begin": 1}}


def test_a_fingerprint_stays_while_lines_move() -> None:
    """the same flaw ten lines further down is the same flaw"""
    moved = replace(samples.INJECTION, location=replace(samples.INJECTION.location, start_line=49, end_line=51))
    before, after = (
        told(samples.outcome(Answer.DENY, scans=(Scan("semgrep", "1", "c1" * 32, (found,)),)))[0]
        for found in (samples.INJECTION, moved)
    )
    assert before["fingerprint"] == after["fingerprint"]
    assert before["location"] != after["location"]


def test_a_second_copy_is_a_second_entry() -> None:
    """two equal findings in one file, two entries that GitLab keeps apart"""
    scan = Scan("semgrep", "1", "c1" * 32, (samples.INJECTION, samples.INJECTION))
    entries = told(samples.outcome(Answer.DENY, scans=(scan,)))
    assert len({entry["fingerprint"] for entry in entries}) == 2


def test_nothing_to_tell_is_an_empty_list() -> None:
    """GitLab reads an empty report as no degradation, not as an error"""
    assert told(samples.vendorless()) == []


def test_a_lone_surrogate_does_not_end_the_report() -> None:
    """a path that no encoding can write is spelt out"""
    reason = Reason("path-unread", "not read", where=Where("a\ud800"))
    entries = told(samples.outcome(Answer.DENY, samples.failing("coverage", (reason,)), scans=()))
    assert entries[0]["location"]["path"] == "a\\ud800"


def test_a_runner_obeys_no_line() -> None:
    """the report printed to a log is text"""
    assert commands(REPORT.render(samples.hostile(), View())) == []
