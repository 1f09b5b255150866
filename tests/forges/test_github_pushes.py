"""How far back the pushes of a branch concern the change, and when they are not all known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

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
