"""Was this kept before, and by us? A few large contents, each sealed in a file of its own.

Whatever is wrong with a file (cut off, damaged, foreign, renamed, too large) is a miss, never an error.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outsource_gate.sealing.files import derived, locked, read_bounded, replace_whole

MAX_BYTES = 128 << 20  # of one content
MOST = 4  # files; the one used longest ago goes first
_NONCE, _TAG = 12, 16
_FRESH_SECONDS = 24 * 3600  # a use is written down again after a day


class SealedFolder:
    """Contents by what they are about; nothing is read but by its name, and nothing believed but by its seal."""

    def __init__(
        self, folder: Path, secret: bytes, kind: str, tell: Callable[[str], object] = lambda _: None
    ) -> None:
        self._folder = folder
        self._kind = kind
        self._names = derived(secret, f"{kind} name".encode())
        self._seal = AESGCM(derived(secret, f"{kind} seal".encode()))
        self._tell = tell

    def get(self, about: bytes) -> bytes | None:
        """Give what was kept about this, if it is sealed with our key and under this name."""
        path = self._path(about)
        raw = read_bounded(path, MAX_BYTES + _NONCE + _TAG)
        try:
            content = self._seal.decrypt(raw[:_NONCE], raw[_NONCE:], path.name.encode())
        except (InvalidTag, ValueError):
            self._tell(f"{self._kind}: {'not sealed by us' if raw else 'none kept'}, read anew: {path.name}")
            return None
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime + _FRESH_SECONDS < time.time():
                os.utime(path, follow_symlinks=False)
        return content

    def put(self, about: bytes, content: bytes) -> None:
        """Keep this, and of all others the newest few. Never an error: what cannot be written is not kept."""
        if len(content) > MAX_BYTES:
            return
        path, nonce = self._path(about), os.urandom(_NONCE)
        try:
            with locked(self._folder / f"outsource-gate.{self._kind}.lock") as is_ours:
                if is_ours:
                    replace_whole(path, nonce + self._seal.encrypt(nonce, content, path.name.encode()))
                    self._evict(path)
        except OSError as error:
            self._tell(f"{self._kind}: not kept: {error.strerror}")

    def _evict(self, newest: Path) -> None:
        ours = re.compile(rf"outsource-gate\.{self._kind}\.[0-9a-f]{{32}}")
        with os.scandir(self._folder) as found:
            others = [one for one in found if ours.fullmatch(one.name) and one.name != newest.name]
        others.sort(key=lambda one: one.stat(follow_symlinks=False).st_mtime, reverse=True)
        for one in others[MOST - 1 :]:
            with contextlib.suppress(OSError):
                os.unlink(one.path)  # noqa: PTH108 - a directory entry, not a Path

    def _path(self, about: bytes) -> Path:
        name = hmac.digest(self._names, about, "sha256").hex()[:32]
        return self._folder / f"outsource-gate.{self._kind}.{name}"
