"""How is the tracker read and written, by one job at a time and never by halves?"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import canonical_bytes, read_json
from outsource_gate.evidence.facts_file import plain
from outsource_gate.evidence.files import write_whole
from outsource_gate.model.tracked import Item, Tracker

MAX_BYTES = 128 << 20
MAJOR = "1"
_HINT = "take the copy of the last run; outsource-gate findings update --tracker FILE writes a new one"


def read_tracker(path: Path) -> tuple[Tracker, str]:
    """Give the tracker and the SHA-256 over its bytes; EvidenceError for what is no tracker, or too large."""
    raw = read_bounded(path, MAX_BYTES)
    return parse_tracker(raw, str(path)), hashlib.sha256(raw).hexdigest()


def parse_tracker(raw: bytes, what: str) -> Tracker:
    """Read hostile bytes within bounds; unknown keys, double ids and unknown major versions are refused."""
    value = read_json(raw, what=what, limit=MAX_BYTES)
    version = value.get("schemaVersion") if isinstance(value, dict) else None
    if not isinstance(version, str) or version.partition(".")[0] != MAJOR:
        shown = version[:20] if isinstance(version, str) else "none"
        raise EvidenceError(f"{what}: no tracker of version {MAJOR} (schemaVersion: {shown})", hint=_HINT)
    try:
        tracker = Tracker.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part)[:60] for part in first["loc"][:6])
        raise EvidenceError(f"{what}: {where}: {first['msg'][:200]}", hint=_HINT) from error
    _check(tracker, what)
    return tracker


def _check(tracker: Tracker, what: str) -> None:
    """What no single value shows: ids are unique and none is newer than the counter."""
    seen: set[str] = set()
    for item in tracker.items:
        if item.id in seen or int(item.id[1:]) > tracker.last_id:
            raise EvidenceError(f"{what}: item {item.id} stands twice, or was never given out", hint=_HINT)
        if problem := _problem(item):
            raise EvidenceError(f"{what}: item {item.id}: {problem}", hint=_HINT)
        seen.add(item.id)


def _problem(item: Item) -> str:
    if (item.state == "closed") != (item.closed_at is not None):
        return "a closed item has a time of closing, and no other has"
    if item.state == "accepted" and item.acceptance is None:
        return "it is accepted, and nothing says by whom and until when"
    return ""


def tracker_bytes(tracker: Tracker) -> bytes:
    """Give canonical JSON; equal trackers give equal bytes."""
    return canonical_bytes(plain(tracker.model_dump(mode="python", by_alias=True)))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the only writer of this tracker on this machine; EvidenceError where another one is at work."""
    beside = path.with_name(f"{path.name}.lock")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise EvidenceError(f"{beside}: cannot be written ({error.strerror})") from error
    with os.fdopen(handle, "wb"):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"{path}: another run is writing it"
            raise EvidenceError(message, hint="run this again when that one has ended") from error
        yield


def read_or_new(path: Path, now: datetime) -> Tracker:
    """Give the tracker, or an empty one where there is no file yet."""
    if not os.path.lexists(path):
        return Tracker(updated_at=now.astimezone(UTC))
    return read_tracker(path)[0]


def write_tracker(path: Path, tracker: Tracker) -> str:
    """Write it whole and give its SHA-256; what would be too large to be read again is not written."""
    raw = tracker_bytes(tracker)
    if len(raw) > MAX_BYTES:
        raise EvidenceError(f"{path}: {len(raw)} bytes -> at most {MAX_BYTES} are read again")
    write_whole(path, raw, mode=0o644)
    return hashlib.sha256(raw).hexdigest()


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a regular file within a bound; never wait for a pipe's writer."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise EvidenceError(f"{path}: is no file", hint="name the file itself")
            raw = file.read(limit + 1)
    except OSError as error:
        raise EvidenceError(
            f"{path}: {error.strerror or 'cannot be read'}", hint="name a file that is there"
        ) from error
    if len(raw) > limit:
        raise EvidenceError(f"{path}: more than {limit} bytes, the most that are read")
    return raw
