"""Who pushed what to a branch? Pure: GitLab's push events in, pushes out, and why they are not all.

The versions of a merge request do not say who pushed them; a project's events do, by the account that
authenticated. Each event says where the branch was before, so that they make a chain: a push that is missing (many
refs in one push, events removed after three years, a token that may not see them) leaves a hole that shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from outsource_gate.forges.gitlab_shapes import PushEvent
from outsource_gate.model.review import Push

# Events and requests are written by servers that need not agree on the second.
_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pushed:
    """The pushes found, newest first. `lacking` empty: these are all, and each has its account."""

    pushes: tuple[Push, ...]
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which pushes are asked for: all that led a branch to `head`, from `start` or from the branch's creation.

    A branch may be deleted and made again while its request is open: the creation before `opened_at` is the first.
    """

    branch: str
    head: str
    opened_at: datetime | None = None
    start: str = ""


def read_pushes(events: Iterable[PushEvent], stretch: Stretch) -> Pushed:
    """Follow the chain from the newest event back; reads no more events than that takes."""
    found: list[Push] = []
    expected: str | None = ""  # where the next older event must have led; "" before the first
    is_whole = False
    for event in events:
        if is_whole and (stretch.opened_at is None or event.created_at < stretch.opened_at - _SKEW):
            break
        data = event.push_data
        if data is None or data.ref_type != "branch" or data.ref != stretch.branch:
            continue
        if expected not in ("", data.commit_to):
            return Pushed(tuple(found), f"a push to {stretch.branch} before {_short(expected)} is in no event")
        if data.commit_to is not None:
            if event.author is None:
                return Pushed(tuple(found), f"the push of {_short(data.commit_to)} has no account any more")
            found.append(Push(data.commit_to, event.created_at, event.author.value()))
        expected = data.commit_from
        is_whole = data.commit_from is None or data.commit_from == stretch.start
    return Pushed(tuple(found), _lacking(found, is_whole, stretch))


def _lacking(found: list[Push], is_whole: bool, stretch: Stretch) -> str:
    if not any(push.sha == stretch.head for push in found):
        return f"no event says who pushed {_short(stretch.head)} to {stretch.branch}"
    return "" if is_whole else f"the events do not go back to the first push to {stretch.branch}"


def _short(sha: str | None) -> str:
    return sha[:7] if sha else "its deletion"
