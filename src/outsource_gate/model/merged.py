"""What was merged, and what proves that it went through the gate?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MergeClass(StrEnum):
    """What became of one merged change; the first two are the only good ones for a vendor's."""

    PASSED = "passed"
    PASSED_WITH_WAIVER = "passed-with-waiver"
    REPORT_ONLY = "report-only"
    DENIED_BUT_MERGED = "denied-but-merged"
    UNDECIDED_BUT_MERGED = "undecided-but-merged"
    NO_RECORD = "no-record"
    RECORD_MISMATCH = "record-mismatch"
    RECORD_STALE = "record-stale"
    RECORD_UNTRUSTED = "record-untrusted"
    DIRECT_PUSH = "direct-push"
    NOT_VENDOR = "not-vendor"

    @property
    def is_good(self) -> bool:
        """Is it proven to have passed, or nobody's outside?"""
        return self in (MergeClass.PASSED, MergeClass.PASSED_WITH_WAIVER, MergeClass.NOT_VENDOR)


@dataclass(frozen=True, slots=True)
class MergedChange:
    """One commit of the branch's first-parent line, and the record that speaks for what it brought."""

    commit: str
    position: int  # on the first-parent line, from 0; orders what times cannot
    merged_at: datetime  # what commits claim: never earlier than the row before
    number: int | None  # of the request, as the subject names it
    vendors: tuple[str, ...]  # whom git claims and whom the record attributed; "unknown": not registered
    proven: bool  # not-vendor: by a record or a signature, and not by claim alone
    kind: MergeClass
    record: str | None  # SHA-256 of its payload
    tie: str  # how record and content meet; "" without
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Everything merged in a range, oldest first, and what stood in the way of reading records."""

    since: str  # full id; "" for the beginning
    head: str
    changes: tuple[MergedChange, ...]
    records: int  # how many were there and genuine
    problems: tuple[str, ...] = ()  # records that cannot be read, cut to the first hundred
