"""What is to be released, and what was merged since the last release?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.model.merged import MergedChange


@dataclass(frozen=True, slots=True)
class Release:
    """A release as asked for. `changes` are the vendors' and whatever is not in order; the rest is counted."""

    version: str
    since: str  # tag or commit of the last release as it was named; "" for the first one
    since_commit: str  # full id; "" for the first one
    is_major: bool
    why: str  # why it is major, or is not
    changes: tuple[MergedChange, ...]
    others: int = 0  # merged changes that are nobody's outside
    unproven: int = 0  # those among them that are ours by claim alone
    records: int = 0  # genuine ones that were there
    problems: tuple[str, ...] = ()  # records that cannot be read

    def of(self, vendor: str | None) -> Iterator[MergedChange]:
        """Those of one vendor; for the release as a whole those that no vendor stands for."""
        for change in self.changes:
            if vendor in change.vendors or (vendor is None and not change.vendors):
                yield change

    @property
    def vendors(self) -> tuple[str, ...]:
        return tuple(sorted({vendor for change in self.changes for vendor in change.vendors}))
