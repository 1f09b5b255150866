"""What got looser and what stricter, for tiers, vendors, people, patterns and waivers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.policy.load import Policy
from outsource_gate.policy_diff import by_vendor, differences, of_vendor
from outsource_gate.policy_diff.difference import Difference, Direction
from tests.policy.memory import ACME, GLOBEX, PEOPLE, POLICY, load
from tests.values import vendor

WAIVER: dict[str, Any] = {
    "id": "w1", "reason": "until the new pipeline is there", "gate": "sast", "code": "finding", "rules": ["r"],
    "path": "services/a.py", "vendor": "acme", "approver": "ina", "issued": "2026-11-20", "expires": "2026-11-30",
}  # fmt: skip


def with_waiver(**changes: Any) -> dict[str, str]:
    waiver = {key: value for key, value in {**WAIVER, **changes}.items() if value is not None}
    return {"policy.yaml": POLICY + "waivers: waivers.yaml\n", "waivers.yaml": json.dumps([waiver])}


def with_tier(text: str, **files: str) -> dict[str, str]:
    return {"policy.yaml": POLICY.replace("{extends: baseline}", text), **files}


def acme(old: str, new: str) -> dict[str, str]:
    assert old in ACME
    return {"vendors/acme.yaml": ACME.replace(old, new)}


def people(old: str, new: str) -> dict[str, str]:
    assert old in PEOPLE
    return {"people.yaml": PEOPLE.replace(old, new)}


def policy(old: str, new: str) -> dict[str, str]:
    assert old in POLICY
    return {"policy.yaml": POLICY.replace(old, new)}


WHOLE: dict[str, str] = {}
LOOSER: list[tuple[dict[str, str], dict[str, str], str, str]] = [
    (WHOLE, with_tier("{critical: {gates: {review: {approvals: 1}}}}"), "tier critical", "review.approvals"),
    (with_tier("{critical: {gates: {review: {from: [corp/a]}}}}"), WHOLE, "tier critical", "review.from"),
    (WHOLE, with_tier("{critical: {gates: {sast: {fail_on: high}}}}"), "tier critical", "sast.fail_on"),
    (WHOLE, with_tier("{critical: {gates: {access: {mfa_max_age: any}}}}"), "tier critical", "access.mfa_max_age"),
    (WHOLE, with_tier("{critical: {waivers: {max_age: 60 days}}}"), "tier critical", "waivers.max_age"),
    (WHOLE, with_tier("{critical: {report_only_until: 2026-12-01}}"), "tier critical", "report_only_until"),
    (WHOLE, acme("tier: critical", "tier: elevated"), "vendor acme", "tier"),
    (WHOLE, acme("tier: critical", "tier: elevated"), "vendor acme", "review.approvals"),
    (WHOLE, acme('["services/**"]', '["services/**", "lib/**"]'), "vendor acme", "access.paths.lib/**"),
    (WHOLE, acme("[corp/payments]", "[corp/payments, corp/web]"), "vendor acme", "access.repositories.corp/web"),
    (
        acme("  valid: {until: 2026-12-31}", "  valid: {until: 2026-12-31}\n  deny_paths: [services/x]"),
        WHOLE,
        "vendor acme",
        "access.deny_paths.services/x",
    ),
    (WHOLE, acme("{until: 2026-12-31}", "{until: 2027-01-14}"), "vendor acme", "access.valid.until"),
    (WHOLE, acme("  valid: {until: 2026-12-31}\n", ""), "vendor acme", "access.valid.until"),
    (WHOLE, acme("from: 2026-01-15", "from: 2026-01-12"), "vendor acme", "contract.valid.from"),
    (WHOLE, acme("people:", "people:\n  - {id: val}"), "vendor acme", "people.val"),
    (WHOLE, acme("login: vicv, id: 4711", "login: vicv"), "vendor acme", "people.vic.github.vicv.id"),
    (WHOLE, {"vendors/globex.yaml": GLOBEX}, "vendor globex", "entry"),
    (WHOLE, people("- id: ida", "- {id: ben}\n- id: ida"), "our own ben", "entry"),
    (WHOLE, people("teams: [corp/appsec]", "teams: [corp/appsec, corp/x]"), "our own ida", "teams.corp/x"),
    (people("teams: [corp/appsec]", "active: {until: 2026-12-01}"), people("  teams: [corp/appsec]\n", ""),
     "our own ida", "active.until"),
    (WHOLE, policy('["*@corp', '["*@x.example", "*@corp'), "policy", "internal.emails.*@x.example"),
    (policy("  emails", "  verified: require\n  emails"), WHOLE, "policy", "internal.verified"),
    (WHOLE, policy("vendors:", "bots: [{id: b, github_id: 7}]\nvendors:"), "policy", "bots.b"),
    (WHOLE, policy("vendors:", "evidence: {signing: optional}\nvendors:"), "policy", "evidence.signing"),
    (policy("vendors:", "evidence: {timestamp: required}\nvendors:"), WHOLE, "policy", "evidence.timestamp"),
    (with_waiver() | {"waivers.yaml": "[]"}, with_waiver(), "waiver w1", "entry"),
    (with_waiver(), with_waiver(expires="2026-12-05"), "waiver w1", "expires"),
    (with_waiver(), with_waiver(occurrences=3), "waiver w1", "occurrences"),
    (with_waiver(repository="corp/payments"), with_waiver(), "waiver w1", "repository"),
]  # fmt: skip


def only(found: tuple[Difference, ...], where: str, what: str) -> Difference:
    (one,) = [one for one in found if (one.where, one.what) == (where, what)]
    return one


@pytest.mark.parametrize(("old", "new", "where", "what"), LOOSER, ids=[f"{one[2]}: {one[3]}" for one in LOOSER])
def test_what_lets_more_through_is_looser(old: Any, new: Any, where: str, what: str) -> None:
    """and the way back is stricter"""
    before, after = load(old), load(new)
    assert only(differences(before, after), where, what).direction is Direction.LOOSER
    assert only(differences(after, before), where, what).direction is Direction.STRICTER


def test_a_list_that_cannot_be_compared_is_told_in_parts() -> None:
    """what was taken away does not hide behind what was added"""
    old = load(with_tier("{critical: {gates: {access: {training: [a, b]}}}}"))
    new = load(with_tier("{critical: {gates: {access: {training: [b, c]}}}}"))
    found = [(one.direction, one.old, one.new) for one in differences(old, new)]
    assert found == [(Direction.LOOSER, "[a]", ""), (Direction.STRICTER, "", "[c]")]


def test_a_mapping_that_cannot_be_compared_is_told_in_parts() -> None:
    """each age by itself; what is not named has no bound"""
    old = load(with_tier("{critical: {gates: {oversight: {longest: {a: 3 days, b: 3 days}}}}}"))
    new = load(with_tier("{critical: {gates: {oversight: {longest: {b: 2 days, c: 3 days}}}}}"))
    found = [(one.direction, one.old, one.new) for one in differences(old, new)]
    assert found == [
        (Direction.LOOSER, "a: 3 days", ""),
        (Direction.STRICTER, "", "c: 3 days"),
        (Direction.STRICTER, "b: 3 days", "b: 2 days"),
    ]


def test_both_places_are_told() -> None:
    """the shipped baseline's, and the policy's line"""
    one = only(differences(load(), load(LOOSER[0][1])), "tier critical", "review.approvals")
    assert one.old_place.startswith("shipped baseline:")
    assert one.new_place == "policy.yaml:7"
    assert (one.old, one.new) == ("2", "1")
    assert one.vendors == ("acme", "unknown")


def test_a_tier_that_judges_nobody_concerns_nobody() -> None:
    """not everybody: no vendor is of it"""
    found = differences(load(), load(with_tier("{standard: {gates: {review: {approvals: 2}}}}")))
    assert [one.vendors for one in found] == [("",)]
    assert list(of_vendor(found, "acme")) == []


def test_what_concerns_a_vendor() -> None:
    """its own entry, its tier, what holds for everybody; nothing of others"""
    changes = {**policy('["*@corp.example"]', '["*@x.example"]'), "vendors/globex.yaml": GLOBEX}
    before = load({"vendors/globex.yaml": GLOBEX})
    found = differences(before, load({**changes, **acme("[corp/payments]", "[corp/x]")}))
    assert {one.where for one in of_vendor(found, "globex")} == {"policy"}
    assert {one.where for one in of_vendor(found, "acme")} == {"policy", "vendor acme"}
    each = by_vendor(found, ["acme", "globex"])
    assert {id: set(own) for id, own in each.items()} == {
        id: set(of_vendor(found, id)) for id in ("acme", "globex")
    }


def test_a_renewed_paper_is_changed() -> None:
    """what was renewed is no rule that got looser"""
    before = load({"vendors/acme.yaml": json.dumps(_plain())})
    entry = _plain()
    entry["people"][0]["mfa"]["verified_on"] = "2026-11-20"
    entry["oversight"].reverse()
    found = differences(before, load({"vendors/acme.yaml": json.dumps(entry)}))
    assert [(one.direction, one.what) for one in found] == [(Direction.CHANGED, "people.vic.mfa.verified_on")]


def _plain() -> dict[str, Any]:
    return vendor().model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"affiliates"})


AGES = st.sampled_from(["any", "7 days", "1 week", "90 days", "3 months", "1 year"])
SPANS = st.sampled_from(["7 days", "1 week", "30 days", "1 month", "12 months"])
WORDS = st.lists(st.sampled_from(["corp/a", "corp/b", "corp/c"]), unique=True).map(sorted)
DAYS = st.sampled_from(["2026-01-15", "2026-06-30", "2026-12-31"])


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Policies that differ in settings of every kind of direction, in grants, windows, people and waivers."""
    gates = {
        "review": {"approvals": draw(st.integers(0, 3)), "from": draw(WORDS)},
        "sast": {"commits": draw(st.sampled_from(["net", "each"]))},
        "access": {"training": [word[5:] for word in draw(WORDS)], "mfa_max_age": draw(AGES)},
        "oversight": {"longest": draw(st.dictionaries(st.sampled_from(["x", "y", "z"]), SPANS))},
        "testing": {"max_age_hours": draw(st.integers(1, 3))},
    }  # fmt: skip
    tier: dict[str, Any] = {"gates": gates, "waivers": {"max_age": draw(SPANS)}}
    if draw(st.booleans()):
        tier["report_only_until"] = draw(DAYS)
    whole = {
        "version": 1, "organization": "Corp", "vendors": "vendors/", "waivers": "waivers.yaml",
        "internal": {"people": "people.yaml", "emails": draw(st.sampled_from([[], ["*@corp.example"], ["*@x.y"]]))},
        "tiers": {draw(st.sampled_from(["critical", "elevated"])): tier},
    }  # fmt: skip
    entry = _plain() | {"tier": draw(st.sampled_from(["standard", "elevated", "critical"]))}
    entry["access"] |= {
        "paths": draw(WORDS),
        "deny_paths": draw(WORDS),
        "valid": draw(st.sampled_from([{}, {"until": "2027-01-01"}])),
    }
    entry["people"] = entry["people"][: draw(st.integers(0, 2))]
    entry["contract"]["remediation_sla"] = draw(st.dictionaries(st.sampled_from(["critical", "high"]), SPANS))
    del entry["oversight"][: draw(st.integers(0, 3))]
    waivers = (
        [{**WAIVER, "expires": draw(st.sampled_from(["2026-11-22", "2026-11-25"]))}] if draw(st.booleans()) else []
    )
    return load({
        "policy.yaml": json.dumps(whole),
        "vendors/acme.yaml": json.dumps(entry),
        "waivers.yaml": json.dumps(waivers),
        **({"vendors/globex.yaml": GLOBEX} if draw(st.booleans()) else {}),
    })  # fmt: skip


MIRRORED = {Direction.LOOSER: "stricter", Direction.STRICTER: "looser", Direction.CHANGED: "changed"}


@settings(max_examples=60, deadline=None)
@given(policies(), policies())
def test_the_way_back_is_the_mirror(old: Policy, new: Policy) -> None:
    """swapping the two swaps looser and stricter, and old and new; from itself a policy has no difference"""
    there = {(one.where, one.what, str(one.direction), one.old, one.new) for one in differences(old, new)}
    back = {(one.where, one.what, MIRRORED[one.direction], one.new, one.old) for one in differences(new, old)}
    assert there == back
    assert differences(old, old) == differences(new, new) == ()


@settings(max_examples=60, deadline=None)
@given(policies(), policies())
def test_nothing_is_left_out(old: Policy, new: Policy) -> None:
    """two policies that have no difference say the same"""
    same = (old.vendors, old.waivers, old.internal, old.internal_emails) == (
        new.vendors, new.waivers, new.internal, new.internal_emails,
    ) and old.tiers == new.tiers  # fmt: skip
    assert same == (differences(old, new) == ())
