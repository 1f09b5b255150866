"""Two states of a repository in memory, and what the scan says of going from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outsource_gate.dependencies.scan import Side, scan_dependencies
from outsource_gate.model.dependency import DependencyScan, Package
from outsource_gate.model.source import Change, FileChange

NONE = "0" * 40
Files = Mapping[str, str | bytes]


def scanned(base: Files, head: Files, **changes: Any) -> DependencyScan:
    """`changes` bend every FileChange."""
    blobs: dict[str, bytes] = {}
    sides = [{path: _put(blobs, path, text) for path, text in files.items()} for files in (base, head)]
    files = [
        FileChange(
            path,
            Change.ADDED if path not in base else Change.DELETED if path not in head else Change.MODIFIED,
            "100644" if path in base else "000000",
            "100644" if path in head else "000000",
            sides[0].get(path, NONE),
            sides[1].get(path, NONE),
            **changes,
        )
        for path in sorted({*base, *head})
        if base.get(path) != head.get(path)
    ]
    return scan_dependencies(files, *(Side(side, blobs.__getitem__) for side in reversed(sides)))


def _put(blobs: dict[str, bytes], path: str, content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    oid = f"{path}:{hash(data)}"
    blobs[oid] = data
    return oid


def packages(path: str, text: str) -> list[Package]:
    """What one file declares, all of it new."""
    scan = scanned({}, {path: text})
    assert not scan.unread, scan.unread
    return [one.new for one in scan.changes if one.new is not None]


def brief(one: Package) -> tuple[str, str, str, str]:
    """Name, version, source, and what holds of it."""
    marks = {"p": one.pinned, "h": one.hashed, "l": one.locked, "s": one.install_scripts}
    return one.name, one.version, one.source, "".join(mark for mark, is_so in marks.items() if is_so)


def problems(scan: DependencyScan) -> set[tuple[str, str]]:
    return {(one.problem, one.package) for one in scan.problems}
