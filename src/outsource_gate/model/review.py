"""What the forge, or a handed-over file, says of a change: who opened and pushed it, who reviewed what when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from outsource_gate.model.identity import Account


class ReviewState(StrEnum):
    APPROVED = "APPROVED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    DISMISSED = "DISMISSED"
    COMMENTED = "COMMENTED"
    PENDING = "PENDING"
    UNKNOWN = "UNKNOWN"  # a word this version does not know


@dataclass(frozen=True, slots=True)
class Review:
    """One review in server order. `commit` is None where the forge names none."""

    id: int
    reviewer: Account | None
    state: ReviewState
    commit: str | None
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Push:
    """A commit's arrival on the server: the server's clock, not the commit's date."""

    sha: str
    seen_at: datetime
    by: Account | None = None


@dataclass(frozen=True, slots=True)
class CommitWord:
    """What the forge says of one commit's signature."""

    sha: str
    verified: bool
    signer: Account | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who belongs to a team or group by the forge's word. `members` None: not known, and a gap says why."""

    name: str  # "corp/engineering"
    members: tuple[Account, ...] | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a fact of the context is missing, and what would give it: the permission, the token, the setting."""

    fact: str  # "opener", "pushers", "arrival", "commits", "reviews", "team corp/engineering"
    reason: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The change as the forge knows it. `None` is a missing fact, an empty tuple a fact."""

    source: Literal["forge", "handed-over"]
    repository: str
    forge: Literal["github", "gitlab", ""] = ""  # "" where nobody said
    number: int | None = None
    opener: Account | None = None
    pushers: tuple[Account, ...] | None = None
    pushes: tuple[Push, ...] = ()
    commits: tuple[CommitWord, ...] = ()
    reviews: tuple[Review, ...] | None = None
    head: str | None = None  # the request's head, where what is judged is an entry of a merge queue or train
    teams: tuple[Team, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def gap(self, fact: str) -> Gap | None:
        """Why this fact is missing, where the forge's adapter could say."""
        return next((gap for gap in self.gaps if gap.fact == fact), None)

    def arrival(self, sha: str) -> datetime | None:
        """When this commit last arrived as a head: the latest push of it that the server saw."""
        return max((push.seen_at for push in self.pushes if push.sha == sha), default=None)
