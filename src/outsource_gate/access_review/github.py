"""Who can get into repositories on GitHub, and what does it say of second factors and of work done?

Rights come from `permissions`, as a role of one's own may be called anything. Whoever is shown in neither list of
accounts without a second factor is not said to have one: they are only not said to lack it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field

from outsource_gate.access_review.seen import NOBODY, Entry, Looked, Role
from outsource_gate.errors import ForgeError, UsageError
from outsource_gate.forges import Event
from outsource_gate.forges.github_api import MAX_PAGES, Api, RefusalError, gap
from outsource_gate.forges.github_shapes import Shape, Somebody, Time, User, read_rows
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Gap
from outsource_gate.web.session import BoundedSession, Bounds

READ_ACCESS = (
    "set OUTSOURCE_GATE_TOKEN to a token that may read who has access"
    " (fine-grained: metadata read, of somebody with push access or more; classic: repo)"
)
READ_OWNER = (
    "set OUTSOURCE_GATE_TOKEN to a token of an owner of the organisation (fine-grained: members read; classic:"
    " read:org)"
)
BOUNDS = Bounds(seconds=120.0, requests=2_000)
MAX_ASKED = 200  # accounts whose activity is asked for, one question each
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}")
Told = Annotated[bool, Field(strict=True)]


class Permissions(Shape):
    pull: Told
    push: Told
    admin: Told
    triage: Told = False
    maintain: Told = False

    @property
    def role(self) -> Role | None:
        """The most that is allowed; None where nothing is."""
        named: tuple[tuple[bool, Role], ...] = (
            (self.admin, "admin"),
            (self.maintain, "maintain"),
            (self.push, "write"),
            (self.triage, "triage"),
            (self.pull, "read"),
        )
        return next((role for is_so, role in named if is_so), None)


class Collaborator(User):
    """rest/collaborators: "List repository collaborators"."""

    permissions: Permissions


class Activity(Shape):
    """rest/repos: "List repository activities"; newest first."""

    timestamp: Time
    actor: Somebody = None


def look(
    event: Event,
    repositories: Sequence[str],
    is_vendors: Callable[[Account], bool],
    bounds: Bounds | None = None,
) -> Looked:
    """Read everything that the token may see. A list that cannot be read to its end is a gap, not a short one."""
    for name in repositories:
        if not _REPOSITORY.fullmatch(name):
            raise UsageError(f"--repository {name[:200]!r} -> expected owner/name")
    session = BoundedSession(event.origin, bounds or BOUNDS)
    asked = _Asked(Api(event, session), session)
    for name in dict.fromkeys(repositories):
        asked.collaborators(name)
    for owner in dict.fromkeys(name.partition("/")[0] for name in asked.repositories):
        asked.organisation(owner)
    asked.activity([entry.account for entry in asked.entries if is_vendors(entry.account)])
    return Looked(
        "github",
        "forge",
        tuple(asked.repositories),
        tuple(asked.labelled()),
        frozenset(asked.without_mfa),
        asked.active_on,
        tuple(asked.gaps),
    )


class _Asked:
    """What was answered so far."""

    def __init__(self, api: Api, session: BoundedSession) -> None:
        self._api, self._session = api, session
        self.repositories: list[str] = []
        self.entries: list[Entry] = []
        self.without_mfa: set[int] = set()
        self.active_on: dict[int, date | None] = {}
        self.gaps: list[Gap] = []
        self._outside: dict[str, set[int]] = {}  # organisation -> ids; absent: not known

    def collaborators(self, name: str) -> None:
        rows = self._rows(f"collaborators of {name}", READ_ACCESS, Collaborator, f"/repos/{name}/collaborators",
                          affiliation="all")  # fmt: skip
        if not rows:
            if rows is not None:
                self.gaps.append(Gap(f"collaborators of {name}", NOBODY, READ_ACCESS))
            return
        self.repositories.append(name)
        self.entries += [Entry(row.account(), name, row.permissions.role) for row in rows if row.permissions.role]

    def organisation(self, owner: str) -> None:
        """Outside collaborators, and who has no second factor; both are for owners of the organisation."""
        path, fact = f"/orgs/{quote(owner)}", f"second factors in {owner}"
        outside = self._rows(f"outside collaborators of {owner}", READ_OWNER, User, f"{path}/outside_collaborators")
        if outside is not None:
            self._outside[owner] = {row.id for row in outside}
            here = {entry.account.id for entry in self.entries if entry.repository.startswith(f"{owner}/")}
            self.entries += [Entry(row.account(), owner, None, True) for row in outside if row.id not in here]
        for kind in ("members", "outside_collaborators"):
            rows = self._rows(fact, READ_OWNER, User, f"{path}/{kind}", filter="2fa_disabled")
            if rows is None:
                return
            self.without_mfa |= {row.id for row in rows}

    def activity(self, accounts: Sequence[Account]) -> None:
        """When somebody last did something in the repositories that were read; one that fails leaves it unknown."""
        for account in list(dict.fromkeys(accounts))[:MAX_ASKED]:
            days = [self._last(name, account) for name in self.repositories]
            if account.id is not None and not any(isinstance(day, Gap) for day in days):
                self.active_on[account.id] = max((day for day in days if isinstance(day, date)), default=None)
        if len(set(accounts)) > MAX_ASKED:
            self.gaps.append(Gap("activity", f"asked for the first {MAX_ASKED} accounts only", "review per vendor"))

    def labelled(self) -> Iterator[Entry]:
        for entry in self.entries:
            outside = self._outside.get(entry.repository.partition("/")[0])
            known = None if outside is None else entry.account.id in outside
            yield Entry(entry.account, entry.repository, entry.role, known)

    def _last(self, name: str, account: Account) -> date | Gap | None:
        path = f"/repos/{name}/activity"
        try:
            self._session.renew()
            page = next(self._api.pages(path, actor=account.login, per_page="1"))
            rows = read_rows(Activity, page[:1], path)
        except ForgeError as error:
            found = gap(f"activity in {name}", error, READ_ACCESS)
            if found not in self.gaps:
                self.gaps.append(found)
            return found
        return next((row.timestamp.date() for row in rows if row.actor and row.actor.id == account.id), None)

    def _rows(
        self, fact: str, permission: str, shape: type[Any], path: str, **query: str
    ) -> tuple[Any, ...] | None:
        try:
            self._session.renew()
            pages = self._api.pages(path, MAX_PAGES, **query)
            return read_rows(shape, [row for page in pages for row in page], path)
        except ForgeError as error:
            # 422: "only organization owners may use this filter"
            is_kept = isinstance(error, RefusalError) and error.status == 422
            self.gaps.append(Gap(fact, error.message, permission) if is_kept else gap(fact, error, permission))
            return None
