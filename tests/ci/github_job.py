"""One repository on a GitHub of ours, and its workflow run by act."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bypass.scene import ACCOUNTS, Scene
from tests.forges.fake_github import REPOSITORY, REPOSITORY_ID, FakeGitHub
from tests.repo import Repo

ROOT = Path(__file__).resolve().parents[2]
ACT = Path(sys.executable).parent / "act"
PINNED = "OWNER/outsource-gate@" + "0" * 40
_GITHUBS = r"actions/upload-artifact|actions/cache|github/codeql-action/upload-sarif"
UPLOADS = re.compile(rf"uses: ((?:{_GITHUBS})@[0-9a-f]{{40}})")
# In place of GitHub's own, which cannot be fetched here: fails where a file that it is handed is not there.
STAND_IN = """\
name: stand-in
description: takes what GitHub's action would take
inputs:
  name: {description: artifact, default: ""}
  path: {description: folder, default: ""}
  if-no-files-found: {description: error, default: warn}
  retention-days: {description: days, default: ""}
  sarif_file: {description: file, default: ""}
  category: {description: analysis, default: ""}
  key: {description: cache, default: ""}
  restore-keys: {description: cache, default: ""}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        HANDED: ${{ inputs.path || inputs.sarif_file }}
      run: |
        test -n "$HANDED"
        mkdir -p "$(dirname "$HANDED")"
        echo "handed over: $(find "$HANDED" -type f -exec basename {} \\; | sort | tr '\\n' ' ')"
