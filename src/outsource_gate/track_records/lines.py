"""How many lines of what came in with each merged change? The names of files say of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from outsource_gate.errors import GitError
from outsource_gate.git.line_counts import FileLines, line_counts
from outsource_gate.git.repository import Repository
from outsource_gate.scanners.languages import by_name
from outsource_gate.scanners.names import Kind
from outsource_gate.scorecard.material import Lines

_CODE = (Kind.CODE, Kind.UNSUPPORTED)
# Names that code generators and minifiers give. A name that says so falsely makes its author's own rates worse.
_GENERATED = re.compile(
    r"[._-](?:min|bundle|generated|designer|g|freezed)\.\w+$|_pb2(?:_grpc)?\.pyi?$|\.pb(?:\.gw)?\.(?:go|cc|h)$"
    r"|_generated\.\w+$|(?:^|/)zz_generated[^/]*$|\.g\.i?\.cs$",
    re.IGNORECASE,
)


def lines_of(repository: Repository, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Lines]]:
    """Compare (commit before, commit); one that git cannot count within its bounds is left out."""
    for before, commit in pairs:
        try:
            yield commit, _summed(line_counts(repository, before, commit))
        except GitError:
            continue


def _summed(files: Iterable[FileLines]) -> Lines:
    return sum(map(_of, files), Lines())


def _of(file: FileLines) -> Lines:
    if file.added is None:
        return Lines(binaries=1)
    if by_name(file.path).kind not in _CODE:
        return Lines(other=file.added)
    return Lines(generated=file.added) if _GENERATED.search(file.path) else Lines(code=file.added)
