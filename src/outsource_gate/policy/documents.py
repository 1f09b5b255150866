"""Are the documents that the register names what was registered? Their bytes are hashed, and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from outsource_gate.errors import GateError
from outsource_gate.model.document import Compared
from outsource_gate.model.terms import Document
from outsource_gate.policy.source import Archive

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 512 * 1024 * 1024
MAX_DOCUMENTS = 1_000
# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: the version comes first, and 1024 bytes are the most.
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*oid sha256:([0-9a-f]{64})\n")
_POINTER_BYTES = 1024


def compare_documents(documents: Iterable[Document], archive: Archive) -> tuple[Compared, ...]:
    """Compare each document once, in the order given; what cannot be read whole is not checked, and says why."""
    budget = _Budget()
    return tuple(_compare(document, archive, budget) for document in dict.fromkeys(documents))


class _Budget:
    """How much may still be read."""

    def __init__(self) -> None:
        self.documents, self.total = MAX_DOCUMENTS, MAX_TOTAL_BYTES

    def spend(self, count: int) -> None:
        self.total -= count
        if self.total < 0:
            raise _Unread(f"the documents together are larger than {MAX_TOTAL_BYTES} bytes, the most that is read")

    def begin(self) -> None:
        self.documents -= 1
        if self.documents < 0:
            raise _Unread(f"more than {MAX_DOCUMENTS} documents, the most that are compared")


class _Unread(Exception):  # noqa: N818 - no error: its text is what the record says
    """Why a document was not compared."""


def _compare(document: Document, archive: Archive, budget: _Budget) -> Compared:
    try:
        digest, pointed = _read(document, archive, budget)
    except _Unread as why:
        return Compared(document, "not-checked", str(why))
    except GateError as error:
        return Compared(document, "not-checked", error.message)
    except (OSError, RuntimeError) as error:  # a file that goes away while it is read, links that go in a circle
        return Compared(document, "not-checked", f"cannot be read: {type(error).__name__}")
    if pointed == document.sha256:
        return Compared(document, "not-checked", "only a Git LFS pointer to it is here")
    if pointed:
        return Compared(document, "differs", f"a Git LFS pointer to SHA-256 {pointed}")
    if digest != document.sha256:
        return Compared(document, "differs", f"has SHA-256 {digest}")
    return Compared(document, "matches")


def _read(document: Document, archive: Archive, budget: _Budget) -> tuple[str, str]:
    """Give the digest of its bytes, and the one that a Git LFS pointer names ("" for no pointer)."""
    budget.begin()
    if document.file is None:
        raise _Unread("kept at an address; nothing is fetched")
    pieces = archive.pieces(document.file)
    if pieces is None:
        raise _Unread("no such file beside the policy")
    digest, size, first = hashlib.sha256(), 0, b""
    for piece in _bounded(pieces, budget):
        digest.update(piece)
        first = (first + piece[:_POINTER_BYTES])[:_POINTER_BYTES] if size < _POINTER_BYTES else first
        size += len(piece)
    pointer = _POINTER.match(first) if size <= _POINTER_BYTES else None
    return digest.hexdigest(), pointer[1].decode() if pointer else ""


def _bounded(pieces: Iterator[bytes], budget: _Budget) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_DOCUMENT_BYTES:
            raise _Unread(f"larger than {MAX_DOCUMENT_BYTES} bytes, the most that is read")
        budget.spend(len(piece))
        yield piece
