"""Which merge request is this job about? The API's word, against which the job's variables are checked.

Variables that belong to another request would lend this change somebody else's opener and approvals.
"""

from __future__ import annotations

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.forges.gitlab_api import Api, project
from outsource_gate.forges.gitlab_shapes import MergeRequest

MADE_BY_GITLAB = ("merged_result", "merge_train")
_PAGES = 3


def find_request(api: Api, event: Event) -> MergeRequest | None:
    """Give the job's request, or of a branch the one it belongs to; ForgeError where it is not this job's."""
    here = project(event.repository)  # by path: an id that belongs to another project shows
    if event.number is not None:
        request = api.one(f"{here}/merge_requests/{event.number}", MergeRequest)
        _check(request, event)
        return request
    path = f"{here}/repository/commits/{event.head}/merge_requests"
    found = [request for request in api.pages(path, MergeRequest, _PAGES) if _concerns(request, event)]
    if len(found) != 1:
        return None
    _check_project(found[0], event)
    return found[0]


def _check(request: MergeRequest, event: Event) -> None:
    where = f"{event.repository}!{event.number}"
    if request.iid != event.number:
        raise ForgeError(f"{where}: GitLab answered with request !{request.iid}")
    _check_project(request, event)
    if request.target_branch != event.target:
        raise ForgeError(
            f"{where}: the job says it goes into {event.target!r}, GitLab says {request.target_branch!r}",
            hint="run a new pipeline of the merge request",
        )
    is_head = request.sha == event.head or event.name in MADE_BY_GITLAB
    if request.sha is None or not is_head:
        raise ForgeError(
            f"{where}: its head is {(request.sha or 'none')[:7]}, this job judges {event.head[:7]}",
            hint="the pipeline of its head decides; run one if there is none",
        )


def _check_project(request: MergeRequest, event: Event) -> None:
    if event.repository_id not in (None, request.project_id):
        raise ForgeError(
            f"{event.repository}: its id is {request.project_id}, the job says {event.repository_id}",
            hint="set neither CI_PROJECT_PATH nor CI_PROJECT_ID by hand",
        )


def _concerns(request: MergeRequest, event: Event) -> bool:
    """Is the branch's head the request's, or what GitLab made of it by merging?"""
    heads = {request.sha, request.merge_commit_sha, request.squash_commit_sha}
    is_alive = request.state in ("opened", "locked", "merged")
    return is_alive and request.target_branch == event.target and event.head in heads
