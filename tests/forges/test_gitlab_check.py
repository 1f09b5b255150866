"""`check` in a GitLab job, from the job's variables to the decision: real git, and a GitLab on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bypass.scene import INA, VIC, Scene, build
from tests.forges.fake_gitlab import JOB_TOKEN, Fake, job, running
from tests.repo import SigningKey

ASKED_AT = "2026-11-23T12:00:00Z"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """The scene's people have their accounts on GitLab; main is what the clone calls origin/main."""
    scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    for path in scene.policy.rglob("*.yaml"):
        path.write_text(path.read_text().replace("github:", "gitlab:").replace("id: 4711", "id: 815"))
    scene.repo.update_ref("refs/remotes/origin/main", scene.repo.rev("main"))
    assert gate(scene, "keys", "generate", "--out", "gate", "--no-password").returncode == 0
    return scene


def gate(scene: Scene, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "outsource_gate", *words],
        cwd=scene.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(scene.folder), **environment},
    )


def check(scene: Scene, fake: Fake, code: int, **changes: str) -> dict[str, Any]:
    frame = ("--repo", "repo", "--policy", "policy", "--key", "gate.key", "--now", ASKED_AT)
    done = gate(
        scene,
        "check",
        *frame,
        "--output",
        "json=outcome.json",
        **job(fake, CI_COMMIT_SHA=scene.repo.head, **changes),
    )
    assert done.returncode == code, done.stdout + done.stderr
    found: dict[str, Any] = json.loads((scene.folder / "outcome.json").read_text())
    return found


def reasons(outcome: dict[str, Any]) -> set[str]:
    return {reason["code"] for verdict in outcome["verdicts"] for reason in verdict["reasons"]}


@pytest.mark.tools
def test_a_contractors_request_is_denied_until_one_of_our_own_approves_its_head(scene: Scene) -> None:
    """And again after the next push, although GitLab keeps the approval."""
    fake = Fake()
    fake.push("vicv", scene.commit({"services/a.py": "A = 1\n"}), 1)
    with running(fake):
        assert "approvals-missing" in reasons(check(scene, fake, 1))
        fake.approve("ina", 20)
        assert check(scene, fake, 0)["decision"] == "ALLOW"
        fake.push("vicv", scene.commit({"services/a.py": "A = 2\n"}), 30)
        assert "approvals-missing" in reasons(check(scene, fake, 1))


@pytest.mark.tools
def test_with_a_jobs_own_token_nothing_is_decided_and_it_is_said_which_one_would_do(scene: Scene) -> None:
    fake = Fake()
    fake.push("vicv", scene.commit({"services/a.py": "A = 1\n"}), 1)
    fake.approve("ina", 20)
    with running(fake):
        outcome = check(scene, fake, 3, OUTSOURCE_GATE_TOKEN="")
    assert outcome["decision"] == "UNDECIDED"
    assert "read_api" in json.dumps(outcome)
    assert JOB_TOKEN not in json.dumps(outcome)


def test_a_request_of_our_own_takes_two_questions_and_no_scanner(scene: Scene) -> None:
    fake = Fake(author="ida")
    fake.push("ida", scene.commit({"services/a.py": "A = 1\n"}, author=INA), 1)
    with running(fake):
        assert check(scene, fake, 0)["decision"] == "ALLOW"
    assert len(fake.asked) == 2


@pytest.mark.tools
def test_a_contractors_push_to_our_own_request_makes_it_theirs(scene: Scene) -> None:
    """Pushed under a colleague's name, and before the request was opened."""
    fake = Fake(author="ida", opened=10)
    fake.push("vicv", scene.commit({"services/a.py": "A = 1\n"}, author=INA), 1)
    fake.push("ida", scene.commit({"services/b.py": "B = 1\n"}, author=INA), 5)
    with running(fake):
        outcome = check(scene, fake, 1)
    assert {verdict["vendor"] for verdict in outcome["verdicts"]} == {"acme"}


@pytest.mark.tools
def test_a_merged_result_is_judged_by_its_request(scene: Scene) -> None:
    """The approval is of the request's head; that the merge adds nothing is seen in git."""
    fake = Fake()
    fake.push("vicv", scene.commit({"services/a.py": "A = 1\n"}), 1)
    fake.approve("ina", 20)
    scene.repo.switch("main")
    scene.commit({"docs/more.txt": "more\n"}, author=INA)
    scene.repo.update_ref("refs/remotes/origin/main", scene.repo.head)
    scene.repo.branch("merged")
    scene.repo.merge("feature", author=VIC)
    with running(fake):
        assert check(scene, fake, 0, CI_MERGE_REQUEST_EVENT_TYPE="merged_result")["decision"] == "ALLOW"
        scene.repo.switch("main")
        scene.repo.branch("evil")
        scene.repo.merge("feature", author=VIC, resolution={"services/a.py": "A = 666\n"})
        assert check(scene, fake, 3, CI_MERGE_REQUEST_EVENT_TYPE="merged_result")["decision"] == "UNDECIDED"
