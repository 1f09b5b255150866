"""What a review asks GitHub, and what our fake answers, is what GitHub publishes of its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from outsource_gate.access_review.github import look
from outsource_gate.forges import Event
from outsource_gate.web.session import Bounds
from tests.access_review import scene
from tests.forges import fake_github as fake
from tests.forges.described import LACKING, cut_description, described, make_whole
from tests.forges.fake_github import FakeGitHub

ASKED = {
    "/repos/{owner}/{repo}/collaborators": (scene.REPO,),
    "/repos/{owner}/{repo}/activity": (scene.ACTIVITY,),
    "/orgs/{org}/outside_collaborators": (scene.OUTSIDE, scene.NO_MFA[1]),
    "/orgs/{org}/members": (scene.NO_MFA[0],),
}
pytestmark = [pytest.mark.node, pytest.mark.skipif(bool(LACKING), reason=LACKING)]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return cut_description(ASKED)


@pytest.fixture(scope="module")
def server(description: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeGitHub]:
    folder = tmp_path_factory.mktemp("prism")
    with fake.running() as running, described(running, description, folder):
        scene.fill(running).answers[scene.NO_MFA[1]] = [scene.VAL]
        for path, answers in ASKED.items():
            for own in answers:
                make_whole(running, description, path, own)
        yield running


def test_a_review_is_asked_and_answered_as_github_describes(server: FakeGitHub) -> None:
    event = Event("github", "access-review", "", server.origin, server.origin, "", "", token="t0ken")
    looked = look(event, ["corp/payments"], lambda account: account.id == 4711, Bounds(seconds=10.0))
    assert looked.gaps == ()
    assert (len(looked.entries), looked.without_mfa) == (3, frozenset({4712}))
    assert list(looked.active_on) == [4711]
    assert set(server.asked) == {scene.REPO, scene.ACTIVITY, scene.OUTSIDE, "/orgs/corp/members"}
