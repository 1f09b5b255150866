"""What does GitLab answer? The members that are read, and what they must be; the rest is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from outsource_gate.model.identity import Account

Sha = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
Id = Annotated[int, Field(ge=1)]
# Also so that no reckoning with a time leaves the calendar.
When = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(3000, 1, 1, tzinfo=UTC))]
Name = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


def _none_if_zeros(value: object) -> object:
    return None if isinstance(value, str) and value.strip("0") == "" else value


NoSha = Annotated[Sha | None, BeforeValidator(_none_if_zeros)]  # null or zeros: there was, or is, no commit


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class User(_Shape):
    """UserBasic: it does not say whether the account is a bot."""

    id: Id
    username: Name

    def value(self) -> Account:
        return Account(self.username, self.id)


class WholeUser(User):
    """`GET /users/:id`, the one place that says `bot`: also for service accounts and project tokens."""

    bot: bool


class MergeRequest(_Shape):
    """api/merge_requests.md, "Retrieve a merge request"."""

    iid: Id
    project_id: Id
    source_project_id: Id | None
    source_branch: Name
    target_branch: Name
    state: Name
    created_at: When
    author: User | None = None
    sha: NoSha = None
    merge_commit_sha: NoSha = None
    squash_commit_sha: NoSha = None
    reviewers: tuple[User, ...] = ()


class Pipeline(_Shape):
    """api/pipelines.md, "List project pipelines"."""

    sha: Sha
    ref: Name


class PushData(_Shape):
    """A push of more refs than `push_event_activities_limit` is one event without ref and commits."""

    ref_type: str | None = None
    ref: str | None = None
    commit_from: NoSha = None
    commit_to: NoSha = None


class PushEvent(_Shape):
    """api/events.md, "List all visible events for a project"."""

    created_at: When
    author: User | None = None
    push_data: PushData | None = None


class Version(_Shape):
    """api/merge_requests.md, "List all merge request diff versions"; one without commits has no head."""

    id: Id
    head_commit_sha: NoSha
    created_at: When


class Approval(_Shape):
    user: User
    approved_at: When | None = None  # absent in older versions (gitlab-org/gitlab issue 335669)


class Approvals(_Shape):
    """api/merge_request_approvals.md. Not read: `approved`, which in CE only means that somebody approved."""

    approved_by: tuple[Approval, ...]


class Note(_Shape):
    """api/notes.md. `system` cannot be set by who writes a comment."""

    id: Id
    body: str
    system: bool
    created_at: When
    author: User | None = None


class Reviewer(_Shape):
    """api/merge_requests.md, "List all merge request reviewers". `created_at` is the assignment, not the word."""

    user: User
    state: str


class Member(User):
    """api/members.md. `membership_state` is EE's: somebody invited awaits."""

    state: str
    membership_state: str = "active"

    @property
    def is_active(self) -> bool:
        return self.state == "active" and self.membership_state == "active"
