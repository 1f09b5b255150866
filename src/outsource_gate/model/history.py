"""What do the commits of a branch claim about who made them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Contribution:
    """One address and what it did. Name, address and dates are claims: whoever commits can write any."""

    email: str  # lower-cased, A to Z only; otherwise as it stands in the commits
    name: str  # the one it used most
    commits: int  # in whatever role
    wrote: int  # of these as author or committer, not only as co-author
    first: date | None = None  # None: known from elsewhere, not from a commit
    last: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Everybody named in the newest commits of a branch, most commits first."""

    branch: str
    since: date
    commits: int
    contributions: tuple[Contribution, ...]
    is_cut: bool = False  # there were more commits or addresses than are read
