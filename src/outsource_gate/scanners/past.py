"""Which versions of files did commits bring in that are gone by head, and what do scanners say of them? Pure.

They lie in the room beside those of head, so that each scanner starts once, under keys that no path can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Scan
from outsource_gate.model.past import PastFile, PastFinding, PastScan
from outsource_gate.model.source import FileChange

MAX_FILES = 20_000
_MARK = "\0"


class Brought(Protocol):
    """A blob at a path, with the first commit that puts it there."""

    @property
    def oid(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def commit(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def base_path(self) -> str: ...
    @property
    def base_blob(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Gone:
    """What is gone by head, by the key it is scanned under."""

    files: Mapping[str, Brought]


def gone_by(brought: Iterable[Brought], head: Iterable[FileChange]) -> Gone:
    """Leave out what lies at head, or at the base, under the very same path: nothing of that is gone."""
    there = {(file.new_blob, file.new_mode, file.path) for file in head}
    gone = (
        one
        for one in brought
        if (one.oid, one.mode, one.path) not in there and (one.oid, one.path) != (one.base_blob, one.base_path)
    )
    return Gone({f"{_MARK}{number}/{one.path}": one for number, one in enumerate(gone)})


def apart(
    gone: Gone, scans: Sequence[Scan | Unavailable], rows: Sequence[CoverageRow]
) -> tuple[tuple[Scan | Unavailable, ...], tuple[CoverageRow, ...], PastScan]:
    """Part what is said of head from what is said of what is gone."""
    failed = _failed(scans)
    files = (
        PastFile(gone.files[row.path].commit, _named(gone, row), tuple(failed.get(row.path, ())))
        for row in rows
        if row.path in gone.files
    )
    findings = (found for scan in scans if isinstance(scan, Scan) for found in _findings(gone, scan))
    return (
        tuple(_of_head(scan) if isinstance(scan, Scan) else scan for scan in scans),
        tuple(row for row in rows if not row.path.startswith(_MARK)),
        PastScan(tuple(files), tuple(findings)),
    )


def _failed(scans: Sequence[Scan | Unavailable]) -> dict[str, list[str]]:
    """Which scanners could not read what, by key."""
    failed: dict[str, list[str]] = {}
    for scan in scans:
        if isinstance(scan, Scan):
            for key, _ in scan.failed:
                failed.setdefault(key, []).append(scan.scanner)
    return failed


def _named(gone: Gone, row: CoverageRow) -> CoverageRow:
    return replace(row, path=gone.files[row.path].path)


def _findings(gone: Gone, scan: Scan) -> Iterator[PastFinding]:
    """What head reports as new is told there; of one path and fingerprint the first version tells."""
    told = {found.fingerprint for found in scan.findings if found.new and not found.location.path.startswith(_MARK)}
    by_key: dict[str, list[Finding]] = {}
    for found in scan.findings:
        if found.new and found.fingerprint not in told:
            by_key.setdefault(found.location.path, []).append(found)
    seen: set[tuple[str, str]] = set()
    for key, one in gone.files.items():
        fresh = [found for found in by_key.get(key, ()) if (one.path, found.fingerprint) not in seen]
        seen |= {(one.path, found.fingerprint) for found in fresh}
        for found in fresh:
            yield PastFinding(one.commit, replace(found, location=replace(found.location, path=one.path)))


def _of_head(scan: Scan) -> Scan:
    return replace(
        scan,
        findings=tuple(found for found in scan.findings if not found.location.path.startswith(_MARK)),
        scanned=tuple(path for path in scan.scanned if not path.startswith(_MARK)),
        failed=tuple((path, why) for path, why in scan.failed if not path.startswith(_MARK)),
        unparsed=tuple(path for path in scan.unparsed if not path.startswith(_MARK)),
    )
