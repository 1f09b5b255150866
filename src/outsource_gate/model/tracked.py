"""What does the tracker hold? Every finding that is or was open at a vendor, since when, and what became of it.

The file is these models as canonical JSON; the published schema is made from them. Nobody's name stands in it but
the register id of who accepted a finding.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from outsource_gate.model.finding import Severity
from outsource_gate.model.terms import Day, Slug, Strict, Text

SCHEMA_VERSION = "1.0"
MAX_ITEMS = 100_000
MAX_EVENTS = 200  # of one item: the first stays, of the others the newest
MAX_PATHS = 50


def _moment(value: datetime) -> datetime:
    """UTC, whole seconds; years that no zone can carry past the calendar's ends."""
    if not 1970 <= value.year <= 9990:
        raise ValueError("expected a time between 1970 and 9990")
    return value.astimezone(UTC).replace(microsecond=0)


Moment = Annotated[AwareDatetime, AfterValidator(_moment)]
Kind = Literal["code", "result", "assessment", "questionnaire", "penetration-test", "audit"]
BY_HAND: tuple[Kind, ...] = ("assessment", "questionnaire", "penetration-test", "audit")
State = Literal["open", "accepted", "closed"]
What = Literal[
    "opened", "moved", "changed", "reopened", "closed", "accepted", "carried-over", "claimed", "not-covered"
]
ItemId = Annotated[str, StringConstraints(pattern=r"^F[1-9][0-9]{0,8}$")]
Line = Annotated[str, StringConstraints(max_length=500)]
Path = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
CommitId = Annotated[str, StringConstraints(pattern=r"^(?:|[0-9a-f]{40}|[0-9a-f]{64})$")]


class Sight(Strict):
    """When something was seen by us, and at which head. No commit's own date counts: those are claims."""

    at: Moment
    commit: CommitId = Field(default="", description="the head that was looked at; empty: no commit was")


class Event(Strict):
    """One thing that happened to an item."""

    at: Moment
    what: What
    detail: Line = ""


class Acceptance(Strict):
    """That we live with a finding for a while. It is not fixed; past the last day it counts with its old date."""

    on: Day
    until: Day = Field(description="last day, included")
    by: Text = Field(description="register id of who of ours decided")
    reason: Text


class Reader(Strict):
    """Who reported a code finding, and by which rules."""

    scanner: Text
    version: Line = ""
    rules_digest: Line = ""


class Item(Strict):
    """One finding at one vendor."""

    id: ItemId
    kind: Kind
    vendor: Slug = Field(description="whose it is; `unknown`: nobody in the register, or not to be told")
    severity: Severity
    title: Line
    reference: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="fingerprint of a code finding; of what was added by hand a number or section in its report"
    )
    repository: Line = ""
    rule: Line = ""
    reader: Reader | None = Field(default=None, description="null: nobody's scanner reported it")
    paths: tuple[Path, ...] = Field(default=(), max_length=MAX_PATHS, description="where it stood, newest last")
    blob: Line = Field(default="", description="git's id of the file it was last seen in")
    first_seen: Sight = Field(description="what the deadline counts from; never moves later")
    last_seen: Sight
    state: State = Field(default="open", description="as written; an acceptance ends by itself")
    acceptance: Acceptance | None = None
    closed_at: Moment | None = None
    history: tuple[Event, ...] = Field(default=(), max_length=MAX_EVENTS)

    @property
    def path(self) -> str:
        """Where it stands, or stood last."""
        return self.paths[-1] if self.paths else ""

    def state_on(self, day: date) -> State:
        """Open, accepted or closed; an acceptance that is over leaves it open."""
        if self.state == "accepted" and (self.acceptance is None or day > self.acceptance.until):
            return "open"
        return self.state


class Seen(Strict):
    """The last scan of a repository that was taken in."""

    repository: Line
    commit: CommitId
    tree: Line = ""
    at: Moment
    digest: Line = Field(description="SHA-256 over the scan's file")
    readers: tuple[Reader, ...] = Field(default=(), max_length=100)


class Imported(Strict):
    """The last result of this name that was taken in for a vendor."""

    name: Slug
    vendor: Slug
    at: Moment
    digest: Line


class Tracker(Strict):
    """All items, and what was looked at last."""

    schema_version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{1,4}$")] = Field(
        default=SCHEMA_VERSION, alias="schemaVersion"
    )
    updated_at: Moment
    last_id: int = Field(default=0, ge=0, le=999_999_999, description="number of the newest item")
    scans: tuple[Seen, ...] = Field(default=(), max_length=10_000)
    results: tuple[Imported, ...] = Field(default=(), max_length=10_000)
    items: tuple[Item, ...] = Field(default=(), max_length=MAX_ITEMS)


def published_schema() -> dict[str, Any]:
    """Give the JSON Schema of the tracker's file, as it stands in docs/schemas."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Tracker.model_json_schema(by_alias=True),
        "title": "The tracker of findings at vendors, version 1",
    }
