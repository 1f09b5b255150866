"""What does GitHub let this token see of the repository, permission by permission?

GitHub REST API 2022-11-28. Only GET, and nothing that a job's token with `contents: read` and
`pull-requests: read` is not expected to be refused for without a word of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from outsource_gate.doctor import Area, Check
from outsource_gate.doctor.api import Api, Refused, Shape, Silent
from outsource_gate.doctor.github_rules import rules_checks
from outsource_gate.doctor.place import Place

PERMISSIONS = "permissions: {contents: read, pull-requests: read}"
TEAM_TOKEN = "OUTSOURCE_GATE_TOKEN: a GitHub App's token, or a fine-grained one, with Members: read"  # noqa: S105

say = Area("forge")


class Owner(Shape):
    login: str
    type: str


class Repo(Shape):
    """GET /repos/{owner}/{repo}"""

    id: int
    full_name: str
    default_branch: str
    owner: Owner
    visibility: str | None = None
    private: bool = True


class Listed(Shape):
    """An entry of a list of which only the being there matters."""

    id: int


class CodeownersError(Shape):
    path: str
    line: int
    kind: str


class Codeowners(Shape):
    """GET /repos/{owner}/{repo}/codeowners/errors"""

    errors: tuple[CodeownersError, ...]


class Workflow(Shape):
    """GET /repos/{owner}/{repo}/actions/permissions/workflow"""

    default_workflow_permissions: Literal["read", "write"]
    can_approve_pull_request_reviews: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """One permission: the question that needs it, and what is not known without it."""

    name: str
    path: str
    without: str


PROBES = (
    Probe("pull requests", "/pulls?state=all&per_page=1", "who opened and reviewed is not known"),
    Probe("activity", "/activity?per_page=1", "who pushed, and when, is not known"),
)


def checks(place: Place, api: Api) -> Iterator[Check]:
    """Ask for the repository first: without it no other answer says anything."""
    repo = api.get(f"/repos/{place.repository}", Repo)
    yield _token(place, repo)
    if not isinstance(repo, Repo):
        return
    yield _visibility(place, repo)
    for probe in PROBES:
        yield _probed(probe, api.get(f"/repos/{place.repository}{probe.path}", tuple[Listed, ...]))
    yield _teams(repo, api)
    branch = place.branch or repo.default_branch
    yield _codeowners(
        api.get(f"/repos/{place.repository}/codeowners/errors?ref={quote(branch, safe='')}", Codeowners)
    )
    yield _workflow(place, api.get(f"/repos/{place.repository}/actions/permissions/workflow", Workflow))
    yield from rules_checks(place, branch, repo.id, api)


def _token(place: Place, repo: Repo | Refused | Silent) -> Check:
    match repo:
        case Repo():
            return say.ok("token", f"{place.token_variable} sees {repo.full_name}")
        case Refused(status=401):
            return say.problem("token", f"{place.token_variable}: {repo.why}", "make a new token")
        case Refused():
            return say.problem("token", f"{place.token_variable} on {place.repository}: {repo.why}", PERMISSIONS)
    return say.could_not_look("token", f"{place.repository}: {repo.why}")


def _visibility(place: Place, repo: Repo) -> Check:
    visibility = repo.visibility or ("private" if repo.private else "public")
    if place.holds_register and visibility == "public":
        fix = "move .outsource-gate/ to a private repository, and name its checkout with --policy"
        return say.problem("visibility", "public: everybody reads the register, contracts and people", fix)
    return say.ok("visibility", visibility)


def _probed(probe: Probe, answer: tuple[Listed, ...] | Refused | Silent) -> Check:
    match answer:
        case Refused(status=403 | 404):
            return say.problem(probe.name, f"{answer.why}: {probe.without}", PERMISSIONS)
        case Refused() | Silent():
            return say.could_not_look(probe.name, answer.why)
    return say.ok(probe.name, "can be read")


def _teams(repo: Repo, api: Api) -> Check:
    """GITHUB_TOKEN never reads them: it belongs to the repository, not to the organisation."""
    if repo.owner.type != "Organization":
        return say.not_asked("teams", f"{repo.owner.login} is no organisation and has none")
    answer = api.get(f"/orgs/{quote(repo.owner.login, safe='')}/teams?per_page=1", tuple[Listed, ...])
    match answer:
        case Refused(status=403 | 404):
            found = f"{answer.why}: reviews that a team must give are not counted"
            return say.warning("teams", found, TEAM_TOKEN)
        case Refused() | Silent():
            return say.could_not_look("teams", answer.why)
        case ():
            return say.ok("teams", "can be read; none is visible to this token")
    return say.ok("teams", "can be read")


def _codeowners(answer: Codeowners | Refused | Silent) -> Check:
    match answer:
        case Codeowners(errors=()):
            return say.ok("code owners", "GitHub finds no error in CODEOWNERS")
        case Codeowners(errors=errors):
            more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
            found = f"{errors[0].path}:{errors[0].line}: {errors[0].kind}{more}; such lines have no owner"
            return say.warning("code owners", found, f"correct {errors[0].path} on the target branch")
        case Refused(status=404):
            return say.could_not_look("code owners", "404: no CODEOWNERS file, or the token lacks contents: read")
    return say.could_not_look("code owners", answer.why)


def _workflow(place: Place, answer: Workflow | Refused | Silent) -> Check:
    name = "job tokens"
    if isinstance(answer, Refused):
        return say.could_not_look(name, answer.why, "ask with a token that has Administration: read")
    if isinstance(answer, Silent):
        return say.could_not_look(name, answer.why)
    loose = [
        *["may write"] * (answer.default_workflow_permissions == "write"),
        *["may approve pull requests"] * answer.can_approve_pull_request_reviews,
    ]
    if not loose:
        return say.ok(name, "read only by default, and approve nothing")
    fix = (
        f"gh api -X PUT repos/{place.repository}/actions/permissions/workflow \\",
        "  -f default_workflow_permissions=read \\",
        "  -F can_approve_pull_request_reviews=false",
    )
    return say.warning(name, f"by default {' and '.join(loose)}", *fix)
