"""Looks at a small repository, whole by default, so that a test changes one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from outsource_gate.model.finding import Read, Severity
from outsource_gate.model.tracked import Item, Reader, Tracker
from outsource_gate.remediation.look import Head, Look, Observed, Row
from outsource_gate.remediation.update import taken_in

START = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
SEMGREP = Reader(scanner="semgrep", version="1.182.0", rules_digest="a" * 64)
PRINT = "v1:" + "9" * 64


def seen(path: str = "app/ping.py", vendors: tuple[str, ...] | None = ("acme",), **changes: Any) -> Observed:
    whole = Observed(
        "semgrep", "python.flask.command-injection", PRINT, Severity.HIGH, "data reaches a shell", path, vendors
    )
    return replace(whole, **changes)


def look(
    day: int,
    *findings: Observed,
    rows: Mapping[str, Row] | None = None,
    reader: Reader | None = SEMGREP,
    moved: Mapping[str, str] | None = None,
    **changes: Any,
) -> Look:
    """A scan of the whole head on a day; every path of a finding is read, and `rows` says more."""
    paths = {one.path: Row(Read.SCANNED, ("semgrep",), one.blob) for one in findings} | dict(rows or {})
    readers = {reader.scanner: reader} if reader else {}
    by_blob = {row.blob: path for path, row in paths.items() if row.blob}
    head = Head(paths, readers, frozenset(), moved or {}, by_blob)
    whole = Look("code", "corp/payments", f"{day:040x}", at(day), findings, readers, head.fate, moved or {})
    return replace(whole, **changes)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def read(*paths: str) -> dict[str, Row]:
    return {path: Row(Read.SCANNED, ("semgrep",), "") for path in paths}


def after(*looks: Look) -> Tracker:
    tracker = Tracker(updated_at=START)
    for one in looks:
        tracker = taken_in(tracker, one)
    return tracker


def only(tracker: Tracker) -> Item:
    (item,) = tracker.items
    return item


def told(item: Item) -> list[str]:
    return [event.what for event in item.history]
