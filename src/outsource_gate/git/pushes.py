"""Which refs does a push move, and from where to where? What git tells a hook, read strictly.

githooks(5): pre-push gets `<local ref> <local id> <remote ref> <remote id>` for each ref, pre-receive gets
`<old id> <new id> <ref>`; an id of zeros stands for a ref that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from outsource_gate.errors import UsageError

MAX_INPUT = 4 * 1024 * 1024
MAX_REFS = 1000
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# git check-ref-format, as far as a name can mislead: no blank, no control character, no walk upwards
_REF = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\[\\]+")
_SHAPES = {
    "pre-push": "<local ref> <local id> <remote ref> <remote id>",
    "pre-receive": "<old id> <new id> <ref>",
}


@dataclass(frozen=True, slots=True)
class Update:
    """One ref of a push, as the other side will see it."""

    ref: str  # the full name at the remote
    old: str  # what the remote has there now; zeros where it has nothing
    new: str  # what it is to get; zeros to delete it. May be a tag object, or a revision that is still to resolve

    @property
    def creates(self) -> bool:
        return not self.old.strip("0")

    @property
    def deletes(self) -> bool:
        return not self.new.strip("0")


def read_pushed(raw: bytes) -> tuple[Update, ...]:
    """Read what git tells a pre-push hook; UsageError for a line that is not as githooks(5) says."""
    return tuple(_pushed(line) for line in _lines(raw))


def read_received(raw: bytes) -> tuple[Update, ...]:
    """Read what git tells a pre-receive hook; UsageError for a line that is not as githooks(5) says."""
    return tuple(_received(line) for line in _lines(raw))


def handed_over_by_pre_commit(environment: Mapping[str, str]) -> Update | None:
    """Give the one ref of a push that the pre-commit framework hands over; None where it did not start us.

    It says a range, not what the remote has: of a new branch, "from" is where the unknown commits begin. Where it
    takes the whole history for new it names the branch alone.
    """
    ref = environment.get("PRE_COMMIT_REMOTE_BRANCH", "")
    new = environment.get("PRE_COMMIT_TO_REF") or environment.get("PRE_COMMIT_LOCAL_BRANCH", "")
    if not ref or not new:
        return None
    if not _is_ref(ref):
        raise UsageError(f"PRE_COMMIT_REMOTE_BRANCH: {ref!r} is no full ref name such as refs/heads/feature")
    return Update(ref, environment.get("PRE_COMMIT_FROM_REF") or "0" * 40, new)


def _lines(raw: bytes) -> list[str]:
    if len(raw) > MAX_INPUT:
        raise _too_many(f"more than {MAX_INPUT} bytes of refs")
    lines = raw.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n") if raw else []
    if len(lines) > MAX_REFS:
        raise _too_many(f"{len(lines)} refs")
    return lines


def _too_many(what: str) -> UsageError:
    return UsageError(f"{what} in one push, at most {MAX_REFS} refs are judged", hint="push them in parts")


def _pushed(line: str) -> Update:
    # From the right: what was typed for the local side may hold blanks (`HEAD@{1 hour ago}`).
    words = line.rsplit(" ", 3)
    if len(words) != 4 or not words[0]:
        raise _malformed("pre-push", line)
    _, new, ref, old = words
    return _update("pre-push", line, Update(ref, old, new))


def _received(line: str) -> Update:
    words = line.split(" ")
    if len(words) != 3:
        raise _malformed("pre-receive", line)
    old, new, ref = words
    return _update("pre-receive", line, Update(ref, old, new))


def _update(hook: str, line: str, update: Update) -> Update:
    ids = (update.old, update.new)
    if not all(_ID.fullmatch(oid) for oid in ids) or len(ids[0]) != len(ids[1]) or not _is_ref(update.ref):
        raise _malformed(hook, line)
    if update.creates and update.deletes:
        raise _malformed(hook, line)
    return update


def _is_ref(name: str) -> bool:
    return bool(_REF.fullmatch(name)) and ".." not in name and "@{" not in name


def _malformed(hook: str, line: str) -> UsageError:
    return UsageError(
        f"stdin of {hook}: {line[:200]!r} is no line of it; expected {_SHAPES[hook]}",
        hint="let git call this as its hook; a hook manager has to hand stdin on (lefthook: use_stdin: true)",
    )
