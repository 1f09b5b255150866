"""What does a forge show of the accounts that can get into repositories? Values only; nothing is asked here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from outsource_gate.forges import ForgeName
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Gap

# What an account may do in one repository. GitHub's custom roles count as what they allow.
Role = Literal["read", "triage", "write", "maintain", "admin"]
NOBODY = "answered with an empty list, though somebody owns every repository"


@dataclass(frozen=True, slots=True)
class Entry:
    """One account in one repository, or in an organisation whose repositories are not all named here."""

    account: Account
    repository: str
    role: Role | None  # None: somewhere in the organisation, with rights that were not looked at
    is_outside: bool | None = None  # an outside collaborator, no member; None: not known


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, and what could not be."""

    forge: ForgeName
    source: Literal["forge", "handed-over"]
    repositories: tuple[str, ...] = ()  # whose list was read to its end
    entries: tuple[Entry, ...] = ()
    without_mfa: frozenset[int] = frozenset()  # numeric ids of accounts that surely have no second factor
    active_on: dict[int, date | None] = field(
        default_factory=dict
    )  # last seen at work; None: never; absent: not known
    gaps: tuple[Gap, ...] = ()
    digest: str = ""  # SHA-256 of the file that was handed over
    read_on: date | None = None  # the day of that file; None: now