"""


@dataclass
class Ran:
    """What the job said and did."""

    code: int
    said: str
    outputs: dict[str, str]
    summary: str


@dataclass
class GitHubJob:
    """Pull request 7 of corp/payments."""

    folder: Path
    scene: Scene
    fake: FakeGitHub
    key: str
    opener: str = "vic"
    pushes: list[tuple[str, str, str]] = field(default_factory=list)  # (sha, login as scene calls it, when)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    complete: Callable[[FakeGitHub], None] = lambda _: None  # makes the answers whole, before they are given

    @property
    def remote(self) -> Repo:
        return self.scene.repo

    def push(self, who: str, when: str) -> str:
        """Let the branch's head arrive on the server."""
        head = self.remote.head
        self.remote.git("update-ref", "refs/pull/7/head", head)
        self.pushes.append((head, who, when))
        return head

    def review(self, who: str, when: str, state: str = "APPROVED") -> None:
        self.reviews.append({
            "id": len(self.reviews) + 1,
            "user": {**ACCOUNTS[who], "type": "User"},
            "state": state,
            "commit_id": self.pushes[-1][0],
            "submitted_at": when,
        })  # fmt: skip

    def run(self, event: str = "pull_request_target") -> Ran:
        """Run the shipped workflow; what would take its files is a stand-in."""
        self._serve()
        self.complete(self.fake)
        here = self.folder / "job"
        workflow = here / ".github" / "workflows" / "outsource-gate.yml"
        workflow.parent.mkdir(parents=True, exist_ok=True)
        workflow.write_text(self._workflow())
        subprocess.run(["git", "init", "--quiet", str(here)], check=True)
        (here / "event.json").write_text(json.dumps(self._event()))
        (here / "secrets").write_text(
            f"GITHUB_TOKEN=ghs_example\nOUTSOURCE_GATE_KEY={json.dumps(self.key)}\nOUTSOURCE_GATE_KEY_PASSWORD=\n"
        )
        command = [str(ACT), event, "--json", "-P", "ubuntu-latest=-self-hosted", "-e", "event.json"]
        command += ["--secret-file", "secrets", "--local-repository", f"{PINNED}={self._action()}"]
        for upload in UPLOADS.findall(self._workflow()):
            command += ["--local-repository", f"{_repository(upload)}={self._stand_in(upload)}"]
        command.append("--no-cache-server")
        for name, value in self._environment().items():
            command += ["--env", f"{name}={value}"]
        caches = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "PIP_CACHE_DIR": str(Path.home() / ".cache" / "pip"),
        }
        environment = {**os.environ, **caches}
        done = subprocess.run(
            command, cwd=here, capture_output=True, text=True, timeout=300, check=False, env=environment
        )
        return _read(done)

    def _action(self) -> Path:
        """What GitHub would fetch of the action: the files, without what lies around in a checkout."""
        action = self.folder / "action"
        if not action.exists():
            for name in ("ci", "src", "policies", "requirements"):
                shutil.copytree(
                    ROOT / name, action / name, ignore=shutil.ignore_patterns("__pycache__", "compiled")
                )
            shutil.copy(ROOT / "action.yml", action)
        return action

    def _stand_in(self, uses: str) -> Path:
        """A repository with an action at the place that `uses` names."""
        name, _, _ = uses.partition("@")
        owner, repository, *folder = name.split("/")
        root = self.folder / "stand-ins" / f"{owner}-{repository}"
        place = root.joinpath(*folder)
        place.mkdir(parents=True, exist_ok=True)
        (place / "action.yml").write_text(STAND_IN)
        return root

    def _workflow(self) -> str:
        steps = (ROOT / "docs" / "examples" / "github-workflow.yml").read_text()
        own = f"          remote: file://{self.remote.git_dir}\n          python: {sys.executable}\n"
        return steps.replace("          key: ${{", f"{own}          key: ${{{{", 1)

    def _environment(self) -> dict[str, str]:
        return {
            "GITHUB_API_URL": self.fake.origin,
            "GITHUB_SERVER_URL": self.fake.origin,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_REPOSITORY_ID": str(REPOSITORY_ID),
        }

    def _ends(self) -> dict[str, Any]:
        repo = {"id": REPOSITORY_ID, "full_name": REPOSITORY}
        return {
            "head": {"ref": "feature", "sha": self.pushes[-1][0], "repo": repo},
            "base": {"ref": "main", "sha": self.remote.git("rev-parse", "main").strip(), "repo": repo},
        }

    def _event(self) -> dict[str, Any]:
        pull = {"number": 7, "user": {**ACCOUNTS[self.opener], "type": "User"}, "state": "open", **self._ends()}
        return {
            "action": "synchronize",
            "number": 7,
            "pull_request": pull,
            "repository": {"id": REPOSITORY_ID, "full_name": REPOSITORY},
            "sender": {**ACCOUNTS[self.pushes[-1][1]], "type": "User"},
        }

    def _serve(self) -> None:
        shas = self.remote.git("rev-list", "--reverse", "main..feature").split()
        base = self.remote.git("rev-parse", "main").strip()
        before = "0" * 40
        activity = []
        for number, (sha, who, when) in enumerate(self.pushes, 1):
            activity.append({
                "id": number, "before": before, "after": sha, "ref": "refs/heads/feature", "timestamp": when,
                "activity_type": "branch_creation" if number == 1 else "push",
                "actor": {**ACCOUNTS[who], "type": "User"},
            })  # fmt: skip
            before = sha
        commits = [
            {
                "sha": sha,
                "author": None,
                "committer": None,
                "parents": [{"sha": parent}],
                "commit": {"verification": {"verified": False}},
            }
            for sha, parent in zip(shas, [base, *shas], strict=False)
        ]
        root = f"/repos/{REPOSITORY}"
        pull = {**self._event()["pull_request"], "commits": len(commits), "merged_at": None, "requested_teams": []}
        self.fake.answers |= {
            f"{root}/pulls/7": pull,
            f"{root}/pulls/7/commits": commits,
            f"{root}/pulls/7/reviews": self.reviews,
            f"{root}/activity": activity[::-1],
            f"{root}/issues/7/timeline": [],
        }


def _repository(uses: str) -> str:
    """What act fetches: the repository of an action, without the folder in it."""
    name, _, commit = uses.partition("@")
    return f"{'/'.join(name.split('/')[:2])}@{commit}"


def _read(done: subprocess.CompletedProcess[str]) -> Ran:
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    said = "".join(str(line.get("msg", "")) + "\n" for line in lines) + done.stderr
    outputs = {
        line["name"]: line["arg"] for line in lines if line.get("command") == "set-output" and "name" in line
    }
    summary = "".join(line.get("content", "") for line in lines if line.get("command") == "summary")
    return Ran(done.returncode, said, outputs, summary)
