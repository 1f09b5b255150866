"""What does a signed review of a vendor's access say? Gate `access` counts it in place of a declared day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

# What a review finds; the last is only told.
Kind = Literal["unregistered", "expired", "too-broad", "no-mfa", "dormant", "without-access"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TOLD: frozenset[Kind] = frozenset(("without-access",))
# Access that ought to be gone: what a record names of a vendor stays open until a later one does not.
OPEN: frozenset[Kind] = frozenset(("expired", "too-broad"))


@dataclass(frozen=True, slots=True)
class ReviewedAccess:
    """A record that the register names as `access.reviewed.document`. `problem`: why it does not count as seen."""

    vendor: str
    document: str  # SHA-256 of its bytes
    on: date
    open: int = 0  # findings of this vendor's access that ought to be gone
    key: str = ""  # who signed, as the trust file calls it
    problem: str = ""
