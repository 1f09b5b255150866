"""JSON Schemas: what an editor accepts is what the program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from outsource_gate.policy.json_schema import KINDS, json_schema
from outsource_gate.policy.yaml_text import read_yaml
from tests.policy.memory import ACME, PEOPLE, POLICY, models

TIERS = "tiers:\n  gold:\n    extends: critical\n    gates:\n      review: {approvals: 3, from: [corp/appsec]}\n"
EXAMPLE = Path(__file__).parent.parent.parent / "policies" / "example"


def fits(kind: Any, text: str) -> bool:
    validator = jsonschema.Draft202012Validator(json_schema(kind, models()))
    return bool(validator.is_valid(read_yaml("x.yaml", text.encode()).data))


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: Any) -> None:
    """each schema is valid, complete in itself, and knows no null"""
    schema = json_schema(kind, models())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].startswith("outsource-gate ")
    assert "null" not in str(schema)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("policy", "policy.yaml"),
        ("people", "people.yaml"),
        ("waivers", "waivers.yaml"),
        *(("vendor", f"vendors/{name}.yaml") for name in ("acme", "globex", "initech")),
    ],
)
def test_the_example_fits(kind: Any, file: str) -> None:
    """the shipped example is valid in an editor"""
    assert fits(kind, (EXAMPLE / file).read_text())


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("policy", POLICY),
        ("policy", POLICY.replace("people.yaml", "[{id: zoe}]")),
        ("policy", POLICY.replace("tiers: {extends: baseline}\n", TIERS)),
        ("policy", POLICY + "bots: [{id: x, github_id: 1, may_touch: ['**']}]\nevidence: {signing: optional}\n"),
        ("vendor", ACME),
        ("people", PEOPLE),
        ("people", "- {id: zoe, github: [{login: a, id: 1}, {login: b}]}\n"),
    ],
)
def test_what_reads_well_fits(kind: Any, text: str) -> None:
    """what the loader reads, the schema accepts"""
    assert fits(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("policy", POLICY + "waiver: x\n"),
        ("policy", POLICY.replace("version: 1", "version: 2")),
        ("policy", POLICY.replace("people.yaml", "7")),
        ("policy", POLICY.replace("{extends: baseline}", "{extends: other}")),
        ("policy", POLICY.replace("tiers: {extends: baseline}\n", TIERS.replace("    extends: critical\n", ""))),
        ("policy", POLICY.replace("tiers: {extends: baseline}\n", TIERS.replace("approvals: 3", "approvals: -1"))),
        ("policy", POLICY.replace("tiers: {extends: baseline}\n", TIERS.replace("review:", "oversight:"))),
        ("policy", POLICY.replace("tiers: {extends: baseline}\n", TIERS.replace("gold", "critical"))),
        ("vendor", ACME.replace("tier: critical\n", "")),
        ("vendor", ACME.replace("username: vic.v", "user: vic.v")),
        ("vendor", ACME.replace("eeeeeeee", "EEEEEEEE")),
        ("people", "id: zoe\n"),
        ("people", "- {id: zoe, mail: x}\n"),
    ],
)
def test_what_does_not_read_does_not_fit(kind: Any, text: str) -> None:
    """mistakes show while they are typed"""
    assert not fits(kind, text)


def test_every_key_has_words() -> None:
    """an editor shows what a top-level key or a gate's setting is for"""
    schema = json_schema("policy", models())
    wordless = [key for key, about in schema["properties"].items() if not {"description", "$ref"} & set(about)]
    assert wordless == []
    gates = schema["properties"]["tiers"]["additionalProperties"]["properties"]["gates"]["properties"]
    assert set(gates) == set(models())
    review = schema["$defs"][gates["review"]["$ref"].rpartition("/")[2]]
    assert review["properties"]["from"]["description"].startswith("teams whose members may approve")
