"""What does the forge say of the change, or a file in its place? What is not answered stays missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Asking, Event
from outsource_gate.forges.handed_over import read_change_file
from outsource_gate.model.facts import Attribution, Facts, NotAsked, Unavailable
from outsource_gate.model.review import Context, Gap
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy
from outsource_gate.registry import forge


def asks_forge(change_file: Path | None, stage: Stage | None) -> bool:
    """A file given with --change speaks instead of the forge, and the push stage asks nobody."""
    return change_file is None and stage is not Stage.PUSH


@dataclass(frozen=True, slots=True)
class _Mute:
    """A forge that cannot be asked at all: its client is missing, say. The run goes on, and records why."""

    error: ForgeError

    def ahead(self, commits: Sequence[str]) -> str:
        return ""

    def people(self) -> Context:
        raise self.error

    def reviews(self, context: Context, teams: tuple[str, ...]) -> Context:
        raise self.error


def asking_for(event: Event | None) -> Asking | None:
    """Give the questions to the forge whose job this is; None outside of one."""
    try:
        return forge(event.forge).ask(event) if event else None
    except ForgeError as error:
        return _Mute(error)


def chosen_source(
    change_file: Path | None, stage: Stage | None, event: Event | None
) -> Literal["none", "forge", "handed-over"]:
    """Say where the context comes from, for the record."""
    if change_file:
        return "handed-over"
    return "forge" if event and asks_forge(change_file, stage) else "none"


def context_of(
    change_file: Path | None, stage: Stage | None, asking: Asking | None, head: str
) -> Context | Unavailable | NotAsked:
    """Give what attribution needs: who opened and pushed. Reviews of a forge follow in `with_reviews`."""
    if change_file:
        return read_change_file(change_file, head)
    if stage is Stage.PUSH:
        return NotAsked()
    if asking is None:
        return Unavailable(
            "no forge was asked and no file was handed over",
            "hand over who opened, pushed and reviewed the change with --change FILE",
            "context",
        )
    try:
        return asking.people()
    except ForgeError as error:
        return Unavailable(error.message, error.hint, "context")


def with_reviews(facts: Facts, asking: Asking | None, policy: Policy) -> Context | Unavailable | NotAsked:
    """Ask for reviews, and for the teams that the tiers of this change's vendors name."""
    if asking is None or not isinstance(facts.context, Context) or not isinstance(facts.attribution, Attribution):
        return facts.context
    reviews = [policy.tier_of(vendor).gates.get("review") for vendor in facts.attribution.vendors]
    teams = dict.fromkeys(team for settings in reviews for team in getattr(settings, "from_", ()))
    try:
        return asking.reviews(facts.context, tuple(teams))
    except ForgeError as error:
        gap = Gap("reviews", error.message, error.hint)
        return replace(facts.context, reviews=None, gaps=(*facts.context.gaps, gap))
