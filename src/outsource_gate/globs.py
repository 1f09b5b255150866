"""Does a path or name fit a pattern of policy or register? Pure.

`*` stays inside a folder, `**` crosses folders, a dot folder is a folder like any other, patterns are anchored.
"""

from __future__ import annotations

from collections.abc import Sequence


def covers(patterns: Sequence[str], name: str, *, fold_case: bool = False) -> bool:
    """Say whether any of the patterns fits; no pattern fits nothing."""
    from wcmatch import glob  # noqa: PLC0415 - gates are loaded before their patterns are asked

    flags = glob.GLOBSTAR | glob.DOTGLOB | glob.FORCEUNIX | (glob.IGNORECASE if fold_case else glob.CASE)
    return bool(patterns) and glob.globmatch(name, list(patterns), flags=flags)
