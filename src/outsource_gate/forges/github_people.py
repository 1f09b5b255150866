"""Who opened and pushed a change on GitHub, when did its heads arrive, and whose signatures does GitHub accept?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.forges.github_api import Api, gap
from outsource_gate.forges.github_pushes import (
    READ_PULLS,
    Branch,
    Pushes,
    read_force_push,
    read_pushes,
)
from outsource_gate.forges.github_shapes import Pull, PullCommit, read_one, read_rows
from outsource_gate.model.identity import Account
from outsource_gate.model.review import CommitWord, Context, Gap

_MADE_FROM_REQUESTS = ("merge_group", "push")


@dataclass(frozen=True, slots=True)
class _Commits:
    rows: tuple[PullCommit, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def whole(self) -> tuple[PullCommit, ...] | None:
        return None if self.gaps else self.rows


def gather_people(api: Api, event: Event) -> Context:
    """Give the context without reviews; ForgeError where GitHub does not show the request at all."""
    context = Context("forge", event.repository, "github")
    if event.number is not None:
        return _of_request(api, event, context, event.number)
    found = _request_of(api, event)
    if isinstance(found, Gap):
        return _of_branch(api, event, replace(context, gaps=(found,)))
    return _of_request(api, event, context, found)


def _of_request(api: Api, event: Event, context: Context, number: int) -> Context:
    with ThreadPoolExecutor(2) as side_by_side:
        listing = side_by_side.submit(_commits, api, event, number)
        pull = _pull(api, event, number)
        commits = listing.result()
    commits = _counted(commits, pull)
    pushes = _pushes(api, event, pull, commits)
    return replace(
        context,
        number=number,
        opener=pull.user.account() if pull.user else None,
        pushers=pushes.pushers,
        pushes=pushes.pushes,
        commits=tuple(CommitWord(row.sha, row.is_verified, row.signer()) for row in commits.rows),
        head=pull.head.sha if _is_made_from_request(event, pull) else None,
        gaps=(*context.gaps, *_moved(event, pull), *_no_opener(pull), *commits.gaps, *pushes.gaps),
    )


def _pull(api: Api, event: Event, number: int) -> Pull:
    path = f"/repos/{event.repository}/pulls/{number}"
    try:
        pull = read_one(Pull, api.one(path), path)
    except ForgeError as error:
        why = gap("opener", error, READ_PULLS)
        raise ForgeError(why.reason, hint=why.next_step) from None
    into = pull.base.repo
    if pull.number != number or into is None or into.id != event.repository_id:
        raise ForgeError(f"{path}: is of another request or repository than the event")
    return pull


def _is_made_from_request(event: Event, pull: Pull) -> bool:
    """Is what is judged made from the request's head: a queue's entry, or the merge that was pushed?"""
    return event.name in _MADE_FROM_REQUESTS and pull.head.sha != event.head


def _moved(event: Event, pull: Pull) -> tuple[Gap, ...]:
    """Say that the request is no longer what this run judges; its approvals are judged by commit all the same."""
    again = "run the job again, or wait for the run of the newer event"
    found = []
    if event.name not in _MADE_FROM_REQUESTS and pull.head.sha != event.head:
        found.append(Gap("head", f"the request is at {pull.head.sha[:7]}, this run judges {event.head[:7]}", again))
    if event.name != "push" and pull.base.ref != event.target:
        found.append(Gap("target", f"the request goes to {pull.base.ref}, this run judges {event.target}", again))
    return tuple(found)


def _no_opener(pull: Pull) -> tuple[Gap, ...]:
    if pull.user:
        return ()
    return (Gap("opener", "the account that opened the request is gone", "open the request again"),)


def _commits(api: Api, event: Event, number: int) -> _Commits:
    path = f"/repos/{event.repository}/pulls/{number}/commits"
    try:
        return _Commits(read_rows(PullCommit, api.rows(path), path))
    except ForgeError as error:
        return _Commits((), (gap("commits", error, READ_PULLS),))


def _counted(commits: _Commits, pull: Pull) -> _Commits:
    """The list ends at 250 without a word; the request says how many there are."""
    if commits.gaps or pull.commits == len(commits.rows):
        return commits
    reason = f"GitHub lists {len(commits.rows)} of {pull.commits} commits, so not every signature has its word"
    return _Commits(commits.rows, (Gap("commits", reason, "make smaller requests, or register signing keys"),))


def _pushes(api: Api, event: Event, pull: Pull, commits: _Commits) -> Pushes:
    head = pull.head.sha if _is_made_from_request(event, pull) else event.head
    if pull.head.repo is None:
        gone = Gap("pushers", "the fork that the request comes from is gone", "open the request again")
        pushes = Pushes(gaps=(gone,))
    else:
        is_fork = pull.head.repo.id != event.repository_id
        branch = Branch(pull.head.repo.full_name, pull.head.ref, head, commits.whole, is_fork=is_fork)
        pushes = read_pushes(api, branch)
    if not any(push.sha == head for push in pushes.pushes):
        pushes = _with_arrival(api, event, pull.number, head, pushes)
    if event.name == "push" and head != event.head:
        return _with_merge(api, event, pushes)
    return pushes


def _with_arrival(api: Api, event: Event, number: int, head: str, pushes: Pushes) -> Pushes:
    known = pushes.gaps[0] if pushes.gaps else Gap("pushers", "")
    missing = Gap("arrival", f"when {head[:7]} arrived is not known: {known.reason}", known.next_step)
    try:
        push = read_force_push(api, event.repository, number, head)
    except ForgeError:
        push = None
    if push is None:
        return replace(pushes, gaps=(*pushes.gaps, missing))
    return replace(pushes, pushes=(*pushes.pushes, push))


def _with_merge(api: Api, event: Event, pushes: Pushes) -> Pushes:
    """Who brought a merged request to the target: a pusher, unless GitHub itself made the merge for them."""
    merge = read_pushes(api, Branch(event.repository, event.target, event.head, since=event.base))
    if merge.kinds and merge.kinds <= _BY_GITHUB:
        return pushes
    pushers: tuple[Account, ...] | None = None
    if pushes.pushers is not None and merge.pushers is not None:
        pushers = tuple(dict.fromkeys((*pushes.pushers, *merge.pushers)))
    both = (*pushes.pushes, *merge.pushes)
    return replace(pushes, pushers=pushers, pushes=both, gaps=(*pushes.gaps, *merge.gaps))


# Of a queue's push, too: whether it brought more than this request is seen in git.
_BY_GITHUB = {"pr_merge", "merge_queue_merge"}


def _request_of(api: Api, event: Event) -> int | Gap:
    """The one request that a pushed commit is the head or the merge of."""
    path = f"/repos/{event.repository}/commits/{event.head}/pulls"
    try:
        pulls = read_rows(Pull, api.rows(path), path)
    except ForgeError as error:
        return gap("opener", error, READ_PULLS)
    own = [pull for pull in pulls if pull.base.repo and pull.base.repo.id == event.repository_id]
    found = [pull.number for pull in own if _is_head(event, pull) or _is_merge(event, pull)]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(f"#{number}" for number in found)
        return Gap("opener", f"several requests brought {event.head[:7]}: {numbers}", "judge the requests instead")
    return Gap("opener", f"no request brought {event.head[:7]}", "bring changes by pull request")


def _is_head(event: Event, pull: Pull) -> bool:
    is_here = pull.head.repo is not None and pull.head.repo.id == event.repository_id
    return pull.state == "open" and is_here and (pull.head.ref, pull.head.sha) == (event.target, event.head)


def _is_merge(event: Event, pull: Pull) -> bool:
    return pull.merged_at is not None and (pull.base.ref, pull.merge_commit_sha) == (event.target, event.head)


def _of_branch(api: Api, event: Event, context: Context) -> Context:
    """A push that no request stands behind: who pushed is known all the same."""
    branch = Branch(event.repository, event.target, event.head, since=event.base)
    pushes = read_pushes(api, branch)
    return replace(
        context, pushers=pushes.pushers, pushes=pushes.pushes, gaps=(*context.gaps, *pushes.gaps, _NO_COMMITS)
    )


_NO_COMMITS = Gap("commits", "GitHub is asked for signatures of a request's commits only", "register signing keys")
