"""The version of the checklist: same rules, same version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from outsource_gate.policy.checklist import checklist_of, versions
from outsource_gate.policy.load import Policy
from tests.policy.memory import acme, load, tiers

TIER = "tiers:\n  critical:\n    gates:\n      "


def version(policy: Policy) -> str:
    (known,) = versions(policy, policy.vendors.values())
    return known.version


def test_the_page_and_the_gate_name_one_version() -> None:
    policy = load()
    assert checklist_of(policy, policy.vendors["acme"]).version == version(policy)


def test_a_version_is_the_digest_that_the_docs_describe() -> None:
    """canonical JSON of ids and values, sorted, without white space"""
    policy = load()
    made = checklist_of(policy, policy.vendors["acme"])
    rules = sorted([line.id, sorted(set(line.values))] for line in (*made.before_first, *made.where, *made.held_to))
    text = json.dumps(rules, separators=(",", ":"))
    assert made.version == hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    "policy",
    [
        acme('paths: ["services/**"]', 'paths: ["services/**", "lib/**"]'),
        acme("repositories: [corp/payments]", "repositories: [corp/ledger]"),
        acme("  valid: {until: 2026-12-31}", "  deny_paths: [core/**]\n  valid: {until: 2026-12-31}"),
        acme("tier: critical", "tier: elevated"),
        tiers(f"{TIER}access: {{mfa_max_age: 30 days}}\n"),
        tiers(f"{TIER}access: {{training: [secure_coding, privacy]}}\n"),
        tiers(f"{TIER}sast: {{fail_on: low}}\n"),
        tiers(f"{TIER}review: {{approvals: 3}}\n"),
    ],
)
def test_other_rules_are_another_version(policy: Policy) -> None:
    assert version(policy) != version(load())


@pytest.mark.parametrize(
    "policy",
    [
        acme("procurement@corp.example", "buying@corp.example"),
        acme("Acme Dev Ltd", "Acme Development Ltd"),
        acme("until: 2027-01-14", "until: 2027-12-31"),
        acme("  - id: vic", "  - id: val\n  - id: vic"),
        tiers(f"{TIER}access: {{customer: deny}}\n"),
        tiers(f"{TIER}access: {{review_max_age: 30 days}}\n"),
    ],
)
def test_who_is_asked_and_what_is_ours_to_do_is_no_rule(policy: Policy) -> None:
    assert version(policy) == version(load())


def test_the_order_of_paths_is_no_rule() -> None:
    one, other = ("[a/**, b/**]", "[b/**, a/**]")
    assert version(acme('["services/**"]', one)) == version(acme('["services/**"]', other))


def test_a_typo_that_is_mended_is_no_rule() -> None:
    """ids and values count, sentences do not"""
    policy = load()
    made = checklist_of(policy, policy.vendors["acme"])
    reworded = tuple(replace(line, text="Other words.") for line in made.held_to)
    assert [(line.id, line.values) for line in reworded] == [(line.id, line.values) for line in made.held_to]
    assert len({line.id for line in made.held_to}) == len(made.held_to)


def test_two_vendors_with_the_same_rules_share_a_version() -> None:
    globex = "id: globex\nname: Globex\nowner: buying@corp.example\ntier: critical\naccess:\n"
    granted = '  repositories: [corp/payments]\n  paths: ["services/**"]\n'
    policy = load({"vendors/globex.yaml": globex + granted})
    assert len({known.version for known in versions(policy, policy.vendors.values())}) == 1
