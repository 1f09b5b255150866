"""Tiers: what ships, what a policy changes, and which line says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.policy.strictness import Loosened, loosened, settings_of, written
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.registry import gates
from tests.policy.memory import POLICY, error, load, models, tiers


def values(tier: str, gate: str, text: str = "") -> dict[str, str]:
    settings = tiers(text).tiers[tier].gates[gate]
    return {setting.name: written(setting.value) for setting in settings_of(settings)}


def tier_error(text: str) -> str:
    return error({"policy.yaml": POLICY.replace("tiers: {extends: baseline}\n", "") + text})


@pytest.mark.parametrize(
    ("tier", "approvals", "owners", "confidence", "commits", "unsupported"),
    [
        ("standard", "1", "ignored", "medium", "net", "warn"),
        ("elevated", "1", "where-present", "medium", "each", "deny"),
        ("critical", "2", "required", "low", "each", "deny"),
    ],
)
def test_what_ships(
    tier: str, approvals: str, owners: str, confidence: str, commits: str, unsupported: str
) -> None:
    """the shipped tiers are those of the documented table"""
    assert values(tier, "review") == {"approvals": approvals, "from": "[]", "code_owners": owners}
    assert values(tier, "sast") == {
        "fail_on": "medium",
        "confidence": confidence,
        "scope": "new",
        "commits": commits,
        "history": "report",
    }
    assert values(tier, "coverage") == {"unsupported": unsupported}
    assert values(tier, "contract")["clauses"].count(",") == 5


@pytest.mark.parametrize("tier", ["standard", "elevated", "critical"])
def test_every_gate_is_on_in_every_shipped_tier(tier: str) -> None:
    """a gate that no tier names would judge nobody"""
    assert set(shipped_tiers(models())[tier].gates) == set(gates())


def test_every_setting_says_which_direction_is_stricter() -> None:
    """without a direction nobody could say whether a policy loosens it"""
    undirected = [
        (gate, setting.name)
        for gate, settings in shipped_tiers(models())["critical"].gates.items()
        for setting in settings_of(settings)
        if not setting.stricter
    ]
    assert undirected == []


def test_every_shipped_setting_has_its_line() -> None:
    """no shipped tier leans on a default that could change unseen"""
    for tier in shipped_tiers(models()).values():
        for gate, settings in tier.gates.items():
            for setting in settings_of(settings):
                assert str(tier.places[gate, setting.name]).startswith("shipped baseline:")


def test_settings_merge_one_by_one() -> None:
    """what the policy leaves out stays as it ships, and each setting knows its own line"""
    text = "tiers:\n  critical:\n    gates:\n      review:\n        approvals: 3\n"
    assert values("critical", "review", text) == {"approvals": "3", "from": "[]", "code_owners": "required"}
    places = tiers(text).tiers["critical"].places
    assert str(places["review", "approvals"]) == "policy.yaml:11"
    assert str(places["review", "code_owners"]).startswith("shipped baseline:")
    assert values("standard", "review", text)["approvals"] == "1"


def test_an_own_tier_starts_from_another() -> None:
    """own tiers extend shipped or own ones, in whatever order they are written"""
    text = (
        "tiers:\n  platinum: {extends: gold, gates: {sast: {fail_on: low}}}\n"
        "  gold: {extends: elevated, gates: {review: {approvals: 2}}}\n"
        "  elevated: {gates: {coverage: {unsupported: warn}}}\n"
    )
    policy = tiers(text)
    assert policy.tiers["platinum"].shipped == "elevated"
    assert values("platinum", "sast", text)["fail_on"] == "low"
    assert values("platinum", "review", text)["approvals"] == "2"
    assert values("gold", "coverage", text) == {"unsupported": "warn"}
    assert values("gold", "sast", text)["fail_on"] == "medium"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "tiers:\n  gold: {}\n",
            (
                "policy.yaml:8: tiers.gold: an own tier says which tier it starts from -> add extends: "
                "standard or elevated or critical"
            ),
        ),
        (
            "tiers:\n  gold: {extends: silver}\n",
            ("policy.yaml:8: tiers.gold.extends: unknown tier 'silver'; allowed: standard, elevated, critical"),
        ),
        (
            "tiers:\n  a: {extends: b}\n  b: {extends: a}\n",
            "policy.yaml:8: tiers.a.extends: tiers extend each other",
        ),
        ("tiers:\n  a: {extends: a}\n", "policy.yaml:8: tiers.a.extends: tiers extend each other"),
        (
            "tiers:\n  critical: {extends: standard}\n",
            ("policy.yaml:8: tiers.critical.extends: the shipped tier critical extends nothing"),
        ),
        (
            "tiers:\n  Gold: {extends: standard}\n",
            "policy.yaml:8: tiers.Gold: got 'Gold', expected lower-case letters",
        ),
        ("tiers:\n  critical: [x]\n", "policy.yaml:8: tiers.critical: expected a mapping, got a list"),
        (
            "tiers:\n  critical: {report_only_until: soon}\n",
            ("policy.yaml:8: tiers.critical.report_only_until: expected a day as YYYY-MM-DD, got 'soon'"),
        ),
        (
            "tiers:\n  critical: {report_only: true}\n",
            ("policy.yaml:8: tiers.critical: unknown key 'report_only'; allowed: extends, gates, report_"),
        ),
        (
            "tiers:\n  critical:\n    waivers: {max_age: any}\n",
            "policy.yaml:9: tiers.critical.waivers.max_age: got 'any', expected a span such as",
        ),
        (
            "tiers:\n  critical:\n    gates:\n      supervision: {}\n",
            (
                "policy.yaml:10: tiers.critical.gates: unknown gate "
                "'supervision'; allowed: access, contract, coverage, dependencies, due-diligence, identity, "
                "integrity, oversight, personal-data, release, remediation, review, sast, secrets, testing, "
                "workflows"
            ),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      sast: off\n",
            "policy.yaml:10: tiers.critical.gates.sast: expected a mapping",
        ),
        (
            "tiers:\n  critical:\n    gates:\n      sast:\n        fail_on: hgih\n",
            (
                "policy.yaml:11: tiers.critical.gates.sast."
                "fail_on: unknown value 'hgih'; allowed: low, medium, high, critical -> did you mean high?"
            ),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      sast:\n        failon: high\n",
            (
                "policy.yaml:11: tiers.critical.gates.sast: "
                "unknown key 'failon'; "
                "allowed: commits, confidence, fail_on, history, scope -> did you mean fail_on?"
            ),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      review: {approvals: true}\n",
            ("policy.yaml:10: tiers.critical.gates.review.approvals: expected a whole number, got true"),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      review: {approvals: '2'}\n",
            ("policy.yaml:10: tiers.critical.gates.review.approvals: expected a whole number, got the text '2'"),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      review: {approvals: -1}\n",
            ("policy.yaml:10: tiers.critical.gates.review.approvals: must be greater than or equal to 0, got -1"),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      review: {from: corp/x}\n",
            ("policy.yaml:10: tiers.critical.gates.review.from: expected a list, got the text 'corp/x'"),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      review: {from_: [x]}\n",
            ("policy.yaml:10: tiers.critical.gates.review: unknown key 'from_'"),
        ),
        (
            "tiers:\n  critical:\n    gates:\n      identity: {paths: []}\n",
            ("policy.yaml:10: tiers.critical.gates.identity: unknown key 'paths'; allowed: none"),
        ),
    ],
)
def test_mistakes_in_tiers(text: str, says: str) -> None:
    """each mistake is one error at the line of the setting"""
    assert tier_error(text).startswith(says)


def test_a_mistake_in_an_own_tier_is_named_where_it_was_written() -> None:
    """an inherited mistake is the parent's"""
    found = tier_error(
        "tiers:\n  gold:\n    extends: elevated\n    gates:\n      sast: {scope: none}\n  best: {extends: gold}\n"
    )
    assert found.startswith("policy.yaml:11: tiers.gold.gates.sast.scope: unknown value 'none'")


