"""What does one run take in? Scans in their order, then outcomes and results; all of it or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from outsource_gate.errors import UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.model.tracked import Imported, Tracker
from outsource_gate.remediation.look import Look
from outsource_gate.remediation.order import check_order, last_seen, remembered, renames
from outsource_gate.remediation.reports import read_report
from outsource_gate.remediation.scans import ReadScan
from outsource_gate.remediation.update import taken_in

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that was named."""

    scans: tuple[ReadScan, ...] = ()
    outcomes: tuple[Look, ...] = ()
    results: tuple[tuple[str, Path], ...] = ()
    vendor: str = ""  # whose the results are


def take_in(tracker: Tracker, inputs: Inputs, repository: Repository | None, now: datetime) -> Tracker:
    """Give the tracker after all of it; UsageError for what is older than what is there."""
    for scan in sorted(inputs.scans, key=lambda scan: scan.repository.scanned_at):
        tracker = _scan(tracker, scan, repository, now)
    for outcome in sorted(inputs.outcomes, key=lambda outcome: outcome.at):
        if outcome.at > now:
            raise UsageError(f"outcome of {outcome.commit[:12]}: is of the future ({outcome.at:%FT%TZ})")
        tracker = taken_in(tracker, outcome)
    for name, path in inputs.results:
        tracker = _result(tracker, name, path, inputs.vendor, now)
    return tracker


def _scan(tracker: Tracker, scan: ReadScan, repository: Repository | None, now: datetime) -> Tracker:
    """The very scan that was taken in last is not taken in twice."""
    seen = scan.look().seen
    assert seen is not None
    last = last_seen(tracker, seen.repository)
    if last and last.digest == seen.digest:
        return tracker
    check_order(last, seen, repository, now)
    look = scan.look(renames(repository, last, seen))
    return taken_in(tracker, look).model_copy(update={"scans": remembered(tracker, seen)})


def _result(tracker: Tracker, name: str, path: Path, vendor: str, now: datetime) -> Tracker:
    if not _NAME.fullmatch(name) or not _NAME.fullmatch(vendor):
        raise UsageError(f"--result {name}, --vendor {vendor}: no name; expected lower-case letters, digits, . _ -")
    look, imported = read_report(name, path, vendor, now)
    last = next((one for one in tracker.results if (one.name, one.vendor) == (name, vendor)), None)
    if last and last.digest == imported.digest:
        return tracker
    if last and imported.at < last.at:
        made = f"made at {imported.at:%FT%TZ}, before the last one ({last.at:%FT%TZ})"
        raise UsageError(f"{path}: {made}", hint="hand over the newest report; nothing was changed in the tracker")
    others: list[Imported] = [one for one in tracker.results if one is not last]
    results = tuple(sorted((*others, imported), key=lambda one: (one.name, one.vendor)))
    return taken_in(tracker, look).model_copy(update={"results": results})
