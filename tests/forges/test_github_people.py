"""Who opened and pushed a change on GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from outsource_gate.errors import ForgeError
from outsource_gate.model.identity import Account
from outsource_gate.model.review import CommitWord, Context
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.fake_github import REPOSITORY, FakeGitHub
from tests.forges.github_scene import BASE, EARLIER, HEAD, MERGE, NONE

VIC, INA = Account("vicv", 4711), Account("ina", 1)
OF_COMMIT = f"/repos/{REPOSITORY}/commits/{MERGE}/pulls"
FORCED = {
    "event": "head_ref_force_pushed",
    "commit_id": HEAD,
    "created_at": "2026-11-23T10:30:00Z",
    "actor": scene.VIC,
}
MERGED = scene.pull(merged_at="2026-11-23T12:00:00Z", merge_commit_sha=MERGE, state="closed")


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        yield scene.fill(running)


def reason(context: Context, fact: str) -> str:
    gap = context.gap(fact)
    assert gap is not None, f"no gap for {fact}"
    return f"{gap.reason} -> {gap.next_step}"


def test_a_request_that_is_not_shown_ends_the_questions_with_the_permission(server: FakeGitHub) -> None:
    server.faults[scene.PULL] = [fake.status(404)]
    with pytest.raises(ForgeError, match=r"not shown to this token \(404\).*pull-requests: read"):
        scene.people(server)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 8},
        {"base": {"ref": "main", "sha": BASE, "repo": {"id": 5, "full_name": REPOSITORY}}},
        {"base": {"ref": "main", "sha": BASE, "repo": None}},
    ],
)
def test_a_request_of_another_repository_is_not_believed(server: FakeGitHub, changes: dict[str, Any]) -> None:
    server.answers[scene.PULL] = scene.pull(**changes)
    with pytest.raises(ForgeError, match="another request or repository"):
        scene.people(server)


def test_an_opener_whose_account_is_gone_is_a_gap(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.pull(user=None)
    context = scene.people(server)
    assert context.opener is None
    assert "is gone" in reason(context, "opener")


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (scene.commit(HEAD, EARLIER, verified=True), CommitWord(HEAD, True, VIC)),
        (scene.commit(HEAD, EARLIER), CommitWord(HEAD, False)),
        (scene.commit(HEAD, EARLIER, scene.INA, scene.VIC, True), CommitWord(HEAD, True, VIC)),
        (scene.commit(HEAD, EARLIER, scene.INA, scene.WEB_FLOW, True), CommitWord(HEAD, True, INA)),
        (scene.commit(HEAD, EARLIER, scene.INA, scene.WEB_FLOW), CommitWord(HEAD, False)),
        (scene.commit(HEAD, EARLIER, None, scene.WEB_FLOW, True), CommitWord(HEAD, True)),
        (scene.commit(HEAD, EARLIER, scene.INA, None, True), CommitWord(HEAD, True)),
        (scene.commit(HEAD, EARLIER, scene.INA, {}, True), CommitWord(HEAD, True)),
        (scene.commit(HEAD, EARLIER) | {"commit": {}}, CommitWord(HEAD, False)),
    ],
)
def test_the_signer_is_the_committer_or_the_author_that_github_signed_for(
    server: FakeGitHub, row: dict[str, Any], word: CommitWord
) -> None:
    server.answers[scene.COMMITS] = [scene.commit(EARLIER, BASE), row]
    assert scene.people(server).commits[-1] == word


def test_a_list_of_commits_that_ends_early_is_a_gap_and_keeps_its_words(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.pull(commits=251)
    context = scene.people(server)
    assert len(context.commits) == 2
    assert "2 of 251 commits" in reason(context, "commits")


def test_commits_that_are_not_shown_are_a_gap(server: FakeGitHub) -> None:
    server.faults[scene.COMMITS] = [fake.status(403)]
    context = scene.people(server)
    assert context.commits == ()
    assert "pull-requests: read" in reason(context, "commits")
    assert context.pushers == (VIC,)


def test_activity_that_is_not_shown_leaves_pushers_and_arrival_unknown(server: FakeGitHub) -> None:
    server.faults[scene.ACTIVITY] = [fake.status(403)]
    context = scene.people(server)
    assert (context.pushers, context.arrival(HEAD), context.opener) == (None, None, VIC)
    assert "contents: read" in reason(context, "pushers")
    assert "when aaaaaaa arrived is not known" in reason(context, "arrival")


def test_a_request_from_a_fork_is_asked_about_at_the_fork(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.from_fork()
    server.answers[scene.FORK_ACTIVITY] = server.answers.pop(scene.ACTIVITY)
    context = scene.people(server)
    assert (context.pushers, context.gaps) == ((VIC,), ())


def test_a_fork_that_is_not_shown_asks_for_a_token_that_sees_it(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.from_fork()
    context = scene.people(server)
    assert context.pushers is None
    assert "may read the contents of the fork" in reason(context, "pushers")


def test_a_fork_that_is_gone_is_a_gap(server: FakeGitHub) -> None:
    server.answers[scene.PULL] = scene.pull(head={"ref": "feature", "sha": HEAD, "repo": None})
    context = scene.people(server)
    assert context.pushers is None
    assert "is gone" in reason(context, "pushers")


def test_a_force_push_in_the_timeline_says_when_the_head_arrived_but_not_who_pushed_before(
    server: FakeGitHub,
) -> None:
    server.faults[scene.ACTIVITY] = [fake.status(404)]
    committed = {"event": "committed", "sha": HEAD, "committer": {"date": "2026-01-01T00:00:00Z"}}
    server.answers[scene.TIMELINE] = [committed, FORCED]
    context = scene.people(server)
    arrived = context.arrival(HEAD)
    assert arrived is not None
    assert arrived.isoformat() == "2026-11-23T10:30:00+00:00"
    assert (context.pushers, context.gap("arrival")) == (None, None)


@pytest.mark.parametrize(
    "events",
    [
        [FORCED | {"commit_id": EARLIER}],
        [{"event": "committed", "sha": HEAD, "committer": {"date": "2026-01-01T00:00:00Z"}}],
        [FORCED | {"created_at": "yesterday"}],
        ["head_ref_force_pushed"],
    ],
)
def test_a_commits_own_date_is_no_arrival(server: FakeGitHub, events: list[Any]) -> None:
    server.faults[scene.ACTIVITY] = [fake.status(404)]
    server.answers[scene.TIMELINE] = events
    context = scene.people(server)
    assert context.arrival(HEAD) is None
    assert context.gap("arrival") is not None


def test_a_request_that_moved_on_is_said_and_its_later_pushes_are_not_this_ones(server: FakeGitHub) -> None:
    newer = "d" * 40
    server.answers[scene.PULL] = scene.pull(
        head={"ref": "feature", "sha": newer, "repo": scene.pull()["head"]["repo"]}, commits=3
    )
    server.answers[scene.COMMITS].append(scene.commit(newer, HEAD))
    server.answers[scene.ACTIVITY].insert(0, scene.activity("10:30:00", HEAD, newer, scene.INA))
    context = scene.people(server)
    assert "at ddddddd, this run judges aaaaaaa" in reason(context, "head")
    assert (context.head, context.pushers) == (None, (VIC,))


def test_a_request_that_now_goes_elsewhere_is_said(server: FakeGitHub) -> None:
    context = scene.people(server, target="release")
    assert "goes to main, this run judges release" in reason(context, "target")


def test_a_queue_entry_is_made_from_the_head_of_its_request(server: FakeGitHub) -> None:
    context = scene.people(server, name="merge_group", head=MERGE, base=BASE)
    assert (context.head, context.pushers, context.gaps) == (HEAD, (VIC,), ())
    assert context.arrival(HEAD) is not None


# --- pushes


def pushed(server: FakeGitHub, **changes: Any) -> Context:
    whole = {"name": "push", "head": MERGE, "base": BASE, "number": None, "target": "main"}
    return scene.people(server, **(whole | changes))


def merged_by(server: FakeGitHub, type: str) -> None:
    server.answers |= {OF_COMMIT: [MERGED], scene.PULL: MERGED}
    row = scene.activity("12:00:00", BASE, MERGE, scene.INA, type, "main")
    earlier = scene.activity("08:00:00", NONE, BASE, scene.IDA, ref="main")
    server.answers[scene.ACTIVITY] = [row, earlier, *scene.PUSHED]


def test_a_merge_that_github_made_is_the_requests_own_and_the_one_who_pressed_is_no_pusher(
    server: FakeGitHub,
) -> None:
    """Else whoever approves and merges would bar themselves."""
    merged_by(server, "pr_merge")
    context = pushed(server)
    assert (context.number, context.opener, context.pushers, context.head) == (7, VIC, (VIC,), HEAD)
    assert context.gaps == ()
    assert len(server.asked) == 5


def test_a_merge_that_somebody_pushed_makes_them_a_pusher(server: FakeGitHub) -> None:
    merged_by(server, "push")
    assert pushed(server).pushers == (VIC, INA)


def test_a_merge_that_a_queue_made_is_the_requests_own(server: FakeGitHub) -> None:
    """Whether the queue brought others with it is seen in git: then nobody's word is taken for the whole."""
    merged_by(server, "merge_queue_merge")
    context = pushed(server)
    assert (context.opener, context.pushers, context.head) == (VIC, (VIC,), HEAD)
    assert context.gaps == ()


