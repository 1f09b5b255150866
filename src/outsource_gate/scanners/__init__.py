"""What a scanner is: an outside program that reads neutral copies of files and says what is wrong with them.

A scanner is a file of this folder that defines `SCANNER`: where its program is, which languages it reads, how it is
called, and a pure `parse` from what it printed to hits. Running, bounding, comparing with the base and accounting
for every path is the same for all of them (`run`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence, Severity

HitStep = tuple[Literal["source", "through", "sink"], int, int]  # kind, line, how many before it are left out
Spot = tuple[str, str, int, int]  # rule, target, line, column


@dataclass(frozen=True, slots=True)
class Installed:
    """A program that is there. `argv` starts it, by absolute path."""

    argv: tuple[str, ...]
    version: str
    argv0: str | None = None  # what it is to believe it is called


@dataclass(frozen=True, slots=True)
class Job:
    """What one run is about: neutral files below `room`, and a private folder for the scanner's own files."""

    room: Path  # the clean room; read only
    folder: Path  # private: rules, configuration, home
    targets: tuple[str, ...]  # relative to room, "head/f000001.py"
    languages: frozenset[str]
    rules: tuple[Path, ...]
    only: frozenset[str] = frozenset()  # the rules that matter, where a scanner can leave others out; empty: all
    language_of: Mapping[str, str] = field(default_factory=dict)  # of each target


@dataclass(frozen=True, slots=True)
class Command:
    """How the program is called, and what it runs with."""

    arguments: tuple[str, ...]
    rules_digest: str
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A weakness as the scanner reports it, at a neutral name."""

    rule: str
    target: str
    start_line: int
    end_line: int
    message: str
    severity: Severity
    confidence: Confidence
    start_column: int = 1
    cwe: tuple[str, ...] = ()
    owasp: tuple[str, ...] = ()
    why: str = ""
    fix: str = ""
    trace: tuple[HitStep, ...] = ()  # from where data comes in to where it does harm

    @property
    def spot(self) -> Spot:
        return (self.rule, self.target, self.start_line, self.start_column)


@dataclass(frozen=True, slots=True)
class Output:
    """What the program says: its hits, which files it read whole, which it could not read and why."""

    hits: tuple[Hit, ...]
    scanned: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()
    unparsed: tuple[str, ...] = ()  # of the failed those whose syntax the program does not know
    is_whole: bool = False  # all that it was given was read, or it would have refused


@dataclass(frozen=True, slots=True)
class Tracer:
    """How a program is asked by which way data reaches what it found. An answer adds to hits, and makes none."""

    command: Callable[[Job, Installed, Sequence[Hit]], Command | None]  # None: there is nothing to ask
    parse: Callable[[bytes], Mapping[Spot, tuple[HitStep, ...]]]  # pure; ToolError for what it cannot read
    argv0: str


@dataclass(frozen=True, slots=True)
class Scanner:
    """One scanner. `parse` is pure and raises ToolError for what it cannot read."""

    id: str
    finds: str  # one line, for people
    reads: frozenset[str]  # languages
    find: Callable[[], Installed | Unavailable]
    command: Callable[[Job, Installed], Command]
    accepts: frozenset[int]  # exit codes with which the output counts
    parse: Callable[[bytes], Output]
    max_memory_bytes: int = 2 << 30  # each process
    partial: frozenset[str] = frozenset()  # languages of which it knows a part
    # Of a program that reads nothing where one file is broken: what is wrong with it, from stderr; "" if not that.
    refused: Callable[[bytes], str] = lambda _: ""
    base_after: bool = False  # dear per file: what was there before is read only where head has hits
    base_after_from: int = 1 << 62  # cheap per file, dear to start: the same from so many files on
    at_once: int = 4_000  # files on one command line, of which Linux takes 2 MB; fewer keep its memory small
    lanes: int = 1  # runs side by side, where there are many files
    # For each language, what an answer about a file depends on beside file and version; None: nothing is kept.
    depends: Callable[[Job, Installed], Mapping[str, str]] | None = None
    tracer: Tracer | None = None
