"""What does the tracker say of this change's vendors, and which of their findings does the change take out?

Where the change touches a file with an open finding, the base of that file is scanned, too: what is said to be gone
must have been there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from outsource_gate.errors import GateError
from outsource_gate.git.blobs import Blobs
from outsource_gate.git.introduced import MAX_BLOB_BYTES, Introduced
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.finding import Scan
from outsource_gate.model.remedy import Compared, TrackedFinding, TrackedFindings
from outsource_gate.model.source import Change, ChangeSet, FileChange
from outsource_gate.model.tracked import Item, Tracker
from outsource_gate.remediation.file import read_tracker
from outsource_gate.remediation.look import SECRETS
from outsource_gate.scanners.run import ScanResult, scan_change
from outsource_gate.scanners.secret_hunt import Hunt

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

_Key = tuple[str, str]  # scanner, fingerprint
FILES = ("100644", "100755", "100664")
Source = Literal["policy", "given"]


def tracked_findings(
    named: tuple[Path, Source], facts: Facts, blobs: Blobs, result: ScanResult, store: Store | None
) -> TrackedFindings | Unavailable:
    """Read the tracker and compare; what cannot be read is a missing fact."""
    change = facts.change
    assert isinstance(change, ChangeSet)

    def compare(items: Sequence[Item]) -> tuple[tuple[Compared, ...], str]:
        return _compared(items, change.files, blobs, result, store)

    return _read(named, facts, compare)


def tracked_at_release(named: tuple[Path, Source], facts: Facts) -> TrackedFindings | Unavailable:
    """Read the tracker; a release mends nothing by itself, so nothing is compared."""
    return _read(named, facts, lambda _: ((), ""))


def _read(
    named: tuple[Path, Source], facts: Facts, compare: Callable[[Sequence[Item]], tuple[tuple[Compared, ...], str]]
) -> TrackedFindings | Unavailable:
    path, source = named
    try:
        tracker, digest = read_tracker(path)
    except GateError as error:
        return Unavailable(error.message, error.hint, "tracker")
    vendors = (
        frozenset(facts.attribution.vendors) if not isinstance(facts.attribution, Unavailable) else frozenset()
    )
    items = [item for item in tracker.items if item.vendor in vendors and item.state != "closed"]
    here = [item for item in items if is_same(item.repository, facts.repository)]
    try:
        compared, why = compare(here)
    except GateError as error:
        compared, why = (), error.message
    zone = ZoneInfo(facts.timezone)
    return TrackedFindings(
        source,
        digest,
        _scanned_at(tracker, facts.repository),
        tuple(_finding(item, zone) for item in items),
        compared,
        why,
    )


def named_tracker(given: Path | None, policy: Path | None, beside: str | None) -> tuple[Path, Source]:
    """The job's word comes before the policy's."""
    if given is not None:
        return given, "given"
    assert policy is not None and beside is not None
    folder = policy if policy.is_dir() else policy.parent
    return folder / beside, "policy"


def is_same(scanned: str, repository: str) -> bool:
    """Scans know the address of origin, forges `owner/name`; a repository without a name is any."""
    one, other = f"/{scanned}", f"/{repository}"
    return not scanned or one.endswith(other) or other.endswith(one)


def _scanned_at(tracker: Tracker, repository: str) -> datetime | None:
    return max((seen.at for seen in tracker.scans if is_same(seen.repository, repository)), default=None)


def _finding(item: Item, zone: ZoneInfo) -> TrackedFinding:
    accepted = item.acceptance if item.state == "accepted" else None
    return TrackedFinding(
        id=item.id,
        kind=item.kind,
        vendor=item.vendor,
        severity=item.severity,
        title=item.title,
        reference=item.reference,
        first_seen=item.first_seen.at.astimezone(zone).date(),
        scanner=item.reader.scanner if item.reader and item.kind == "code" else "",
        path=item.path,
        accepted_on=accepted.on if accepted else None,
        accepted_until=accepted.until if accepted else None,
    )


def _compared(
    items: Sequence[Item], files: Sequence[FileChange], blobs: Blobs, result: ScanResult, store: Store | None
) -> tuple[tuple[Compared, ...], str]:
    """Count each open finding at the base and at head, over all changed files."""
    tracked = {(item.reader.scanner, item.reference): item for item in items if item.reader and item.kind == "code"}
    paths = {path for item in tracked.values() for path in item.paths}
    touched = [_as_added(file) for file in files if file.path in paths and file.old_mode in FILES]
    if not touched:
        return (), ""
    before = scan_change(touched, blobs, store=store)
    if missing := [scan.reason for scan in before.scans if isinstance(scan, Unavailable)]:
        return (), missing[0]
    at_base = Counter(_keys(before)) + _credentials([(file.path, file.new_blob) for file in touched], blobs)
    there = [(file.path, file.new_blob) for file in files if file.new_mode in FILES]
    at_head = Counter(_keys(result)) + _credentials(there, blobs)
    rows = (
        Compared(*key, item.path, at_base[key], at_head[key])
        for key, item in sorted(tracked.items())
        if at_base[key]
    )
    return tuple(rows), ""


def _as_added(file: FileChange) -> FileChange:
    """What the file was, as if it had just come in."""
    none = "0" * len(file.old_blob)
    return FileChange(file.path, Change.ADDED, "000000", file.old_mode, none, file.old_blob)


def _keys(result: ScanResult) -> Iterator[_Key]:
    for scan in result.scans:
        if isinstance(scan, Scan):
            yield from ((scan.scanner, found.fingerprint) for found in scan.findings)


def _credentials(files: Sequence[tuple[str, str]], blobs: Blobs) -> Counter[_Key]:
    from outsource_gate.remediation.scans import credential_reference  # noqa: PLC0415 - reports, seldom needed

    hunt = Hunt()
    for path, oid in files:
        data = blobs.read(oid, MAX_BLOB_BYTES)
        if isinstance(data, bytes):
            hunt.content(Introduced(oid, path, ""), data, lambda _: b"")
    return Counter((SECRETS, credential_reference(one.kind, one.place)) for one in hunt.scan().secrets)
