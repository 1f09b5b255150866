"""`check` in a GitLab job, from the job's variables to the decision: real git, and a GitLab on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bypass.scene import INA, VIC, Scene, build
from tests.forges.fake_gitlab import JOB_TOKEN, Fake, job, reply, running
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


def check(scene: Scene, fake: Fake, code: int, policy: str = "policy", **changes: str) -> dict[str, Any]:
    frame = ("--repo", "repo", "--key", "gate.key", "--now", ASKED_AT, *(("--policy", policy) if policy else ()))
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


@dataclass
class Train:
    """Request 7, the contractor's and approved, stands in a train behind request 8 of our own."""

    scene: Scene
    fake: Fake
    ahead: str  # what request 8's entry leaves
    head: str  # of request 7

    def enter(self, *, resolution: dict[str, str] | None = None) -> str:
        self.scene.repo.git("checkout", "--quiet", "--detach", self.ahead)
        self.scene.repo.merge(self.head, author=INA, resolution=resolution)
        self.fake.train(7, self.scene.repo.head)
        return self.scene.repo.head

    def check(self, code: int, **changes: str) -> dict[str, Any]:
        return check(self.scene, self.fake, code, CI_MERGE_REQUEST_EVENT_TYPE="merge_train", **changes)


@pytest.fixture
def train(scene: Scene) -> Iterator[Train]:
    fake = Fake()
    head = scene.commit({"services/a.py": "A = 1\n"})
    fake.push("vicv", head, 1)
    fake.approve("ina", 20)
    scene.repo.switch("main")
    scene.repo.branch("ours")
    ours = scene.commit({"docs/more.txt": "more\n"}, author=INA)
    scene.repo.switch("main")
    scene.repo.branch("entry-8")
    scene.repo.merge(ours, author=INA)
    fake.train(8, scene.repo.head)
    with running(fake):
        yield Train(scene, fake, scene.repo.head, head)


def paths(outcome: dict[str, Any]) -> set[str]:
    return {row["path"] for row in outcome["coverage"]}


@pytest.mark.tools
def test_an_entry_of_a_train_is_judged_without_the_entries_before_it(train: Train) -> None:
    """What stands ahead is another request's, by GitLab's word."""
    train.enter()
    outcome = train.check(0)
    assert outcome["decision"] == "ALLOW"
    assert paths(outcome) == {"services/a.py"}


@pytest.mark.tools
def test_an_entry_that_holds_more_than_its_request_is_not_let_through(train: Train) -> None:
    train.enter(resolution={"services/a.py": "A = 666\n"})
    outcome = train.check(3)
    assert {"queue-content-unknown", "pushers-unknown"} <= reasons(outcome)


@pytest.mark.tools
def test_an_entry_on_a_commit_that_gitlab_does_not_know_is_judged_with_all_of_it(train: Train) -> None:
    """A contractor who writes the variables could name any commit as what stands ahead."""
    train.fake.pipelines.clear()
    train.enter()
    outcome = train.check(3)
    assert "docs/more.txt" in paths(outcome)
    assert "is no entry of a train" in json.dumps(outcome)


@pytest.mark.tools
def test_a_token_that_may_not_list_pipelines_leaves_an_entry_undecided_with_the_one_that_may(train: Train) -> None:
    train.fake.faults["/pipelines"] = lambda handler: reply(handler, 403, {"message": "403 Forbidden"})
    train.enter()
    outcome = train.check(3)
    assert "pipelines are not given to this token (403)" in json.dumps(outcome)
    assert "read_api" in json.dumps(outcome)


@pytest.mark.tools
def test_our_own_request_behind_a_contractors_entry_is_not_taken_for_all_of_it(scene: Scene) -> None:
    """Where GitLab cannot say what stands ahead, opener and pushers of one request vouch for nothing else."""
    fake = Fake(author="ida")
    scene.commit({"services/theirs.py": "A = 1\n"}, author=INA)  # the contractor's, under a colleague's name
    theirs = scene.repo.head
    scene.repo.switch("main")
    scene.repo.branch("ours")
    fake.push("ida", scene.commit({"docs/more.txt": "more\n"}, author=INA), 1)
    ours = scene.repo.head
    scene.repo.switch("main")
    scene.repo.branch("entry")
    scene.repo.merge(theirs, author=INA)
    scene.repo.merge(ours, author=INA)
    fake.train(7, scene.repo.head)
    with running(fake):
        outcome = check(scene, fake, 3, CI_MERGE_REQUEST_EVENT_TYPE="merge_train")
    assert "pushers-unknown" in reasons(outcome) | {code for code in reasons(outcome) if "unknown" in code}
    assert outcome["decision"] == "UNDECIDED"


@pytest.mark.tools
def test_the_policy_that_judges_an_entry_is_not_written_by_the_entries_before_it(scene: Scene) -> None:
    """It is read from the target branch itself."""
    repo = scene.repo
    repo.switch("main")
    policy = {f".outsource-gate/{file.relative_to(scene.policy)}": file.read_text() for file in yaml(scene)}
    repo.commit("Policy", policy)
    repo.update_ref("refs/remotes/origin/main", repo.head)
    repo.branch("work")
    fake = Fake(branch="work")
    fake.push("vicv", scene.commit({"services/a.py": "A = 1\n"}), 1)
    head = repo.head
    repo.switch("main")
    repo.branch("entry-8")
    lax = policy[".outsource-gate/policy.yaml"] + "tiers:\n  standard: {gates: {review: {approvals: 0}}}\n"
    repo.commit("Lax", {".outsource-gate/policy.yaml": lax})
    fake.train(8, repo.head)
    repo.merge(head, author=INA)
    fake.train(7, repo.head)
    with running(fake):
        outcome = check(scene, fake, 1, policy="", CI_MERGE_REQUEST_EVENT_TYPE="merge_train")
    assert "approvals-missing" in reasons(outcome)


def yaml(scene: Scene) -> list[Path]:
    return sorted(scene.policy.rglob("*.yaml"))
