"""Who is at the keyboard, as their own git configuration says?

The one question that is about the user and not about the repository, so the one time their settings are read.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.git.program import executable
from outsource_gate.model.identity import Claim
from outsource_gate.process import run

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

_THEIRS = ("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL")
_MAX_ANSWER = 64 * 1024


def own_identity(repository: Repository) -> Claim | None:
    """Give name and email of the repository's own configuration, else of the user's; None without an email."""
    email = _setting(repository, "user.email")
    return Claim(_setting(repository, "user.name"), email) if email else None


def _setting(repository: Repository, key: str) -> str:
    answer = repository.call("config", "--local", "--get", key, max_bytes=_MAX_ANSWER)
    found = answer.out if answer.code == 0 else _users(key)
    return found.decode("utf-8", "backslashreplace").strip()


def _users(key: str) -> bytes:
    environment = {name: os.environ[name] for name in _THEIRS if name in os.environ}
    done = run(
        [executable(), "config", "--global", "--includes", "--get", key],
        cwd=Path("/"),
        env={"PATH": os.defpath, "LC_ALL": "C", **environment},
        timeout_seconds=10,
        max_output_bytes=_MAX_ANSWER,
    )
    return done.stdout if done.code == 0 else b""
