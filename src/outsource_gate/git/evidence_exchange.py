"""How does the evidence ref get here, and a record there, whoever else pushes at the same time?

All talking is done by a repository of our own that is gone afterwards. What came is looked at there, and only then
handed to the clone, by a git that is kept off the network.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from outsource_gate.errors import GitError
from outsource_gate.git.evidence_append import append
from outsource_gate.git.evidence_ref import REF, RewrittenError, additions
from outsource_gate.git.program import Answer, Program
from outsource_gate.git.redo import make_private
from outsource_gate.git.remote import NAME, Remote, networked
from outsource_gate.git.repository import ObjectFormat, Repository

SECONDS = 120.0  # for one push or fetch as a whole
ATTEMPTS = 60
REFUSALS = 3  # in a row, while nobody else pushed
_FETCHED, _KNOWN = "refs/fetched", "refs/known"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The ref is in the clone now. `before` is what it was, "" the first time."""

    ref: str
    tip: str
    before: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """The record is on the ref; `was_there` if it had been before."""

    tip: str
    was_there: bool


def local_ref(asked: str, remote: Remote) -> str:
    """Where this clone keeps what it fetched: origin's under the ref's own name, others' apart."""
    if asked == "origin":
        return REF
    return f"refs/outsource-gate/from/{hashlib.sha256(remote.address.encode()).hexdigest()[:16]}"


