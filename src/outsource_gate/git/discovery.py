"""Where is the repository at or above a folder? A plain clone is seen by itself, everything else GitPython finds.

A plain clone is what CI checks out: a folder `.git`, and no word in its configuration of another work tree. Linked
work trees, submodules, bare repositories and odd configurations are GitPython's; loading it takes as long as all of
git's own work on a small change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from outsource_gate.errors import UsageError
from outsource_gate.git.program import executable

MAX_CONFIG = 1024 * 1024
_ODD = re.compile(rb"worktree|include|bare\s*=(?!\s*false\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """`common_dir` is the git directory itself, but for a linked work tree."""

    git_dir: Path
    common_dir: Path
    worktree: Path | None


def find(path: Path) -> Found:
    """Find the repository; UsageError where there is none, or where it may be content of another one."""
    top = path.resolve()
    found = _plain(top) or _by_gitpython(path)
    _refuse_embedded(top, found.git_dir)
    return found


def _plain(top: Path) -> Found | None:
    for folder in (top, *top.parents):
        if _is_git_dir(folder):
            return None
        git_dir = folder / ".git"
        if git_dir.is_symlink() or git_dir.is_file():
            return None
        if git_dir.is_dir():
            return Found(git_dir, git_dir, folder) if _is_git_dir(git_dir) and _is_usual(git_dir) else None
    return None


def _is_git_dir(folder: Path) -> bool:
    return (folder / "HEAD").exists() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _is_usual(git_dir: Path) -> bool:
    try:
        with (git_dir / "config").open("rb") as file:
            content = file.read(MAX_CONFIG + 1)
    except OSError:
        return False
    return len(content) <= MAX_CONFIG and not _ODD.search(content) and not (git_dir / "commondir").exists()


def _by_gitpython(path: Path) -> Found:
    executable()  # GitPython starts git when it is imported, and fails where there is none
    import git  # noqa: PLC0415 - see above

    try:
        found = git.Repo(path.resolve(), search_parent_directories=True, expand_vars=False)
    except git.exc.NoSuchPathError as error:
        raise UsageError(f"{path}: no such folder", hint="name a repository with --repo") from error
    except git.exc.InvalidGitRepositoryError as error:
        raise UsageError(
            f"{path}: no git repository here or above", hint="run inside a clone, or name one with --repo"
        ) from error
    with found:
        git_dir, common_dir = Path(found.git_dir).resolve(), Path(found.common_dir).resolve()
        worktree = Path(found.working_tree_dir).resolve() if found.working_tree_dir else None
    return Found(git_dir, common_dir, worktree)


def _refuse_embedded(path: Path, git_dir: Path) -> None:
    """A bare repository can be committed as plain files inside another one, configuration and all."""
    if ".git" in git_dir.parts:
        return
    if git_dir != path:
        raise UsageError(
            f"{path}: lies inside the bare repository {git_dir}", hint="name the bare repository itself with --repo"
        )
    outer = next((parent for parent in git_dir.parents if (parent / ".git").exists()), None)
    if outer:
        raise UsageError(
            f"{path}: a bare repository inside the work tree of {outer}; its content may be part of a change",
            hint=f"name {outer} with --repo, or move the bare repository out of it",
        )
