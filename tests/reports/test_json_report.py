"""What a program reads of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer
from outsource_gate.reports import View
from outsource_gate.reports.json_report import REPORT, document
from outsource_gate.reports.outcome_v1 import OutcomeV1, published_schema
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "outcome-v1.schema.json"


def told(outcome: Outcome, view: View | None = None) -> dict[str, Any]:
    """The report, parsed."""
    parsed: dict[str, Any] = json.loads(REPORT.render(outcome, view or View()))
    return parsed


def unreadable() -> Outcome:
    """git could not establish the change, and no record was asked for."""
    missing = Unavailable("shallow clone", "git fetch --unshallow", "change")
    return samples.outcome(Answer.UNDECIDED, change=missing, attribution=missing, context=missing, evidence=None)


OUTCOMES = samples.ALL | {"unreadable": unreadable}


def test_the_published_schema_is_that_of_the_models() -> None:
    """the file in docs says what the program writes"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == published_schema()


@pytest.mark.parametrize("audience", ["contractor", "internal"])
@pytest.mark.parametrize("sample", OUTCOMES)
def test_outcomes_fit_the_published_schema(sample: str, audience: Any) -> None:
    """every outcome is what the schema promises, and reads back as the same value"""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    outcome = OUTCOMES[sample]()
    parsed = told(outcome, View(audience))
    jsonschema.Draft202012Validator(schema).validate(parsed)
    assert OutcomeV1.model_validate(parsed) == document(outcome, audience)


def test_the_schema_refuses_what_it_does_not_promise() -> None:
    """a decision of another name, or none, is not valid"""
    validator = jsonschema.Draft202012Validator(published_schema())
    parsed = told(samples.allowed())
    assert validator.is_valid(parsed)
    assert not validator.is_valid(parsed | {"decision": "MAYBE"})
    assert not validator.is_valid(parsed | {"schemaVersion": "2.0"})
    assert not validator.is_valid({key: value for key, value in parsed.items() if key != "decision"})


def test_the_keys_that_pipelines_rely_on_are_there() -> None:
    """decision, enforced, stage, verdicts, attribution, findings, coverage, evidence"""
    parsed = told(samples.denied())
    assert (parsed["decision"], parsed["enforced"], parsed["stage"]) == ("DENY", True, "change")
    review = next(verdict for verdict in parsed["verdicts"] if verdict["gate"] == "review")
    assert (review["vendor"], review["status"]) == ("acme", "FAIL")
    assert [reason["code"] for reason in review["reasons"]] == ["approvals-missing"] + ["approval-not-counted"] * 2
    assert parsed["attribution"]["vendors"] == ["acme"]
    assert parsed["evidence"]["digest"] == samples.EVIDENCE.digest
    assert (parsed["base"]["commit"], parsed["head"]["commit"]) == (samples.BASE, samples.HEAD)
    assert parsed["now"] == "2026-11-23T12:00:00Z"


def test_findings_and_coverage_are_told_whole() -> None:
    """new and old findings, and every path with what became of it"""
    parsed = told(samples.denied())
    assert [(found["rule"], found["new"]) for found in parsed["findings"]] == [
        ("python.flask.command-injection", True),
        ("python.flask.command-injection", False),
        ("B324", True),
    ]
    first = parsed["findings"][0]
    assert (first["path"], first["start_line"], first["end_line"]) == ("services/payments/refund.py", 39, 41)
    assert [row["path"] for row in parsed["coverage"]] == list(samples.PATHS)
    assert [row["not_scanned"] for row in parsed["coverage"]] == ["data", "picture", None, None, None, None]


def test_a_scanner_that_did_not_run_is_told() -> None:
    """silence of a scanner is never a clean result"""
    tools = told(samples.undecided())["tools"]
    assert tools[0] == {
        "scanner": "semgrep", "version": None, "rules_digest": None, "failed": [], "unavailable": "not installed"
    }  # fmt: skip
    assert tools[1]["unavailable"] is None


def test_an_unreadable_change_is_told_as_unavailable() -> None:
    """missing facts are null with their reason, not empty lists"""
    parsed = told(unreadable())
    assert parsed["attribution"] == {"unavailable": "shallow clone", "next_step": "git fetch --unshallow"}
    assert parsed["base"] is None
    assert parsed["evidence"] is None


def test_internal_words_are_null_for_contractors() -> None:
    """the key is there, its content is not"""
    for audience, internal in (("contractor", None), ("internal", samples.CONTRACT_ENDED.internal)):
        parsed = told(samples.denied(), View(audience))  # type: ignore[arg-type]
        contract = next(verdict for verdict in parsed["verdicts"] if verdict["gate"] == "contract")
        assert contract["reasons"][0]["internal"] == internal
        assert parsed["audience"] == audience


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_hostile_text_stays_in_its_string(text: str) -> None:
    """whatever stands in the change, the JSON has the same shape and no line that a runner obeys"""
    rendered = REPORT.render(samples.hostile(text), View("internal"))
    parsed = json.loads(rendered)
    jsonschema.Draft202012Validator(published_schema()).validate(parsed)
    assert parsed["findings"][0]["message"] == text.encode("utf-8", "backslashreplace").decode()
    assert commands(rendered) == []
    assert rendered.isascii()
