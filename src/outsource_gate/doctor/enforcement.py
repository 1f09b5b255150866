"""What keeps a change from being merged without the gate, and how strong is that?"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from outsource_gate.doctor import Area, Check, State

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_HOOK = 1 << 20

say = Area("enforcement")


class Means(StrEnum):
    """What was seen, strongest first."""

    WORKFLOW = "required workflow"
    POLICY = "pipeline execution policy"
    HOOK = "server hook"
    CHECK = "required status check only"
    NOTHING = "nothing"
    UNKNOWN = "could not be seen"


def gate(means: Means, detail: str, *fix: str, state: State | None = None) -> Check:
    """The one line that sums it up; `state` where less is known than the means would say."""
    usual = {
        Means.WORKFLOW: State.OK,
        Means.POLICY: State.OK,
        Means.HOOK: State.OK,
        Means.CHECK: State.WARNING,
        Means.NOTHING: State.PROBLEM,
        Means.UNKNOWN: State.COULD_NOT_LOOK,
    }
    return Check(say.name, "the gate", state or usual[means], f"{means}: {detail}", fix)


def server_hook(repository: Repository) -> Iterator[Check]:
    """On the server itself: does a pre-receive hook start the gate? Only a bare repository is asked."""
    if repository.worktree is not None:
        return
    hook = repository.common_dir / "hooks" / "pre-receive"
    redirected = repository.call("config", "--local", "--get", "core.hooksPath").out
    try:
        content = hook.read_bytes()[:MAX_HOOK] if hook.is_file() and not redirected else b""
        starts = b"outsource-gate" in content and bool(hook.stat().st_mode & 0o111)
    except OSError as error:
        yield say.could_not_look("the gate", f"hooks/pre-receive: {error.strerror}")
        return
    if starts:
        yield gate(Means.HOOK, "hooks/pre-receive starts outsource-gate; who administers the server can remove it")
    elif redirected:
        yield gate(Means.UNKNOWN, "core.hooksPath leads elsewhere", "look there for a pre-receive hook")
    else:
        fix = "outsource-gate hook pre-receive, called by hooks/pre-receive; a forge's rules are not seen from here"
        yield gate(Means.NOTHING, "no pre-receive hook starts outsource-gate here", fix)
