"""What is odd about the packages of one state of the repository? Pure; the base's oddities are taken off later."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from outsource_gate.dependencies import Declared
from outsource_gate.dependencies.addresses import leads_outside
from outsource_gate.dependencies.agreement import disagreements, knows
from outsource_gate.model.dependency import DependencyProblem, Package

_NO_FOLDER = re.compile(r"(?:workspace|catalog|patch|builtin):")
_INPUT = re.compile(r".*\.(?:in|gemspec)", re.DOTALL)  # what a tool makes the pinned file from


def oddities(path: str, declared: Declared, locks: Mapping[str, Declared]) -> Iterator[DependencyProblem]:
    """Those of one file; `locks` are the lock files that govern it."""
    governing = {lock: what for lock, what in locks.items() if knows(path, lock, what)}
    yield from declared.problems
    yield from _unhashed(declared)
    known = {one.name.lower() for lock in governing.values() for one in lock.packages}
    for one in declared.packages:
        if one.source == "path" and _is_outside(one, path):
            yield _about(one, "outside", f"{one.name or one.address} lies outside the repository", one.address)
        elif not one.pinned and _counts(one, path) and one.name.lower() not in known:
            yield _about(one, "unpinned", _loose(one), one.requirement or one.version)
    for lock, chosen in governing.items():
        yield from disagreements(path, declared, lock, chosen)


def _counts(one: Package, path: str) -> bool:
    return (one.direct or one.locked) and one.source != "path" and not _INPUT.fullmatch(path.lower())


def _loose(one: Package) -> str:
    match one.ecosystem:
        case "github":
            return f"{one.name} is named by {one.version or 'nothing'}, which can be moved, not by a commit"
        case "docker":
            return f"{one.name} is named by {one.version or 'nothing'}, which can be moved, not by a digest"
        case _ if one.source == "vcs":
            return f"{one.name} is named by {one.version or 'a branch'}, which can be moved, not by a commit"
        case _ if one.source == "url":
            return f"{one.name} comes from an address, without a hash"
        case _:
            return f"{one.name} is not fixed to one version, and no lock file does so"


def _is_outside(one: Package, path: str) -> bool:
    return not _NO_FOLDER.match(one.requirement) and leads_outside(posixpath.dirname(path), one.address)


def _unhashed(declared: Declared) -> Iterator[DependencyProblem]:
    """Where a file gives hashes, a package without one is taken as it comes."""
    if not any(one.hashed for one in declared.packages if one.source == "index"):
        return
    for one in declared.packages:
        if not one.hashed and one.source in ("index", "url") and one.ecosystem not in ("docker", "github"):
            yield _about(one, "unhashed", f"{one.name} has no hash, others of the file have one", one.version)


def _about(one: Package, problem: str, what: str, got: str) -> DependencyProblem:
    return DependencyProblem(problem, what, one.name, got[:300], one.path, one.line)  # type: ignore[arg-type]
