"""Which reviews, and of which commit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from outsource_gate.forges.gitlab_reviews import head_at, read_reviews
from outsource_gate.forges.gitlab_shapes import Approvals, Note, Reviewer, Version
from outsource_gate.model.review import Review, ReviewState
from tests.forges.fake_gitlab import PATH, Fake, at, reviewed, sha


def read(fake: Fake) -> tuple[Review, ...]:
    here = f"/projects/{PATH}/merge_requests/7"

    def rows(end: str, shape: Any) -> Any:
        return [shape.model_validate_json(json.dumps(row)) for row in fake.answer(f"{here}/{end}", {}) or []]

    approvals = Approvals.model_validate_json(json.dumps(fake.answer(f"{here}/approvals", {})))
    return read_reviews(
        approvals.approved_by, rows("notes", Note), rows("reviewers", Reviewer), rows("versions", Version)
    )


def words(fake: Fake) -> list[tuple[str, ReviewState]]:
    return [(row.reviewer.login, row.state) for row in read(fake) if row.reviewer]


def test_an_approval_is_of_the_version_that_was_the_newest_then() -> None:
    (row,) = read(reviewed())
    assert (row.state, row.commit, row.submitted_at) == (ReviewState.APPROVED, sha("a"), at(20))
    assert row.reviewer is not None
    assert (row.reviewer.login, row.reviewer.id) == ("ina", 1)


@pytest.mark.parametrize(
    ("minute", "commit"), [(20, sha("a")), (10.001, sha("a")), (10, sha("c")), (5, sha("c")), (2, None), (1, None)]
)
def test_equal_is_not_later(minute: float, commit: str | None) -> None:
    """An approval at the very time of a version is one of the version before."""
    versions = [Version.model_validate_json(json.dumps(row)) for row in reviewed().versions]
    assert head_at(at(minute), versions) == commit


def test_an_approval_without_a_time_takes_it_from_its_note() -> None:
    """Older versions of GitLab do not say when."""
    fake = reviewed()
    fake.approve("ida", 25, says_when=False)
    row = read(fake)[1]
    assert (row.commit, row.submitted_at) == (sha("a"), at(25))


def test_an_approval_without_any_time_names_no_commit() -> None:
    fake = reviewed()
    fake.approved = {"ina": None}
    fake.notes.clear()
    (row,) = read(fake)
    assert (row.state, row.commit, row.submitted_at) == (ReviewState.APPROVED, None, None)


def test_a_comment_that_reads_like_a_system_note_is_a_comment() -> None:
    fake = Fake()
    fake.push("vicv", sha("a"), 1)
    fake.note("vicv", "approved this merge request", 5, system=False)
    fake.note("vicv", "requested changes", 5, system=False)
    assert read(fake) == ()


def test_an_approval_that_was_taken_back_is_no_approval() -> None:
    fake = reviewed()
    fake.unapprove("ina", 30)
    assert words(fake) == [("ina", ReviewState.DISMISSED)]


def test_an_approval_that_a_push_reset_is_no_approval() -> None:
    """GitLab notes the reset under the pusher's name: the list of approvals says it."""
    fake = reviewed()
    fake.approved.clear()
    assert words(fake) == [("ina", ReviewState.DISMISSED)]


def test_a_request_for_changes_stands_although_gitlab_then_notes_the_approval_as_taken_back() -> None:
    fake = reviewed()
    fake.request_changes("ina", 30)
    (row,) = read(fake)
    assert (row.state, row.submitted_at) == (ReviewState.CHANGES_REQUESTED, at(30))


def test_a_request_for_changes_outlives_the_list_of_reviewers() -> None:
    """Whoever opened the request may take a reviewer off the list."""
    fake = reviewed()
    fake.request_changes("ida", 30)
    fake.reviewers.clear()
    assert words(fake) == [("ina", ReviewState.APPROVED), ("ida", ReviewState.CHANGES_REQUESTED)]


def test_a_request_for_changes_stands_until_the_same_person_approves() -> None:
    fake = reviewed()
    fake.request_changes("ida", 30)
    fake.approve("ida", 40)
    fake.reviewers["ida"] = "approved"
    assert words(fake) == [("ina", ReviewState.APPROVED), ("ida", ReviewState.APPROVED)]


def test_a_reviewers_state_without_a_note_stands_without_a_time() -> None:
    fake = reviewed()
    fake.reviewers["ida"] = "requested_changes"
    row = read(fake)[1]
    assert (row.state, row.submitted_at) == (ReviewState.CHANGES_REQUESTED, None)


@pytest.mark.parametrize("state", ["unreviewed", "review_started", "reviewed", "unapproved", "approved"])
def test_a_reviewer_on_the_list_says_nothing(state: str) -> None:
    fake = reviewed()
    fake.reviewers["ida"] = state
    assert words(fake) == [("ina", ReviewState.APPROVED)]


def test_a_state_that_nobody_knows_is_kept_as_unknown() -> None:
    fake = reviewed()
    fake.reviewers["ida"] = "blessed"
    assert ("ida", ReviewState.UNKNOWN) in words(fake)
