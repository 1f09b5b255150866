"""What the forge is asked, and what becomes of it where it does not answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from outsource_gate.context import asking_for, context_of, with_reviews
from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.review import Context, Team
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from tests import values


@dataclass
class Forge:
    """Answers, or does not."""

    fails: bool = False
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def ahead(self, commits: Sequence[str]) -> str:
        return ""

    def people(self) -> Context:
        self._answer()
        return values.context(reviews=None)

    def reviews(self, context: Context, teams: tuple[str, ...]) -> Context:
        self._answer()
        self.asked.append(teams)
        return replace(context, reviews=(), teams=tuple(Team(team, ()) for team in teams))

    def _answer(self) -> None:
        if self.fails:
            raise ForgeError("forge.example: did not answer in time", hint="run the job again")


def policy() -> Policy:
    return load_policy(FolderSource(shipped_folder() / "example"), gate_settings())


def test_people_are_asked_first_and_reviews_later() -> None:
    """attribution needs no reviews"""
    context = context_of(None, None, Forge(), values.HEAD)
    assert isinstance(context, Context)
    assert context.reviews is None
    whole = with_reviews(values.facts(context=context), Forge(), policy())
    assert isinstance(whole, Context)
    assert whole.reviews == ()


def test_a_silent_forge_is_a_missing_fact() -> None:
    """with its own words, and what to do"""
    context = context_of(None, None, Forge(fails=True), values.HEAD)
    assert context == Unavailable("forge.example: did not answer in time", "run the job again", "context")


def test_a_missing_client_is_a_missing_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    """the change is undecided with a record that says what to install, not a run without one"""
    monkeypatch.setitem(sys.modules, "requests", None)
    for name in [name for name in sys.modules if name.startswith("outsource_gate.web.session")]:
        monkeypatch.delitem(sys.modules, name)
    event = Event(
        "github", "push", "corp/payments", "https://forge.example", "https://forge.example", "main", "a" * 40
    )
    context = context_of(None, None, asking_for(event), values.HEAD)
    assert isinstance(context, Unavailable)
    assert "outsource-gate[github]" in context.next_step


def test_a_forge_that_falls_silent_leaves_the_reviews_out() -> None:
    """what it said before stands"""
    before = values.context(reviews=None)
    after = with_reviews(values.facts(context=before), Forge(fails=True), policy())
    assert isinstance(after, Context)
    assert (after.opener, after.reviews) == (before.opener, None)
    gap = after.gap("reviews")
    assert gap
    assert gap.reason == "forge.example: did not answer in time"


def test_only_the_teams_that_the_vendors_tier_names_are_asked() -> None:
    """each is a question to the forge"""
    forge = Forge()
    rules = policy()
    tier = rules.tier_of("acme")
    review = type(tier.gates["review"]).model_validate({"approvals": 2, "from": ["corp/appsec"]})
    named = replace(tier, gates={**tier.gates, "review": review})
    with_reviews(
        values.facts(context=values.context(reviews=None)),
        forge,
        replace(rules, tiers={**rules.tiers, tier.name: named}),
    )
    assert forge.asked == [("corp/appsec",)]


def test_without_a_forge_nothing_is_known() -> None:
    """and at the push stage nothing is asked"""
    assert isinstance(context_of(None, None, None, values.HEAD), Unavailable)
    assert isinstance(context_of(None, Stage.PUSH, None, values.HEAD), NotAsked)
    assert with_reviews(values.facts(context=NotAsked()), None, policy()) == NotAsked()
