"""`doctor` says with its exit code whether something is a problem, and to people and programs what."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.doctor import command
from outsource_gate.evidence.keys import generate_keypair
from tests.doctor.fake_api import REPOSITORY, TOKEN, TOP, FakeApi, github, gitlab
from tests.doctor.look import with_policy
from tests.repo import Repo

pytestmark = pytest.mark.tools
SCRIPT = Path(sys.executable).with_name("outsource-gate")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.chdir(tmp_path)  # pytest has put the folder that it was started in first on Python's path
    return with_policy(tmp_path / "repo")


def run(repo: Repo, *args: str, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(command, ["--repo", str(repo.path), *args], env=env)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(result: Result) -> dict[str, str]:
    return {check["looked_at"]: check["state"] for check in json.loads(result.stdout)["checks"]}


def test_a_repository_with_policy_and_key_is_exit_0(repo: Repo, tmp_path: Path) -> None:
    pair = generate_keypair("ecdsa-p256", b"pass phrase")
    key, public = tmp_path / "gate.key", tmp_path / "gate.pub"
    key.write_bytes(pair.private_pem)
    key.chmod(0o600)
    public.write_text(pair.public_key.pem)
    env = {"OUTSOURCE_GATE_KEY_PASSWORD": "pass phrase", "OUTSOURCE_GATE_KEY": f"file:{key}"}
    result = run(repo, "--trust", str(public), "--output", "json", env=env)
    assert result.exit_code == 0
    assert told(result)["key"] == "ok"
    assert told(result)["trust"] == "warning"


def test_a_problem_is_exit_1_and_comes_first(repo: Repo) -> None:
    result = run(repo, "--key", "file:none.key")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 problem")
    assert "✗ keys        key" in result.stdout.splitlines()[2]


def test_the_forge_is_asked_where_a_token_is(repo: Repo) -> None:
    with FakeApi(github()) as api:
        env = {"GITHUB_API_URL": api.address, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN}
        result = run(repo, "--output", "json", env=env)
        assert told(result)["token"] == "ok"
        assert api.asked[0] == TOP
    assert TOKEN not in result.output


def test_a_job_of_github_is_looked_at_with_its_own_event(repo: Repo, tmp_path: Path) -> None:
    """a pull_request job is defined by the change: a key in it is a problem"""
    head = repo.commit("change", {"app.py": "x = 2\n"})
    base = {"ref": "main", "sha": repo.git("rev-parse", "HEAD~1"), "repo": {"id": 1, "full_name": REPOSITORY}}
    payload = {
        "action": "opened",
        "number": 7,
        "pull_request": {"number": 7, "head": {"ref": "topic", "sha": head, "repo": {"id": 1}}, "base": base},
        "repository": {"id": 1, "full_name": REPOSITORY, "default_branch": "main"},
        "sender": {"login": "vicv", "id": 4711, "type": "User"},
    }
    event = tmp_path / "event.json"
    event.write_text(json.dumps(payload))
    with FakeApi(github()) as api:
        env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SERVER_URL": api.address,
            "GITHUB_API_URL": api.address,
            "GITHUB_TOKEN": TOKEN,
            "GATE_PEM": generate_keypair("ed25519", None).private_pem.decode(),
        }
        found = told(run(repo, "--key", "env://GATE_PEM", "--output", "json", env=env))
    assert found["event"] == "warning"
    assert found["key's job"] == "problem"
    assert found["pygithub"] == "ok"
    assert found["pull requests"] == "ok"


def test_a_job_of_gitlab_is_looked_at_with_its_own_variables(repo: Repo) -> None:
    """and the policy that started it is seen with the job's own token"""
    head = repo.commit("change", {"app.py": "x = 2\n"})
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    with FakeApi({**gitlab(), "/job": {"id": 8, "source": "pipeline_execution_policy"}}) as api:
        env = {
            "GITLAB_CI": "true",
            "CI_SERVER_URL": api.address,
            "CI_API_V4_URL": f"{api.address}/api/v4",
            "CI_PROJECT_ID": "1",
            "CI_PROJECT_PATH": REPOSITORY,
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_COMMIT_SHA": head,
            "CI_DEFAULT_BRANCH": "main",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "OUTSOURCE_GATE_JOB": "execution-policy",
            "GITLAB_TOKEN": TOKEN,
            "CI_JOB_TOKEN": "job-tok-882",
        }
        result = run(repo, "--output", "json", env=env)
    found = told(result)
    assert found["event"] == found["approvals"] == found["the gate"] == found["python-gitlab"] == "ok"
    assert found["key"] == "problem"
    assert "job-tok-882" not in result.output


def test_the_console_script_is_quiet_on_standard_output_but_for_the_report(repo: Repo) -> None:
    """and stays readable where the terminal knows ASCII only"""
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [SCRIPT, "doctor", "--repo", repo.path], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode in (0, 1)
    assert done.stdout.isascii()
    assert done.stdout.split(maxsplit=1)[0].isdigit()
    assert "Traceback" not in done.stderr


def test_an_unknown_format_is_a_usage_error(repo: Repo) -> None:
    assert run(repo, "--output", "html").exit_code == 2


def test_help_shows_a_worked_example() -> None:
    assert "Example: outsource-gate doctor" in CliRunner().invoke(command, ["--help"]).output
