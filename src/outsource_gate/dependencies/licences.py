"""Under which licences are the packages that a change brings in? As the policy says, else as its lock files say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.purl import purl_of

MAX_LISTED = 5_000
MAX_EXPRESSION = 300
_MAX_OPERATORS = 8  # each may double the alternatives
_MAX_DEPTH = 8
_OPERATOR = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_UNLICENSED = frozenset({"docker", "github"})  # images and actions are used, and not delivered
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)
Alternatives = tuple[tuple[str, ...], ...]


def scan_licences(
    changes: Iterable[DependencyChange], locked: Callable[[Package], Sequence[Package]], given: Mapping[str, str]
) -> LicenceScan:
    """`given` is the policy's own list, by package URL with or without a version; ImportError as `purl_of`.

    Manifests say nothing of licences: where a lock file chose for one, the lock's entry is meant.
    """
    found: dict[tuple[str, str, str], Licensed] = {}
    for new in (one.new for one in changes if one.new is not None):
        for meant in (not new.locked and locked(new)) or (new,):
            if meant.ecosystem in _UNLICENSED or meant.source == "path":
                continue
            where = (meant.ecosystem, meant.name, meant.version)
            if where not in found or not found[where].licence:
                found[where] = _licensed(meant, given)
    listed = tuple(found.values())
    return LicenceScan(listed[:MAX_LISTED], max(0, len(listed) - MAX_LISTED))


def _licensed(package: Package, given: Mapping[str, str]) -> Licensed:
    said, source = _said(package, given)
    return Licensed(
        package.ecosystem,
        package.name,
        package.version,
        said[:MAX_EXPRESSION],
        alternatives(said) if said else (),
        source,
        package.path,
        package.line,
    )


def _said(package: Package, given: Mapping[str, str]) -> tuple[str, Literal["policy", "lock", "nobody"]]:
    """What the organisation found out counts before the author's word, for one version before all of them."""
    try:
        purl = purl_of(package)
    except (ValueError, UnicodeError):
        purl = ""
    bare = purl.partition("?")[0]
    for known in (purl, bare, bare.rpartition("@")[0] if package.version else ""):
        if known in given:
            return given[known], "policy"
    return package.licence, "lock" if package.licence else "nobody"


@lru_cache(maxsize=4096)
def alternatives(expression: str) -> Alternatives:
    """Read an SPDX expression; () for what is none, and for what is too long to be one."""
    from license_expression import ExpressionError, get_spdx_licensing  # type: ignore[import-untyped]  # noqa: PLC0415

    operators, depth = len(_OPERATOR.findall(expression)), expression.count("(")
    if len(expression) > MAX_EXPRESSION or operators > _MAX_OPERATORS or depth > _MAX_DEPTH:
        return ()
    licensing = get_spdx_licensing()
    try:
        parsed = licensing.dnf(licensing.parse(expression, validate=True, strict=True))
    except (ExpressionError, *_BROKEN):  # the library ends otherwise on brackets around nothing
        return ()
    ways = parsed.args if isinstance(parsed, licensing.OR) else (parsed,)
    return tuple(tuple(map(str, way.args)) if isinstance(way, licensing.AND) else (str(way),) for way in ways)
