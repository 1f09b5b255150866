"""Can this clone answer for its history, or has part of it been left out or re-written?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outsource_gate.model.facts import Unavailable

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_GRAFTS = 1024 * 1024


def completeness(repository: Repository) -> Unavailable | None:
    """The first thing that is missing; replace refs need no answer, they are never followed."""
    return next(gaps(repository), None)


def gaps(repository: Repository) -> Iterator[Unavailable]:
    """Shallow, grafted, partial with objects missing: each with the command that fixes it."""
    if _has_lines(repository, "shallow"):
        yield Unavailable(
            "the clone is shallow: commits and merge bases may be missing",
            "run `git fetch --unshallow origin`; in CI check out with fetch-depth: 0 or GIT_DEPTH: 0",
            "change",
        )
    if _has_lines(repository, "info/grafts"):
        yield Unavailable(
            "the clone has grafts (info/grafts): its history is not the one that was pushed",
            "delete the file info/grafts in the git directory, then run `git fetch origin`",
            "change",
        )
    if _is_partial(repository) and (missing := _missing_at_head(repository)):
        yield Unavailable(
            f"the clone is partial: {missing} objects of HEAD are missing",
            "run `git fetch --refetch --no-filter origin`, or clone without --filter",
            "change",
        )


def _has_lines(repository: Repository, name: str) -> bool:
    """Does a file of the git directory say anything but comments? Unreadable counts as yes."""
    path = repository.common_dir / name
    if not path.exists():
        return False
    with path.open("rb") as file:
        content = file.read(MAX_GRAFTS + 1)
    lines = (line.strip() for line in content.splitlines())
    return len(content) > MAX_GRAFTS or any(line and not line.startswith(b"#") for line in lines)


def _is_partial(repository: Repository) -> bool:
    """A promisor remote in the configuration, or a pack that says it is one's."""
    keys = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
    if repository.call("config", "--local", "--name-only", "--get-regexp", keys).out:
        return True
    return any((repository.common_dir / "objects" / "pack").glob("*.promisor"))


def _missing_at_head(repository: Repository) -> int:
    """How many objects of HEAD's tree are not here. Other revisions show when they are read."""
    listing = repository.run(
        "rev-list", "--objects", "--no-object-names", "--missing=print", "--max-count=1", "HEAD", "--"
    )
    return sum(line.startswith(b"?") for line in listing.splitlines())
