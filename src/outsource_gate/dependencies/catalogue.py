"""Which files are manifests, locks or settings of a package manager, and of which? All families, in one table."""

from __future__ import annotations

from functools import cache

from outsource_gate.dependencies import (
    Format,
    Unreadable,
    actions,
    docker,
    dotnet,
    go,
    java,
    npm,
    npm_locks,
    php,
    python_files,
    python_locks,
    requirements_files,
    ruby,
    rust,
    setuptools_files,
)  # fmt: skip

REQUIREMENTS = requirements_files.FORMATS[0]
_PYTHON = (python_files, python_locks, requirements_files, setuptools_files)
_FAMILIES = (actions, docker, dotnet, go, java, npm, npm_locks, php, *_PYTHON, ruby, rust)
_FORMATS: tuple[Format, ...] = tuple(one for family in _FAMILIES for one in family.FORMATS)
__all__ = ["REQUIREMENTS", "Format", "Unreadable", "format_of"]


@cache
def format_of(path: str) -> Format | None:
    """How a path is read, by its name; letters of either case, as file systems have it that fold them."""
    lowered = path.lower()
    return next((one for one in _FORMATS if one.paths.fullmatch(lowered)), None)
