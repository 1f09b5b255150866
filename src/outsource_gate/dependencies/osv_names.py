"""Under which name does a list of vulnerabilities know a package? Compared as its ecosystem compares names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_PYTHON = re.compile(r"[-_.]+")
# Whose names mean the same in any case, while a server of the OSV API finds them in the published one alone; which
# that is, no manifest has to say.
FOLDED = frozenset({"nuget", "github"})


@lru_cache(maxsize=65_536)
def key(ecosystem: str, name: str) -> str:
    """Give what two names of the same package have in common; `ecosystem` is a purl type."""
    match ecosystem:
        case "pypi":
            return _PYTHON.sub("-", name).lower()
        case "maven":
            return name.replace(":", "/")
        case "cargo":
            return name.replace("_", "-")
        case "github":
            return "/".join(name.lower().split("/")[:2])  # an action below a folder belongs to its repository
        case "golang" | "composer" | "nuget":
            return name.lower()
        case _:
            return name


def spellings(ecosystem: str, name: str) -> Iterator[str]:
    """Give the names under which a server that compares letter by letter may know a package."""
    match ecosystem:
        case "maven":
            yield ":".join(name.rsplit("/", 1)) if ":" not in name else name
        case "cargo":
            yield from {name, name.replace("_", "-"), name.replace("-", "_")}
        case "github":
            yield "/".join(name.split("/")[:2])
            yield name
        case _:
            yield name
