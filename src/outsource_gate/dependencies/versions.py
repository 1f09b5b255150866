"""Which of two versions is newer, and does a version satisfy a requirement, by the rules of its ecosystem?

None where nobody can say: tags of images have no order, and a requirement may be a word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MAX_WRITTEN = 200  # characters of a version or requirement
_SEMVER = re.compile(r"[vV=]{0,2}(\d+(?:\.\d+){0,5})(?:-([\w.-]+))?(?:\+.*)?", re.ASCII)
_PIECES = re.compile(r"\d+|[A-Za-z]+")
_QUALIFIERS = {"alpha": -5, "a": -5, "beta": -4, "b": -4, "milestone": -3, "m": -3, "rc": -2, "cr": -2,
               "snapshot": -1, "pre": -6, "dev": -7, "": 0, "ga": 0, "final": 0, "release": 0, "sp": 1}  # fmt: skip
_COMPOSER = re.compile(
    r"v?(\d+(?:\.\d+){0,3})(?:[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)(?:[.-]?(\d+))?)?([.-]?dev)?(?:\+.*)?",
    re.ASCII,
)
_STAGES = {"alpha": 1, "a": 1, "beta": 2, "b": 2, "rc": 3, "stable": 4, "": 4, "patch": 5, "pl": 5, "p": 5}
_BARE = re.compile(r"^\d")


def order(ecosystem: str, old: str, new: str) -> int | None:
    """-1 where `new` is older, 0 where it is the same, 1 where it is newer."""
    if old == new:
        return 0
    if not old or not new or max(len(old), len(new)) > MAX_WRITTEN:
        return None
    before, after = _key(ecosystem, old), _key(ecosystem, new)
    if before is None or after is None:
        return None
    return int(after > before) - int(after < before)


@lru_cache(maxsize=4096)
def satisfies(ecosystem: str, requirement: str, version: str) -> bool | None:
    """Whether a locked version is what was asked for."""
    if max(len(requirement), len(version)) > MAX_WRITTEN:
        return None
    match ecosystem:
        case "pypi":
            return _satisfies_python(requirement, version)
        case "npm":
            return _satisfies_semver(requirement, version)
        case "cargo":
            parts = (part.strip() for part in requirement.split(","))
            return _satisfies_semver(" ".join(f"^{part}" if _BARE.match(part) else part for part in parts), version)
        case _:
            return None


def _satisfies_python(requirement: str, version: str) -> bool | None:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - seldom needed
    from packaging.version import InvalidVersion  # noqa: PLC0415

    try:
        return SpecifierSet(requirement).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return None


def _satisfies_semver(requirement: str, version: str) -> bool | None:
    from semantic_version import NpmSpec, Version  # type: ignore[import-untyped]  # noqa: PLC0415 - seldom needed

    try:
        fits = bool(NpmSpec(requirement).match(Version(version)))
    except ValueError:
        return None
    return (
        None if not fits and "-" in version else fits
    )  # which pre-releases a range means differs from tool to tool


def _key(ecosystem: str, version: str) -> Any:
    match ecosystem:
        case "pypi":
            return _python(version)
        case "maven":
            return _maven(version)
        case "gem":
            return _gem(version)
        case "composer":
            return _composer(version)
        case "nuget":
            return _semver(version.lower())
        case _:
            return _semver(version)


def _python(version: str) -> Any:
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - seldom needed

    try:
        return Version(version)
    except InvalidVersion:
        return None


def _semver(version: str) -> Any:
    """SemVer 2.0.0, 11; with the four parts of NuGet and the "v" of Go."""
    match = _SEMVER.fullmatch(version)
    if not match:
        return None
    release = [int(part) for part in match[1].split(".")]
    release += [0] * (6 - len(release))
    parts = match[2].split(".") if match[2] else []
    return release, not parts, [(0, int(one), "") if one.isdigit() else (1, 0, one) for one in parts]


def _composer(version: str) -> Any:
    """Composer's order: dev, alpha, beta, RC, the release, its patches; a branch has no place in it."""
    match = _COMPOSER.fullmatch(version.lower())
    if not match:
        return None
    release = [int(part) for part in match[1].split(".")]
    stage = 0 if match[4] and not match[2] else _STAGES[match[2] or ""]
    return release + [0] * (4 - len(release)), stage, int(match[3] or 0), not match[4]


def _maven(version: str) -> Any:
    """Maven's order of versions: qualifiers stand before the release, unknown words after it."""
    found: list[tuple[int, int, str]] = []
    for piece in _PIECES.findall(version.lower()):
        if piece.isdigit():
            found.append((2, int(piece), ""))
            continue
        rank = _QUALIFIERS.get(piece, 2)
        found = _trimmed(found, (2, 0, ""))
        found.append((0 if rank < 0 else 1, rank, piece if rank == 2 else ""))
    return [*_trimmed(_trimmed(found, (2, 0, "")), (1, 0, "")), (1, 0, "")]


def _gem(version: str) -> Any:
    """Gem::Version: a segment of letters is a pre-release."""
    found: list[tuple[int, int, str]] = []
    for piece in _PIECES.findall(version.replace("-", ".pre.")):
        if piece.isdigit():
            found.append((1, int(piece), ""))
        else:
            found = [*_trimmed(found, (1, 0, "")), (-1, 0, piece)]
    return [*_trimmed(found, (1, 0, "")), (0, 0, "")]


def _trimmed(pieces: list[tuple[int, int, str]], nothing: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    """Zeros at the end of a run of numbers say nothing."""
    while pieces and pieces[-1] == nothing:
        pieces = pieces[:-1]
    return pieces
