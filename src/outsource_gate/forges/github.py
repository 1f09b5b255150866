"""Forge GitHub: github.com, GitHub Enterprise Cloud and Enterprise Server.

A typical pull request takes four questions: the request, its commits, the activity of its branch, its reviews; one
more for each team, and one where the activity does not say when the head arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Asking, Event, Forge
from outsource_gate.forges.github_api import Api, gap
from outsource_gate.forges.github_event import TOKEN_VARIABLES, detect
from outsource_gate.forges.github_people import gather_people
from outsource_gate.forges.github_pushes import READ_PULLS
from outsource_gate.forges.github_shapes import PullReview, User, read_rows
from outsource_gate.model.review import Context, Gap, Review, ReviewState, Team

if TYPE_CHECKING:
    from outsource_gate.web.session import Bounds

READ_MEMBERS = (
    "set OUTSOURCE_GATE_TOKEN to a token that may read the organisation's members"
    " (fine-grained: members read; classic: read:org); GITHUB_TOKEN cannot"
)
_ORGANISATION = re.compile(r"[A-Za-z0-9-]{1,100}")
_TEAM = re.compile(r"(?P<organisation>[A-Za-z0-9-]{1,100})/(?P<team>[A-Za-z0-9._-]{1,100})")


@dataclass(frozen=True, slots=True)
class _GitHub:
    """One run's questions to GitHub."""

    event: Event
    session: Any
    api: Api

    def ahead(self, commits: Sequence[str]) -> str:
        """Nothing to ask: the event names the base of a queue's entry."""
        return ""

    def people(self) -> Context:
        self.session.renew()
        return gather_people(self.api, self.event)

    def reviews(self, context: Context, teams: tuple[str, ...]) -> Context:
        self.session.renew()
        with ThreadPoolExecutor(4) as side_by_side:
            asked = [side_by_side.submit(_members, self.api, name) for name in dict.fromkeys(teams)]
            reviews, lacking = _reviews(self.api, context)
            answers = [answer for team in asked for answer in team.result()]
        gaps = [lacking, *(missing for _, missing in answers)]
        return replace(
            context,
            reviews=reviews,
            teams=(*context.teams, *(team for team, _ in answers)),
            gaps=(*context.gaps, *(missing for missing in gaps if missing)),
        )


def ask(event: Event, bounds: Bounds | None = None) -> Asking:
    """Give the questions of one run; ForgeError where PyGithub is not installed."""
    try:
        from outsource_gate.web.session import BoundedSession  # noqa: PLC0415  needs requests, which PyGithub brings
    except ImportError as error:
        raise ForgeError(
            f"GitHub cannot be asked: {error.name} is not installed", hint="pip install 'outsource-gate[github]'"
        ) from error
    session = BoundedSession(event.origin, bounds)
    return _GitHub(event, session, Api(event, session))


def _reviews(api: Api, context: Context) -> tuple[tuple[Review, ...] | None, Gap | None]:
    """Every review in server order, or none and the reason: half a list could lack the word against the change."""
    if context.number is None:
        return None, Gap(
            "reviews", "no request is known whose reviews could be read", "bring changes by pull request"
        )
    path = f"/repos/{context.repository}/pulls/{context.number}/reviews"
    try:
        rows = read_rows(PullReview, api.rows(path), path)
    except ForgeError as error:
        return None, gap("reviews", error, READ_PULLS)
    return tuple(_review(row) for row in rows), None


def _review(row: PullReview) -> Review:
    state = ReviewState(row.state) if row.state in ReviewState.__members__ else ReviewState.UNKNOWN
    return Review(row.id, row.user.account() if row.user else None, state, row.commit_id, row.submitted_at)


def _members(api: Api, name: str) -> tuple[tuple[Team, Gap | None], ...]:
    """A team's members; of an organisation those that are shown, and that there may be more."""
    if "/" in name or not _ORGANISATION.fullmatch(name):
        return (_team(api, name),)
    path = f"/orgs/{quote(name)}/members"
    try:
        shown = read_rows(User, api.rows(path), path)
    except ForgeError as error:
        return ((Team(name, None), gap(f"team {name}", error, READ_MEMBERS)),)
    # "List organization members": whoever is no member themselves is shown the public ones, without a word.
    rest = Gap(f"team {name}", "GitHub may show public members only", READ_MEMBERS)
    return ((Team(name, tuple(member.account() for member in shown)), None), (Team(name, None), rest))


def _team(api: Api, name: str) -> tuple[Team, Gap | None]:
    fact = f"team {name}"
    if not (parts := _TEAM.fullmatch(name)):
        return Team(name, None), Gap(
            fact, "no team of GitHub is called so", "name it as organisation/team-slug, or the organisation alone"
        )
    path = f"/orgs/{quote(parts['organisation'])}/teams/{quote(parts['team'])}/members"
    try:
        members: Iterable[User] = read_rows(User, api.rows(path), path)
    except ForgeError as error:
        return Team(name, None), gap(fact, error, READ_MEMBERS)
    return Team(name, tuple(member.account() for member in members)), None


FORGE = Forge(id="github", detect=detect, ask=ask, token_variables=TOKEN_VARIABLES)
