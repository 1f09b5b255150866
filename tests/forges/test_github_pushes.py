"""How far back the pushes of a branch concern the change, and when they are not all known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.forges.github_api import Api
from outsource_gate.forges.github_pushes import Branch, read_pushes
from outsource_gate.forges.github_shapes import PullCommit, read_rows
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.fake_github import FakeGitHub
from tests.forges.github_scene import BASE, EARLIER, HEAD, IDA, INA, NONE, VIC, activity

OLDER, OTHER = "8" * 40, "9" * 40


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        yield scene.fill(running)


def after(server: FakeGitHub, *rows: dict[str, Any]) -> Context:
    """The context where this is the branch's activity, newest first."""
    server.answers[scene.ACTIVITY] = list(rows)
    return scene.people(server)


def logins(context: Context) -> list[str] | None:
    return None if context.pushers is None else [account.login for account in context.pushers]


def why(context: Context) -> str:
    gap = context.gap("pushers")
    assert gap is not None
    return gap.reason


def test_everybody_who_pushed_since_the_branch_was_made_is_a_pusher(server: FakeGitHub) -> None:
    context = after(server, activity("10:00:00", EARLIER, HEAD, INA), activity("09:00:00", NONE, EARLIER, VIC))
    assert logins(context) == ["ina", "vicv"]


def test_what_the_branch_was_before_the_change_is_nobodys_push_of_it(server: FakeGitHub) -> None:
    """A branch that lives long: what is in the target already was pushed by others."""
    context = after(
        server,
        activity("10:00:00", EARLIER, HEAD, VIC),
        activity("09:00:00", BASE, EARLIER, VIC),
        activity("08:00:00", OLDER, BASE, IDA),
    )
    assert logins(context) == ["vicv"]


def test_a_merge_of_the_target_does_not_hide_the_pushes_before_it(server: FakeGitHub) -> None:
    server.answers[scene.COMMITS] = [scene.commit(EARLIER, BASE), _merge(HEAD, EARLIER, OTHER)]
    context = after(server, activity("10:00:00", EARLIER, HEAD, INA), activity("09:00:00", BASE, EARLIER, VIC))
    assert logins(context) == ["ina", "vicv"]


def _merge(sha: str, *parents: str) -> dict[str, Any]:
    return scene.commit(sha, parents[0]) | {"parents": [{"sha": parent} for parent in parents]}


def test_a_force_push_does_not_hide_who_pushed_before_it(server: FakeGitHub) -> None:
    """What was replaced may have been taken over: the walk goes on to where the branch left the target."""
    context = after(
        server,
        activity("10:00:00", OTHER, HEAD, INA, "force_push"),
        activity("09:00:00", BASE, OTHER, VIC),
        activity("08:00:00", NONE, BASE, IDA),
    )
    assert logins(context) == ["ina", "vicv"]


def test_a_branch_reset_and_pushed_again_keeps_who_pushed_the_commit_first(server: FakeGitHub) -> None:
    context = after(
        server,
        activity("10:00:00", BASE, HEAD, INA),
        activity("09:30:00", EARLIER, BASE, INA, "force_push"),
        activity("09:00:00", BASE, EARLIER, VIC),
    )
    assert logins(context) == ["ina", "vicv"]


def test_a_branch_deleted_and_restored_keeps_who_pushed_to_it_first(server: FakeGitHub) -> None:
    context = after(
        server,
        activity("10:00:00", NONE, HEAD, INA, "branch_creation"),
        activity("09:30:00", HEAD, NONE, INA, "branch_deletion"),
        activity("09:00:00", NONE, HEAD, VIC, "branch_creation"),
    )
    assert logins(context) == ["ina", "vicv"]


def test_the_same_head_pushed_again_has_arrived_again(server: FakeGitHub) -> None:
    """Else an approval given in between, of other content, could be bound to it."""
    context = after(
        server,
        activity("10:00:00", OTHER, HEAD, VIC, "force_push"),
        activity("09:00:00", HEAD, OTHER, VIC, "force_push"),
        activity("08:00:00", NONE, HEAD, VIC, "branch_creation"),
    )
    arrived = context.arrival(HEAD)
    assert arrived is not None
    assert arrived.hour == 10


def test_a_pusher_whose_account_is_gone_leaves_pushers_unknown(server: FakeGitHub) -> None:
    context = after(server, activity("10:00:00", EARLIER, HEAD, None), activity("09:00:00", NONE, EARLIER, VIC))
    assert logins(context) is None
    assert "has no account any more" in why(context)
    assert context.arrival(HEAD) is not None


def test_a_hole_in_the_activity_leaves_pushers_unknown_and_keeps_what_is_known(server: FakeGitHub) -> None:
    context = after(server, activity("10:00:00", EARLIER, HEAD, INA), activity("09:00:00", BASE, OTHER, VIC))
    assert logins(context) is None
    assert "has a hole before ccccccc" in why(context)
    assert [push.by for push in context.pushes] == [Account("ina", 1)]


def test_activity_that_ends_before_the_change_began_leaves_pushers_unknown(server: FakeGitHub) -> None:
    context = after(server, activity("10:00:00", EARLIER, HEAD, INA))
    assert logins(context) is None
    assert "ends before the change began" in why(context)


@pytest.mark.parametrize("rows", [[], [activity("10:00:00", NONE, EARLIER, VIC)]])
def test_a_head_that_no_push_brought_leaves_pushers_and_arrival_unknown(server: FakeGitHub, rows: Any) -> None:
    context = after(server, *rows)
    assert logins(context) is None
    assert "no push of aaaaaaa to feature" in why(context)
    assert context.gap("arrival") is not None


