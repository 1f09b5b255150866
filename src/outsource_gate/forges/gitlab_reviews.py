"""Which reviews does a merge request have, and of which commit? Pure: GitLab's answers in, rows out.

Approvals name no commit: one is given to the version that was the newest then. Somebody who approves in the second
of a push may not have seen it; GitLab does not say what their page showed. "Requested changes" stands in a system
note also where the reviewer was taken off the list since, which whoever opened the request may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from outsource_gate.forges.gitlab_shapes import Approval, Note, Reviewer, User, Version
from outsource_gate.model.review import Review, ReviewState

_APPROVED = "approved this merge request"
_UNAPPROVED = "unapproved this merge request"
_REQUESTED = "requested changes"
# api/merge_requests.md, reviewers. "approved" is not believed: approvals are asked for themselves.
_SILENT = frozenset({"unreviewed", "review_started", "reviewed", "approved", "unapproved"})


@dataclass(frozen=True, slots=True)
class Words:
    """The decisive system notes of one person: the last of each kind since the last approval."""

    approved: Note | None = None
    unapproved: Note | None = None
    requested: Note | None = None


def read_reviews(
    approvals: Sequence[Approval], notes: Iterable[Note], reviewers: Iterable[Reviewer], versions: Sequence[Version]
) -> tuple[Review, ...]:
    """Give each person's standing words: approvals in force, requests for changes, and withdrawn approvals."""
    said = _words(notes)
    rows = [_approval(approval, said, versions) for approval in approvals]
    approving = {approval.user.id for approval in approvals}
    for user, words in said.values():
        rows += _noted(user, words, user.id in approving)
    noted = {row.reviewer.id for row in rows if row.reviewer}
    rows += [row for reviewer in reviewers if reviewer.user.id not in noted for row in _listed(reviewer)]
    return tuple(rows)


def head_at(when: datetime, versions: Iterable[Version]) -> str | None:
    """The head of the version that was the newest just before this time; equal is not later."""
    before = [version for version in versions if version.created_at < when]
    newest = max(before, key=lambda version: (version.created_at, version.id), default=None)
    return newest.head_commit_sha if newest else None


def _words(notes: Iterable[Note]) -> dict[int, tuple[User, Words]]:
    said: dict[int, tuple[User, Words]] = {}
    for note in sorted(notes, key=lambda note: (note.created_at, note.id)):
        if not note.system or note.author is None:
            continue
        _, words = said.get(note.author.id, (note.author, Words()))
        body = note.body.strip()
        if body == _APPROVED:
            words = Words(note)
        elif body == _UNAPPROVED:
            words = Words(words.approved, note, words.requested)
        elif body.startswith(_REQUESTED):
            words = Words(words.approved, words.unapproved, note)
        else:
            continue
        said[note.author.id] = (note.author, words)
    return said


def _approval(approval: Approval, said: dict[int, tuple[User, Words]], versions: Sequence[Version]) -> Review:
    """An approval in force; versions of GitLab that do not say when have it in a note."""
    note = said[approval.user.id][1].approved if approval.user.id in said else None
    when = approval.approved_at or (note.created_at if note else None)
    commit = head_at(when, versions) if when else None
    return Review(note.id if note else 0, approval.user.value(), ReviewState.APPROVED, commit, when)


def _noted(user: User, words: Words, is_approving: bool) -> Iterable[Review]:
    """What notes add: a request for changes until the same person approves, and an approval that is gone.

    Asking for changes also withdraws the approval, and notes both: "unapproved" never lifts the request.
    """
    if asked := words.requested:
        yield Review(asked.id, user.value(), ReviewState.CHANGES_REQUESTED, None, asked.created_at)
    elif not is_approving and (gone := words.unapproved or words.approved):
        yield Review(gone.id, user.value(), ReviewState.DISMISSED, None, gone.created_at)


def _listed(reviewer: Reviewer) -> Iterable[Review]:
    """A reviewer's state without a note of it: GitLab says no time, so it stands until it is taken back."""
    if reviewer.state in _SILENT:
        return
    asked = reviewer.state == "requested_changes"
    state = ReviewState.CHANGES_REQUESTED if asked else ReviewState.UNKNOWN
    yield Review(0, reviewer.user.value(), state, None, None)
