"""What came of policy test cases, at a terminal and for other programs."""

from __future__ import annotations

import json

from defusedxml import ElementTree

from outsource_gate.model.policy_case import CaseOutcome, Difference
from outsource_gate.reports.policy_cases import cases_json, cases_junit, cases_terminal

GOOD = CaseOutcome("harmless", "a.yaml:3", "a.yaml", None)
BAD = CaseOutcome(
    "a path\x1b[2J <nobody> & granted\x00",
    "b.yaml:7",
    "b.yaml",
    Difference("decision", "ALLOW", "DENY"),
    ("access: path-out-of-scope: x (deploy/run.sh)",),
)


def test_the_terminal_shows_the_first_difference() -> None:
    """expected and got, the place, the reasons, and how many are as expected"""
    assert cases_terminal([GOOD, BAD]).splitlines() == [
        "ok    harmless",
        "FAIL  a path\\x1b[2J <nobody> & granted\\x00  [b.yaml:7]",
        "      decision: expected ALLOW, got DENY",
        "      access: path-out-of-scope: x (deploy/run.sh)",
        "1 of 2 cases as expected",
    ]


def test_many_reasons_are_cut_with_their_count() -> None:
    """a screen is not filled by one case"""
    many = CaseOutcome("x", "a.yaml:1", "a.yaml", Difference("decision", "ALLOW", "DENY"), ("reason",) * 25)
    assert cases_terminal([many]).splitlines()[-2] == "      and 15 more reasons"


def test_json_has_everything() -> None:
    """for other programs"""
    value = json.loads(cases_json([GOOD, BAD]))
    assert value["asExpected"] is False
    assert [case["asExpected"] for case in value["cases"]] == [True, False]
    assert value["cases"][1]["difference"] == {"what": "decision", "expected": "ALLOW", "got": "DENY"}


def test_junit_counts_failures_per_file() -> None:
    """any JUnit reader takes it, whatever a case is called"""
    root = ElementTree.fromstring(cases_junit([GOOD, BAD]))
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert [suite.get("name") for suite in root] == ["a.yaml", "b.yaml"]
    assert [case.find("failure") is None for suite in root for case in suite] == [True, False]
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "decision: expected ALLOW, got DENY"
