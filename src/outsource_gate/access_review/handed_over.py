"""What does a file say of who has access, in place of the forge? (`access review --collaborators FILE`)

The record says that the list was handed over, and carries the file's digest and day.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from outsource_gate.access_review.seen import Entry, Looked, Role
from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.canonical import read_json
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Gap
from outsource_gate.model.terms import Day

MAX_BYTES = 16 << 20
NOT_IN_FILE = "the file that was handed over does not say it"
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CollaboratorShape(_Shape):
    """One account; what is left out is not known, and never taken for good."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    id: Annotated[int, Field(ge=1, strict=True)] = Field(description="numeric id on the forge")
    type: Annotated[str, StringConstraints(max_length=40)] = "User"
    role: Role
    outside: bool | None = Field(default=None, description="an outside collaborator, no member")
    mfa: bool | None = Field(default=None, description="whether a second factor is set up")
    last_active_on: Day | None = None


class RepositoryShape(_Shape):
    name: Name = Field(description="owner/name, as the register has it")
    accounts: tuple[CollaboratorShape, ...] = Field(min_length=1, max_length=20_000)


class CollaboratorsShape(_Shape):
    """Who could get into which repositories on a day. A repository that is not listed was not looked at."""

    version: Literal[1]
    forge: Literal["github", "gitlab"]
    read_on: Day = Field(description="the day on which the list was taken; the review is of that day")
    repositories: tuple[RepositoryShape, ...] = Field(min_length=1, max_length=5_000)


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema of the file."""
    schema = CollaboratorsShape.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Who has access to repositories, handed over with access review --collaborators"
    return schema


def read_collaborators(path: Path, today: date) -> Looked:
    """Read the file; UsageError names the member that has the wrong shape."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"--collaborators {path}: {error.strerror}", hint="name a file that can be read"
        ) from error
    hint = "docs/access-review.md shows the shape"
    try:
        value = read_json(raw, what=f"--collaborators {path}", limit=MAX_BYTES)
        shape = CollaboratorsShape.model_validate_json(json.dumps(value))
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in problem["loc"])[:200] or "file"
        raise UsageError(f"--collaborators {path}: {place}: {problem['msg'][:200]}", hint=hint) from error
    except EvidenceError as error:
        raise UsageError(error.message, hint=hint) from error
    if shape.read_on > today:
        raise UsageError(f"--collaborators {path}: read_on {shape.read_on} is to come", hint=hint)
    return _looked(shape, hashlib.sha256(raw).hexdigest())


def _looked(shape: CollaboratorsShape, digest: str) -> Looked:
    rows = [(repository.name, row) for repository in shape.repositories for row in repository.accounts]
    gaps = []
    if any(row.mfa is None for _, row in rows):
        gaps.append(Gap("second factors", NOT_IN_FILE, "add mfa to each account"))
    if any(row.last_active_on is None for _, row in rows):
        gaps.append(Gap("activity", NOT_IN_FILE, "add last_active_on to each account"))
    active: dict[int, date | None] = {}
    for _, row in rows:
        if row.last_active_on:
            active[row.id] = max(active.get(row.id) or date.min, row.last_active_on)
    return Looked(
        shape.forge,
        "handed-over",
        tuple(dict.fromkeys(repository.name for repository in shape.repositories)),
        tuple(Entry(Account(row.login, row.id, row.type), name, row.role, row.outside) for name, row in rows),
        frozenset(row.id for _, row in rows if row.mfa is False),
        active,
        tuple(gaps),
        digest,
        shape.read_on,
    )
