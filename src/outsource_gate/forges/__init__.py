"""What a forge is: a place that knows who opened and pushed a change, and who reviewed it when.

A forge is a file of this folder that defines `FORGE`: how its job is recognised from the environment, and what is
asked. Asking comes in two steps, because most changes need only the first: `people` before attribution, `reviews`
while the scanners read. An adapter only translates into `Context`; whose word counts is judged in `approval`.

A fact that could not be established is `None` in the context, with a `Gap` that says why and what would help. An
adapter raises ForgeError only where nothing at all can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context

ForgeName = Literal["github", "gitlab"]
# Which variable says "true" in a job of which forge: an adapter is loaded only there.
SIGNS: Mapping[ForgeName, str] = {"github": "GITHUB_ACTIONS", "gitlab": "GITLAB_CI"}
# Where the server keeps a request's head, for whoever has to fetch it.
REQUEST_HEADS: Mapping[str, str] = {"github": "refs/pull/{}/head", "gitlab": "refs/merge-requests/{}/head"}


@dataclass(frozen=True, slots=True)
class Event:
    """What started this run, as the job's environment says: the frame. What decides is asked of the forge."""

    forge: ForgeName
    name: str  # the forge's word: "pull_request_target", "merge_group", "merge_request_event", "push" ...
    repository: str  # "owner/name", "group/subgroup/name"
    origin: str  # scheme, host and port of the API: requests go nowhere else
    api: str  # address that API paths are appended to
    base: str  # revision that the change goes into, as it is called in the clone: a full id or full ref
    head: str  # full id
    number: int | None = None  # of the pull or merge request; None: no request is known
    target: str = ""  # branch name
    sender: Account | None = None  # who caused the event, as the payload says
    is_trusted: bool = True  # False: head could have written the definition of this job
    ref: str = ""  # where the forge keeps the head: "refs/pull/7/head"; for messages about fetching
    token: str = field(default="", repr=False)
    in_train: bool = False  # an entry of a queue whose base no variable names: the forge is asked
    repository_id: int | None = None  # numeric id, where the environment knows it


class Asking(Protocol):
    """One run's questions to a forge. Every method ends within its bounds."""

    def ahead(self, commits: Sequence[str]) -> str:
        """Say which of these commits, nearest first, is what the entry before this one in the queue leaves.

        "" where the forge does not say: then what is judged is everything since the target branch.
        """
        ...

    def people(self) -> Context:
        """Say who opened and pushed, when heads arrived, what the forge says of signatures; reviews stay None."""
        ...

    def reviews(self, context: Context, teams: tuple[str, ...]) -> Context:
        """Complete a context with reviews, and with who belongs to these teams or groups."""
        ...


@dataclass(frozen=True, slots=True)
class Forge:
    """One forge. `detect` reads environment and event file only; UsageError where they contradict themselves."""

    id: ForgeName
    detect: Callable[[Mapping[str, str]], Event | None]
    ask: Callable[[Event], Asking]
    token_variables: tuple[str, ...]  # in the order they are tried, after OUTSOURCE_GATE_TOKEN
