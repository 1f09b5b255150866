"""Who can get into projects on GitLab, and what does it say of second factors and of work done?

Second factors and the last activity are shown to administrators of the instance only; to everybody else they are
not known. Whoever is blocked cannot get in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from pydantic import Field

from outsource_gate.access_review.seen import NOBODY, Entry, Looked, Role
from outsource_gate.errors import ForgeError, UsageError
from outsource_gate.forges import Event
from outsource_gate.forges.gitlab_api import READ_API, Api, project
from outsource_gate.forges.gitlab_shapes import Name, User
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Gap
from outsource_gate.web.session import Bounds

READ_ADMIN = "let an administrator of the instance run the review (token with scope read_api)"
BOUNDS = Bounds(seconds=120.0, requests=2_000)
MAX_PAGES, MAX_ASKED = 50, 200
_PROJECT = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_. -]*(?:/[A-Za-z0-9_.][A-Za-z0-9_. -]*)+")
# api/access_requests: guest 10, planner 15, reporter 20, developer 30, maintainer 40, owner 50, administrator 60.
_LEVELS: tuple[tuple[int, Role], ...] = (
    (50, "admin"),
    (40, "maintain"),
    (30, "write"),
    (20, "triage"),
    (1, "read"),
)


class Member(User):
    """api/members: "List all members of a group or project", also inherited and through invited groups."""

    state: Name
    access_level: int = Field(ge=0, le=100)

    @property
    def role(self) -> Role | None:
        return next((role for level, role in _LEVELS if self.access_level >= level), None)


class Watched(User):
    """api/users: "Retrieve a user"; the two are there for administrators only."""

    two_factor_enabled: bool | None = None
    last_activity_on: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")


def look(
    event: Event,
    repositories: Sequence[str],
    is_vendors: Callable[[Account], bool],
    bounds: Bounds | None = None,
) -> Looked:
    """Read everything that the token may see. A list that cannot be read to its end is a gap, not a short one."""
    for name in repositories:
        if not _PROJECT.fullmatch(name):
            raise UsageError(f"--repository {name[:200]!r} -> expected group/project")
    api = Api(event, bounds or BOUNDS)
    gaps: list[Gap] = []
    read: list[str] = []
    entries: list[Entry] = []
    for name in dict.fromkeys(repositories):
        api.renew()
        try:
            members = tuple(api.pages(f"{project(name)}/members/all", Member, MAX_PAGES))
        except ForgeError as error:
            gaps.append(Gap(f"collaborators of {name}", error.message, error.hint))
            continue
        if not members:
            gaps.append(Gap(f"collaborators of {name}", NOBODY, READ_API))
            continue
        read.append(name)
        entries += [
            Entry(member.value(), name, member.role)
            for member in members
            if member.role and member.state != "blocked"
        ]
    asked = [entry.account for entry in entries if is_vendors(entry.account)]
    without, active = _watch(api, list(dict.fromkeys(asked)), gaps)
    return Looked("gitlab", "forge", tuple(read), tuple(entries), without, active, tuple(gaps))


def _watch(api: Api, accounts: Sequence[Account], gaps: list[Gap]) -> tuple[frozenset[int], dict[int, date | None]]:
    """Second factor and last activity of each; the first account of which they are not shown ends it."""
    without: set[int] = set()
    active: dict[int, date | None] = {}
    for account in accounts[:MAX_ASKED]:
        api.renew()
        try:
            watched = api.one(f"/users/{account.id}", Watched)
        except ForgeError as error:
            gaps += [Gap(fact, error.message, error.hint) for fact in ("second factors", "activity")]
            break
        if watched.two_factor_enabled is None:
            told = "GitLab shows them to administrators only"
            gaps += [Gap(fact, told, READ_ADMIN) for fact in ("second factors", "activity")]
            break
        if not watched.two_factor_enabled:
            without.add(watched.id)
        active[watched.id] = _day(watched.last_activity_on)
    if len(accounts) > MAX_ASKED:
        told = f"asked for the first {MAX_ASKED} accounts only"
        gaps += [Gap(fact, told, "review per vendor") for fact in ("second factors", "activity")]
    return frozenset(without), active


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
