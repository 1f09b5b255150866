"""What can be shown of a period: merged changes with their records, and what stands behind them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from outsource_gate.model.merged import MergeClass, MergedChange

ArtefactState = Literal["present", "expiring", "expired", "missing"]


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something an auditor asks for: of a vendor, or of the organisation itself."""

    owner: str  # vendor id; "" for the organisation
    artefact: str
    state: ArtefactState
    expires: date | None
    done: date | None
    person: str  # register id, where it is about somebody
    asked_by: str  # the setting of a tier that asks for it, or "register"
    where: str  # file:line of the register


@dataclass(frozen=True, slots=True)
class Audit:
    """A branch over a period. Days are included, in the organisation's time zone."""

    organisation: str
    repository: str
    branch: str
    head: str
    first: date | None
    last: date
    now: datetime
    policy: str  # digest of the policy that the register was read with
    register: str
    changes: tuple[MergedChange, ...]  # oldest first, not-vendor included
    artefacts: tuple[Artefact, ...]
    records: int  # genuine ones that were there
    problems: tuple[str, ...]

    @property
    def summary(self) -> Counter[MergeClass]:
        return Counter(change.kind for change in self.changes)

    @property
    def unproven(self) -> int:
        """Changes that are ours by claim alone."""
        return sum(change.kind is MergeClass.NOT_VENDOR and not change.proven for change in self.changes)

    def bypasses(self) -> Iterator[MergedChange]:
        """Everything that is neither proven to have passed nor nobody's outside."""
        return (change for change in self.changes if not change.kind.is_good)

    def lacking(self) -> Iterator[Artefact]:
        """What is asked for, and missing or over."""
        return (one for one in self.artefacts if one.state in ("missing", "expired"))

    @property
    def is_clean(self) -> bool:
        return not any(self.bypasses()) and not any(self.lacking())
