"""What does a file say of a change that a forge would say? (`check --change FILE`; review.md, shape)

The record says that these facts were handed over, and a trust file says which keys may speak for such records.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from outsource_gate.errors import UsageError
from outsource_gate.model.identity import Account
from outsource_gate.model.review import CommitWord, Context, Push, Review, ReviewState

MAX_BYTES = 16 * 1024 * 1024
Sha = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class AccountShape(_Shape):
    login: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    id: Annotated[int, Field(ge=1)] | None = None
    type: str = "User"

    def value(self) -> Account:
        return Account(self.login, self.id, self.type)


class PushShape(_Shape):
    sha: Sha
    seen_at: AwareDatetime
    by: AccountShape | None = None


class CommitShape(_Shape):
    sha: Sha
    verified: bool
    signer: AccountShape | None = None


class ReviewShape(_Shape):
    id: int
    reviewer: AccountShape | None
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z_]{1,40}$")]
    commit: Sha | None = None
    submitted_at: AwareDatetime | None = None


class ChangeShape(_Shape):
    """A change as handed over; a missing member is a missing fact, never an empty one."""

    repository: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    number: Annotated[int, Field(ge=1)] | None = None
    author: AccountShape | None = None
    pushers: tuple[AccountShape, ...] | None = None
    pushes: tuple[PushShape, ...] = ()
    head_seen_at: AwareDatetime | None = None
    commits: tuple[CommitShape, ...] = ()
    reviews: tuple[ReviewShape, ...] | None = None


def read_change_file(path: Path, head: str) -> Context:
    """Read the file; raises UsageError naming the member that has the wrong shape."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"--change {path}: {error.strerror or error}", hint="name a file that can be read"
        ) from error
    if len(raw) > MAX_BYTES:
        raise UsageError(f"--change {path}: {len(raw)} bytes, allowed are {MAX_BYTES}")
    try:
        shape = ChangeShape.model_validate_json(json.dumps(json.loads(raw, object_pairs_hook=_once)))
    except (ValueError, RecursionError) as error:
        if not isinstance(error, ValidationError):
            raise UsageError(f"--change {path}: no JSON that can be read: {error}") from error
        raise UsageError(f"--change {path}: {_first(error)}", hint="docs/change-file.md shows the shape") from error
    return _context(shape, head)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a member given twice: two readers could take different ones."""
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(f"{twice!r} is given twice")
    return dict(pairs)


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"]) or "file"
    return f"{place}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def _context(shape: ChangeShape, head: str) -> Context:
    return Context(
        source="handed-over",
        repository=shape.repository,
        number=shape.number,
        opener=shape.author.value() if shape.author else None,
        pushers=None if shape.pushers is None else tuple(account.value() for account in shape.pushers),
        pushes=(*map(_push, shape.pushes), *_head_push(head, shape.head_seen_at)),
        commits=tuple(
            CommitWord(word.sha, word.verified, word.signer.value() if word.signer else None)
            for word in shape.commits
        ),
        reviews=None if shape.reviews is None else tuple(map(_review, shape.reviews)),
    )


def _push(shape: PushShape) -> Push:
    return Push(shape.sha, shape.seen_at, shape.by.value() if shape.by else None)


def _head_push(head: str, seen_at: datetime | None) -> tuple[Push, ...]:
    return (Push(head, seen_at),) if seen_at else ()


def _review(shape: ReviewShape) -> Review:
    state = ReviewState(shape.state) if shape.state in ReviewState.__members__ else ReviewState.UNKNOWN
    reviewer = shape.reviewer.value() if shape.reviewer else None
    return Review(shape.id, reviewer, state, shape.commit, shape.submitted_at)
