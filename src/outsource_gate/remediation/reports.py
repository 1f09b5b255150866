"""What does a report of somebody else's scanner (DAST, a penetration test's SARIF) say to the tracker?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from outsource_gate.errors import EvidenceError
from outsource_gate.model.result import Reported
from outsource_gate.model.tracked import Imported, Item, Reader
from outsource_gate.remediation.file import read_bounded
from outsource_gate.remediation.look import Fate, Look, Observed
from outsource_gate.results import MAX_BYTES, format_of, read_content


def read_report(name: str, path: Path, vendor: str, now: datetime) -> tuple[Look, Imported]:
    """Read a SARIF file as one vendor's; a broken run says nothing, and is an error.

    What the tool's baseline knows, what is suppressed and what a person has to review is open like the rest.
    """
    raw = read_bounded(path, MAX_BYTES)
    if format_of(raw) != "sarif":
        raise EvidenceError(f"{path}: tests are no findings", hint="hand over SARIF 2.1.0")
    content = read_content(raw, "sarif")
    if content.broken:
        raise EvidenceError(f"{path}: {content.broken[0]}", hint="let the tool run to its end, and hand that over")
    at = min(content.made_at or now, now)
    left_out = sum(tally.count for tally in content.tallies) - len(content.findings)
    version = " ".join(part for tool in content.tools[:1] for part in tool)[:200]
    look = Look(
        "result",
        "",
        "",
        at,
        tuple(_observed(name, one, vendor) for one in content.findings),
        {name: Reader(scanner=name, version=version)},
        _many(left_out) if left_out else _gone,
        vendor=vendor,
    )
    return look, Imported(name=name, vendor=vendor, at=at, digest=hashlib.sha256(raw).hexdigest())


def _observed(name: str, one: Reported, vendor: str) -> Observed:
    """Lines move, and an address has none: a report's finding is its rule at its place."""
    reference = "r1:" + hashlib.sha256(f"{one.rule}\0{one.path}".encode("utf-8", "backslashreplace")).hexdigest()
    title = one.message[:300] or one.rule[:300] or "no message"
    return Observed(name, one.rule, reference, one.severity, title, one.path, (vendor,))


def _gone(_: Item) -> Fate:
    return "gone", "the report does not have it any more"


def _many(left_out: int) -> Callable[[Item], Fate]:
    def fate(_: Item) -> Fate:
        return "not-covered", f"the report has {left_out} more findings than are listed"

    return fate
