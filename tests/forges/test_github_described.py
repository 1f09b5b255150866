"""What we ask GitHub, and what our fake of it answers, is what GitHub's published description of its API allows.

Prism stands between the two and refuses whatever the description does not know. The description is large, so only
the questions that we put are cut out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from outsource_gate.forges.github import ask
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context
from outsource_gate.web.session import Bounds
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.described import LACKING, cut_description, described, make_whole
from tests.forges.fake_github import REPOSITORY, FakeGitHub

OF_COMMIT = f"/repos/{REPOSITORY}/commits/{scene.MERGE}/pulls"
ASKED = {
    "/repos/{owner}/{repo}/pulls/{pull_number}": scene.PULL,
    "/repos/{owner}/{repo}/pulls/{pull_number}/commits": scene.COMMITS,
    "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": scene.REVIEWS,
    "/repos/{owner}/{repo}/activity": scene.ACTIVITY,
    "/repos/{owner}/{repo}/issues/{issue_number}/timeline": scene.TIMELINE,
    "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": OF_COMMIT,
    "/orgs/{org}/teams/{team_slug}/members": scene.MEMBERS,
}
MERGED = scene.pull(merged_at="2026-11-23T12:00:00Z", merge_commit_sha=scene.MERGE, state="closed")
FORCED = {
    "event": "head_ref_force_pushed",
    "commit_id": scene.HEAD,
    "created_at": "2026-11-23T10:30:00Z",
    "actor": scene.VIC,
}
VIC = Account("vicv", 4711)
PATIENT = Bounds(seconds=10.0)

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(bool(LACKING), reason=LACKING),
]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return cut_description(ASKED)


@pytest.fixture(scope="module")
def behind_prism(description: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeGitHub]:
    with fake.running() as server, described(server, description, tmp_path_factory.mktemp("prism")):
        yield server


@pytest.fixture
def server(behind_prism: FakeGitHub, description: dict[str, Any]) -> FakeGitHub:
    behind_prism.faults.clear()
    behind_prism.asked.clear()
    behind_prism.answers.clear()
    scene.fill(behind_prism).answers |= {OF_COMMIT: [MERGED], scene.TIMELINE: [FORCED]}
    for path, own in ASKED.items():
        make_whole(behind_prism, description, path, own)
    return behind_prism


def read(server: FakeGitHub, **changes: Any) -> Context:
    asking = ask(scene.event(server, **changes), PATIENT)
    return asking.reviews(asking.people(), ("corp/engineering",))


def test_a_request_is_asked_for_and_answered_as_github_describes(server: FakeGitHub) -> None:
    context = read(server)
    assert context.gaps == ()
    assert (context.opener, context.pushers) == (VIC, (VIC,))
    assert [len(team.members or ()) for team in context.teams] == [2]
    assert len(server.asked) == 5


def test_a_push_is_asked_about_as_github_describes(server: FakeGitHub, description: dict[str, Any]) -> None:
    merge = scene.activity("12:00:00", scene.BASE, scene.MERGE, scene.INA, "pr_merge", "main")
    server.answers |= {scene.PULL: MERGED, scene.ACTIVITY: [merge, *scene.PUSHED]}
    for path in ("/repos/{owner}/{repo}/pulls/{pull_number}", "/repos/{owner}/{repo}/activity"):
        make_whole(server, description, path, ASKED[path])
    context = read(server, name="push", head=scene.MERGE, base=scene.BASE, number=None)
    assert (context.gaps, context.number, context.pushers) == ((), 7, (VIC,))


def test_the_timeline_is_asked_as_github_describes(server: FakeGitHub) -> None:
    server.answers[scene.ACTIVITY] = []
    context = read(server)
    assert (context.arrival(scene.HEAD) is not None, context.pushers) == (True, None)


def test_an_answer_that_the_description_does_not_know_is_noticed(server: FakeGitHub) -> None:
    server.answers[scene.REVIEWS][0]["user"] = "ina"
    asking = ask(scene.event(server), Bounds(seconds=2.0))
    gap = asking.reviews(asking.people(), ()).gap("reviews")
    assert gap is not None
    assert gap.reason.endswith("answered 500")  # Prism's word for what it refuses
