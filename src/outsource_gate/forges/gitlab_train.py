"""What does the entry before this one in a merge train leave? GitLab's word, from its list of pipelines.

An entry is made from the one before it (ci/pipelines/merge_trains), which is not on the target branch yet. Only
GitLab writes refs/merge-requests/N/train, so a pipeline on that ref says that its commit is an entry; a commit that
nobody vouches for so would hide from the gate whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Event
from outsource_gate.forges.gitlab_api import PER_PAGE, Api, project
from outsource_gate.forges.gitlab_shapes import Pipeline

_PAGES = 3  # the newest pipelines of merge requests; an entry further back is not found, and judged together
_ENTRY = re.compile(r"refs/merge-requests/[1-9][0-9]{0,17}/train")


def entry_ahead(api: Api, event: Event, commits: Sequence[str]) -> str:
    """Give the nearest of these commits that is another request's entry; ForgeError where GitLab knows of none."""
    is_ours = False
    nearest = len(commits)
    position = {commit: index for index, commit in enumerate(commits)}
    path = f"{project(event.repository)}/pipelines"
    rows = api.pages(path, Pipeline, _PAGES + 1, source="merge_request_event", order_by="id", sort="desc")
    for row in islice(rows, _PAGES * PER_PAGE):
        is_ours |= (row.ref, row.sha) == (event.ref, event.head)
        if row.ref != event.ref and _ENTRY.fullmatch(row.ref):
            nearest = min(nearest, position.get(row.sha, nearest))
        if is_ours and nearest == 0:
            break
    if not is_ours:
        raise ForgeError(f"GitLab lists no pipeline of {event.ref} at {event.head[:7]}", hint=_AGAIN)
    if nearest == len(commits):
        raise ForgeError(f"{commits[0][:7]}, on which this entry stands, is no entry of a train", hint=_AGAIN)
    return commits[nearest]


_AGAIN = "take the request out of the train and queue it again"
