"""How does a file get into a shared folder and out again? Bounded, whole or not at all, by one run at a time."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

_LOCK_SECONDS = 2.0
_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def derived(secret: bytes, purpose: bytes) -> bytes:
    """Give the key for one purpose; keys of different purposes say nothing of each other."""
    return hmac.digest(hashlib.sha256(secret).digest(), b"outsource-gate cache 1 " + purpose, "sha256")


def read_bounded(path: Path, max_bytes: int) -> bytes:
    """Give the file's content; nothing where it is no plain file, too large or not to be read."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _OPEN), "rb") as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode) or told.st_size > max_bytes:
                return b""
            raw = file.read(max_bytes + 1)
    except OSError:
        return b""
    return raw if len(raw) <= max_bytes else b""


def replace_whole(path: Path, content: bytes) -> None:
    """Write beside the file and rename over it; the lock makes the name beside it ours alone."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600), "wb") as file:
        file.write(content)
    beside.replace(path)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Let one run at a time read and replace; False where another holds it for too long."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | _OPEN, 0o600)
    try:
        yield _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    end = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        else:
            return True
