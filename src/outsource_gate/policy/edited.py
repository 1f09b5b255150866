"""Would policy and register read well with one file changed, or one more? Asked before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from outsource_gate.policy.source import FolderSource


@dataclass(frozen=True, slots=True)
class EditedSource(FolderSource):
    """A folder as it is, but for one file."""

    file: str = ""
    content: bytes = b""

    def read(self, path: str) -> bytes | None:
        return self.content if path == self.file else FolderSource.read(self, path)

    def list(self, folder: str) -> tuple[str, ...]:
        found = set(FolderSource.list(self, folder))
        if PurePosixPath(self.file).is_relative_to(PurePosixPath(folder)):
            found.add(self.file)
        return tuple(sorted(found))
