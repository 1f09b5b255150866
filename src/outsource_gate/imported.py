"""Which results of others were handed over, does anything vouch for them, and what do they say?

A result comes from a trusted job: from the one that evaluates, which names the file with --result, or from one
whose key the policy trusts, which signed it. A file that the change itself brings along is neither.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.errors import EvidenceError, GateError, UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.result import Format, Result
from outsource_gate.model.source import Revision
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.load import Policy

if TYPE_CHECKING:
    from outsource_gate.evidence.trust import Trust

MAX_FILES = 1000  # Maven writes one file per test class
_SIGNATURE = ".sigstore.json"  # beside the file
_SUFFIXES: Mapping[Format, tuple[str, ...]] = {"sarif": (".sarif", ".sarif.json"), "junit": (".xml",)}


@dataclass(frozen=True, slots=True)
class Given:
    """One `--result NAME=FILE`."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Frame:
    """What results must be for."""

    repository: str
    head: Revision
    stage: Stage
    now: datetime


def check_names(given: tuple[Given, ...], policy: Policy) -> None:
    """UsageError for a name that the policy's sources do not have."""
    for one in given:
        if one.name not in policy.results:
            known = ", ".join(policy.results) or "none"
            raise UsageError(
                f"--result {one.name}={one.path}: the policy knows no result of this name; known: {known}",
                hint=f"add it to the policy: sources: {{results: {{{one.name}: {{format: sarif}}}}}}",
            )


def results_of(
    given: tuple[Given, ...], policy: Policy, repository: Repository, frame: Frame
) -> tuple[Result | Unavailable, ...]:
    """Read every file. What cannot be read or believed is Unavailable under its result's name."""
    if not given:
        return ()
    reading = _Reading(policy, frame, _Tracked.of(repository, frame.head), _trust(policy))
    return tuple(found for one in given for found in reading.read(one))


def _trust(policy: Policy) -> Trust | None:
    if policy.results_trust is None:
        return None
    from outsource_gate.evidence.trust import read_trust  # noqa: PLC0415 - only where results are handed over

    path, raw = policy.results_trust
    return read_trust(raw, path)


@dataclass(frozen=True, slots=True)
class _Reading:
    policy: Policy
    frame: Frame
    tracked: _Tracked
    trust: Trust | None

    def read(self, given: Given) -> Iterator[Result | Unavailable]:
        format = self.policy.results[given.name].format
        try:
            paths = _files(given.path, format)
        except OSError as error:
            yield _missing(given.name, f"{given.path}: {error.strerror or 'cannot be read'}")
            return
        if not 0 < len(paths) <= MAX_FILES:
            what = f"{len(paths)} files in it" if paths else f"no {' or '.join(_SUFFIXES[format])} file in it"
            yield _missing(given.name, f"{given.path}: {what}; 1 to {MAX_FILES} are read")
            return
        for path in paths:
            try:
                yield self._result(given.name, format, path)
            except GateError as error:
                yield _missing(given.name, f"{given.name} ({path.name}): {error.message}", error.hint)
            except OSError as error:
                yield _missing(given.name, f"{path}: {error.strerror or 'cannot be read'}")

    def _result(self, name: str, format: Format, path: Path) -> Result:
        from outsource_gate.results import ResultError, read_content  # noqa: PLC0415 - only where one is handed over

        raw = read_file(path)
        if self.tracked.brings(path, raw):
            raise ResultError(
                "the change itself brings this file along, so no job vouches for it",
                hint="let the job write its report outside of the checkout",
            )
        digest = hashlib.sha256(raw).hexdigest()
        content = read_content(raw, format)
        commit, made_at, signer = self._signed(name, format, digest, path)
        own = own_commit(content.commits, self.frame.head.commit)
        return Result(
            name=name,
            format=format,
            digest=digest,
            source="signed" if signer else "handed-over",
            # Where the file and the signature name different commits, the foreign one is told.
            commit=own if own and own != self.frame.head.commit else commit or own,
            signer=signer,
            made_at=content.made_at or made_at,
            tools=content.tools[:20],
            broken=content.broken,
            findings=content.findings,
            tallies=content.tallies,
            tests=content.tests,
        )

    def _signed(self, name: str, format: Format, digest: str, path: Path) -> tuple[str, datetime | None, str]:
        """Commit, time and signer, where a signature lies beside the file; one that does not hold is an error."""
        beside = path.with_name(path.name + _SIGNATURE)
        if not os.path.lexists(beside):
            return "", None, ""
        from outsource_gate.evidence.signed_result import Wanted, open_result  # noqa: PLC0415 - seldom needed

        if self.trust is None:
            hint = "name a trust file in the policy: sources: {trust: trust.yaml}"
            raise EvidenceError("it is signed, and the policy trusts no key for results", hint=hint)
        frame = self.frame
        wanted = Wanted(name, format, digest, frame.repository, frame.stage, frame.now)
        claim, signer = open_result(read_file(beside), self.trust, wanted)
        return claim.commit, claim.made_at, signer


@dataclass(frozen=True, slots=True)
class _Tracked:
    """What head holds, by path and by content: a checkout puts it where jobs write their reports."""

    worktree: Path | None
    paths: frozenset[str]
    blobs: frozenset[str]
    algorithm: str

    @classmethod
    def of(cls, repository: Repository, head: Revision) -> _Tracked:
        entries = repository.list_tree(head.tree)
        paths, blobs = frozenset(one.path for one in entries), frozenset(one.oid for one in entries)
        return cls(repository.worktree, paths, blobs, repository.object_format)

    def brings(self, path: Path, raw: bytes) -> bool:
        """By path, as a checkout may convert line ends; also where a folder on the way is a link of the tree."""
        blob = hashlib.new(self.algorithm, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
        if blob in self.blobs:
            return True
        if self.worktree is None:
            return False
        root = self.worktree.resolve()
        # The path as it was named, below the real root, and where it leads.
        named = Path(os.path.normpath(path.absolute()))
        return any(
            part.is_relative_to(top) and part.relative_to(top).as_posix() in self.paths
            for top in {root, self.worktree.absolute()}
            for whole in (named, path.resolve())
            for part in (whole, *whole.parents)
        )


def _files(path: Path, format: Format) -> tuple[Path, ...]:
    """The file, or those of a folder that are called like this format; a folder's folders are not looked into."""
    if not path.is_dir():
        return (path,)
    return tuple(sorted(one for one in path.iterdir() if one.name.endswith(_SUFFIXES[format])))


def read_file(path: Path) -> bytes:
    """Read no more than is allowed; never wait for a pipe's writer."""
    from outsource_gate.results import MAX_BYTES, too_large  # noqa: PLC0415 - only where one is handed over

    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if os.fstat(handle).st_size > MAX_BYTES:
            raise too_large()
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise too_large()
    return raw


def own_commit(named: tuple[str, ...], head: str) -> str:
    """Of the commits that a file names, head if it is all that is named; a short form of it is no binding."""
    foreign = [one for one in named if one != head and not (len(one) >= 7 and head.startswith(one))]
    if foreign:
        return foreign[0]
    return head if head in named else ""


def _missing(name: str, reason: str, next_step: str = "") -> Unavailable:
    return Unavailable(reason, next_step, f"result:{name}")
