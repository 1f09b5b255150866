"""A file of cases under the policy in memory, whole and harmless by default: ACME as `values.vendor` has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outsource_gate.model.policy_case import CaseOutcome
from outsource_gate.policy.load import Policy
from outsource_gate.policy_cases.reading import read_cases
from outsource_gate.policy_cases.run import run_cases
from tests.policy.memory import load
from tests.values import vendor

HARMLESS: dict[str, Any] = {"name": "harmless", "given": {"vendor": "acme"}, "expect": {"decision": "ALLOW"}}
NOW = "2026-11-23T12:00:00Z"


def policy() -> Policy:
    """The policy in memory with the whole vendor of the tests; JSON is YAML, too."""
    entry = vendor().model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"affiliates"})
    return load({"vendors/acme.yaml": json.dumps(entry)})


def outcomes(folder: Path, *cases: dict[str, Any], given: dict[str, Any] | None = None) -> list[CaseOutcome]:
    file = folder / "cases.yaml"
    file.write_text(json.dumps({"given": {"now": NOW} if given is None else given, "cases": cases}, indent=1))
    return list(run_cases(policy(), read_cases([file])))


def case(expect: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {"name": "case", "given": {"vendor": "acme", **given}, "expect": expect}


def outcome(folder: Path, expect: dict[str, Any], **given: Any) -> CaseOutcome:
    """Judge one case."""
    (one,) = outcomes(folder, case(expect, **given))
    return one
