"""How does one scanner read the room, and what did it say of which path?

Whatever goes wrong with a scanner is its own missing fact; the others stand.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Finding, Scan, Step
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners import Command, Hit, Installed, Job, Output, Scanner
from outsource_gate.scanners.baseline import mark_new
from outsource_gate.scanners.fingerprint import enclosing_symbols, fingerprint, folded
from outsource_gate.scanners.places import line_in_file, located
from outsource_gate.scanners.shares import shares
from outsource_gate.scanners.workspace import Placed, Room

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.recall import Answer, Recall
    from outsource_gate.scanners.cache.store import Store

MAX_RUNS = 100  # of one scanner that reads nothing where one of its files is broken
SNIPPET_LINES, SNIPPET_WIDTH = 12, 200
TRACE_SECONDS = 120.0  # for the ways of data, which are an addition


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one run of a scanner may take, and what it may print."""

    timeout_seconds: float = 900.0
    max_output_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Launch:
    """What all scanners of one run share."""

    room: Room
    private: Path
    pairs: Mapping[str, str]  # path at head -> path at the base
    rules: tuple[Path, ...]
    limits: Limits
    stop: threading.Event
    store: Store | None = None  # of answers of earlier runs


@dataclass(frozen=True, slots=True)
class _Said:
    """The outputs of one or more runs, by neutral names."""

    rules_digest: str
    hits: tuple[Hit, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    unparsed: frozenset[str] = frozenset()  # of the failed those whose syntax is not known

    def and_then(self, more: _Said) -> _Said:
        digest, failed = more.rules_digest or self.rules_digest, {**self.failed, **more.failed}
        return _Said(digest, self.hits + more.hits, failed, self.unparsed | more.unparsed)


class _RefusedError(Exception):
    """One of the files made the program read none."""

    def __init__(self, why: str, rules_digest: str) -> None:
        super().__init__(why)
        self.why, self.rules_digest = why, rules_digest


def launch(scanner: Scanner, shared: Launch) -> Scan | Unavailable:
    """Read head, and of the base what tells new findings from old ones."""
    installed = scanner.find()
    if isinstance(installed, Unavailable):
        return installed
    reader = _Reader(scanner, installed, shared)
    try:
        return reader.scan()
    except ToolError as error:
        step = error.hint or f"run `outsource-gate scan --scanner {scanner.id}` on the same files to see it alone"
        return Unavailable(error.message, step, scanner.id)


class _Reader:
    """One scanner at work."""

    def __init__(self, scanner: Scanner, installed: Installed, shared: Launch) -> None:
        self._scanner = scanner
        self._installed = installed
        self._shared = shared
        self._room = shared.room
        self._folders = 0  # each run has its own
        self._counting = threading.Lock()
        self._recall = _recall(scanner, installed, shared)

    def scan(self) -> Scan:
        head = self._room.targets("head", self._scanner.reads)
        base = self._room.targets("base", self._scanner.reads)
        if self._scanner.base_after or len(head) >= self._scanner.base_after_from:
            said = self._read(head)
            known = self._known_after(said.hits, base)
        else:
            said = self._read((*head, *base))
            known = said.hits
        failed = said.failed
        path = {target: self._room.placed[target].path for target in head}
        broken = {path[target] for target in head if target in failed}
        # A file of several parts is unparsed where all of them that failed are.
        unread = {path[target] for target in head if target in failed and not self._is_unparsed(target, said)}
        return Scan(
            self._scanner.id,
            self._installed.version,
            said.rules_digest,
            mark_new(self._findings(said.hits, "head"), self._findings(known, "base"), self._shared.pairs),
            tuple(dict.fromkeys(path[target] for target in head if path[target] not in broken)),
            tuple((path[target], failed[target]) for target in head if target in failed),
            tuple(name for name in dict.fromkeys(path[target] for target in head) if name in broken - unread),
        )

    def _is_unparsed(self, target: str, said: _Said) -> bool:
        return target in said.unparsed and self._room.placed[target].language in self._scanner.partial

    def _known_after(self, hits: Iterable[Hit], base: tuple[str, ...]) -> tuple[Hit, ...]:
        """Read of the base only the files that can hold one of the hits at head, and only by their rules."""
        at_base: dict[str, list[str]] = {}
        for target in base:
            at_base.setdefault(self._room.placed[target].path, []).append(target)
        asked: dict[str, list[Hit]] = {}
        for hit in hits:
            for target in at_base.get(self._shared.pairs.get(self._room.placed[hit.target].path, ""), ()):
                asked.setdefault(target, []).append(hit)
        old = {target: self._perhaps_old(target, found) for target, found in asked.items()}
        wanted = tuple(target for target in base if old.get(target))
        return self._read(wanted, frozenset(hit.rule for found in old.values() for hit in found)).hits

    def _perhaps_old(self, target: str, hits: list[Hit]) -> list[Hit]:
        """Give the hits whose snippet stands in this file of the base; no other has its fingerprint there."""
        text = folded("\n".join(self._room.lines(target)))
        lines = {hit.target: self._room.lines(hit.target) for hit in hits}
        return [hit for hit in hits if folded(_snippet(hit, lines[hit.target])) in text]

    def _read(self, targets: tuple[str, ...], only: frozenset[str] = frozenset()) -> _Said:
        """Ask about those targets alone of which nothing is known; where there is none, no program is started."""
        language_of = {target: self._room.placed[target].language for target in targets}
        languages = frozenset(language_of.values())
        job = Job(
            self._room.folder, self._shared.private, targets, languages, self._shared.rules, only, language_of
        )
        known = self._recall.known(job) if self._recall else {}
        said = _recalled(known)
        asked = tuple(target for target in targets if target not in known)
        if known and not asked:
            command = self._scanner.command(replace(job, folder=self._folder()), self._installed)
            return replace(said, rules_digest=command.rules_digest)
        for more in self._side_by_side(job, asked):
            said = said.and_then(more)
        return said

    def _side_by_side(self, job: Job, asked: tuple[str, ...]) -> Iterator[_Said]:
        """Ask about all of them in shares, several at a time; after an error none is begun any more."""
        sizes = {target: (self._room.folder / target).stat().st_size for target in asked}
        lanes = min(self._scanner.lanes, os.cpu_count() or 1)
        parts = shares(sizes, self._scanner.at_once, lanes)
        with ThreadPoolExecutor(lanes) as pool:
            running = [pool.submit(self._ask, replace(job, targets=targets)) for targets in parts]
            try:
                yield from (one.result() for one in running)
            finally:
                pool.shutdown(cancel_futures=True)

    def _ask(self, job: Job) -> _Said:
        """Run it; where one broken file makes it read none, halve until that file is found."""
        try:
            return self._run(replace(job, folder=self._folder()))
        except _RefusedError as refused:
            if len(job.targets) == 1:
                return _Said(refused.rules_digest, failed={job.targets[0]: refused.why})
            if self._folders >= MAX_RUNS:
                raise ToolError(f"{self._scanner.id}: {refused.why}: too many files that it cannot read") from None
        half = len(job.targets) // 2
        first = self._ask(replace(job, targets=job.targets[:half]))
        return first.and_then(self._ask(replace(job, targets=job.targets[half:])))

    def _folder(self) -> Path:
        with self._counting:
            self._folders += 1
            folder = self._shared.private / f"{self._scanner.id}-{self._folders}"
        folder.mkdir()
        return folder

    def _run(self, job: Job) -> _Said:
        command = self._scanner.command(job, self._installed)
        output = self._output(job.folder, command, self._installed.argv0, self._shared.limits.timeout_seconds)
        said = self._understood(command, self._scanner.parse(output), job.targets)
        said, untraced = self._traced(job, said)
        if self._recall:
            kept = tuple(target for target in job.targets if target not in untraced)
            self._recall.keep(replace(job, targets=kept), said.hits, said.failed, said.unparsed)
        return said

    def _traced(self, job: Job, said: _Said) -> tuple[_Said, frozenset[str]]:
        """Add the ways of data at head; where they cannot be had, name the files, so that it is asked again."""
        tracer = self._scanner.tracer
        hits = tuple(hit for hit in said.hits if self._room.placed[hit.target].side == "head")
        try:
            command = tracer.command(job, self._installed, hits) if tracer and hits else None
            if tracer is None or command is None:
                return said, frozenset()
            seconds = min(TRACE_SECONDS, self._shared.limits.timeout_seconds)
            ways = tracer.parse(self._output(job.folder, command, tracer.argv0, seconds))
        except ToolError:
            return said, frozenset(hit.target for hit in hits)
        by_spot = {(rule, self._neutral(name), *place): way for (rule, name, *place), way in ways.items()}
        traced = (replace(hit, trace=by_spot.get(hit.spot, ())) for hit in said.hits)
        return replace(said, hits=tuple(traced)), frozenset()

    def _output(self, folder: Path, command: Command, argv0: str | None, timeout_seconds: float) -> bytes:
        done = run(
            (*self._installed.argv, *command.arguments),
            cwd=folder,
            env=scrubbed_environment(folder, command.env),
            timeout_seconds=timeout_seconds,
            max_output_bytes=self._shared.limits.max_output_bytes,
            max_memory_bytes=self._scanner.max_memory_bytes,
            argv0=argv0,
            stop=self._shared.stop,
        )
        if done.code not in self._scanner.accepts:
            if done.code > 0 and (why := self._scanner.refused(done.stderr)):
                raise _RefusedError(why, command.rules_digest)
            said = " ".join(done.stderr.decode("utf-8", "replace").split())[-300:] or "and said nothing"
            raise ToolError(f"{self._scanner.id} {self._installed.version} ended with code {done.code}: {said}")
        return done.stdout

    def _understood(self, command: Command, output: Output, targets: tuple[str, ...]) -> _Said:
        """Bring names into the room's terms; what was asked for and not said to be read has failed."""
        read = set(targets) if output.is_whole else {self._neutral(name) for name in output.scanned}
        failed = {self._neutral(name): why for name, why in output.failed}
        silent = (target for target in targets if target not in read and target not in failed)
        failed |= dict.fromkeys(silent, f"{self._scanner.id} did not read it")
        hits = tuple(replace(hit, target=self._neutral(hit.target)) for hit in output.hits)
        asked = frozenset(targets)
        if strange := next((hit.target for hit in hits if hit.target not in asked), None):
            raise ToolError(f"{self._scanner.id}: reports a file it was not given: {strange[:200]}")
        failed = {target: why for target, why in failed.items() if target in asked}
        unparsed = {self._neutral(name) for name in output.unparsed} & failed.keys()
        return _Said(command.rules_digest, hits, failed, frozenset(unparsed))

    def _neutral(self, name: str) -> str:
        return name.removeprefix(f"{self._room.folder}/").removeprefix("./")

    def _findings(self, hits: Iterable[Hit], side: str) -> list[Finding]:
        by_target: dict[str, list[Hit]] = {}
        for hit in hits:
            if self._room.placed[hit.target].side == side:
                by_target.setdefault(hit.target, []).append(hit)
        return [finding for target, found in by_target.items() for finding in self._in_file(target, found)]

    def _in_file(self, target: str, hits: list[Hit]) -> list[Finding]:
        placed = self._room.placed[target]
        lines = self._room.lines(target)
        if strange := next((hit for hit in hits if not 1 <= hit.start_line <= hit.end_line <= len(lines)), None):
            place = f"lines {strange.start_line} to {strange.end_line} of {len(lines)}"
            raise ToolError(f"{self._scanner.id}: {strange.rule} reports {place}: its report cannot be trusted")
        symbols = enclosing_symbols(lines, {hit.start_line for hit in hits}, placed.language)
        return [_finding(self._scanner.id, hit, placed, lines, symbols[hit.start_line]) for hit in hits]


def _recall(scanner: Scanner, installed: Installed, shared: Launch) -> Recall | None:
    if shared.store is None or scanner.depends is None:
        return None
    from outsource_gate.scanners.cache.recall import Recall  # noqa: PLC0415 - only with a cache

    return Recall(shared.store, scanner, installed, shared.room)


def _recalled(known: Mapping[str, Answer]) -> _Said:
    failed = {target: answer.unparsed for target, answer in known.items() if answer.unparsed}
    hits = tuple(hit for answer in known.values() for hit in answer.hits)
    return _Said("", hits, failed, frozenset(failed))


def _snippet(hit: Hit, lines: list[str]) -> str:
    return "\n".join(lines[hit.start_line - 1 : hit.end_line])


def _finding(scanner: str, hit: Hit, placed: Placed, lines: list[str], symbol: str) -> Finding:
    whole = lines[hit.start_line - 1 : hit.end_line]
    where, note = located(placed.path, placed.places, hit.start_line, hit.end_line, hit.start_column)
    return Finding(
        rule=hit.rule,
        scanner=scanner,
        severity=hit.severity,
        confidence=hit.confidence,
        message=f"{hit.message} ({note})" if note else hit.message,
        location=where,
        fingerprint=fingerprint(hit.rule, _snippet(hit, lines), symbol),
        cwe=hit.cwe,
        owasp=hit.owasp,
        why=hit.why,
        fix=hit.fix,
        snippet=tuple(line[:SNIPPET_WIDTH] for line in whole[:SNIPPET_LINES]),
        trace=_trace(hit, placed, lines),
    )


def _trace(hit: Hit, placed: Placed, lines: list[str]) -> tuple[Step, ...]:
    """A way that leads past the end of the file is none."""
    if any(not 1 <= line <= len(lines) for _, line, _ in hit.trace):
        return ()
    return tuple(
        Step(kind, line_in_file(placed.places, line), lines[line - 1][:SNIPPET_WIDTH], more)
        for kind, line, more in hit.trace
    )
