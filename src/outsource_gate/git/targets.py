"""What is a pushed ref compared with?

With the branch its changes are to go to, as in CI: the whole of a branch, whatever of it was pushed before. What
the remote has of the branch itself is the contractor's own work: no base that was judged, no place for a policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.objects import full_id

if TYPE_CHECKING:
    from outsource_gate.git.pushes import Update
    from outsource_gate.git.repository import Repository

USUAL = ("main", "master")


@dataclass(frozen=True, slots=True)
class Target:
    """A branch that changes go to: where this repository has it, and what a push to it is called."""

    ref: str  # refs/remotes/origin/main, refs/heads/main
    pushed_as: str  # refs/heads/main; "" for a branch of another remote


@dataclass(frozen=True, slots=True)
class Range:
    """What a ref brings: everything from `base` to `head`, both to be resolved by this repository."""

    base: str
    head: str
    note: str = ""
    tag: str = ""  # the id of the tag object that the ref names


@dataclass(frozen=True, slots=True)
class Nothing:
    """A ref that brings nothing in, and why."""

    why: str


def targets_at(repository: Repository, remote: str, names: tuple[str, ...] = ()) -> tuple[Target, ...]:
    """What is known here of the remote's targets: the named ones, else its default branch, else origin's.

    A name is a branch of the remote (`main`) or of another one (`upstream/main`, where a fork's changes go).
    """
    if names:
        return tuple(_named(repository, remote, name) for name in names)
    for place in dict.fromkeys((f"refs/remotes/{remote}/", "refs/remotes/origin/")):
        if found := _default(repository, f"{place}HEAD", place, here=place == f"refs/remotes/{remote}/"):
            return (found,)
    raise GitError(
        "no branch to compare with: this clone knows no main branch of the remote",
        hint="run `git fetch`, or name the branch your changes go to with --target",
    )


def targets_here(repository: Repository, names: tuple[str, ...] = ()) -> tuple[Target, ...]:
    """The same on the server itself, where branches are at home."""
    if names:
        return tuple(_existing(repository, name, (f"refs/heads/{name}",), "") for name in names)
    found = _default(repository, "HEAD", "refs/heads/", here=True)
    if found is None:
        raise GitError(
            "no branch to compare with: HEAD names none that is here",
            hint="push the first commit before the hook is installed, or name a branch with --target",
        )
    return (found,)


def range_of(repository: Repository, update: Update, targets: tuple[Target, ...]) -> Range | Nothing:
    """Say what a ref brings; GateError where that cannot be told here, with the command that helps."""
    own = next((target for target in targets if target.pushed_as == update.ref), None)
    if update.deletes:
        return _deletion(update, own)
    head = _commit_of(repository, update)
    if own and not update.creates:
        _refuse_rewriting(repository, update, head)
        base = update.old
    else:
        base = _nearest(repository, head, targets)
    # A clone whose history is cut or grafted cannot say so; the check says what is wrong with it.
    if not repository.completeness() and repository.is_ancestor(head, repository.resolve(base).commit):
        return Nothing(f"brings nothing that {_short(base)} does not have, so there is nothing to judge")
    return Range(base, head, "" if own else _forced(repository, update, head), _tag_of(repository, update))


def _named(repository: Repository, remote: str, name: str) -> Target:
    own = f"refs/remotes/{remote}/{name}"
    return _existing(repository, name, (own, f"refs/remotes/{name}"), own)


def _existing(repository: Repository, name: str, refs: tuple[str, ...], own: str) -> Target:
    for ref in refs:
        if _is_here(repository, ref):
            return Target(ref, f"refs/heads/{name}" if ref in (own, f"refs/heads/{name}") else "")
    raise UsageError(
        f"--target {name}: not known here; looked for {', '.join(refs)}",
        hint="run `git fetch`, or correct the name",
    )


def _default(repository: Repository, head: str, place: str, *, here: bool) -> Target | None:
    """The branch that a symbolic HEAD names, else main or master."""
    answer = repository.call("symbolic-ref", "--quiet", head, max_bytes=64 * 1024)
    pointed = answer.out.decode("utf-8", "surrogateescape").strip() if answer.code == 0 else ""
    for ref in (pointed, *(place + name for name in USUAL)):
        if ref.startswith(place) and _is_here(repository, ref):
            return Target(ref, f"refs/heads/{ref.removeprefix(place)}" if here else "")
    return None


def _is_here(repository: Repository, ref: str) -> bool:
    return repository.call("show-ref", "--verify", "--quiet", ref).code == 0


def _deletion(update: Update, own: Target | None) -> Nothing:
    """Whoever deletes a target could make it again from anything."""
    if own:
        raise GitError(
            f"{update.ref}: is the branch that changes go to; a push that deletes it is not judged",
            hint="push without deleting it; who runs the server may do so there",
        )
    return Nothing("is deleted: nothing comes in, so there is nothing to judge")


def _commit_of(repository: Repository, update: Update) -> str:
    """A tag stands for the commit it names."""
    try:
        return repository.resolve(update.new).commit
    except UsageError as error:
        raise GitError(
            f"{update.ref}: {update.new[:12]} is neither a commit nor a tag of one, and nothing else is judged",
            hint="push a branch, or a tag of a commit",
        ) from error


def _tag_of(repository: Repository, update: Update) -> str:
    """An annotated tag is an object of its own, with a message."""
    found = repository.call("rev-parse", "--verify", "--quiet", "--end-of-options", f"{update.new}^{{tag}}")
    return found.out.decode("ascii").strip() if found.code == 0 else ""


def _nearest(repository: Repository, head: str, targets: tuple[Target, ...]) -> str:
    """Of several targets the one from which the fewest commits lead to head; of equals the first."""
    if len(targets) == 1:
        return targets[0].ref
    return min(targets, key=lambda target: _count(repository, head, repository.resolve(target.ref).commit)).ref


def _refuse_rewriting(repository: Repository, update: Update, head: str) -> None:
    """A target that is rewritten loses commits, and what they held is in no range that could be judged."""
    if not repository.has_commit(update.old):
        raise GitError(
            f"{update.ref}: the remote has {update.old[:12]} there, which this clone does not know",
            hint="run `git fetch`, bring your work on top of it, and push again",
        )
    if not repository.is_ancestor(update.old, head):
        lost = _count(repository, update.old, head)
        raise GitError(
            f"{update.ref}: a forced push to the branch that changes go to; {_commits(lost)} would be gone from it",
            hint="run `git fetch`, merge or rebase instead, and push again without --force",
        )


def _forced(repository: Repository, update: Update, head: str) -> str:
    """What a forced push does to what the remote has; it changes nothing about what is judged."""
    if update.creates or not repository.has_commit(update.old):
        return ""
    if repository.is_ancestor(update.old, head):
        return ""
    return f"forced: {_commits(_count(repository, update.old, head))} of it would be gone"


def _count(repository: Repository, include: str, exclude: str) -> int:
    listing = repository.run("rev-list", "--count", full_id(include), f"^{full_id(exclude)}", "--", max_bytes=1024)
    return int(listing)


def _commits(count: int) -> str:
    return "1 commit" if count == 1 else f"{count:,} commits"


def _short(base: str) -> str:
    return base[:12] if not base.startswith("refs/") else base.split("/", 2)[2]
