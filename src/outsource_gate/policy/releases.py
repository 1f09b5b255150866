"""Is a release a major one? The policy says by which part of its version, or by which pattern."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Literal

from pydantic import Field

from outsource_gate.model.terms import Glob, Strict

# Semantic Versioning 2.0.0, item 2; a leading v as tags have it. Pre-releases belong to the version they precede.
_SEMANTIC = re.compile(
    r"v?(?P<major>0|[1-9]\d{0,8})\.(?P<minor>0|[1-9]\d{0,8})\.(?P<patch>0|[1-9]\d{0,8})(?:[-+][0-9A-Za-z.+-]{1,200})?",
    re.ASCII,
)
Part = Literal["major", "minor", "patch"]
_PARTS: tuple[Part, ...] = ("major", "minor", "patch")


class Releases(Strict):
    """Which releases are major: those need penetration test and DAST."""

    major: tuple[Part, ...] = Field(
        default=_PARTS,
        min_length=1,
        description="parts of a semantic version whose rise makes a release major; all unless said otherwise",
    )
    tags: tuple[Glob, ...] = Field(
        default=(), description='patterns such as "v*.0.0": a version that fits one is major, and another is not'
    )


def importance(version: str, since: str, releases: Releases) -> tuple[bool, str]:
    """Say whether a version is major, and why; what cannot be compared is."""
    if releases.tags:
        fits = [tag for tag in releases.tags if fnmatchcase(version, tag)]
        told = fits[0] if fits else f"none of {', '.join(releases.tags)}"
        return bool(fits), f"{version} fits {told}"
    new, old = _SEMANTIC.fullmatch(version), _SEMANTIC.fullmatch(since.rpartition("/")[2])
    if new is None or old is None:
        what = version if new is None else since or "no release before"
        return True, f"{what} is no semantic version, so this counts as major"
    before = tuple(int(old[part]) for part in _PARTS)
    after = tuple(int(new[part]) for part in _PARTS)
    if after <= before:
        return True, f"{version} does not follow {since}, so this counts as major"
    risen = next(part for part, one, other in zip(_PARTS, before, after, strict=True) if one != other)
    told = f"the {risen} version rises from {since} to {version}"
    return risen in releases.major, told
