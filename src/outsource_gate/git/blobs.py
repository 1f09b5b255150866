"""What do files hold? Blobs by id, each within a bound that the caller sets."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import Stored, TooBig, full_id, reading

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

__all__ = ["Blobs", "TooBig"]


class Blobs:
    """A session that reads blobs. For one thread; use it in a `with` block."""

    def __init__(self, repository: Repository) -> None:
        self._open = ExitStack()
        self._objects = self._open.enter_context(reading(repository))

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def size(self, oid: str) -> int:
        """How many bytes a blob has; GitError when it is not here."""
        header = self._objects.header(full_id(oid))
        if header is None or header.kind != "blob":
            raise _absent(oid, header.kind if header else "")
        return header.size

    def read(self, oid: str, max_bytes: int) -> bytes | TooBig:
        """A blob's bytes, or how big it is where that is more than `max_bytes`; GitError when it is not here."""
        found = self._objects.read(full_id(oid), max_bytes)
        if isinstance(found, TooBig):
            return found
        if not isinstance(found, Stored) or found.kind != "blob":
            raise _absent(oid, found.kind if found else "")
        return found.body


def _absent(oid: str, kind: str) -> GitError:
    if kind:
        return GitError(f"object {oid}: is a {kind}, not a blob", hint="run `git fsck`; the tree is malformed")
    return GitError(
        f"blob {oid}: not in this clone", hint="fetch the whole history: `git fetch --refetch --no-filter origin`"
    )
