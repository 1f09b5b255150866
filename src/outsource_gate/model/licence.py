"""Under which licences may the packages be used that a change brings in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Licensed:
    """One package, and what is said of its licence. No alternatives: nobody says, or not in SPDX's words."""

    ecosystem: str
    package: str
    version: str
    licence: str  # as written; "" where nobody says
    alternatives: tuple[tuple[str, ...], ...] = ()  # any of these; each is licences that hold together
    source: Literal["policy", "lock", "nobody"] = "nobody"  # a lock file is the author's word
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class LicenceScan:
    """Every package that the change brings in."""

    packages: tuple[Licensed, ...] = ()
    left_out: int = 0
    kind: Literal["licence-scan"] = "licence-scan"
