"""Every attack is answered with the right reason at the right place; every harmless change is let through."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.check import judge_collected
from outsource_gate.collect import collect
from outsource_gate.imported import Given
from outsource_gate.model.verdict import Answer, Decision, Effect
from outsource_gate.request import Request
from tests.bypass.families import FAMILIES
from tests.bypass.scene import SCENARIOS, Scenario, Scene, build
from tests.repo import SigningKey


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


def decide(scene: Scene) -> Decision:
    request = Request(
        repo=scene.repo.path,
        policy=None if scene.policy_in_repo else scene.policy,
        base=scene.base,
        head=scene.head or scene.repo.current,
        change=scene.hand_over(),
        results=tuple(Given(name, path) for name, path in scene.results),
        osv=scene.osv,
        tracker=scene.tracker,
        now=scene.now,
    )
    return judge_collected(collect(request, lambda _: None))


@pytest.mark.tools
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_scenario(scenario: Scenario, tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> None:
    scene = build(tmp_path, *keys)
    scenario.script(scene)
    decision = decide(scene)
    seen = [
        (reason.code, reason.where.path)
        for verdict in decision.verdicts
        for reason in verdict.reasons
        if reason.effect not in (Effect.NOTE, Effect.WAIVED)
    ]
    assert decision.answer is scenario.answer, seen
    if scenario.code:
        paths = [path for code, path in seen if code == scenario.code]
        assert paths, seen
        assert scenario.path is None or scenario.path in paths


def test_the_corpus_is_large_enough() -> None:
    """At least 45 attacks and 15 harmless changes, each in its family."""
    harmless_ones = [scenario for scenario in SCENARIOS if scenario.answer is Answer.ALLOW]
    assert len(SCENARIOS) - len(harmless_ones) >= 45
    assert len(harmless_ones) >= 15
    assert {scenario.script.__module__ for scenario in SCENARIOS} == {family.__name__ for family in FAMILIES}
