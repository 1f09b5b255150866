"""The ledger: records in an order that nobody can change without it showing.

A Merkle tree (RFC 6962) over small entries, kept in SQLite or PostgreSQL. Its signed checkpoints and receipts leave
our control, and whoever holds one can tell later whether the ledger still is what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outsource_gate.errors import EvidenceError

if TYPE_CHECKING:
    from outsource_gate.ledger.store import Ledger


def open_ledger(url: str, *, create: str | None = None) -> Ledger:
    """Open the ledger at a database URL; `create` is the origin of one that is to be made where none is.

    An empty origin makes a random one. What keeps ledgers is an optional extra, imported here.
    """
    try:
        from outsource_gate.ledger.connect import connect  # noqa: PLC0415 - optional extra
    except ModuleNotFoundError as error:
        raise EvidenceError(
            f"ledger: the Python package {error.name} is not installed", hint="pip install 'outsource-gate[ledger]'"
        ) from error
    return connect(url, create)
