"""What a check of `doctor` is: one thing looked at, what was found, and how to put it right.

An area is a file of this folder with one function that gives its checks, and what the next areas need of it. Areas
read only: nothing is written, started with the change's content, or asked in a way that could change an answer.
What could not be looked at is a state of its own, with the reason, and is never `ok`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from outsource_gate.forges import Event


class State(StrEnum):
    """How it stands, worst first."""

    PROBLEM = "problem"  # `check` will not decide, or what it decides can be walked around
    WARNING = "warning"  # works, and somebody should know
    COULD_NOT_LOOK = "could not look"
    OK = "ok"
    NOT_ASKED = "not asked"  # nothing here calls for it


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `fix` is a command or a setting to copy, one a line."""

    area: str
    looked_at: str
    state: State
    found: str
    fix: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What `doctor` was asked to look at, parsed and nothing more."""

    repo: Path
    policy: Path | None
    key: str | None
    trust: Path | None
    environment: Mapping[str, str]
    detect: Callable[[Mapping[str, str]], Event | None]  # what `check` would take for the event


@dataclass(frozen=True, slots=True)
class Area:
    """Makes the checks of one area: `say.ok("git", "2.39.2")`."""

    name: str

    def ok(self, looked_at: str, found: str) -> Check:
        return Check(self.name, looked_at, State.OK, found)

    def problem(self, looked_at: str, found: str, *fix: str) -> Check:
        return Check(self.name, looked_at, State.PROBLEM, found, _given(fix))

    def warning(self, looked_at: str, found: str, *fix: str) -> Check:
        return Check(self.name, looked_at, State.WARNING, found, _given(fix))

    def could_not_look(self, looked_at: str, why: str, *fix: str) -> Check:
        return Check(self.name, looked_at, State.COULD_NOT_LOOK, why, _given(fix))

    def not_asked(self, looked_at: str, why: str, *fix: str) -> Check:
        return Check(self.name, looked_at, State.NOT_ASKED, why, _given(fix))


def _given(fix: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in fix for line in text.splitlines() if line.strip())
