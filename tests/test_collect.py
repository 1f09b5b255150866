"""What the world says becomes facts; what cannot be found out is a missing fact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.collect import Collected, collect
from outsource_gate.errors import GateError, PolicyError, UsageError
from outsource_gate.forges import Event
from outsource_gate.model.facts import Attribution, NotAsked, Owners, Unavailable
from outsource_gate.model.review import Context
from outsource_gate.model.verdict import Stage
from outsource_gate.request import Request
from tests.bypass.scene import INA, NOW, Scene, build
from tests.repo import SigningKey


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[SigningKey, SigningKey]:
    folder = tmp_path_factory.mktemp("keys")
    return SigningKey.generate(folder, "vic"), SigningKey.generate(folder, "ina")


@pytest.fixture
def scene(tmp_path: Path, keys: tuple[SigningKey, SigningKey]) -> Scene:
    """A change of our own: nothing is scanned, so that these tests are quick."""
    scene = build(tmp_path, *keys)
    scene.commit({"services/a.py": "A = 1\n"}, author=INA)
    scene.by("ida")
    return scene


def asked(scene: Scene, **changes: Any) -> Request:
    return replace(
        Request(scene.repo.path, scene.policy, "main", "feature", scene.hand_over(), None, NOW), **changes
    )


def run(scene: Scene, **changes: Any) -> Collected:
    return collect(asked(scene, **changes), lambda _: None)


def test_a_change_of_ours_is_seen_whole_and_not_scanned(scene: Scene) -> None:
    facts = run(scene).facts
    assert isinstance(facts.attribution, Attribution)
    assert facts.attribution.vendors == ()
    assert (facts.scans, facts.coverage) == ((), ())
    assert facts.repository == "corp/payments"


def test_how_the_frame_was_chosen_is_said(scene: Scene) -> None:
    """`verify` can refuse what an option chose."""
    chosen = run(scene).facts.chosen
    assert (chosen.base, chosen.head, chosen.clock, chosen.policy, chosen.context, chosen.stage) == (
        "given",
        "given",
        "given",
        "outside",
        "handed-over",
        "default",
    )
    detected = run(scene, base=None, head=None, now=None, policy=None).facts.chosen
    assert (detected.base, detected.head, detected.clock, detected.policy) == (
        "detected",
        "detected",
        "system",
        "base-revision",
    )


def test_without_forge_or_file_the_context_is_a_missing_fact(scene: Scene) -> None:
    context = run(scene, change=None).facts.context
    assert isinstance(context, Unavailable)
    assert "--change" in context.next_step


def test_the_push_stage_asks_nobody_who_opened(scene: Scene) -> None:
    assert isinstance(run(scene, change=None, stage=Stage.PUSH).facts.context, NotAsked)


def test_a_policy_inside_the_checkout_is_refused(scene: Scene) -> None:
    """The change could have written it."""
    with pytest.raises(UsageError, match="inside the checkout"):
        run(scene, policy=scene.repo.path)


def test_no_policy_at_the_base_says_how_to_begin(scene: Scene) -> None:
    scene.repo.branch("empty", "main")
    for name in ("policy.yaml", "vendors/acme.yaml", "vendors/acme-labs.yaml"):
        scene.repo.remove(f".outsource-gate/{name}")
    scene.repo.commit("Drop the policy")
    with pytest.raises(PolicyError) as caught:
        run(scene, policy=None, base="empty")
    assert caught.value.exit_code == 2
    assert caught.value.hint.count("\n") == 2


def test_the_policy_of_the_base_judges_and_not_heads(scene: Scene) -> None:
    policy = scene.repo.git("show", "main:.outsource-gate/policy.yaml")
    scene.commit({".outsource-gate/policy.yaml": policy.replace("organization: Corp", "organization: Evil")})
    collected = run(scene, policy=None)
    assert collected.facts.organisation == "Corp"
    assert collected.facts.policy_at_head == ""


def test_where_no_repository_is_nothing_can_be_said(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(GateError):
        run(scene, repo=tmp_path / "policy")


def test_the_day_is_the_organisations(scene: Scene) -> None:
    """Late in the evening in UTC it is tomorrow in Berlin."""
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "timezone: Europe/Berlin\n")
    facts = run(scene, now=NOW.replace(hour=23, minute=30)).facts
    assert (facts.now.day, facts.today.day) == (23, 24)


def test_the_origin_names_the_repository_where_the_forge_agrees(scene: Scene) -> None:
    scene.repo.config("remote.origin.url", "git@forge.example:corp/payments.git")
    assert run(scene).facts.repository == "forge.example/corp/payments"
    scene.repo.config("remote.origin.url", "git@forge.example:somebody/else.git")
    assert run(scene).facts.repository == "corp/payments"


@pytest.mark.tools
def test_a_vendors_change_is_scanned_and_the_base_says_who_owns_it(scene: Scene) -> None:
    scene.commit({"CODEOWNERS": "* @vicv\n", "services/b.py": "B = 1\n"})
    facts = run(scene).facts
    assert isinstance(facts.context, Context)
    assert facts.owners == Owners("CODEOWNERS", (("", "*", ("@corp/engineering",)),))
    assert {row.path for row in facts.coverage} == {"CODEOWNERS", "services/a.py", "services/b.py"}
    assert [vendor.id for vendor in facts.vendors] == ["acme"]


def test_the_events_people_are_asked_for_the_head_that_is_judged(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """an option that names another head is not lent who opened and approved the event's"""
    asked_for: list[Event] = []
    monkeypatch.setattr("outsource_gate.collect.asking_for", asked_for.append)
    event = Event(
        "github", "push", "corp/payments", "https://forge.example", "https://forge.example", "main", "a" * 40
    )
    facts = run(scene, change=None, event=event).facts
    assert [event.head for event in asked_for] == [scene.repo.head]
    assert isinstance(facts.context, Unavailable)
