"""What does a manifest or lock file declare? One file per family; each gives its `FORMATS`.

A reader sees text from the change under test, and nothing else: it runs nothing, follows nothing, asks nobody.
What it does not understand it refuses with `Unreadable`, so that it is never taken for "no dependencies".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from outsource_gate.model.dependency import DependencyProblem, Index, Package

MAX_BYTES = 5 << 20  # coverage reads no longer text, either
MAX_PACKAGES = 20_000  # of one file
MAX_LICENCE = 400  # characters
_CREDENTIALS = re.compile(r"//[^/@\s]{1,300}@")


class Unreadable(Exception):  # noqa: N818 - no error of ours: the file is counted as unread
    """The file is not what its name promises, or is beyond a bound."""


@dataclass(slots=True)
class Declared:
    """What one file says. `asks` are the direct requirements that a lock repeats, where its format does so."""

    packages: list[Package] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    problems: list[DependencyProblem] = field(default_factory=list)
    includes: list[str] = field(default_factory=list)  # paths, from the repository's root, that it reads in
    own: str = ""  # the name of the package that the file is about
    asks: dict[str, dict[str, str]] = field(default_factory=dict)  # folder below the lock's -> name -> requirement

    def add(self, package: Package) -> None:
        if len(self.packages) >= MAX_PACKAGES:
            raise Unreadable(f"more than {MAX_PACKAGES} packages")
        if "@" in package.requirement:
            package = replace(package, requirement=_CREDENTIALS.sub("//", package.requirement))
        self.packages.append(package)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: which paths have it (whole, in lower case), and how it is read."""

    ecosystem: str
    role: str  # "manifest", "lock" or "settings"
    paths: re.Pattern[str]
    read: Callable[[str, str], Declared]  # (path, text)


def formats(ecosystem: str, *rows: tuple[str, str, Callable[[str, str], Declared]]) -> tuple[Format, ...]:
    """Make formats from (role, pattern of the file's name, reader)."""
    return tuple(
        Format(ecosystem, role, re.compile(rf"(?:.*/)?(?:{names})", re.DOTALL), read) for role, names, read in rows
    )
