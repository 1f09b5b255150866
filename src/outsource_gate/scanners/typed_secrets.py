"""What do typed detectors say beside ours, of the same texts, and where they are missing, why?

Texts are put down one by one under neutral names. Meanwhile, in a thread, the detectors get ready.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.scanners import Installed, kingfisher
from outsource_gate.scanners.secret_hunt import Origin
from outsource_gate.scanners.workspace import Room, clean_room

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the texts, in their order: (where it is from, its neutral name, its hits)."""

    hits: tuple[tuple[Origin, str, tuple[kingfisher.TypedHit, ...]], ...] = field(default=(), repr=False)
    version: str = ""  # "kingfisher 2.14.0"; "" where `missing` says why not
    missing: str = ""


class Detectors:
    """Takes in texts; `start` when all are there, `said` waits."""

    def __init__(self, room: Room, private: Path, pool: ThreadPoolExecutor, store: Store | None) -> None:
        self._room, self._private, self._pool = room, private, pool
        self.stop = threading.Event()
        self._origins: dict[str, Origin] = {}
        self._missing = ""
        self._installed = kingfisher.find()
        self._ready: Future[None] | None = None
        self._scan: Future[tuple[kingfisher.TypedHit, ...]] | None = None
        if isinstance(self._installed, Unavailable):
            self._missing = self._installed.reason
        else:
            self._ready = pool.submit(kingfisher.compile_rules, self._installed, private, store, self.stop)

    def add(self, origin: Origin, text: str) -> None:
        """Put a text down; nothing stands in a blank one."""
        if self._missing or not text.strip():
            return
        data = text.encode("utf-8", "replace")
        if not self._room.has_space(data):
            self._missing = "there is more text than typed detectors read"
            return
        self._room.put("head", "", "", "", data)
        self._origins[Path(next(reversed(self._room.placed))).name] = origin

    def start(self) -> None:
        if not self._missing and self._origins and isinstance(self._installed, Installed):
            count, room = len(self._origins), self._room.folder / "head"
            self._scan = self._pool.submit(self._scanned, self._installed, room, count)

    def said(self) -> Said:
        """Wait for it; whatever went wrong with it, our own detectors stand."""
        if self._missing or isinstance(self._installed, Unavailable):
            return Said(missing=self._missing)
        try:
            hits = self._scan.result() if self._scan else ()
        except ToolError as error:
            return Said(missing=error.message)
        found: dict[str, list[kingfisher.TypedHit]] = {}
        for hit in hits:
            found.setdefault(hit.target, []).append(hit)
        if found.keys() - self._origins.keys():
            return Said(missing="kingfisher: reports a file that it was not given")
        ordered = tuple((self._origins[name], name, tuple(found[name])) for name in sorted(found))
        return Said(ordered, f"kingfisher {self._installed.version}")

    def texts(self, said: Said) -> Iterator[tuple[Origin, str, tuple[kingfisher.TypedHit, ...]]]:
        """Give the texts in which something was found, one at a time."""
        for origin, name, hits in said.hits:
            yield origin, (self._room.folder / "head" / name).read_bytes().decode("utf-8", "replace"), hits

    def _scanned(self, installed: Installed, room: Path, count: int) -> tuple[kingfisher.TypedHit, ...]:
        assert self._ready is not None
        self._ready.result()
        return kingfisher.scan(installed, self._private, room, count, self.stop)


@contextmanager
def detectors(store: Store | None = None) -> Iterator[Detectors]:
    """Give detectors with a room of their own, which is gone afterwards."""
    with clean_room() as (room, private), ThreadPoolExecutor(1) as pool:
        given = Detectors(room, private, pool, store)
        try:
            yield given
        except BaseException:
            given.stop.set()
            raise
