"""Which policy judges is never the change's to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.rules import Rules, rules_of
from tests.bypass.scene import Scene, build
from tests.repo import SigningKey


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))


def rules(scene: Scene, named: Path | None = None, base: str = "main") -> Rules:
    repository = Repository.open(scene.repo.path)
    return rules_of(named, repository, repository.resolve(base), is_push_alone=True)


def test_the_bases_policy_judges(scene: Scene) -> None:
    """what the branch writes there has no say"""
    scene.commit({".outsource-gate/policy.yaml": "version: 1\norganization: Nobody\n"})
    found = rules(scene)
    assert (found.policy.organization, found.holder) == ("Corp", "")
    assert found.register.by_email("vic@acme-dev.example") is not None


def test_a_policy_from_elsewhere_judges_where_it_is_named(scene: Scene) -> None:
    """it lies outside of the checkout; inside, the change could have written it"""
    assert rules(scene, shipped_folder() / "example").policy.where.startswith("outside:")
    with pytest.raises(UsageError, match="inside the checkout"):
        rules(scene, scene.repo.path / ".outsource-gate")


def test_without_a_policy_the_first_steps_are_told(scene: Scene) -> None:
    """nobody is let through because nobody wrote anything"""
    scene.repo.commit("Take it away", {f".outsource-gate/{name}": None for name in ("policy.yaml",)})
    with pytest.raises(PolicyError) as raised:
        rules(scene, base="feature")
    assert "policies/example" in raised.value.hint
