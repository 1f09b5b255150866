"""Who brought in what stands in a repository now? Commits, what they claim, and whose work that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from outsource_gate.model.facts import PolicySource, Role, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Scan
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.source import Revision


@dataclass(frozen=True, slots=True)
class Placed:
    """A line as a commit put it there: what the file was called then, and which line it was."""

    commit: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Landing:
    """A commit on the first-parent line of the head, by which another one arrived. Its date is a claim, too."""

    commit: str
    committed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A commit that brought lines in. Names, addresses and dates are what it claims; None: not to be read."""

    commit: str
    path: str
    line: int
    subject: str
    authored_at: datetime | None
    committed_at: datetime | None
    landed: Landing | None
    vendors: tuple[str, ...] | None  # () is our own; "unknown": nobody in the register; None: nobody looked
    roles: tuple[Role, ...]
    rests_on: Literal["signature", "claims"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a finding is from. Of several lines the newest commit counts."""

    introduced: Brought  # who wrote it, through moves and copies
    placed: Brought | None = None  # who moved or copied it here, where that is another commit

    @property
    def vendors(self) -> tuple[str, ...] | None:
        """Whoever wrote it, and whoever put it here: a copy takes nobody's name away."""
        both = [one.vendors for one in (self.introduced, self.placed) if one]
        known = [vendors for vendors in both if vendors is not None]
        return tuple(sorted({vendor for vendors in known for vendor in vendors})) if known else None


@dataclass(frozen=True, slots=True)
class HeadFinding:
    """A finding of the head. `occurrence` tells equal ones of one file apart, from 1, in the order of lines."""

    finding: Finding
    occurrence: int
    origin: Origin | Unavailable


@dataclass(frozen=True, slots=True)
class HeadSecret:
    """A credential in the head's files or names."""

    secret: Secret
    origin: Origin | Unavailable


@dataclass(frozen=True, slots=True)
class HeadScan:
    """All that scanners say of one head, and where it is from."""

    repository: str
    head: Revision
    scanned_at: datetime  # aware, UTC
    policy: PolicySource | Unavailable
    names: tuple[tuple[str, str], ...]  # vendor id -> name, of the vendors named
    scans: tuple[Scan | Unavailable, ...]
    coverage: tuple[CoverageRow, ...]
    blobs: tuple[tuple[str, str], ...]  # path -> object id, of every row
    findings: tuple[HeadFinding, ...]
    secrets: SecretScan | Unavailable
    secret_origins: tuple[HeadSecret, ...] = ()
