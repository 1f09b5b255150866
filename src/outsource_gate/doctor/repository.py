"""Is the clone one that `check` can judge a change in: whole, and with a base?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.doctor import Area, Asked, Check
from outsource_gate.errors import GateError
from outsource_gate.forges import Event
from outsource_gate.git.completeness import gaps
from outsource_gate.git.repository import Repository
from outsource_gate.model.source import Revision

say = Area("repository")


@dataclass(frozen=True, slots=True)
class Clone:
    """The repository, and the revision that changes go into; None where it cannot be told."""

    repository: Repository
    base: Revision | None


def look(asked: Asked, event: Event | None) -> tuple[tuple[Check, ...], Clone | None]:
    """Look at the clone; without one there is nothing that later areas could ask of it."""
    try:
        repository = Repository.open(asked.repo)
    except GateError as error:
        return (say.problem("place", error.message, error.hint),), None
    base, found = _base(repository, event)
    name = repository.origin() or "has no origin that names a host"
    return (say.ok("place", name), *_history(repository), found), Clone(repository, base)


def _history(repository: Repository) -> Iterator[Check]:
    """Every way in which history is missing, so that one fix does not only lead to the next finding."""
    try:
        found = [say.problem("history", gap.reason, gap.next_step) for gap in gaps(repository)]
    except (GateError, OSError) as error:
        yield say.could_not_look("history", str(error))
        return
    yield from found or [say.ok("history", "whole: not shallow, grafted or partial")]


def _base(repository: Repository, event: Event | None) -> tuple[Revision | None, Check]:
    try:
        base = repository.resolve(event.base) if event else repository.default_base()
    except GateError as error:
        fix = f"git fetch origin {event.target}" if event and event.target else error.hint
        return None, say.problem("base", error.message, fix)
    return base, say.ok("base", f"{base.asked} at {base.commit[:12]}")
