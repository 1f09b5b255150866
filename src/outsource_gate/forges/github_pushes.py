"""Who pushed what to a branch on GitHub, and when did it arrive there?

The repository's activity says it: actor, server time, the branch before and after. A commit's own dates and names
say nothing of this, and the timeline of a request names an actor only for force pushes. Not covered: commits that
somebody else pushed to another branch first, from which this branch was then made or into which they were merged;
whoever made or merged counts as the one who pushed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.errors import ForgeError
from outsource_gate.forges.github_api import Api, gap
from outsource_gate.forges.github_shapes import Activity, ForcePush, PullCommit, read_one, read_rows
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Gap, Push

READ_CONTENTS = "give the job `permissions: contents: read`"
READ_FORK = "set OUTSOURCE_GATE_TOKEN to a token that may read the contents of the fork, too"
READ_PULLS = "give the job `permissions: pull-requests: read`"
_PAGES = 5  # of 100 pushes


@dataclass(frozen=True, slots=True)
class Branch:
    """Where the commits were pushed to, and how far back the pushes concern the change."""

    repository: str
    name: str
    head: str
    commits: tuple[PullCommit, ...] | None = None  # of the change; None: not known whole
    since: str = ""  # the branch before the change, where the event says it
    is_fork: bool = False

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"


@dataclass(frozen=True, slots=True)
class Pushes:
    """What is known of the pushes. `pushers` None: not everybody is known, and a gap says why."""

    pushes: tuple[Push, ...] = ()
    pushers: tuple[Account, ...] | None = None
    gaps: tuple[Gap, ...] = ()
    kinds: frozenset[str] = frozenset()  # GitHub's words: push, force_push, pr_merge ...


def read_pushes(api: Api, branch: Branch) -> Pushes:
    """Give every push from the head back to where the change began."""
    rows: list[Activity] = []
    missing: Gap | None
    try:
        hole = _collect(api, branch, rows)
    except ForgeError as error:
        missing = gap("pushers", error, READ_FORK if branch.is_fork else READ_CONTENTS)
    else:
        missing = Gap("pushers", hole, _LATER) if hole else None
    pushes = tuple(Push(row.after, row.timestamp, row.actor.account() if row.actor else None) for row in rows)
    pushers = tuple(dict.fromkeys(push.by for push in pushes if push.by))
    kinds = frozenset(row.activity_type for row in rows)
    return Pushes(pushes, None if missing else pushers, (missing,) if missing else (), kinds)


_LATER = "run the job again in a moment; if it stays so, hand the pushers over with --change"


def _collect(api: Api, branch: Branch, rows: list[Activity]) -> str:
    """Fill in the rows that concern the change, newest first; say what is missing, or nothing."""
    trail = _Trail(branch)
    for page in api.pages(f"/repos/{branch.repository}/activity", _PAGES, ref=branch.ref):
        own = (row for row in read_rows(Activity, page, "activity") if row.ref == branch.ref)
        rows += [row for row in own if trail.takes(row)]
        if trail.hole or trail.is_whole:
            break
    if trail.hole:
        return trail.hole
    if not rows:
        return f"no push of {branch.head[:7]} to {branch.name} is in the activity"
    if not trail.is_whole:
        return f"the activity of {branch.name} ends before the change began"
    nameless = next((row for row in rows if row.actor is None), None)
    return f"whoever pushed {nameless.after[:7]} has no account any more" if nameless else ""


class _Trail:
    """Walks back from the head, push by push, and knows when the change's beginning is reached."""

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._own = frozenset(commit.sha for commit in branch.commits or ())
        parents = {parent.sha for commit in branch.commits or () for parent in commit.parents}
        self._outside = parents - self._own  # in the target already
        self._is_whole_list = branch.head in self._own
        self._next = branch.head
        self._has_begun = self._was_forced = self._was_made = False
        self.is_whole = False
        self.hole = ""

    def takes(self, row: Activity) -> bool:
        """Is this push one of the change's? Rows come newest first, and each must lead to the one before it."""
        if self.is_whole:
            # Emptied or made again under the same name: what was pushed before may be in the change all the same.
            return row.after in self._own or (self._was_made and not self._own)
        if not self._has_begun and row.after != self._next:
            return False  # newer than what is judged
        self._has_begun = True
        if row.after != self._next:
            self.hole = f"the activity of {self._branch.name} has a hole before {self._next[:7]}"
            return False
        self._next = row.before
        self._was_forced |= row.activity_type == "force_push"
        self.is_whole = self._begins_with(row)
        return True

    def _begins_with(self, row: Activity) -> bool:
        self._was_made = not row.before.strip("0")
        if self._was_made or row.before == self._branch.since:
            return True
        if row.before in self._outside:
            return True
        # Without a force push since, this is an ancestor of head: not in the change, so in the target.
        return self._is_whole_list and not self._was_forced and row.before not in self._own


def read_force_push(api: Api, repository: str, number: int, head: str) -> Push | None:
    """Ask the request's timeline for the head's arrival: it knows force pushes, with their server time."""
    latest: ForcePush | None = None
    for page in _timeline(api, repository, number):
        for event in page:
            if isinstance(event, dict) and event.get("event") == "head_ref_force_pushed":
                latest = read_one(ForcePush, event, "timeline")
    if latest is None or latest.commit_id != head:
        return None
    return Push(head, latest.created_at, latest.actor.account() if latest.actor else None)


def _timeline(api: Api, repository: str, number: int) -> Iterator[list[object]]:
    return api.pages(f"/repos/{repository}/issues/{number}/timeline", _PAGES)
