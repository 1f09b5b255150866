"""What GitHub's annotations say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from syrupy.assertion import SnapshotAssertion

from outsource_gate.model.verdict import Answer, Reason, Where
from outsource_gate.reports import View
from outsource_gate.reports.github import REPORT, SHOWN
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

OURS = re.compile(r"::(?:error|warning) (?:file=[^,:]+,)?(?:line=\d+,)?(?:endLine=\d+,)?title=[^,:]+::[^\r\n]*")


@pytest.mark.parametrize("sample", ["denied", "undecided", "vendorless", "two-vendors"])
def test_annotations(sample: str, snapshot: SnapshotAssertion) -> None:
    """what denies is an error on its line, the answer is the last line"""
    assert REPORT.render(samples.ALL[sample](), View()) == snapshot


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_hostile_text_gives_no_command(text: str) -> None:
    """there are as many commands as we gave, each of the form we gave it, and no other line is one"""
    lines = REPORT.render(samples.hostile(text), View("internal")).splitlines()
    assert len(lines) == 1 + len(commands("\n".join(lines)))
    assert all(OURS.fullmatch(line) for line in lines[:-1])
    assert not commands(lines[-1])
    assert not any(commands(f"x{line}") for line in lines)


def test_no_more_annotations_than_github_shows() -> None:
    """the last one says how many are left out, and where they are"""
    outside = Reason("path-out-of-scope", "outside")
    reasons = tuple(replace(outside, where=Where(f"infra/{number}.tf")) for number in range(25))
    told = REPORT.render(samples.outcome(Answer.DENY, samples.failing("access", reasons)), View())
    assert told.count("::error ") == SHOWN
    assert "and 16 more reasons; --output json=outcome.json holds all of it" in told


def test_a_finding_is_annotated_on_its_lines() -> None:
    """file and lines are those of the finding"""
    told = REPORT.render(samples.denied(), View())
    assert "file=services/payments/refund.py,line=39,endLine=41,title=sast%3A python.flask.command-inj" in told


def test_an_unusable_record_is_an_error() -> None:
    """a run whose record nobody can verify is not quiet about it"""
    unsigned = replace(samples.EVIDENCE, signed=False, problem="no key")
    told = REPORT.render(replace(samples.allowed(), evidence=unsigned), View())
    assert told.startswith("::error title=no valid record::no valid record: no key\n")


def test_an_allow_is_one_line() -> None:
    """nothing to annotate, and still an answer"""
    assert REPORT.render(samples.allowed(), View()) == (
        "ALLOW Acme Dev Ltd (critical): all 7 gates passed. This change may be merged.\n"
    )
