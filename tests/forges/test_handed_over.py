"""The file given with --change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.errors import UsageError
from outsource_gate.forges.handed_over import read_change_file
from outsource_gate.model.identity import Account
from outsource_gate.model.review import Context, ReviewState
from tests import values

WHOLE: dict[str, Any] = {
    "repository": "corp/payments",
    "number": 7,
    "author": {"login": "vicv", "id": 4711},
    "pushers": [{"login": "vicv", "id": 4711}],
    "pushes": [{"sha": values.EARLIER, "seen_at": "2026-11-01T09:00:00Z", "by": {"login": "vicv", "id": 4711}}],
    "head_seen_at": "2026-11-01T10:00:00Z",
    "commits": [{"sha": values.HEAD, "verified": True, "signer": {"login": "ina", "id": 1}}],
    "reviews": [
        {
            "id": 1,
            "reviewer": {"login": "ina", "id": 1, "type": "User"},
            "state": "APPROVED",
            "commit": values.HEAD,
            "submitted_at": "2026-11-01T11:00:00Z",
        }
    ],
}


def read(folder: Path, **changes: Any) -> Context:
    path = folder / "change.json"
    path.write_text(json.dumps({name: part for name, part in (WHOLE | changes).items() if part != "absent"}))
    return read_change_file(path, values.HEAD)


def test_the_example_of_the_documentation_reads_whole(tmp_path: Path) -> None:
    context = read(tmp_path)
    assert context.opener == Account("vicv", 4711)
    assert context.arrival(values.HEAD) is not None
    assert context.arrival(values.EARLIER) is not None
    assert context.reviews is not None
    assert context.reviews[0].state is ReviewState.APPROVED


@pytest.mark.parametrize(
    ("member", "field"), [("author", "opener"), ("pushers", "pushers"), ("reviews", "reviews")]
)
def test_a_missing_member_is_a_missing_fact_and_no_empty_one(tmp_path: Path, member: str, field: str) -> None:
    assert getattr(read(tmp_path, **{member: "absent"}), field) is None


def test_an_unknown_state_is_kept_as_unknown(tmp_path: Path) -> None:
    context = read(tmp_path, reviews=[WHOLE["reviews"][0] | {"state": "BLESSED"}])
    assert context.reviews is not None
    assert context.reviews[0].state is ReviewState.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"reviews": [WHOLE["reviews"][0] | {"state": "approved"}]}, "reviews.0.state"),
        ({"reviews": [WHOLE["reviews"][0] | {"submitted_at": "2026-11-01T11:00:00"}]}, "reviews.0.submitted_at"),
        ({"reviews": [WHOLE["reviews"][0] | {"commit": "main"}]}, "reviews.0.commit"),
        ({"repository": "absent"}, "repository"),
        ({"approved": True}, "approved"),
        ({"author": "vicv"}, "author"),
        ({"author": {"login": "vicv", "id": "4711"}}, "author.id"),
        ({"commits": [WHOLE["commits"][0] | {"verified": "yes"}]}, "commits.0.verified"),
    ],
)
def test_a_wrong_shape_is_one_error_that_names_the_place(
    tmp_path: Path, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=place.replace(".", r"\.")) as caught:
        read(tmp_path, **changes)
    assert caught.value.exit_code == 2


def test_a_member_given_twice_is_refused(tmp_path: Path) -> None:
    """Two readers could take different ones."""
    path = tmp_path / "change.json"
    path.write_text('{"repository": "corp/a", "repository": "corp/b"}')
    with pytest.raises(UsageError, match=r"repository.*twice"):
        read_change_file(path, values.HEAD)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_change_file(tmp_path / "none.json", values.HEAD)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_a_usage_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "change.json"
    path.write_bytes(raw)
    with pytest.raises(UsageError):
        read_change_file(path, values.HEAD)
