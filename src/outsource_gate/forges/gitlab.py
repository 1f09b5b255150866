"""What does GitLab say of a change? Merge requests in all their pipelines, and the branches that were pushed.

A typical request takes six questions: the request and the push events, by which it is known whose work it is; then
approvals, versions, notes, and whether the one who approved is a bot. Approvals are read before versions: one that
was given to a head pushed meanwhile is then not taken for one of this head.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event, Forge
from outsource_gate.forges.gitlab_api import READ_API, Api, RefusedError, group, project
from outsource_gate.forges.gitlab_event import TOKEN_VARIABLES, detect
from outsource_gate.forges.gitlab_pushes import Pushed, Stretch, read_pushes
from outsource_gate.forges.gitlab_request import find_request
from outsource_gate.forges.gitlab_reviews import read_reviews
from outsource_gate.forges.gitlab_shapes import (
    Approval,
    Approvals,
    Member,
    MergeRequest,
    Note,
    PushEvent,
    Reviewer,
    Version,
    WholeUser,
)
from outsource_gate.forges.gitlab_train import entry_ahead
from outsource_gate.model.review import Context, Gap, Push, Review, ReviewState, Team
from outsource_gate.web.session import Bounds

_EVENT_PAGES, _PAGES, _MEMBER_PAGES = 30, 10, 50
_MAX_APPROVERS = 20
# api/commits.md, signature: key and status, but no account. A call a commit for what proves nobody is not made.
_COMMITS = Gap(
    "commits",
    "GitLab says of a signature which key made it, not whose account",
    "register signing keys: signatures are then verified here",
)


def ask(event: Event, *, bounds: Bounds | None = None) -> GitLabAsking:
    """Prepare the questions of one run; asks nothing yet. ForgeError where python-gitlab is not installed."""
    return GitLabAsking(event, Api(event, bounds))


class GitLabAsking:
    """One run's questions about one change."""

    def __init__(self, event: Event, api: Api) -> None:
        self._event, self._api = event, api
        self._request: MergeRequest | None = None
        self._train: Gap | None = None

    def ahead(self, commits: Sequence[str]) -> str:
        """Asked in a merge train only; where GitLab does not say, the context has a gap that tells why."""
        if not (self._event.in_train and commits):
            return ""
        self._api.renew()
        try:
            return entry_ahead(self._api, self._event, commits)
        except ForgeError as error:
            self._train = Gap("train", error.message, error.hint)
            return ""

    def people(self) -> Context:
        """Say who opened and pushed; ForgeError where the request cannot be read, or is not this job's."""
        self._api.renew()
        self._request = request = find_request(self._api, self._event)
        pushed = self._pushed(request)
        opener = request.author.value() if request and request.author else None
        unpushed = pushed if isinstance(pushed, Gap) else None
        gaps = (_COMMITS, self._train, None if opener else self._no_opener(request), unpushed)
        pushes = pushed.pushes if isinstance(pushed, Pushed) else ()
        pushers = tuple(dict.fromkeys(push.by for push in pushes if push.by))
        return Context(
            source="forge",
            repository=self._event.repository,
            forge="gitlab",
            number=request.iid if request else None,
            opener=opener,
            pushers=pushers if isinstance(pushed, Pushed) else None,
            pushes=pushes,
            head=request.sha if request and request.sha != self._event.head else None,
            gaps=tuple(gap for gap in gaps if gap),
        )

    def reviews(self, context: Context, teams: tuple[str, ...]) -> Context:
        """Complete the context with reviews, arrivals and members; what cannot be read is None with a gap."""
        self._api.renew()
        if self._request is None:
            gap = Gap("reviews", "no merge request is known for this pipeline", "run the gate in its pipeline")
            context = replace(context, gaps=(*context.gaps, gap))
        else:
            context = self._reviewed(context, self._request)
        found = tuple(self._team(name) for name in teams)
        return replace(
            context,
            teams=(*context.teams, *(team for team, _ in found)),
            gaps=(*context.gaps, *(gap for _, gap in found if gap)),
        )

    def _no_opener(self, request: MergeRequest | None) -> Gap:
        if request:
            return Gap("opener", f"the account that opened !{request.iid} is gone", "let somebody open it anew")
        return Gap(
            "opener",
            f"not exactly one merge request into {self._event.target} has {self._event.head[:7]} as its head",
            "run the gate in merge request pipelines (rules: if: $CI_PIPELINE_SOURCE == 'merge_request_event')",
        )

    def _pushed(self, request: MergeRequest | None) -> Pushed | Gap:
        try:
            pushed = self._follow(request)
        except ForgeError as error:
            return Gap("pushers", error.message, error.hint)
        if pushed.lacking:
            step = f"run the job again; if it stays so, {READ_API} that sees the source project"
            return Gap("pushers", pushed.lacking, step)
        return pushed

    def _follow(self, request: MergeRequest | None) -> Pushed:
        event = self._event
        stretch = Stretch(event.ref.removeprefix("refs/heads/"), event.head, None, event.base)
        where: str | int = event.repository
        if request:
            if request.source_project_id is None or request.sha is None:
                return Pushed((), "the project that was pushed to is gone")
            where = request.source_project_id
            stretch = Stretch(request.source_branch, request.sha, request.created_at)
        path = f"{project(where)}/events"
        return read_pushes(self._api.pages(path, PushEvent, _EVENT_PAGES, action="pushed", sort="desc"), stretch)

    def _reviewed(self, context: Context, request: MergeRequest) -> Context:
        here = f"{project(self._event.repository)}/merge_requests/{request.iid}"
        try:
            approvals = self._api.one(f"{here}/approvals", Approvals).approved_by
            versions = tuple(self._api.pages(f"{here}/versions", Version, _PAGES))
            # Only what GitLab noted itself: hundreds of comments would be as many pages.
            notes = tuple(self._api.pages(f"{here}/notes", Note, _PAGES, activity_filter="only_activity"))
            rows = read_reviews(approvals, notes, self._reviewers(here, request, approvals), versions)
            reviews = self._with_bots(rows)
        except ForgeError as error:
            gap = Gap("reviews", error.message, error.hint)
            return replace(context, gaps=(*context.gaps, gap))
        arrived = tuple(Push(row.head_commit_sha, row.created_at) for row in versions if row.head_commit_sha)
        return _with_pushers(replace(context, reviews=reviews, pushes=(*context.pushes, *arrived)))

    def _reviewers(self, here: str, request: MergeRequest, approvals: Iterable[Approval]) -> tuple[Reviewer, ...]:
        """Asked only where somebody on the list has not approved: who approves asks for no changes."""
        approving = {approval.user.id for approval in approvals}
        if all(user.id in approving for user in request.reviewers):
            return ()
        return tuple(self._api.pages(f"{here}/reviewers", Reviewer, _PAGES))

    def _with_bots(self, rows: tuple[Review, ...]) -> tuple[Review, ...]:
        """Say which approvals are a bot's: a token of the group makes one that is a member of it.

        Of every approval with a commit: one of an earlier head counts where only updates came since.
        """
        approving = [row for row in rows if row.state is ReviewState.APPROVED and row.commit]
        accounts = {row.reviewer.id for row in approving if row.reviewer}
        if len(accounts) > _MAX_APPROVERS:
            raise ForgeError(f"{len(accounts)} accounts approve, of which at most {_MAX_APPROVERS} are looked at")
        bots = {account for account in accounts if account and self._is_bot(account)}
        return tuple(_as_bot(row) if row.reviewer and row.reviewer.id in bots else row for row in rows)

    def _is_bot(self, account: int) -> bool:
        user = self._api.one(f"/users/{account}", WholeUser)
        if user.id != account:
            raise ForgeError(f"account {account}: GitLab answered with account {user.id}")
        return user.bot

    def _team(self, name: str) -> tuple[Team, Gap | None]:
        """Direct members only, as in GitLab's own rules (merge_requests/approvals/rules, group approvers).

        `members/all` would add those of parent groups, where a contractor may be for another reason.
        """
        try:
            rows = self._api.pages(f"{group(name)}/members", Member, _MEMBER_PAGES)
            members = {row.id: row.value() for row in rows if row.is_active}
        except RefusedError as error:
            step = f"set OUTSOURCE_GATE_TOKEN to a token with scope read_api whose account is a member of {name}"
            return Team(name, None), Gap(f"team {name}", error.message, step)
        except ForgeError as error:
            return Team(name, None), Gap(f"team {name}", error.message, error.hint)
        return Team(name, tuple(members.values())), None


def _with_pushers(context: Context) -> Context:
    """Every version was pushed by somebody: one that no event tells of leaves the pushers unknown."""
    told = {push.sha for push in context.pushes if push.by}
    untold = next((push.sha for push in context.pushes if push.sha not in told), None)
    if untold is None or context.pushers is None:
        return context
    gap = Gap("pushers", f"no event says who pushed {untold[:7]}, a version of the request", READ_API)
    return replace(context, pushers=None, gaps=(*context.gaps, gap))


def _as_bot(row: Review) -> Review:
    return replace(row, reviewer=replace(row.reviewer, type="Bot")) if row.reviewer else row


FORGE = Forge(id="gitlab", detect=detect, ask=ask, token_variables=TOKEN_VARIABLES)
