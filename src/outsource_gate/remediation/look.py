"""What was seen, by whom, and of which places can be said that nothing is there any more?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from outsource_gate.model.finding import Read, Severity
from outsource_gate.model.tracked import Item, Reader, Seen

UNKNOWN = "unknown"  # as the register's word for somebody nobody registered
SECRETS = "secrets"  # the search for credentials, among the scanners
_EMPTY = frozenset(  # git's ids of the empty file
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
Fate = tuple[Literal["gone", "not-covered", "not-asked"], str]


@dataclass(frozen=True, slots=True)
class Observed:
    """One finding as it was seen. `vendors` None: nobody could say whose it is; (): our own people's."""

    scanner: str
    rule: str
    reference: str
    severity: Severity
    title: str
    path: str
    vendors: tuple[str, ...] | None
    blob: str = ""
    names: frozenset[str] = frozenset()  # what its file was called when its lines came, and when they were moved

    @property
    def owners(self) -> tuple[str, ...]:
        return (UNKNOWN,) if self.vendors is None else self.vendors


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one path of the head."""

    read: Read
    scanners: tuple[str, ...]
    blob: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one repository's head, or at one report. `fate` is asked for what was not found again."""

    kind: Literal["code", "result"]
    repository: str
    commit: str
    at: datetime
    findings: tuple[Observed, ...]
    readers: Mapping[str, Reader]
    fate: Callable[[Item], Fate]
    moved: Mapping[str, str] = field(default_factory=dict)  # old path -> new one, since the look before
    vendor: str = ""  # a report is one vendor's
    seen: Seen | None = None  # a whole head: what is remembered of it


@dataclass(frozen=True, slots=True)
class Head:
    """Every path of a head with what read it: says whether a finding's absence means anything."""

    rows: Mapping[str, Row]
    readers: Mapping[str, Reader]  # those that ran to their end
    unlooked: frozenset[str]  # paths not looked through for credentials
    moved: Mapping[str, str]
    by_blob: Mapping[str, str]  # blob -> a path it stands at

    def fate(self, item: Item) -> Fate:
        """Gone only where its own scanner, no older one, read the file as it is now, or there is no such file."""
        before = item.reader
        now = self.readers.get(before.scanner) if before else None
        if before is None or now is None:
            return "not-covered", f"{before.scanner if before else 'its scanner'} did not run"
        if is_older(now.version, before.version):
            return "not-covered", f"{now.scanner} {now.version} is older than the {before.version} that found it"
        path = self._place(item)
        if path is None:
            return "gone", "its file was deleted"
        row = self.rows[path]
        if row.blob in _EMPTY:
            return "gone", "its file was emptied"
        if self._is_read(path, row, now.scanner):
            changed = "" if now.rules_digest == before.rules_digest else "; rules have changed since"
            return "gone", f"{now.scanner} read the file and does not find it any more{changed}"
        return "not-covered", f"{path} was not read by {now.scanner}"

    def _place(self, item: Item) -> str | None:
        """Where the file is now: under its name, where git says it was renamed to, or where its content lies."""
        for path in (item.path, self.moved.get(item.path), self.by_blob.get(item.blob) if item.blob else None):
            if path in self.rows:
                return path
        return None

    def _is_read(self, path: str, row: Row, scanner: str) -> bool:
        if scanner == SECRETS:
            return path not in self.unlooked
        return row.read is Read.SCANNED and scanner in row.scanners


def is_older(version: str, than: str) -> bool:
    """Compare by numbers; a version without any is never the older one."""
    return bool(_numbers(version)) and bool(_numbers(than)) and _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version)[:6])
