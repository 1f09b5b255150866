"""Every applicable gate is asked once per vendor; the same facts give the same decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outsource_gate.judging import applicable, judge
from outsource_gate.model.facts import CommitAttribution, Facts
from outsource_gate.model.verdict import Answer, Stage, Status
from outsource_gate.policy.settings import GateSettings
from outsource_gate.registry import gate_settings, gates
from tests import values
from tests.policy.memory import load


def settings() -> dict[str, GateSettings]:
    return {gate: model() for gate, model in gate_settings().items()}


def two_vendors(second_contract: bool) -> Facts:
    judged = CommitAttribution(
        values.HEAD, ("acme", "globex"), (values.role(), values.role("author", "globex", "glen"))
    )
    other = values.vendor(id="globex", name="Globex", people=[values.person("glen", **values.PAPERS)])
    return values.facts(
        attribution=values.attribution(vendors=("acme", "globex"), commits=(judged,)),
        vendors=(values.vendor(), other if second_contract else other.model_copy(update={"contract": None})),
    )


def test_a_good_change_is_allowed() -> None:
    decision = judge(values.facts(), {"acme": settings()}, gates())
    assert decision.answer is Answer.ALLOW
    assert {verdict.gate for verdict in decision.verdicts} == set(gates())


@pytest.mark.parametrize(("second", "answer"), [(True, Answer.ALLOW), (False, Answer.DENY)])
def test_every_vendor_of_a_change_must_pass_with_its_own_tier(second: bool, answer: Answer) -> None:
    decision = judge(two_vendors(second), {"acme": settings(), "globex": settings()}, gates())
    assert decision.answer is answer
    assert {verdict.vendor for verdict in decision.verdicts if verdict.status is Status.FAIL} <= {"globex"}


def test_a_gate_of_a_later_stage_is_listed_as_not_asked() -> None:
    """Never a denial, never a pass."""
    decision = judge(values.facts(stage=Stage.PUSH), {"acme": settings()}, gates())
    later = {verdict.gate for verdict in decision.verdicts if verdict.status is Status.NOT_ASKED}
    assert later == {"contract", "due-diligence", "oversight", "release", "remediation", "review", "testing"}


def test_of_somebody_elsewhere_only_the_identity_is_asked() -> None:
    """Their rules are not in a vendor's bundle, and the strictest tier's are not either."""
    facts = values.facts(attribution=values.attribution(vendors=("acme", "elsewhere")))
    asked = applicable(facts, load(), gates())
    assert {vendor: list(sections) for vendor, sections in asked.items()} == {
        "acme": list(gates()),
        "elsewhere": ["identity"],
    }


def test_the_same_facts_give_the_same_decision() -> None:
    facts = values.facts(context=values.context())
    first, second = (judge(replace(facts), {"acme": settings()}, gates()) for _ in range(2))
    assert first == second


def test_nothing_applicable_is_no_allow() -> None:
    """The empty set never passes."""
    assert judge(values.facts(), {}, gates()).answer is Answer.UNDECIDED
