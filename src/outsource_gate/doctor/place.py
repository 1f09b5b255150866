"""Which forge would be asked about which repository and branch, and with which token?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from outsource_gate.doctor.repository import Clone
from outsource_gate.forges import SIGNS, Event, ForgeName

# In the order in which `check` takes them.
TOKENS: Mapping[ForgeName, tuple[str, ...]] = {
    "github": ("OUTSOURCE_GATE_TOKEN", "GITHUB_TOKEN"),
    "gitlab": ("OUTSOURCE_GATE_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN"),
}
# Outside a job. A clone's origin chooses between these two and no further host: a token goes with the question.
_KNOWN: Mapping[str, tuple[ForgeName, str]] = {
    "github.com": ("github", "https://api.github.com"),
    "gitlab.com": ("gitlab", "https://gitlab.com/api/v4"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where questions go, and about what."""

    forge: ForgeName
    api: str
    repository: str
    branch: str = ""  # that changes go to; "": the default branch, as the forge says
    number: int | None = None
    in_job: bool = False
    workflow: str = ""  # the file that runs, as the job's environment names it
    workflow_repository: str = ""  # that it comes from
    token_variable: str = ""
    token: str = field(default="", repr=False)
    job_token: str = field(default="", repr=False)  # GitLab's, which alone may ask what started the job
    holds_register: bool = False  # the register lies in this repository

    @property
    def is_job_token(self) -> bool:
        """GitLab's, of a job: it goes into another header, and reads little."""
        return self.token_variable == "CI_JOB_TOKEN"  # noqa: S105 - its name


def place_of(environment: Mapping[str, str], clone: Clone | None, event: Event | None) -> Place | None:
    """The job's own repository, else the one that origin names; None where no forge that is known is named."""
    if event:
        found: Place | None = Place(event.forge, event.api, event.repository, event.target, event.number)
    else:
        found = _named(environment, clone)
    if found is None:
        return None
    variable = next((name for name in TOKENS[found.forge] if environment.get(name, "").strip()), "")
    in_job = environment.get(SIGNS[found.forge]) == "true"
    repository, workflow = _workflow(environment)
    return replace(
        found,
        api=found.api.rstrip("/"),
        in_job=in_job,
        workflow_repository=repository if in_job else "",
        workflow=workflow if in_job else "",
        token_variable=variable,
        token=environment.get(variable, "").strip(),
        job_token=environment.get("CI_JOB_TOKEN", "").strip() if in_job else "",
    )


def _named(environment: Mapping[str, str], clone: Clone | None) -> Place | None:
    """The repository that origin names; the address of another API only where the caller names it."""
    host, _, name = ((clone.repository.origin() if clone else None) or "").partition("/")
    if api := environment.get("GITHUB_API_URL"):
        repository = environment.get("GITHUB_REPOSITORY") or name
        return Place("github", api, repository) if repository else None
    if api := environment.get("CI_API_V4_URL"):
        repository = environment.get("CI_PROJECT_PATH") or name
        return Place("gitlab", api, repository) if repository else None
    if host not in _KNOWN or not name:
        return None
    forge, api = _KNOWN[host]
    return Place(forge, api, name)


def _workflow(environment: Mapping[str, str]) -> tuple[str, str]:
    """From "owner/name/.github/workflows/gate.yml@refs/heads/main" the repository and the path."""
    parts = environment.get("GITHUB_WORKFLOW_REF", "").partition("@")[0].split("/")
    return "/".join(parts[:2]), "/".join(parts[2:])