@pytest.mark.parametrize(
    ("gate", "setting", "value", "is_looser"),
    [
        ("review", "approvals", "1", True),
        ("review", "approvals", "3", False),
        ("review", "from", "[corp/appsec]", False),
        ("review", "code_owners", "where-present", True),
        ("sast", "fail_on", "high", True),
        ("sast", "fail_on", "low", False),
        ("sast", "confidence", "medium", True),
        ("sast", "scope", "changed-files", False),
        ("contract", "clauses", "[secure-coding]", True),
        ("contract", "document", "false", True),
        ("coverage", "unsupported", "warn", True),
    ],
)
def test_what_is_looser(gate: str, setting: str, value: str, is_looser: bool) -> None:
    """each setting's own direction decides"""
    policy = tiers(f"tiers: {{critical: {{gates: {{{gate}: {{{setting}: {value}}}}}}}}}\n")
    found = list(loosened(policy.tiers, shipped_tiers(models())))
    assert [(each.tier, each.gate, each.setting) for each in found] == (
        [("critical", gate, setting)] if is_looser else []
    )


def test_no_team_named_is_looser_than_one() -> None:
    """an empty list of teams lets everybody approve: the loosest, not the strictest"""
    own = "gold: {extends: critical, gates: {review: {from: %s}}}"
    teams = f"tiers: {{critical: {{gates: {{review: {{from: [a, b]}}}}}}, {own}}}\n"
    for value, is_looser in (("[]", True), ("[a]", False), ("[a, b, c]", True)):
        policy = tiers(teams % value)
        below = {**policy.tiers, "critical": policy.tiers["critical"]}
        found = list(loosened({"gold": policy.tiers["gold"]}, below))
        assert bool(found) is is_looser, value


def test_what_ships_is_not_looser_than_itself() -> None:
    """a policy that changes nothing loosens nothing"""
    assert list(loosened(load().tiers, shipped_tiers(models()))) == []


@given(st.integers(0, 20))
def test_fewer_approvals_are_always_named(approvals: int) -> None:
    """every number below the shipped one is looser, none above is"""
    policy = tiers(f"tiers: {{own: {{extends: critical, gates: {{review: {{approvals: {approvals}}}}}}}}}\n")
    found = list(loosened(policy.tiers, shipped_tiers(models())))
    assert found == ([Loosened("own", "review", "approvals", approvals, 2)] if approvals < 2 else [])
