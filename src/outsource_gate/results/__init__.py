"""What a reader of results is: it takes the bytes of a hostile file and gives what they say, within bounds.

A format is a file of this folder with `read(raw) -> Content`. A file that cannot be read whole is a ResultError,
whose message says why in one line: half a result is none. Who made it, and of which commit, is asked elsewhere.
"""

from __future__ import annotations

import importlib
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from outsource_gate.errors import GateError
from outsource_gate.model.result import Format, Reported, SuiteRun, Tally

FORMATS: tuple[Format, ...] = get_args(Format)
MAX_BYTES = 64 << 20
MAX_DEPTH = 64
MAX_VALUES = 4_000_000
MAX_MEMBERS = 100_000  # of one object or element
MAX_SECONDS = 120.0
MAX_LISTED = 200  # findings and failed tests that are kept; all are counted
MAX_BROKEN = 20
MAX_TEXT = 500
AS_WRITTEN = "hand over the report as the tool wrote it"


class ResultError(GateError):
    """A file of results that cannot be read, or not within bounds."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says, and of what."""

    commits: tuple[str, ...] = ()  # that it names; more than one is no binding
    made_at: datetime | None = None
    tools: tuple[tuple[str, str], ...] = ()
    broken: tuple[str, ...] = ()
    findings: tuple[Reported, ...] = ()
    tallies: tuple[Tally, ...] = ()
    tests: SuiteRun | None = None


def read_content(raw: bytes, format: Format) -> Content:
    """Read the bytes as this format; ResultError for what is not whole, odd or too much."""
    if len(raw) > MAX_BYTES:
        raise too_large()
    content: Content = importlib.import_module(f"outsource_gate.results.{format}").read(raw)
    return content


def format_of(raw: bytes) -> Format:
    """Say which format these bytes begin like."""
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "junit" if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) else "sarif"


def too_large() -> ResultError:
    return ResultError(
        f"more than {MAX_BYTES >> 20} MiB, the most that is read", hint="split the run, or let it report less"
    )


def cut(value: Any) -> str:
    """Give a text of the file in at most MAX_TEXT characters; what is no text is none."""
    return " ".join(value[: 4 * MAX_TEXT].split())[:MAX_TEXT] if isinstance(value, str) else ""


@dataclass(slots=True)
class Bounds:
    """How much of a file was walked through: its depth, its values, the time."""

    depth: int = 0
    values: int = 0
    ends: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ResultError(f"nested deeper than {MAX_DEPTH}", hint="this is no report of a scanner or test run")
        self.count()

    def leave(self) -> None:
        self.depth -= 1

    def count(self) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise ResultError(f"more than {MAX_VALUES} values", hint="split the run, or let it report less")
        if self.values % 4096 == 0 and time.monotonic() > self.ends:
            raise ResultError(f"not read within {MAX_SECONDS:.0f} s", hint="split the run, or let it report less")
