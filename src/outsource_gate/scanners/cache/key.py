"""Which key seals the cache of this run, and is there a folder for it? See the folder's first page for the why."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from outsource_gate.errors import ToolError, UsageError
from outsource_gate.scanners.cache.store import Store

KEY_VARIABLE = "OUTSOURCE_GATE_CACHE_KEY"
MIN_KEY = 16  # bytes of text; 32 hexadecimal digits are 128 bits
_JOBS = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "BUILDKITE")
_OWN_KEY = 32


def open_store(folder: Path, environment: Mapping[str, str], signing_secret: Callable[[], bytes | None]) -> Store:
    """Open the cache; ToolError says why there is none, and the run goes on without."""
    return Store(*folder_and_secret(folder, environment, signing_secret))


def folder_and_secret(
    folder: Path, environment: Mapping[str, str], signing_secret: Callable[[], bytes | None]
) -> tuple[Path, bytes]:
    """Give the folder, made where it is missing, and what its keys are made from; ToolError as above."""
    secret = _secret(environment, signing_secret)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or not folder.is_dir():
            raise ToolError(f"{folder}: a symbolic link, or no folder", hint="name the folder itself")
    except OSError as error:
        raise ToolError(f"{folder}: {error.strerror}", hint="name a folder that can be written") from error
    return folder, secret


def _secret(environment: Mapping[str, str], signing_secret: Callable[[], bytes | None]) -> bytes:
    if given := environment.get(KEY_VARIABLE, ""):
        raw = given.encode("utf-8", "surrogateescape")
        if len(raw) < MIN_KEY:
            raise UsageError(f"{KEY_VARIABLE}: shorter than {MIN_KEY} characters", hint="`openssl rand -hex 32`")
        return b"given\0" + raw
    if (derived := signing_secret()) is not None:
        return b"signing\0" + derived
    if any(environment.get(name, "").lower() not in ("", "0", "false") for name in _JOBS):
        raise ToolError("a job has no key of its own", hint=f"set {KEY_VARIABLE} from a protected secret")
    return b"own\0" + _own_key(_home(environment) / "outsource-gate" / "cache.key")


def _home(environment: Mapping[str, str]) -> Path:
    state = environment.get("XDG_STATE_HOME", "")
    home = environment.get("HOME", "")
    if not state.startswith("/") and not home.startswith("/"):
        raise ToolError("there is no home to keep a key in", hint=f"set {KEY_VARIABLE}")
    return Path(state) if state.startswith("/") else Path(home) / ".local" / "state"


def _own_key(path: Path) -> bytes:
    """Read the key of this person on this machine, made when it is first asked for."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.path.lexists(path):
            with contextlib.suppress(FileExistsError):
                _make(path)
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            told, raw = os.fstat(file.fileno()), file.read(_OWN_KEY + 1)
    except OSError as error:
        raise ToolError(f"{path}: {error.strerror}", hint=f"set {KEY_VARIABLE}") from error
    is_private = stat.S_ISREG(told.st_mode) and told.st_uid == os.geteuid() and not told.st_mode & 0o077
    if not is_private or len(raw) != _OWN_KEY:
        raise ToolError(f"{path}: no key that is ours alone", hint="remove it; a new one is made")
    return raw


def _make(path: Path) -> None:
    """Write it whole under its own name at once, so that two first runs end up with one key."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        file.write(os.urandom(_OWN_KEY))
    try:
        os.link(beside, path)
    finally:
        beside.unlink()
