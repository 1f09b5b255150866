"""Does what is proposed read well? As a source that the loader reads before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextSource:
    """Files by their path, nowhere yet."""

    texts: Mapping[str, str]
    where: str = "proposed"

    def read(self, path: str) -> bytes | None:
        return self.texts[path].encode() if path in self.texts else None

    def list(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.texts if path.startswith(f"{folder}/")))
