"""What we ask GitHub, and what our fake of it answers, is what GitHub's published description of its API allows.

Prism stands between the two and refuses whatever the description does not know. The description is large, so only
the questions that we put are cut out of it.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.forges.github import ask
from outsource_gate.forges.http import Bounds
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.fake_github import REPOSITORY, FakeGitHub

MODULES = Path(__file__).resolve().parent / "node" / "node_modules"
PRISM = MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js"
DESCRIPTION = MODULES / "@octokit" / "openapi" / "generated" / "api.github.com.deref.json"
NODE = shutil.which("node")
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
    pytest.mark.skipif(NODE is None, reason="no node on this machine"),
    pytest.mark.skipif(
        not (PRISM.is_file() and DESCRIPTION.is_file()),
        reason="tests/forges/node/node_modules is not installed: npm ci --prefix tests/forges/node",
    ),
]


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    """GitHub's own, cut to what we ask: reading it whole takes Prism half a minute."""
    whole = json.loads(DESCRIPTION.read_text())
    paths = {path: {"get": whole["paths"][path]["get"]} for path in ASKED}
    return {name: whole[name] for name in ("openapi", "info", "servers")} | {"paths": paths}


@pytest.fixture(scope="module")
def behind_prism(description: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeGitHub]:
    """A fake whose `origin` is Prism's."""
    folder = tmp_path_factory.mktemp("prism")
    (folder / "api.json").write_text(json.dumps(description))
    with fake.running() as server:
        port = _free_port()
        command = [str(NODE), str(PRISM), "proxy", "--errors", "-h", "127.0.0.1", "-p", str(port)]
        with (folder / "log").open("wb") as log:
            prism = subprocess.Popen([*command, str(folder / "api.json"), server.origin], stdout=log, stderr=log)
        try:
            _wait_for(port, prism, folder / "log")
            server.origin = f"http://127.0.0.1:{port}"
            yield server
        finally:
            prism.terminate()
            prism.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, prism: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if prism.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"Prism did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def server(behind_prism: FakeGitHub, description: dict[str, Any]) -> FakeGitHub:
    behind_prism.faults.clear()
    behind_prism.asked.clear()
    behind_prism.answers.clear()
    scene.fill(behind_prism).answers |= {OF_COMMIT: [MERGED], scene.TIMELINE: [FORCED]}
    for path, own in ASKED.items():
        _make_whole(behind_prism, description, path, own)
    return behind_prism


def _make_whole(server: FakeGitHub, description: dict[str, Any], path: str, own: str) -> None:
    """Put our answer into GitHub's example of one: what we leave out is as GitHub shows it."""
    somebody = _example(description, "/orgs/{org}/teams/{team_slug}/members")[0]
    server.answers[own] = _whole(_example(description, path), server.answers[own], somebody)


def _example(description: dict[str, Any], path: str) -> Any:
    content = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return next(iter(content["examples"].values()))["value"]


def _whole(example: Any, own: Any, somebody: dict[str, Any]) -> Any:
    if isinstance(own, list):
        row = example[0] if isinstance(example, list) and example else {}
        return [_whole(row, one, somebody) for one in own]
    if isinstance(own, dict):
        known = example if isinstance(example, dict) else {}
        known = known or (somebody if "login" in own else {})
        return known | {name: _whole(known.get(name), value, somebody) for name, value in own.items()}
    return own


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
        _make_whole(server, description, path, ASKED[path])
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
