"""What scanners say: findings, which files were read, by which tool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Confidence).index(self)


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a file; lines and columns count from 1, ends are included."""

    path: str
    start_line: int
    end_line: int
    start_column: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One line on the way of data from where it comes in to where it does harm, in the finding's own file."""

    kind: Literal["source", "through", "sink"]
    line: int
    snippet: str  # cut to a bound
    left_out: int = 0  # steps between the one before and this one


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness that one scanner reports at one place."""

    rule: str
    scanner: str
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    fingerprint: str  # "v1:" + SHA-256 over rule, normalised snippet, enclosing symbol; never path or line
    cwe: tuple[str, ...] = ()
    owasp: tuple[str, ...] = ()
    why: str = ""
    fix: str = ""
    snippet: tuple[str, ...] = ()  # the lines from start_line on, each cut to a bound
    trace: tuple[Step, ...] = ()  # where the scanner gives one; no part of the fingerprint
    new: bool = True  # not among the base's findings for the same (rename-paired) file


class Read(StrEnum):
    """How a changed path was accounted for; policy.md, coverage."""

    SCANNED = "scanned"
    INERT = "inert"
    UNSUPPORTED = "unsupported"
    UNREAD = "unread"
    UNKNOWN = "unknown"  # a scanner that is responsible for it did not run: a missing fact, not the file's fault


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What became of one changed path. `reason` is set for everything but SCANNED."""

    path: str
    read: Read
    scanners: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanner that ran to its end. Files it could not read are in `failed` and in the coverage rows."""

    scanner: str
    version: str
    rules_digest: str  # SHA-256 over the rules or configuration it ran with
    findings: tuple[Finding, ...]
    scanned: tuple[str, ...] = ()  # paths it read whole
    failed: tuple[tuple[str, str], ...] = ()  # (path, why)
    unparsed: tuple[str, ...] = ()  # of these: the scanner does not know all of the syntax
    kind: Literal["scan"] = "scan"
