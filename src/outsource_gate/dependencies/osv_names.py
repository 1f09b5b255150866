"""Under which name does a list of vulnerabilities know a package? Compared as its ecosystem compares names."""

from __future__ import annotations

import re
from functools import lru_cache

_PYTHON = re.compile(r"[-_.]+")


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
