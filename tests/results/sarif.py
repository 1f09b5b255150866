"""SARIF for tests: whole and clean by default, so that a test changes one thing."""

from __future__ import annotations

import json
from typing import Any

from outsource_gate.results import Content, read_content


def result(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "ruleId": "R1",
        "message": {"text": "a header is missing"},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": "services/pay.py"}, "region": {"startLine": 3}}}
        ],
    }
    return whole | changes


def run(*results: Any, rules: Any = (), **changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "tool": {"driver": {"name": "ZAP", "semanticVersion": "2.16.0", "rules": list(rules)}},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-11-23T11:00:00Z"}],
        "results": list(results),
    }
    return {key: value for key, value in (whole | changes).items() if value is not None}


def sarif(*runs: Any, **changes: Any) -> bytes:
    return json.dumps({"version": "2.1.0", "runs": list(runs), **changes}).encode()


def content(*runs: Any, **changes: Any) -> Content:
    return read_content(sarif(*runs, **changes), "sarif")
