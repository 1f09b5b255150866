"""Results of others in a policy: strict, with the line, and what lint says of them."""

from __future__ import annotations

from datetime import date

import pytest

from outsource_gate.policy.lint import lint
from outsource_gate.policy.load import load_policy
from tests.policy.memory import POLICY, WHOLE, MemorySource, error, load, models

BARE = POLICY.replace("tiers: {extends: baseline}\n", "")
SOURCES = "sources: {results: {zap: {format: sarif, about: nightly}, unit: {format: junit}}}\n"
ASKING = "tiers:\n  standard:\n    gates:\n      testing:\n        change: [zap]\n"


def test_sources_and_what_asks_for_them() -> None:
    policy = load({"policy.yaml": BARE + SOURCES + ASKING})
    assert {name: source.format for name, source in policy.results.items()} == {"zap": "sarif", "unit": "junit"}
    assert policy.results_trust is None
    assert policy.tiers["standard"].gates["testing"].model_dump()["change"] == ("zap",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "sources: {results: {zap: {format: xml}}}\n",
            "policy.yaml:7: sources.results.zap.format: unknown value 'xml'",
        ),
        ("sources: {results: {zap: {}}}\n", "policy.yaml:7: sources.results.zap: key 'format' is missing"),
        (
            "sources: {results: {zap: {format: sarif, url: x}}}\n",
            "policy.yaml:7: sources.results.zap: unknown key 'url'",
        ),
        ("sources: {results: {Zap: {format: sarif}}}\n", "policy.yaml:7: sources.results.Zap"),
        ("sources: {trust: ../trust.yaml}\n", "policy.yaml:7: sources.trust: expected a relative path"),
        ("sources: {trust: trust.yaml}\n", "policy.yaml:7: sources.trust: no file trust.yaml there"),
        (ASKING, "policy.yaml:11: tiers.standard.gates.testing.change[0]: unknown result 'zap'; allowed: none"),
        (SOURCES + ASKING.replace("zap", "zpa"), "unknown result 'zpa'; allowed: zap, unit"),
        (SOURCES + ASKING.replace("change", "release").replace("zap", "dast"), "unknown result 'dast'"),
        (
            SOURCES + ASKING + "        max_age_hours: 0\n",
            "policy.yaml:13: tiers.standard.gates.testing.max_age_hours",
        ),
    ],
)
def test_a_mistake_is_one_error_with_its_line(text: str, says: str) -> None:
    assert says in error({"policy.yaml": BARE + text})


def test_the_trust_file_is_part_of_what_the_record_names() -> None:
    """another key for results is another register"""
    text = {"policy.yaml": POLICY + "sources: {trust: trust.yaml}\n"}
    one, other = (load({**text, "trust.yaml": content}) for content in ("a", "b"))
    assert one.results_trust == ("trust.yaml", b"a")
    assert one.register_digest != other.register_digest


def said(text: str) -> list[str]:
    policy = load_policy(MemorySource({**WHOLE, "policy.yaml": BARE + text}), models())
    return [found.message for found in lint(policy, date(2026, 11, 23)) if "result" in found.message]


def test_lint_names_a_result_that_nobody_asks_for() -> None:
    assert said(SOURCES + ASKING) == ["no tier asks for the result unit, so it decides nothing"]


def test_lint_names_a_signature_that_nobody_can_give() -> None:
    text = SOURCES + ASKING.replace("[zap]", "[zap, unit]\n        signing: required")
    assert said(text) == ["standard: results must be signed, and no key is trusted for them"]


@pytest.mark.parametrize(
    ("setting", "looser"),
    [
        ("max_age_hours: 721", True),
        ("max_age_hours: 24", False),
        ("suppressed: external", True),
        ("scope: all", False),
        ("fail_on: high", True),
    ],
)
def test_lint_names_what_is_looser_than_shipped(setting: str, looser: bool) -> None:
    policy = load({"policy.yaml": BARE + f"tiers:\n  critical:\n    gates:\n      testing: {{{setting}}}\n"})
    told = [found for found in lint(policy, date(2026, 11, 23)) if "looser than" in found.message]
    assert bool(told) == looser
