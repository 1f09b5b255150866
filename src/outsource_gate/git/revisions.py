"""Which commit is meant? A revision is resolved once, to a full id; what could mean two commits is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.objects import ObjectReader, Stored, reading
from outsource_gate.model.source import Revision

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

BASES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
MAX_COMMIT = 64 * 1024 * 1024
MAX_MEANINGS = 50
# A name, then only steps to parents. Ranges, options, paths, reflogs and searches are no plain revision.
_PLAIN = re.compile(r"(?P<name>[^\x00-\x20\x7f~^:?*\[\\@-][^\x00-\x20\x7f~^:?*\[\\]*|@)(?P<steps>(?:[~^]\d{0,6})*)")
_HEX = re.compile(r"[0-9a-f]{4,64}")
_FULL = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def resolve(repository: Repository, asked: str) -> Revision:
    """Give the one commit that `asked` names; UsageError for none, for several, and for odd spellings."""
    match = _PLAIN.fullmatch(asked)
    if not match or ".." in asked or "@{" in asked:
        raise UsageError(
            f"revision {asked!r}: not a plain revision",
            hint="name a branch, a tag, a full ref or a commit id; ~N and ^N may follow",
        )
    name = "HEAD" if match["name"] == "@" else match["name"]
    with reading(repository) as objects:
        found = {ref: _commit(objects, ref_id, "") for ref, ref_id in _refs_named(repository, name).items()}
        found |= {f"the id {oid[:16]}": _commit(objects, oid, "") for oid in _ids_starting(repository, name)}
        named = {ref: commit for ref, commit in found.items() if commit}
        _refuse_unclear(asked, found, {commit.oid for commit in named.values()}, named)
        target = next(iter(named.values()))
        stored = _commit(objects, target.oid, match["steps"])
    if not stored:
        raise UsageError(f"revision {asked!r}: {name} has no such ancestor", hint="name a commit that exists")
    return Revision(stored.oid, tree_of(stored), asked)


def default_base(repository: Repository) -> Revision:
    """The branch that changes go to: origin's, else a local main or master, by full ref name."""
    there = _existing(repository, BASES)
    for ref in BASES:
        if ref in there:
            return resolve(repository, ref)
    raise UsageError(
        "no base: there is neither origin/HEAD, origin/main, origin/master, main nor master",
        hint="name the target branch with --base, after `git fetch origin` where it is not here",
    )


def tree_at(repository: Repository, commit: str) -> str:
    """The tree of a commit, by full id."""
    with reading(repository) as objects:
        stored = _commit(objects, commit, "")
    if not stored:
        raise GitError(f"commit {commit}: not in this clone", hint="run `git fetch origin`, then `git fsck`")
    return tree_of(stored)


def tree_of(commit: Stored) -> str:
    """The tree that a raw commit names."""
    first, _, _ = commit.body.partition(b"\n")
    tree = first.removeprefix(b"tree ").decode("ascii", "replace")
    if not first.startswith(b"tree ") or not _HEX.fullmatch(tree) or len(tree) != len(commit.oid):
        raise GitError(f"commit {commit.oid}: names no tree", hint="run `git fsck`; the object is malformed")
    return tree


def _refs_named(repository: Repository, name: str) -> dict[str, str]:
    """Every ref that git could take this name for, with the object it points at."""
    if _FULL.fullmatch(name):  # a full id is a full id, whatever a ref is called
        return {}
    if name == "HEAD":  # never a branch or tag of that name
        answer = repository.call("show-ref", "--verify", "--hash", "HEAD")
        return {"HEAD": answer.out.decode().strip()} if answer.code == 0 else {}
    if name.startswith("refs/"):
        return _existing(repository, (name,))
    places = ("refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD", "refs/{}")
    return _existing(repository, tuple(place.format(name) for place in places))


def _ids_starting(repository: Repository, name: str) -> list[str]:
    """The objects whose ids start so; asked apart, as git prefers a ref of that name without a word."""
    if _FULL.fullmatch(name):
        return [name]
    if not _HEX.fullmatch(name):
        return []
    return repository.run("rev-parse", f"--disambiguate={name}").decode("ascii").split()[:MAX_MEANINGS]


def _existing(repository: Repository, refs: tuple[str, ...]) -> dict[str, str]:
    """Those of the refs that exist under exactly this name."""
    listing = repository.run("for-each-ref", "--format=%(objectname) %(refname)", *refs)
    rows = (line.partition(" ") for line in listing.decode("utf-8", "surrogateescape").splitlines())
    return {ref: oid for oid, _, ref in rows if ref in refs}


def _commit(objects: ObjectReader, name: str, steps: str) -> Stored | None:
    stored = objects.read(f"{name}^{{commit}}{steps}", MAX_COMMIT)
    return stored if isinstance(stored, Stored) else None


def _refuse_unclear(asked: str, found: dict[str, Stored | None], ids: set[str], named: dict[str, Stored]) -> None:
    if not ids:
        why = "names no commit" if found else "not found"
        raise UsageError(f"revision {asked!r}: {why}", hint="fetch it, or name a branch, a tag or a commit id")
    if len(ids) > 1:
        listed = ", ".join(f"{ref} ({commit.oid[:12]})" for ref, commit in sorted(named.items()))
        raise UsageError(
            f"revision {asked!r}: means several commits: {listed}", hint="write the full ref or the full id"
        )
