"""Is this scan a later one than the last, and what was renamed since? By descent where git can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from outsource_gate.errors import GitError, UsageError
from outsource_gate.git.diff import changed_files
from outsource_gate.git.repository import Repository
from outsource_gate.model.tracked import Seen, Tracker

_OLDER = "scan the branch as it is now; nothing was changed in the tracker"


def last_seen(tracker: Tracker, repository: str) -> Seen | None:
    """The last scan of this repository that was taken in."""
    return next((seen for seen in tracker.scans if seen.repository == repository), None)


def remembered(tracker: Tracker, now: Seen) -> tuple[Seen, ...]:
    """Give the last scans with this one in the place of the one before."""
    others = (seen for seen in tracker.scans if seen.repository != now.repository)
    return tuple(sorted((*others, now), key=lambda seen: seen.repository))


def check_order(last: Seen | None, now: Seen, repository: Repository | None, at: datetime) -> None:
    """UsageError for a scan that is not later than the last one: an old head must not close what came since."""
    if now.at > at:
        raise UsageError(
            f"scan of {now.commit[:12]}: made at {now.at:%FT%TZ}, after this moment ({at:%FT%TZ})",
            hint="set the clocks right",
        )
    if last is None:
        return
    if now.at < last.at:
        made = f"made at {now.at:%FT%TZ}, before the last one ({last.at:%FT%TZ})"
        raise UsageError(f"scan of {now.commit[:12]}: {made}", hint=_OLDER)
    if repository and last.commit != now.commit and not _descends(repository, last.commit, now.commit):
        raise UsageError(
            f"scan of {now.commit[:12]}: is no descendant of {last.commit[:12]}, which was scanned last",
            hint=f"{_OLDER}; where the branch was rewritten, leave --repository out: time decides then",
        )


def renames(repository: Repository | None, last: Seen | None, now: Seen) -> Mapping[str, str]:
    """Old path to new one, as git pairs them between the two heads; none where git is not asked."""
    if repository is None or last is None or not last.tree or last.tree == now.tree:
        return {}
    files, _ = changed_files(repository, last.tree, now.tree)
    return {file.paired_with: file.path for file in files if file.paired_with}


def _descends(repository: Repository, earlier: str, later: str) -> bool:
    for commit in (earlier, later):
        if not repository.has_commit(commit):
            raise GitError(f"commit {commit[:12]}: not in this clone", hint="fetch the whole history")
    if missing := repository.completeness():
        raise GitError(missing.reason, hint=missing.next_step)
    return repository.is_ancestor(earlier, later)
