"""What does GitLab let this token see of the project, question by question?

GitLab REST API v4. Only GET. A job's own token reads merge requests and little else; approvals and members take a
token with `read_api`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from outsource_gate.doctor import Area, Check
from outsource_gate.doctor.api import Api, Refused, Shape, Silent
from outsource_gate.doctor.gitlab_rules import Project, rules_checks
from outsource_gate.doctor.place import Place

READ_TOKEN = "Settings → Access tokens: role Reporter, scope read_api; put it into the masked variable GITLAB_TOKEN"  # noqa: S105
_SCOPES = frozenset(("api", "read_api"))
_SOON = timedelta(days=14)

say = Area("forge")


class Request(Shape):
    iid: int


class Listed(Shape):
    id: int


class Pushed(Shape):
    """GET /projects/:id/events?action=pushed, an entry"""

    created_at: str


class Approvals(Shape):
    """GET /projects/:id/merge_requests/:iid/approvals"""

    approved_by: tuple[dict[str, object], ...]


class Token(Shape):
    """GET /personal_access_tokens/self, of personal, project and group access tokens alike"""

    scopes: tuple[str, ...]
    expires_at: str | None = None


def checks(place: Place, api: Api, job: Api | None) -> Iterator[Check]:
    """A job's token is refused for the project itself and may still read its merge requests."""
    project_path = f"/projects/{quote(place.repository, safe='')}"
    project = api.get(project_path, Project)
    yield from _token(place, project, api)
    if isinstance(project, Refused) and project.status == 401 and not place.is_job_token:
        return
    if isinstance(project, Project):
        yield _visibility(place, project)
    requests = api.get(f"{project_path}/merge_requests?per_page=1", tuple[Request, ...])
    yield _probed("merge requests", requests, "who opened is not known")
    pushes = api.get(f"{project_path}/events?action=pushed&per_page=1", tuple[Pushed, ...])
    yield _probed("pushes", pushes, "who pushed is not known")
    number = place.number or (requests[0].iid if isinstance(requests, tuple) and requests else None)
    if number is None and isinstance(requests, tuple):
        yield say.not_asked("approvals", "there is no merge request to ask about")
    elif number is None:
        yield say.could_not_look("approvals", "no merge request is known to ask about")
    else:
        request = f"{project_path}/merge_requests/{number}"
        versions = api.get(f"{request}/versions?per_page=1", tuple[Listed, ...])
        yield _probed("versions", versions, "when the head arrived is not known")
        yield _probed("approvals", api.get(f"{request}/approvals", Approvals), "nobody's review counts")
    members = api.get(f"{project_path}/members/all?per_page=1", tuple[Listed, ...])
    yield _probed("members", members, "reviews that a group must give are not counted")
    yield from rules_checks(place, project, api, job)


def _token(place: Place, project: Project | Refused | Silent, api: Api) -> Iterator[Check]:
    name, variable = "token", place.token_variable
    if place.is_job_token:
        found = f"{variable} is a job's own: it reads neither approvals nor members"
        yield say.problem(name, found, READ_TOKEN)
        return
    match project:
        case Project():
            yield say.ok(name, f"{variable} sees {project.path_with_namespace}")
            yield _scopes(api.get("/personal_access_tokens/self", Token))
        case Refused(status=401):
            yield say.problem(name, f"{variable}: {project.why}", READ_TOKEN)
        case Refused():
            yield say.problem(name, f"{variable} on {place.repository}: {project.why}", READ_TOKEN)
        case Silent():
            yield say.could_not_look(name, f"{place.repository}: {project.why}")


def _scopes(token: Token | Refused | Silent) -> Check:
    name = "token's scopes"
    if not isinstance(token, Token):
        return say.could_not_look(name, token.why)
    if not _SCOPES & set(token.scopes):
        return say.problem(name, f"{', '.join(token.scopes) or 'none'}; needed is read_api", READ_TOKEN)
    day = _day(token.expires_at)
    today = datetime.now(UTC).date()
    if day and day - today <= _SOON:
        return say.warning(name, f"expires in {(day - today).days} days ({day}); then nothing passes", READ_TOKEN)
    if "api" in token.scopes:
        return say.warning(name, "api: it can write, and read_api is enough", READ_TOKEN)
    return say.ok(name, f"{', '.join(token.scopes)}, until {day or 'it is revoked'}")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _visibility(place: Place, project: Project) -> Check:
    if place.holds_register and project.visibility in ("public", "internal"):
        who = "everybody" if project.visibility == "public" else "every user of this GitLab"
        fix = "move .outsource-gate/ to a private project, and name its checkout with --policy"
        return say.problem(
            "visibility", f"{project.visibility}: {who} reads the register, contracts and people", fix
        )
    if not project.visibility:
        return say.could_not_look("visibility", "not shown to this token", READ_TOKEN)
    return say.ok("visibility", project.visibility)


def _probed(name: str, answer: object, without: str) -> Check:
    match answer:
        case Refused(status=401 | 403 | 404):
            return say.problem(name, f"{answer.why}: {without}", READ_TOKEN)
        case Refused() | Silent():
            return say.could_not_look(name, answer.why)
    return say.ok(name, "can be read")
