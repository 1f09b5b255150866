"""What did commits of the change bring in that its head does not have any more?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outsource_gate.model.finding import CoverageRow, Finding


@dataclass(frozen=True, slots=True)
class PastFinding:
    """A weakness that neither the base has in this file nor head reports as new."""

    commit: str  # the first of the change whose version of the file has it
    finding: Finding


@dataclass(frozen=True, slots=True)
class PastFile:
    """One version of a file that is gone by head, and what became of it."""

    commit: str  # the first that brings it in
    row: CoverageRow
    failed: tuple[str, ...] = ()  # scanners that could not read it


@dataclass(frozen=True, slots=True)
class PastScan:
    """Every version was accounted for; which scanner did not run stands among the scans."""

    files: tuple[PastFile, ...] = ()
    findings: tuple[PastFinding, ...] = ()
    kind: Literal["past-scan"] = "past-scan"
