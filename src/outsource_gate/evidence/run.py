"""Where does this run take place, as its environment says, and where does its record go?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PASSWORD_VARIABLE = "OUTSOURCE_GATE_KEY_PASSWORD"  # noqa: S105 - a variable's name
TIMESTAMP_VARIABLE = "OUTSOURCE_GATE_TIMESTAMP"
PSEUDONYM_VARIABLE = "OUTSOURCE_GATE_PSEUDONYM_KEY"


@dataclass(frozen=True, slots=True)
class RunContext:
    """Told for people who look for the job; whoever starts the job can set it, so nothing rests on it."""

    system: str = "local"  # local, github-actions, gitlab-ci
    job: str = ""  # address of the job
    event: str = ""  # what started it


@dataclass(frozen=True, slots=True)
class Recording:
    """Where the record goes and what signs it."""

    path: Path
    key: str | None = None  # a key URI
    password: bytes | None = None
    run: RunContext = field(default_factory=RunContext)
    timestamps: tuple[str, ...] = ()  # addresses of authorities
    pseudonym_key: bytes | None = None  # without one, people are numbered within the record


def run_context(environment: Mapping[str, str]) -> RunContext:
    """Read the variables that CI systems set."""
    if environment.get("GITHUB_ACTIONS") == "true":
        server, repository, run = (
            environment.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
        )
        job = f"{server}/{repository}/actions/runs/{run}" if server and repository and run else ""
        return RunContext("github-actions", job, environment.get("GITHUB_EVENT_NAME", ""))
    if environment.get("GITLAB_CI") == "true":
        return RunContext("gitlab-ci", environment.get("CI_JOB_URL", ""), environment.get("CI_PIPELINE_SOURCE", ""))
    return RunContext()
