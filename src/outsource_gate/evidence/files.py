"""How is a file written so that nobody ever reads half of it?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from outsource_gate.errors import EvidenceError


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write beside the target, flush to disk, then rename over it; a link at `path` is replaced, not followed."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise EvidenceError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise EvidenceError(f"{path}: cannot be written ({error.strerror})") from error


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that must not exist yet; it never has wider rights than `mode`."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
    except OSError as error:
        raise EvidenceError(f"{path}: cannot be written ({error.strerror})") from error
