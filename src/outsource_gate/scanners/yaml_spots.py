"""Where does semgrep read a YAML file unlike the program that loads it, without an error?

Measured for the pinned semgrep: it unfolds aliases, however often they unfold; a merge key adds nothing; patterns
over keys and values compare what stands in the source, so an escape in quotes and a tag hide both.
"""

from __future__ import annotations

import re

from outsource_gate.scanners.yaml_shape import MAX_BLOCK_LINE, MAX_UNFOLDED, Shape, shape

# YAML 1.1, which most loaders read, ends lines at three more characters (specification 1.1, 4.2).
_LINE_ENDS = re.compile("\r(?!\n)|[\u0085\u2028\u2029]")
# Compose says with these that a value replaces another (Compose specification, merge).
_COMPOSE_TAGS = frozenset({"!reset", "!override"})


def kubernetes_spot(_data: bytes, text: str) -> str | None:
    """Name what hides a part of a Kubernetes object from rules."""
    found = shape(text)
    if problem := yaml_spot(text, found):
        return problem
    if found.merges:
        return "has a merge key (<<), which scanners do not follow; write the keys out"
    if found.aliases:
        return "has aliases (*name), whose values rules cannot compare; write them out"
    return _tag(found.tags)


def compose_spot(_data: bytes, text: str) -> str | None:
    """Name what hides a part of a Compose file; its rules look at each key alone, so merge keys hide nothing."""
    found = shape(text)
    return yaml_spot(text, found) or _tag(found.tags - _COMPOSE_TAGS)


def yaml_spot(text: str, found: Shape) -> str | None:
    """Name what hides a part of any YAML file."""
    if _LINE_ENDS.search(text):
        return "has line ends other than LF and CR LF, at which loaders and scanners part"
    if found.unfolded > MAX_UNFOLDED:
        return f"has aliases that stand for more than {MAX_UNFOLDED} nodes"
    if found.problem:
        return f"cannot be parsed: {found.problem}"
    if found.long_line:
        return f"has a block of text with a line of more than {MAX_BLOCK_LINE} characters"
    if found.twice:
        return f"has the key {min(found.twice)[:60]!r} twice in one mapping, of which loaders take one"
    if found.escaped:
        return f"spells {found.escaped[:60]!r} with escapes, which can hide it"
    return None


def _tag(tags: set[str]) -> str | None:
    return f"has the tag {min(tags)[:60]}, which can make another value of it" if tags else None
