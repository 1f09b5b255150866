"""What git tells a hook about a push is read strictly."""

from __future__ import annotations

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.git.pushes import (
    MAX_REFS,
    Update,
    handed_over_by_pre_commit,
    read_pushed,
    read_received,
)

ONE, TWO, NONE = "1" * 40, "2" * 40, "0" * 40


def test_every_line_is_a_ref() -> None:
    """A new branch, a deletion and a forced tag in one push are three updates, in git's order."""
    raw = f"refs/heads/a {ONE} refs/heads/a {NONE}\n(delete) {NONE} refs/heads/b {TWO}\n"
    raw += f"refs/tags/t {ONE} refs/tags/t {TWO}\n"
    updates = read_pushed(raw.encode())
    assert updates == (
        Update("refs/heads/a", NONE, ONE),
        Update("refs/heads/b", TWO, NONE),
        Update("refs/tags/t", TWO, ONE),
    )
    assert [(update.creates, update.deletes) for update in updates] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_server_is_told_old_new_and_ref() -> None:
    assert read_received(f"{ONE} {TWO} refs/heads/a\n".encode()) == (Update("refs/heads/a", ONE, TWO),)


@pytest.mark.parametrize("typed", [":/fix the bug", "HEAD@{1 hour ago}", "HEAD~2"])
def test_what_was_typed_for_the_local_side_may_hold_blanks(typed: str) -> None:
    raw = f"{typed} {ONE} refs/heads/a {NONE}\n"
    assert read_pushed(raw.encode()) == (Update("refs/heads/a", NONE, ONE),)


def test_a_name_that_is_not_utf_8_is_a_name() -> None:
    (update,) = read_pushed(f"HEAD {ONE} refs/heads/".encode() + b"\xff" + f" {NONE}\n".encode())
    assert update.ref == "refs/heads/\udcff"


def test_ids_of_sha_256_are_read() -> None:
    assert read_received(f"{'0' * 64} {'a' * 64} refs/heads/a\n".encode())[0].creates


@pytest.mark.parametrize(
    "line",
    [
        "",
        "refs/heads/a",
        f"refs/heads/a {ONE} refs/heads/a",
        f" {ONE} refs/heads/a {NONE}",
        f"refs/heads/a {ONE[:39]} refs/heads/a {NONE}",
        f"refs/heads/a {ONE} refs/heads/a {'0' * 64}",
        f"refs/heads/a {ONE.replace('1', 'G')} refs/heads/a {NONE}",
        f"refs/heads/a {ONE} heads/a {NONE}",
        f"refs/heads/a {ONE} refs/heads/../a {NONE}",
        f"refs/heads/a {ONE} refs/heads/a\x1b[2J {NONE}",
        f"(delete) {NONE} refs/heads/a {NONE}",
        f"refs/heads/a {ONE} refs/heads/a {NONE}\n\nrefs/heads/b {ONE} refs/heads/b {NONE}",
    ],
)
def test_a_line_that_git_would_not_write_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="stdin of pre-push"):
        read_pushed(f"{line}\n".encode())


def test_a_line_of_the_other_hook_is_refused() -> None:
    with pytest.raises(UsageError, match="stdin of pre-receive"):
        read_received(f"refs/heads/a {ONE} refs/heads/a {NONE}\n".encode())


def test_more_refs_than_are_judged_are_refused() -> None:
    raw = f"{NONE} {ONE} refs/heads/a\n".encode()
    assert len(read_received(raw * MAX_REFS)) == MAX_REFS
    with pytest.raises(UsageError, match="in one push"):
        read_received(raw * (MAX_REFS + 1))


def test_no_line_is_no_ref() -> None:
    assert read_pushed(b"") == ()


HANDED_OVER = {
    "PRE_COMMIT_FROM_REF": ONE,
    "PRE_COMMIT_TO_REF": TWO,
    "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/mine",
    "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/theirs",
}


def test_pre_commit_hands_one_ref_over() -> None:
    assert handed_over_by_pre_commit(HANDED_OVER) == Update("refs/heads/theirs", ONE, TWO)


def test_where_pre_commit_names_no_range_the_branch_counts() -> None:
    """It does so where it knows nothing of the remote."""
    known = {name: value for name, value in HANDED_OVER.items() if not name.endswith("_REF")}
    assert handed_over_by_pre_commit(known) == Update("refs/heads/theirs", NONE, "refs/heads/mine")


def test_outside_of_pre_commit_nothing_is_handed_over() -> None:
    assert handed_over_by_pre_commit({"PRE_COMMIT": "1"}) is None
    with pytest.raises(UsageError, match="full ref name"):
        handed_over_by_pre_commit(HANDED_OVER | {"PRE_COMMIT_REMOTE_BRANCH": "--upload-pack"})
