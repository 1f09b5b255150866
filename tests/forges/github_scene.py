"""A pull request that hangs together: two commits of Vic on a branch, opened by Vic, approved by Ina."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from outsource_gate.forges import Event
from outsource_gate.forges.github import ask
from outsource_gate.model.review import Context
from outsource_gate.web.session import Bounds
from tests.forges.fake_github import REPOSITORY, REPOSITORY_ID, FakeGitHub

BASE, EARLIER, HEAD, MERGE, NONE = "b" * 40, "c" * 40, "a" * 40, "e" * 40, "0" * 40
FORK, FORK_ID = "vicv/payments", 555
TOKEN = "ghs_thisisthetokenofthisjob"
PULL = f"/repos/{REPOSITORY}/pulls/7"
COMMITS, REVIEWS = f"{PULL}/commits", f"{PULL}/reviews"
ACTIVITY, FORK_ACTIVITY = f"/repos/{REPOSITORY}/activity", f"/repos/{FORK}/activity"
TIMELINE = f"/repos/{REPOSITORY}/issues/7/timeline"
MEMBERS = "/orgs/corp/teams/engineering/members"
SMALL = Bounds(seconds=2.0, bytes=4 << 20, requests=40, one_response_bytes=1 << 20, connect_seconds=1.0)

Json = dict[str, Any]


def user(login: str, id: int, type: str = "User") -> Json:
    return {"login": login, "id": id, "type": type, "site_admin": False}


INA, IDA, VIC = user("ina", 1), user("ida", 2), user("vicv", 4711)
WEB_FLOW = user("web-flow", 19864447)


def pull(**changes: Any) -> Json:
    here = {"id": REPOSITORY_ID, "full_name": REPOSITORY}
    whole = {
        "id": 1,
        "number": 7,
        "state": "open",
        "user": VIC,
        "head": {"ref": "feature", "sha": HEAD, "repo": here},
        "base": {"ref": "main", "sha": BASE, "repo": here},
        "merged_at": None,
        "merge_commit_sha": "f" * 40,
        "commits": 2,
        "requested_teams": [],
    }
    return whole | changes


def from_fork(**changes: Any) -> Json:
    return pull(head={"ref": "feature", "sha": HEAD, "repo": {"id": FORK_ID, "full_name": FORK}}, **changes)


def commit(
    sha: str, parent: str, author: Json | None = VIC, committer: Json | None = VIC, verified: bool = False
) -> Json:
    return {
        "sha": sha,
        "author": author,
        "committer": committer,
        "parents": [{"sha": parent}],
        "commit": {"verification": {"verified": verified, "reason": "valid" if verified else "unsigned"}},
    }


def activity(
    at: str, before: str, after: str, actor: Json | None = VIC, type: str = "push", ref: str = "feature"
) -> Json:
    return {
        "id": int(at.replace(":", "")) + 1,
        "before": before,
        "after": after,
        "ref": f"refs/heads/{ref}",
        "timestamp": f"2026-11-23T{at}Z",
        "activity_type": type,
        "actor": actor,
    }


def review(
    id: int, by: Json | None, state: str = "APPROVED", commit: str | None = HEAD, at: str | None = "11:00:00"
) -> Json:
    row = {"id": id, "user": by, "state": state, "commit_id": commit}
    return row | ({"submitted_at": f"2026-11-23T{at}Z"} if at else {})


PUSHED = [activity("10:00:00", EARLIER, HEAD), activity("09:00:00", NONE, EARLIER, type="branch_creation")]


def fill(fake: FakeGitHub) -> FakeGitHub:
    fake.answers |= {
        PULL: pull(),
        COMMITS: [commit(EARLIER, BASE), commit(HEAD, EARLIER)],
        ACTIVITY: list(PUSHED),
        REVIEWS: [review(1, INA)],
        TIMELINE: [],
        MEMBERS: [INA, IDA],
    }
    return fake


def event(fake: FakeGitHub, **changes: Any) -> Event:
    whole = Event(
        forge="github",
        name="pull_request_target",
        repository=REPOSITORY,
        origin=fake.origin,
        api=fake.origin,
        base="refs/remotes/origin/main",
        head=HEAD,
        number=7,
        target="main",
        ref="refs/pull/7/head",
        token=TOKEN,
        repository_id=REPOSITORY_ID,
    )
    return replace(whole, **changes)


def people(fake: FakeGitHub, **changes: Any) -> Context:
    return ask(event(fake, **changes), SMALL).people()


def whole(fake: FakeGitHub, *teams: str, **changes: Any) -> Context:
    asking = ask(event(fake, **changes), SMALL)
    return asking.reviews(asking.people(), teams)
