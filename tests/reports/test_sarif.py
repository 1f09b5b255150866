"""What code scanning platforms read (SARIF 2.1.0)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given, settings

from outsource_gate.model.finding import Scan
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Reason, Where
from outsource_gate.reports import View, sarif
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

Json = dict[str, Any]


def told(outcome: Outcome) -> Json:
    """The report, parsed."""
    parsed: Json = json.loads(sarif.REPORT.render(outcome, View()))
    return parsed


def run(outcome: Outcome, tool: str) -> Json:
    """One tool's run."""
    runs: dict[str, Json] = {each["tool"]["driver"]["name"]: each for each in told(outcome)["runs"]}
    return runs[tool]


def check(log: Json) -> None:
    """What the specification asks of the properties we write; sections of SARIF 2.1.0."""
    assert set(log) == {"$schema", "version", "runs"}  # 3.13
    assert log["version"] == "2.1.0"
    for each in log["runs"]:
        driver = each["tool"]["driver"]
        assert driver["name"]  # 3.19.8
        rules = [rule["id"] for rule in driver["rules"]]
        assert len(rules) == len(set(rules))  # 3.19.23: ids need not differ, GitHub's do
        assert each["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
        for invocation in each["invocations"]:
            assert isinstance(invocation["executionSuccessful"], bool)  # 3.20.14
            for notification in invocation.get("toolExecutionNotifications", []):
                assert notification["message"]["text"]
        for rule in driver["rules"]:
            assert rule["shortDescription"]["text"]  # 3.49.9
            if "help" in rule:
                assert rule["help"]["text"]  # 3.12.3: where there is markdown there is text
        for result in each["results"]:
            check_result(result, rules)


def check_result(result: Json, rules: list[str]) -> None:
    """One result; 3.27."""
    assert rules[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
    assert result["level"] in ("none", "note", "warning", "error")  # 3.27.10
    assert result["message"]["text"]  # 3.27.11
    assert result.get("baselineState", "new") in ("new", "unchanged", "updated", "absent")  # 3.27.24
    assert all(isinstance(value, str) for value in result.get("partialFingerprints", {}).values())  # 3.27.17
    (location,) = result["locations"]
    place = location["physicalLocation"]
    uri = urlsplit(place["artifactLocation"]["uri"])
    assert not uri.scheme  # 3.4.4: relative, resolved against %SRCROOT%
    assert not uri.netloc
    assert not uri.query
    assert place["artifactLocation"]["uri"].isascii()
    region = place["region"]
    assert 1 <= region["startLine"] <= region.get("endLine", region["startLine"])  # 3.30.5, 3.30.7
    assert region.get("startColumn", 1) >= 1  # 3.30.6


@pytest.mark.parametrize("sample", samples.ALL)
def test_every_outcome_is_a_sarif_log(sample: str) -> None:
    """each sample keeps what the specification asks"""
    check(told(samples.ALL[sample]()))


@settings(max_examples=40, deadline=None)
@example("//::error::x")  # was taken for a host
@given(TEXTS)
def test_hostile_text_keeps_it_a_sarif_log(text: str) -> None:
    """whatever stands in the change, paths come back and nothing is a link or a command"""
    rendered = sarif.REPORT.render(samples.hostile(text or "x"), View())
    log = json.loads(rendered)
    check(log)
    (result,) = log["runs"][1]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == (text or "x").encode("utf-8", "backslashreplace").decode()
    assert "](" not in result["message"]["text"]
    assert commands(rendered) == []


def test_one_run_per_scanner_and_one_for_the_gate() -> None:
    """platforms keep tools apart by run"""
    names = [each["tool"]["driver"]["name"] for each in told(samples.denied())["runs"]]
    assert names == ["outsource-gate", "semgrep", "bandit"]
    categories = [each["automationDetails"]["id"] for each in told(samples.denied())["runs"]]
    assert len(set(categories)) == 3


def test_a_rule_says_what_github_sorts_by() -> None:
    """weakness, severity, precision and help stand with the rule"""
    (rule,) = run(samples.denied(), "semgrep")["tool"]["driver"]["rules"]
    assert rule["properties"] == {
        "tags": ["security", "external/cwe/cwe-78", "owasp/A03:2021", "owasp/A05:2025"],
        "precision": "high",
        "security-severity": "8.0",
    }
    assert samples.INJECTION.fix in rule["help"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_new_and_old_findings_are_told_apart() -> None:
    """the baseline is the base of the change"""
    states = [
        (result["baselineState"], result["partialFingerprints"])
        for result in run(samples.denied(), "semgrep")["results"]
    ]
    assert states == [
        ("new", {"outsourceGate/v1": samples.INJECTION.fingerprint}),
        ("unchanged", {"outsourceGate/v1": samples.OLD.fingerprint}),
    ]


def test_a_gate_reason_at_a_path_is_a_result() -> None:
    """its rule is its published code; findings are not told twice"""
    gate = run(samples.two_vendors(), "outsource-gate")
    assert [result["ruleId"] for result in gate["results"]] == ["path-out-of-scope"] * 10
    assert "leave it out of this change" in gate["results"][0]["message"]["text"]
    assert run(samples.denied(), "outsource-gate")["results"] == []


def test_a_scanner_that_did_not_run_is_told_and_has_no_results() -> None:
    """an empty result list would close what is still open"""
    log = told(samples.undecided())
    assert [each["tool"]["driver"]["name"] for each in log["runs"]] == ["outsource-gate", "bandit"]
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "semgrep: not installed"


def test_a_file_that_was_not_read_is_told() -> None:
    """a gap in a scan stands in the scan's run"""
    scan = replace(samples.SCANS[0], failed=(("a b.py", "syntax error"),))
    log = json.loads(sarif.findings_sarif((scan,)))
    check(log)
    (notification,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "not read: syntax error"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.py"


def test_scans_alone_make_a_log() -> None:
    """what `scan` writes; without scans a log without runs"""
    log = json.loads(sarif.findings_sarif(samples.SCANS))
    check(log)
    assert [len(each["results"]) for each in log["runs"]] == [2, 1]
    assert json.loads(sarif.findings_sarif(()))["runs"] == []


def test_more_results_than_a_platform_takes_are_counted() -> None:
    """the number left out stands in the run"""
    reasons = tuple(
        Reason("path-unread", "not read", where=Where("a", line)) for line in range(1, sarif.RESULTS_SHOWN + 4)
    )
    gate = run(samples.outcome(Answer.DENY, samples.failing("coverage", reasons)), "outsource-gate")
    assert len(gate["results"]) == sarif.RESULTS_SHOWN
    text = gate["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert text == "3 results left out; --output json=outcome.json holds all of it"


def test_a_scan_without_findings_is_a_run_without_results() -> None:
    """it closes what an earlier run had open"""
    log = json.loads(sarif.findings_sarif((Scan("semgrep", "1", "c1" * 32, ()),)))
    check(log)
    assert log["runs"][0]["results"] == []
