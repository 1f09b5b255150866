"""A scanner that can misbehave in every way a real one can: a Python program of the test's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from outsource_gate.errors import ToolError
from outsource_gate.model.source import Change, FileChange
from outsource_gate.scanners import Command, Installed, Job, Output, Scanner

NONE = "0" * 40


def scanner(program: str, *, id: str = "fake") -> Scanner:
    """Run this Python text as the scanner; `argv[1:]` are the targets."""
    return Scanner(
        id=id,
        finds="what the test says",
        reads=frozenset({"python"}),
        find=lambda: Installed((sys.executable, "-I", "-c", program), "1"),
        command=lambda job, _: Command(_targets(job), "0" * 64),
        accepts=frozenset({0}),
        parse=_parse,
    )


def _targets(job: Job) -> tuple[str, ...]:
    return tuple(str(job.room / target) for target in job.targets)


def _parse(stdout: bytes) -> Output:
    try:
        scanned = json.loads(stdout)
    except ValueError as error:
        raise ToolError("fake: its report cannot be read") from error
    return Output((), tuple(scanned))


HONEST = "import json, sys; print(json.dumps(sys.argv[1:]))"


class Blobs:
    """Blobs by made-up ids."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def add(self, content: str | bytes) -> str:
        oid = f"{len(self.contents) + 1:040x}"
        self.contents[oid] = content.encode() if isinstance(content, str) else content
        return oid

    def read(self, oid: str, max_bytes: int) -> object:
        content = self.contents[oid]
        return content if len(content) <= max_bytes else _TooBig(len(content))


class _TooBig:
    def __init__(self, size: int) -> None:
        self.size = size


def added(blobs: Blobs, path: str, content: str | bytes) -> FileChange:
    return FileChange(path, Change.ADDED, "000000", "100644", NONE, blobs.add(content))


def modified(blobs: Blobs, path: str, old: str, new: str) -> FileChange:
    return FileChange(path, Change.MODIFIED, "100644", "100644", blobs.add(old), blobs.add(new))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