def test_pushes_to_other_branches_say_nothing_of_this_one(server: FakeGitHub) -> None:
    server.faults[scene.ACTIVITY] = [_unfiltered]
    server.answers[scene.ACTIVITY] = [activity("11:00:00", EARLIER, HEAD, IDA, ref="other"), *scene.PUSHED]
    assert logins(scene.people(server)) == ["vicv"]


def _unfiltered(handler: fake.Handler) -> None:
    """A server too old to know the filter gives everything."""
    handler.say(200, handler.server.fake.answers[scene.ACTIVITY])


def test_commits_that_are_not_known_whole_end_the_walk_at_the_branchs_birth_only(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.pull(commits=300)
    context = after(server, activity("10:00:00", EARLIER, HEAD, INA), activity("09:00:00", OLDER, EARLIER, VIC))
    assert logins(context) is None
    assert "ends before the change began" in why(context)


def test_a_branchs_birth_is_a_beginning_however_many_commits_there_are(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.pull(commits=300)
    older = activity("08:00:00", NONE, OTHER, IDA, "branch_creation")
    gone = activity("08:30:00", OTHER, NONE, IDA, "branch_deletion")
    assert logins(after(server, *scene.PUSHED)) == ["vicv"]
    # Which commits are in the change is not known, so whoever pushed to an earlier branch of this name counts, too.
    assert logins(after(server, *scene.PUSHED, gone, older)) == ["vicv", "ida"]


def test_five_pages_without_a_beginning_are_enough(server: FakeGitHub) -> None:
    shas = [HEAD, *(f"{number:040x}" for number in range(1, 800))]
    rows = [activity("09:00:00", before, now, VIC, "force_push") for now, before in pairwise(shas)]
    context = after(server, *rows)
    assert logins(context) is None
    assert "did not end after 5 pages" in why(context)
    assert server.count()[scene.ACTIVITY] == 5
    assert context.arrival(HEAD) is not None


def test_a_walk_that_has_its_beginning_asks_for_no_more_pages(server: FakeGitHub) -> None:
    old = [activity("08:00:00", NONE, BASE, IDA) for _ in range(300)]
    assert logins(after(server, *scene.PUSHED, *old)) == ["vicv"]
    assert server.count()[scene.ACTIVITY] == 1


# --- any history of a branch


@dataclass
class Story:
    """A branch as it was lived: its commits, its updates, and who brought each commit since it left the target."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=lambda: {BASE: ()})
    target: str = BASE
    head: str = NONE
    rows: list[dict[str, Any]] = field(default_factory=list)
    brought_by: dict[str, str] = field(default_factory=dict)

    def ancestors(self, sha: str) -> set[str]:
        found, open_ = set(), [sha]
        while open_:
            one = open_.pop()
            if one in self.parents and one not in found:
                found.add(one)
                open_ += self.parents[one]
        return found

    def make(self, *parents: str) -> str:
        sha = f"{len(self.parents):040x}"
        self.parents[sha] = parents
        return sha

    def move(self, to: str, actor: dict[str, Any]) -> None:
        """The branch comes to point elsewhere; who moved it brought what it did not hold before."""
        if to == self.head:
            return
        before, now = self.ancestors(self.head), self.ancestors(to)
        kind = "push" if self.head in now else "force_push"
        kind = "branch_creation" if self.head == NONE else "branch_deletion" if to == NONE else kind
        at = f"{len(self.rows) // 3600:02}:{len(self.rows) // 60 % 60:02}:{len(self.rows) % 60:02}"
        self.rows.insert(0, activity(at, self.head, to, actor, kind))
        if NONE in (to, self.head) or self.head in self.ancestors(self.target):
            self.brought_by = {}
        for sha in now - before:
            self.brought_by.setdefault(sha, actor["login"])
        self.head = to

    def live(self, what: str, actor: dict[str, Any], which: int) -> None:
        known = sorted(self.parents)
        match what:
            case "commit" | "two commits":
                tip = self.make(self.head if self.head != NONE else self.target)
                self.move(tip if what == "commit" else self.make(tip), actor)
            case "reset":
                self.move(known[which % len(known)], actor)
            case "delete":
                self.move(NONE, actor)
            case "update" if self.head != NONE:
                self.move(self.make(self.head, self.target), actor)
            case "target moves":
                self.target = self.make(self.target)
            case "target merges" if self.head != NONE:
                self.target = self.make(self.target, self.head)


STEPS = st.sampled_from(
    ["commit", "commit", "commit", "reset", "delete", "update", "target moves", "target merges"]
)
ACTORS = st.sampled_from([VIC, INA, IDA])


class Told:
    """Stands for the API: one page of activity."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def pages(self, *_: Any, **__: Any) -> list[list[dict[str, Any]]]:
        return [self.rows]


@settings(max_examples=300)
@given(st.lists(st.tuples(STEPS, ACTORS, st.integers(0, 50)), max_size=12))
def test_whoever_brought_a_commit_of_the_change_is_a_pusher_or_pushers_are_unknown(steps: Any) -> None:
    story = Story()
    for what, actor, which in steps:
        story.live(what, actor, which)
    own = sorted(story.ancestors(story.head) - story.ancestors(story.target))
    commits = read_rows(PullCommit, [scene.commit(sha, BASE) | _parents(story, sha) for sha in own], "commits")
    branch = Branch("corp/payments", "feature", story.head, commits)
    pushers = read_pushes(cast(Api, Told(story.rows)), branch).pushers
    brought = {story.brought_by[sha] for sha in own if sha in story.brought_by}
    assert pushers is None or not own or brought <= {account.login for account in pushers}


def _parents(story: Story, sha: str) -> dict[str, Any]:
    return {"parents": [{"sha": parent} for parent in story.parents[sha]]}
