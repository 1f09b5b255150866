"""The shipped GitLab template, run by gitlab-ci-local against a GitLab of ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from outsource_gate.evidence.keys import generate_keypair
from tests.bypass.scene import CLEAN, FLAW, INA, build
from tests.ci.gitlab_job import NODE, RUNNER, GitLabJob
from tests.forges.fake_gitlab import JOB_TOKEN, Fake, running
from tests.repo import SigningKey

pytestmark = [
    pytest.mark.tools,
    pytest.mark.node,
    pytest.mark.skipif(
        NODE is None or not RUNNER.exists(), reason="gitlab-ci-local: npm ci --prefix tests/interop"
    ),
    pytest.mark.skipif(shutil.which("rsync") is None, reason="gitlab-ci-local needs rsync"),
]


@pytest.fixture
def job(tmp_path: Path) -> Iterator[GitLabJob]:
    scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    with running(Fake()) as fake:
        pair = generate_keypair("ecdsa-p256", None)
        (tmp_path / "gate.pub").write_text(pair.public_key.pem)
        job = GitLabJob(tmp_path, scene, fake, pair.private_pem.decode())
        job.begin()
        yield job


def test_a_vendors_change_is_denied_corrected_and_allowed(job: GitLabJob) -> None:
    """the job fails with reasons and a code-quality report, and passes once it is corrected and approved"""
    job.scene.commit({"services/ping.py": FLAW})
    job.push(10)
    first = job.run()
    assert first.code != 0, first.said
    assert "DENY" in first.said
    quality = json.loads((first.out / "gl-code-quality-report.json").read_text())
    assert {issue["location"]["path"] for issue in quality} == {"services/ping.py"}

    job.scene.commit({"services/ping.py": CLEAN})
    head = job.push(20)
    job.fake.approve("ina", 30)
    second = job.run()
    assert second.code == 0, second.said
    assert json.loads((second.out / "outsource-gate.json").read_text())["decision"] == "ALLOW"
    assert list((second.out.parent / ".outsource-gate-cache").iterdir())
    kept = job.scene.repo.git("ls-tree", "-r", "--name-only", "refs/outsource-gate/evidence")
    assert head in kept


def test_a_job_token_alone_decides_nothing(job: GitLabJob) -> None:
    """it reads no approvals, and the message says which token would"""
    job.scene.commit({"services/ping.py": CLEAN})
    job.push(10)
    job.fake.approve("ina", 30)
    ran = job.run(OUTSOURCE_GATE_TOKEN=JOB_TOKEN)
    assert ran.code != 0
    assert json.loads((ran.out / "outsource-gate.json").read_text())["decision"] == "UNDECIDED"
    assert "read_api" in ran.said


def test_an_entry_of_a_train_passes_behind_another_and_so_does_the_squash(job: GitLabJob) -> None:
    """The approved request is judged alone: on the entry ahead, and again when main has it as one commit."""
    job.scene.commit({"services/ping.py": CLEAN})
    job.scene.commit({"services/pong.py": CLEAN})
    head = job.push(10)
    job.fake.approve("ina", 30)
    repo = job.scene.repo
    repo.branch("ours", repo.rev("main"))
    ahead = job.scene.commit({"docs/more.txt": "more\n"}, author=INA)
    job.fake.train(8, ahead)
    entry = job.run(**job.train(ahead, head))
    assert entry.code == 0, entry.said
    outcome = json.loads((entry.out / "outsource-gate.json").read_text())
    assert {row["path"] for row in outcome["coverage"]} == {"services/ping.py", "services/pong.py"}

    pushed = job.run(**job.squash(head))
    assert pushed.code == 0, pushed.said
    assert json.loads((pushed.out / "outsource-gate.json").read_text())["decision"] == "ALLOW"
