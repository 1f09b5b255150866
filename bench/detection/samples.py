"""What is one piece of ground truth?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """A program, or a line of one, of which somebody else said whether it is flawed.

    `cwe` are the weaknesses it shows, or, of a secure one, those that it was written to avoid; empty: not said.
    """

    corpus: str
    path: Path
    cwe: frozenset[int]
    flawed: bool
    line: int | None = None  # None: the whole file

    @property
    def is_program(self) -> bool:
        return self.line is None


def digest(root: Path, samples: Iterable[Sample]) -> str:
    """Give a SHA-256 over labels, names and contents: two tables with the same one speak of the same truth."""
    total = hashlib.sha256()
    for sample in sorted(samples, key=lambda one: (one.path, one.line or 0, one.flawed, sorted(one.cwe))):
        content = hashlib.sha256(sample.path.read_bytes()).hexdigest()
        name = sample.path.relative_to(root).as_posix()
        label = f"{name}\0{sample.line}\0{sample.flawed}\0{sorted(sample.cwe)}\0{content}\n"
        total.update(label.encode("utf-8", "surrogateescape"))
    return total.hexdigest()
