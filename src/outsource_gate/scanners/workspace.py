"""Where do scanners read? In a private folder of raw blobs under neutral names, outside every checkout.

No name, ignore file or configuration of the tree comes in with them; only the suffix of the language does.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from outsource_gate.scanners.places import Place
from outsource_gate.scanners.rule_words import marks

Side = Literal["head", "base"]
MAX_ROOM_BYTES = 1 << 30  # on disk, of all files together


@dataclass(frozen=True, slots=True)
class Placed:
    """One file in the room."""

    target: str  # relative to the room: "head/f000001.py"
    path: str  # what it is called where it came from
    side: Side
    language: str
    places: tuple[Place, ...] = ()  # where each of its lines stands in the file, if not at the same number
    digest: bytes = b""  # SHA-256 of its content


@dataclass(slots=True)
class Room:
    """The clean room. `folder` holds `head/` and `base/`, and nothing that was not put there."""

    folder: Path
    placed: dict[str, Placed] = field(default_factory=dict)
    size: int = 0

    def has_space(self, data: bytes) -> bool:
        return self.size + len(data) <= MAX_ROOM_BYTES

    def put(
        self, side: Side, path: str, language: str, suffix: str, data: bytes, places: tuple[Place, ...] = ()
    ) -> None:
        """Write one file, readable only; its name says its number, language and which rules can leave it out."""
        self.size += len(data)
        target = f"{side}/f{len(self.placed):06d}{marks(language, data)}{suffix}"
        file = self.folder / target
        file.parent.mkdir(exist_ok=True)  # "/action.yml" is a suffix, too: some tools go by the whole name
        file.write_bytes(data)
        file.chmod(0o400)
        self.placed[target] = Placed(target, path, side, language, places, hashlib.sha256(data).digest())

    def targets(self, side: Side, languages: frozenset[str]) -> tuple[str, ...]:
        """Name what lies on one side in these languages."""
        placed = (one for one in self.placed.values() if one.side == side)
        return tuple(one.target for one in placed if one.language in languages)

    def lines(self, target: str) -> list[str]:
        """Give the file's lines as an editor counts them."""
        text = (self.folder / target).read_bytes().decode("utf-8", "replace")
        return text.replace("\r\n", "\n").split("\n")


@contextmanager
def clean_room() -> Iterator[tuple[Room, Path]]:
    """Give an empty room, and a private folder for the scanners' own files; both are gone afterwards."""
    top = Path(tempfile.mkdtemp(prefix="outsource-gate-"))
    try:
        room, private = top / "room", top / "private"
        for folder in (room / "head", room / "base", private):
            folder.mkdir(parents=True)
        yield Room(room.resolve()), private.resolve()
    finally:
        shutil.rmtree(top, ignore_errors=True)