def tip_of(clone: Repository, ref: str) -> str:
    """The commit a ref of the clone names; "" where there is no such ref."""
    answer = clone.call("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return answer.out.decode("ascii", "replace").strip() if answer.code == 0 else ""


def fetch(clone: Repository, remote: Remote, ref: str, environment: Mapping[str, str]) -> Fetched:
    """Bring the evidence ref into the clone; RewrittenError where it no longer holds what was seen before."""
    known = tip_of(clone, ref)
    try:
        with _store(clone, remote, clone.object_format, known, environment) as exchange:
            tip = exchange.pull(whole=True)
            if not tip:
                raise GitError(f"{remote.address}: has no {REF} yet", hint="`evidence push` makes it")
            for _ in additions(exchange.store, tip, known):  # each held against the rule that nothing goes away
                pass
            _hand_over(exchange.store, clone, tip, known)
    except _OtherFormatError as error:
        raise GitError(
            f"{remote.address}: is a {error.object_format} repository, this clone is {clone.object_format}",
            hint="read its records in a clone of it",
        ) from error
    _move(clone, ref, tip, known)
    return Fetched(ref, tip, known)


def push(
    clone: Repository,
    remote: Remote,
    ref: str,
    files: Mapping[str, bytes],
    message: str,
    environment: Mapping[str, str],
    *,
    seconds: float = SECONDS,
) -> Pushed:
    """Add files to the remote's evidence ref; nothing is replaced. GitError where it cannot be done in time."""
    known = tip_of(clone, ref)
    try:
        with _store(clone, remote, clone.object_format, known, environment, seconds) as exchange:
            return exchange.add(files, message)
    except _OtherFormatError as error:
        with _store(clone, remote, error.object_format, "", environment, seconds) as exchange:
            return exchange.add(files, message)


class _OtherFormatError(Exception):
    """The remote's object ids are of the other kind."""

    def __init__(self, object_format: ObjectFormat) -> None:
        super().__init__(object_format)
        self.object_format = object_format


@contextmanager
def _store(
    clone: Repository,
    remote: Remote,
    object_format: ObjectFormat,
    known: str,
    environment: Mapping[str, str],
    seconds: float = SECONDS,
) -> Iterator[_Exchange]:
    with tempfile.TemporaryDirectory(prefix="outsource-gate-evidence-") as folder:
        git_dir = Path(folder).resolve() / "private.git"
        program = make_private(git_dir, object_format, clone if known else None)
        store = Repository(git_dir, git_dir, None, object_format, program)
        if known:
            store.run("update-ref", _KNOWN, known)
        yield _Exchange(store, remote, networked(program, remote, environment), known, seconds)


class _Exchange:
    """One remote, our store, and the time that is left."""

    def __init__(self, store: Repository, remote: Remote, program: Program, known: str, seconds: float) -> None:
        self.store = store
        self._remote = remote
        self._program = program
        self._last = known  # what every later tip has to follow
        self._began_with = known
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def pull(self, *, whole: bool) -> str:
        """Fetch the ref and give its tip, "" where there is none; unless `whole`, only what adding to it takes."""
        scant = not whole and not self._began_with
        options = ["--filter=blob:none", *([] if self._last else ["--depth=1"])] if scant else []
        answer = self._call(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-auto-maintenance",
            *options,
            "--",
            NAME,
            f"+{REF}:{_FETCHED}",
        )
        tip = tip_of(self.store, _FETCHED) if answer.code == 0 else self._why_not(answer)
        if self._last and not (tip and self.store.is_ancestor(self._last, tip)):
            raise RewrittenError(
                f"{self._remote.address}: {REF} was rewritten: it was {self._last}, and "
                + (f"{tip} does not follow it" if tip else "is gone"),
                hint="ask who may push there; records that are missing may still be with the jobs that made them",
            )
        self._last = tip
        return tip

    def add(self, files: Mapping[str, bytes], message: str) -> Pushed:
        """Append and push until it is there: whoever was quicker is followed, and a refusal is not argued with."""
        refusals, complaint = 0, ""
        for attempt in range(ATTEMPTS):
            before = self._last
            tip = self.pull(whole=False)
            new = append(self.store, tip, files, message, datetime.now(UTC))
            if new == tip:
                return Pushed(tip, was_there=attempt == 0)
            refusals = refusals + 1 if attempt and tip == before else 0
            if refusals >= REFUSALS:
                raise GitError(
                    f"{self._remote.address}: takes nothing on {REF}: {complaint}",
                    hint="the token or key needs the right to push there; the record on disk stays",
                )
            answer = self._call("push", "--quiet", "--no-verify", "--", NAME, f"{new}:{REF}")
            if answer.code == 0:
                return Pushed(new, was_there=False)
            complaint = answer.complaint
            time.sleep(min(_pause(attempt), max(self._left(), 0)))
        raise GitError(
            f"{self._remote.address}: others were quicker {ATTEMPTS} times: {complaint}",
            hint="run `evidence push` again; the record on disk stays",
        )

    def _why_not(self, fetched: Answer) -> str:
        """A fetch failed: "" if that is because there is no ref yet, else an error."""
        listed = self._call("ls-remote", "--quiet", "--", NAME, "HEAD", REF)
        if listed.code:
            raise GitError(f"{self._remote.address}: cannot be asked: {listed.complaint}", hint=_REACH)
        rows = [line.split("\t") for line in listed.out.decode("utf-8", "replace").splitlines()]
        if rows and len(rows[0][0]) != (40 if self.store.object_format == "sha1" else 64):
            raise _OtherFormatError("sha256" if self.store.object_format == "sha1" else "sha1")
        if any(row[-1] == REF for row in rows):
            raise GitError(f"{self._remote.address}: {REF} cannot be fetched: {fetched.complaint}", hint=_REACH)
        return ""

    def _call(self, *args: str) -> Answer:
        left = self._left()
        if left <= 0:
            raise GitError(
                f"{self._remote.address}: did not answer within {self._seconds:.0f} seconds", hint=_REACH
            )
        return self._program.call(args, max_bytes=1 << 20, timeout_seconds=left)

    def _left(self) -> float:
        return self._deadline - time.monotonic()


_REACH = (
    "see whether this machine reaches it and may read there; proxies come from HTTPS_PROXY, a CA from SSL_CERT_FILE"
)


def _pause(attempt: int) -> float:
    """Longer each time, and never the same for two who collided."""
    return min(0.1 * 1.6**attempt, 3.0) * random.uniform(0.3, 1.0)  # noqa: S311 - no secret


def _hand_over(store: Repository, clone: Repository, tip: str, known: str) -> None:
    """Copy the new objects into the clone, by a pack that the clone's git checks."""
    if tip == known:
        return
    wanted = f"{tip}\n^{known}\n" if known else f"{tip}\n"
    with (
        store.stream("pack-objects", "--quiet", "--revs", "--stdout", "--delta-base-offset") as packing,
        replace(clone.program, extra={}).start(["index-pack", "--stdin", "--strict"]) as storing,
    ):
        packing.feed(wanted.encode())
        try:
            while block := packing.out.read(1 << 16):
                storing.input.write(block)
            storing.input.close()
        except BrokenPipeError:
            pass  # its exit code says why
        packing.succeed()
        storing.succeed()


def _move(clone: Repository, ref: str, tip: str, before: str) -> None:
    """Set the clone's ref, unless somebody else brought it as far or further meanwhile."""
    answer = clone.call("update-ref", ref, tip, before or "0" * len(tip))
    if answer.code:
        now = tip_of(clone, ref)
        if not now or not clone.is_ancestor(tip, now):
            raise GitError(f"{ref}: cannot be set in this clone: {answer.complaint}", hint="run it again")
