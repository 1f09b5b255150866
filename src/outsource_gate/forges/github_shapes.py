"""What do GitHub's answers look like? Only the members that are used; everything else is left out."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from outsource_gate.errors import ForgeError
from outsource_gate.model.identity import Account

S = TypeVar("S", bound=BaseModel)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
WEB_FLOW = "web-flow"  # the committer of what is made on GitHub's own pages and by its API


def _time(value: Any) -> Any:
    """Refuse numbers, which pydantic would take for seconds since 1970."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError("no time as GitHub writes it")
    return value


def _nobody(value: Any) -> Any:
    """GitHub says nobody with null and with an empty object."""
    return None if value == {} else value


Id = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
Sha = Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]
Time = Annotated[AwareDatetime, BeforeValidator(_time)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class User(Shape):
    login: Text
    id: Id
    type: Text = "User"

    def account(self) -> Account:
        return Account(self.login, self.id, self.type)


Somebody = Annotated[User | None, BeforeValidator(_nobody)]


class Repo(Shape):
    id: Id
    full_name: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$")]


class End(Shape):
    """One end of a pull request; `repo` is None where a fork is gone."""

    ref: Text
    sha: Sha
    repo: Repo | None


class Pull(Shape):
    number: Id
    state: Text
    user: Somebody
    head: End
    base: End
    merged_at: Time | None = None
    merge_commit_sha: Sha | None = None
    commits: Count | None = None  # how many; lists of pull requests leave it out


class Parent(Shape):
    sha: Sha


class Verification(Shape):
    verified: Annotated[bool, Field(strict=True)]


class Signed(Shape):
    verification: Verification | None = None


class PullCommit(Shape):
    sha: Sha
    author: Somebody
    committer: Somebody
    parents: tuple[Parent, ...]
    commit: Signed

    @property
    def is_verified(self) -> bool:
        return self.commit.verification is not None and self.commit.verification.verified

    def signer(self) -> Account | None:
        """Whose signature GitHub found good: the committer's, or its own on behalf of the author."""
        if not self.is_verified or self.committer is None:
            return None
        user = self.author if self.committer.login == WEB_FLOW else self.committer
        return user.account() if user else None


class Activity(Shape):
    """One update of a branch as the server saw it."""

    id: Id
    before: Sha
    after: Sha
    ref: Text
    timestamp: Time
    activity_type: Text
    actor: Somebody


class PullReview(Shape):
    """`user` is None where the account is gone, `submitted_at` where the review is not handed in yet."""

    id: Id
    user: Somebody
    state: Text
    commit_id: Sha | None = None
    submitted_at: Time | None = None


class ForcePush(Shape):
    commit_id: Sha | None = None
    created_at: Time
    actor: Somebody


def read_one(shape: type[S], value: Any, what: str) -> S:
    """Read one answer; ForgeError where it does not have GitHub's form."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise _unlike(error, what) from None


def read_rows(shape: type[S], rows: list[Any], what: str) -> tuple[S, ...]:
    """Read the rows of a list; one that cannot be read makes the whole list unreadable."""
    try:
        return TypeAdapter(tuple[shape, ...]).validate_python(rows)  # type: ignore[valid-type]
    except ValidationError as error:
        raise _unlike(error, what) from None


def _unlike(error: ValidationError, what: str) -> ForgeError:
    problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in problem["loc"]) or "answer"
    return ForgeError(f"{what}: {place} is not as GitHub documents it ({problem['type']})", hint=UNLIKE)


UNLIKE = "see whether a proxy answers instead of GitHub; if not, update outsource-gate"
