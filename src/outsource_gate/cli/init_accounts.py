"""Which accounts does the forge know the people of a history by? Asked by `init`, where a token is at hand.

GitHub knows a commit's author by an address that the account has confirmed; GitLab tells members and their names.
Both are proposals that somebody confirms: nobody approves anything by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from outsource_gate.doctor.api import Api, Refused, Shape, Silent
from outsource_gate.doctor.place import Place, place_of
from outsource_gate.doctor.repository import Clone
from outsource_gate.first_policy.people import Told
from outsource_gate.first_policy.proposal import Seen
from outsource_gate.git.repository import Repository
from outsource_gate.model.identity import Account

MAX_ASKED = 40  # addresses, the most used first; each is one question to GitHub
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _User(Shape):
    login: str
    id: int
    type: str = "User"


class _Commit(Shape):
    author: _User | None


class _Member(Shape):
    username: str
    id: int
    name: str


def accounts_of(
    repository: Repository, seen: Seen, environment: Mapping[str, str]
) -> tuple[Mapping[str, Told], str]:
    """Give the account of each address that the forge tells, and what could not be asked; "" if nothing."""
    place = place_of(environment, Clone(repository, None), None)
    if place is None:
        return {}, "no forge was asked for accounts: origin names none that is known"
    if not place.token:
        return {}, f"{place.forge} was not asked for accounts: set OUTSOURCE_GATE_TOKEN to a token that may read it"
    parts = urlsplit(place.api)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        return {}, f"{parts.hostname} was not asked for accounts: everybody on the way could read the token"
    found: dict[str, Told] = {}
    told = _github(place, seen) if place.forge == "github" else _gitlab(place, seen)
    for answer in told:
        if isinstance(answer, str):
            return found, f"{place.forge} was not asked for every account: {answer}"
        found[answer.email] = answer
    return found, ""


def _github(place: Place, seen: Seen) -> Iterator[Told | str]:
    headers = {"Authorization": f"Bearer {place.token}", "Accept": "application/vnd.github+json"}
    api = Api(place.api, headers)
    for email in _emails(seen):
        path = f"/repos/{place.repository}/commits?author={quote(email, safe='')}&per_page=1"
        match api.get(path, list[_Commit]):
            case [_Commit(author=_User() as user)] if user.type == "User":
                yield Told(email, "github", Account(user.login, user.id), f"GitHub knows {email} as this account")
            case Refused() | Silent() as no:
                yield no.why
                return


def _gitlab(place: Place, seen: Seen) -> Iterator[Told | str]:
    """A name that one address and one member have; names are anybody's, and the proposal says so."""
    name = "JOB-TOKEN" if place.is_job_token else "PRIVATE-TOKEN"
    path = f"/projects/{quote(place.repository, safe='')}/members/all?per_page=100"
    answer = Api(place.api, {name: place.token}).get(path, list[_Member])
    if isinstance(answer, Refused | Silent):
        yield answer.why
        return
    members = Counter(member.name.casefold() for member in answer)
    names = {one.seen.email: one.seen.name.strip().casefold() for one in seen.addresses}
    addresses = Counter(names.values())
    for member in answer:
        key = member.name.casefold()
        if members[key] == addresses[key] == 1:
            email = next(email for email, called in names.items() if called == key)
            why = "a member of the project by this name"
            yield Told(email, "gitlab", Account(member.username, member.id), why)


def _emails(seen: Seen) -> list[str]:
    return [one.seen.email for one in seen.addresses if one.account is None and not one.why][:MAX_ASKED]
