"""Derived tiers: what follows from answers, and what becomes of a claim that is too low."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.policy.load import Policy
from outsource_gate.policy.tiering import derived, unanswered
from tests.policy.memory import ACME, POLICY, error, load

TIERING = """\
tiering:
  data-class: {public: standard, internal: elevated, personal: critical}
  reach: {none: standard, production: elevated}
"""
ORDER = ["standard", "elevated", "critical"]


def with_answers(claimed: str, answers: str, more: str = "", tiering: str = TIERING) -> Policy:
    acme = ACME.replace("tier: critical", f"tier: {claimed}") + f"answers: {answers}\n"
    policy = POLICY.replace("tiers: {extends: baseline}\n", more or "tiers: {extends: baseline}\n")
    return load({"policy.yaml": policy + tiering, "vendors/acme.yaml": acme})


@pytest.mark.parametrize(
    ("answers", "tier", "because"),
    [
        ("{data-class: public, reach: none}", "standard", ("data-class: public", "reach: none")),
        ("{data-class: public, reach: production}", "elevated", ("reach: production",)),
        ("{data-class: personal, reach: production}", "critical", ("data-class: personal",)),
        ("{reach: production}", "elevated", ("reach: production",)),
    ],
)
def test_the_strictest_tier_follows(answers: str, tier: str, because: tuple[str, ...]) -> None:
    """one answer is enough"""
    policy = with_answers("standard", answers)
    found = derived(policy.vendors["acme"], policy.tiering, policy.tiers)
    assert found is not None
    assert (found.tier, found.because) == (tier, because)


def test_a_claim_that_is_too_low_is_raised_and_kept_for_readers() -> None:
    """the policy says what follows, and the register cannot make a vendor less risky"""
    policy = with_answers("standard", "{data-class: personal}")
    assert policy.tier_of("acme").name == "critical"
    assert policy.vendors["acme"].tier == "critical"
    assert policy.claimed == {"acme": "standard"}


@pytest.mark.parametrize("answers", ["{data-class: public}", "{data-class: personal}"])
def test_a_claim_that_is_as_strict_stands(answers: str) -> None:
    """answers never lower a tier"""
    policy = with_answers("critical", answers)
    assert (policy.tier_of("acme").name, policy.claimed) == ("critical", {})


def test_what_nobody_answered_leads_nowhere_and_is_known() -> None:
    policy = with_answers("standard", "{data-class: public}")
    assert policy.tier_of("acme").name == "standard"
    assert unanswered(policy.vendors["acme"], policy.tiering) == ("reach",)


GOLD = "tiers:\n  gold: {extends: elevated, gates: {review: {approvals: %d}}}\n"


@pytest.mark.parametrize(("approvals", "claimed", "judged"), [(3, "elevated", "gold"), (0, "gold", "elevated")])
def test_of_two_tiers_that_start_from_one_the_settings_decide(approvals: int, claimed: str, judged: str) -> None:
    """an own tier can be stricter or looser than the one it extends"""
    tiering = f"tiering: {{reach: {{production: {judged}}}}}\n"
    policy = with_answers(claimed, "{reach: production}", GOLD % approvals, tiering)
    assert policy.tier_of("acme").name == judged
    assert policy.claimed == {"acme": claimed}


def test_a_stricter_own_tier_satisfies_what_follows() -> None:
    tiering = "tiering: {reach: {production: elevated}}\n"
    policy = with_answers("gold", "{reach: production}", GOLD % 3, tiering)
    assert (policy.tier_of("acme").name, policy.claimed) == ("gold", {})


@pytest.mark.parametrize(
    ("policy", "acme", "said"),
    [
        (
            "tiering: {reach: {none: strict}}\n",
            "",
            "policy.yaml:8: tiering.reach.none: unknown tier 'strict'; allowed: standard, elevated, critical",
        ),
        ("tiering: {reach: {}}\n", "", "policy.yaml:8: tiering.reach: has no answer"),
        (
            TIERING,
            "answers: {size: big}\n",
            "vendors/acme.yaml:27: answers.size: nobody asks 'size'; allowed: data",
        ),
        (TIERING, "answers: {reach: some}\n", "answers.reach: unknown answer 'some'; allowed: none, production"),
        (
            "",
            "answers: {reach: none}\n",
            "answers.reach: nobody asks 'reach'; allowed: none, the policy has no tier",
        ),
    ],
)
def test_what_nobody_knows_is_an_error_with_file_and_line(policy: str, acme: str, said: str) -> None:
    assert said in error({"policy.yaml": POLICY + policy, "vendors/acme.yaml": ACME + acme})


@given(st.sampled_from(ORDER), st.lists(st.sampled_from(["public", "internal", "personal"]), max_size=1))
def test_answers_never_loosen(claimed: str, answer: list[str]) -> None:
    """the tier that judges is at least the claimed one"""
    answers = f"{{data-class: {answer[0]}}}" if answer else "{}"
    judged = with_answers(claimed, answers).tier_of("acme").name
    assert ORDER.index(judged) >= ORDER.index(claimed)
