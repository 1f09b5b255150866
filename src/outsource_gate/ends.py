"""Between which two commits does a change lie, and is it what its request was reviewed for?

Mostly the target branch and the head. In a merge queue or train another commit is judged than the one that was
reviewed, made by the forge from it; and it may stand on entries that are not merged yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from outsource_gate.forges import REQUEST_HEADS, Asking, Event
from outsource_gate.git.queue import standing_ahead
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.review import Context, Gap
from outsource_gate.model.source import ChangeSet, Revision

_Told = Context | Unavailable | NotAsked


def ends(
    repository: Repository, base: str | None, head: str | None, event: Event | None
) -> tuple[Revision, Revision]:
    """What an option names, else what the job's event names, else the usual branches."""
    base = base or (event.base if event else "")
    head = head or (event.head if event else "") or "HEAD"
    return repository.resolve(base) if base else repository.default_base(), repository.resolve(head)


def base_in_queue(
    repository: Repository, asking: Asking | None, event: Event | None, target: Revision, head: Revision
) -> Revision:
    """What the entry before this one leaves, where the forge vouches for it; else the target branch."""
    if asking is None or event is None or not event.in_train:
        return target
    ahead = asking.ahead(standing_ahead(repository, head.commit, target.commit))
    return repository.resolve(ahead) if ahead else target


def request_head(context: _Told, repository: Repository, head: Revision, fetch: Callable[[str], object]) -> str:
    """The head that was reviewed, where another commit is judged that was made from it; fetched if need be."""
    if not isinstance(context, Context) or not context.head or context.head == head.commit:
        return ""
    if context.number and context.forge and not repository.has_commit(context.head):
        fetch(REQUEST_HEADS[context.forge].format(context.number))
    return context.head


def of_this_content(context: _Told, change: ChangeSet | Unavailable, reviewed: str) -> _Told:
    """Who opened and pushed a request says nothing of a change that is not what merging that request gives."""
    if not (reviewed and isinstance(context, Context) and isinstance(change, ChangeSet)) or change.request_head:
        return context
    reason = f"{change.head.commit[:7]} is not what merging {reviewed[:7]} alone gives: others may have part in it"
    gap = Gap("pushers", reason, "judge the request in a pipeline of its own")
    return replace(context, opener=None, pushers=None, gaps=(gap, *context.gaps))