def test_a_push_without_a_request_has_pushers_and_no_opener(server: FakeGitHub) -> None:
    merged_by(server, "push")
    server.answers[OF_COMMIT] = []
    context = pushed(server)
    assert (context.number, context.opener, context.pushers) == (None, None, (INA,))
    assert "no request brought eeeeeee" in reason(context, "opener")


def test_a_push_that_several_requests_claim_is_a_gap(server: FakeGitHub) -> None:
    merged_by(server, "push")
    server.answers[OF_COMMIT] = [MERGED, MERGED | {"number": 8}]
    context = pushed(server)
    assert context.number is None
    assert "several requests brought eeeeeee: #7, #8" in reason(context, "opener")


@pytest.mark.parametrize(
    "other",
    [
        MERGED | {"merge_commit_sha": "f" * 40},
        MERGED | {"merged_at": None},
        MERGED | {"base": MERGED["base"] | {"ref": "release"}},
        MERGED | {"base": MERGED["base"] | {"repo": {"id": 5, "full_name": "vicv/payments"}}},
        scene.pull(head=scene.pull()["head"] | {"sha": MERGE}),
        scene.from_fork() | {"head": scene.from_fork()["head"] | {"sha": MERGE, "ref": "main"}},
    ],
)
def test_a_request_that_merely_holds_the_commit_did_not_bring_it(server: FakeGitHub, other: Any) -> None:
    merged_by(server, "push")
    server.answers[OF_COMMIT] = [other]
    assert pushed(server).number is None


def test_a_push_to_the_branch_of_an_open_request_is_the_requests(server: FakeGitHub) -> None:
    server.answers[f"/repos/{REPOSITORY}/commits/{HEAD}/pulls"] = [scene.pull()]
    context = pushed(server, head=HEAD, base=EARLIER, target="feature")
    assert (context.number, context.head, context.pushers) == (7, None, (VIC,))


def test_requests_that_are_not_shown_leave_the_opener_open(server: FakeGitHub) -> None:
    merged_by(server, "push")
    server.faults[OF_COMMIT] = [fake.status(403)]
    context = pushed(server)
    assert context.opener is None
    assert "pull-requests: read" in reason(context, "opener")
