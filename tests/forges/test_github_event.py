"""What a job on GitHub is about, as its environment and event file say."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.forges.github_event import MAX_BYTES, detect
from outsource_gate.model.identity import Account

HEAD, BASE, NONE = "a" * 40, "b" * 40, "0" * 40
REPOSITORY = {"id": 1296269, "full_name": "corp/payments", "default_branch": "main"}
VIC = {"login": "vicv", "id": 4711, "type": "User"}
PULL: dict[str, Any] = {
    "action": "synchronize",
    "number": 7,
    "pull_request": {
        "number": 7,
        "head": {"ref": "feature", "sha": HEAD, "repo": REPOSITORY},
        "base": {"ref": "main", "sha": BASE, "repo": REPOSITORY},
    },
    "repository": REPOSITORY,
    "sender": VIC,
}
QUEUE: dict[str, Any] = {
    "action": "checks_requested",
    "merge_group": {
        "head_sha": HEAD,
        "head_ref": f"refs/heads/gh-readonly-queue/main/pr-7-{BASE}",
        "base_sha": BASE,
        "base_ref": "refs/heads/main",
    },
    "repository": REPOSITORY,
    "sender": VIC,
}
PUSH: dict[str, Any] = {
    "ref": "refs/heads/main",
    "before": BASE,
    "after": HEAD,
    "created": False,
    "deleted": False,
    "repository": REPOSITORY,
    "sender": VIC,
}
JOB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_REPOSITORY": "corp/payments",
    "GITHUB_REPOSITORY_ID": "1296269",
    "GITHUB_API_URL": "https://api.github.com",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_TOKEN": "ghs_job",
}


def seen(folder: Path, name: str, payload: Any, **changes: str) -> Event:
    path = folder / "event.json"
    path.write_text(json.dumps(payload))
    found = detect(JOB | {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path)} | changes)
    assert found is not None
    return found


def changed(payload: dict[str, Any], *path: str, to: Any) -> dict[str, Any]:
    """A copy of the payload with one member changed."""
    copy = json.loads(json.dumps(payload))
    place = copy
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = to
    return copy  # type: ignore[no-any-return]


def test_a_pull_request_is_judged_against_the_tip_of_its_target(tmp_path: Path) -> None:
    event = seen(tmp_path, "pull_request_target", PULL)
    assert event == Event(
        forge="github",
        name="pull_request_target",
        repository="corp/payments",
        origin="https://api.github.com",
        api="https://api.github.com",
        base="refs/remotes/origin/main",
        head=HEAD,
        number=7,
        target="main",
        sender=Account("vicv", 4711),
        is_trusted=True,
        ref="refs/pull/7/head",
        token="ghs_job",
        repository_id=1296269,
    )


def test_a_queue_entry_is_judged_against_its_parent_and_named_by_its_ref(tmp_path: Path) -> None:
    event = seen(tmp_path, "merge_group", QUEUE)
    assert (event.base, event.head, event.number, event.target) == (BASE, HEAD, 7, "main")
    assert event.ref == QUEUE["merge_group"]["head_ref"]


def test_a_queue_of_a_branch_with_slashes_is_read_by_its_base(tmp_path: Path) -> None:
    ref = f"refs/heads/gh-readonly-queue/release/pr-1-x/pr-12-{BASE}"
    payload = changed(QUEUE, "merge_group", "head_ref", to=ref)
    payload = changed(payload, "merge_group", "base_ref", to="refs/heads/release/pr-1-x")
    event = seen(tmp_path, "merge_group", payload)
    assert (event.number, event.target) == (12, "release/pr-1-x")


def test_a_push_is_judged_from_what_the_branch_was(tmp_path: Path) -> None:
    event = seen(tmp_path, "push", PUSH)
    assert (event.base, event.head, event.number, event.ref) == (BASE, HEAD, None, "refs/heads/main")


def test_a_new_branch_is_judged_against_the_default_branch(tmp_path: Path) -> None:
    event = seen(tmp_path, "push", PUSH | {"before": NONE, "created": True, "ref": "refs/heads/feature/x"})
    assert (event.base, event.target) == ("refs/remotes/origin/main", "feature/x")


@pytest.mark.parametrize(
    "change", [{"after": NONE, "deleted": True}, {"after": NONE}, {"ref": "refs/tags/v1"}, {"deleted": True}]
)
def test_a_push_that_brings_nothing_to_a_branch_says_so(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="nothing to judge"):
        seen(tmp_path, "push", PUSH | change)


@pytest.mark.parametrize(
    ("name", "payload", "workflow", "trusted"),
    [
        ("pull_request_target", PULL, "corp/payments/.github/workflows/gate.yml@refs/heads/main", True),
        ("pull_request", PULL, "corp/payments/.github/workflows/gate.yml@refs/pull/7/merge", False),
        ("pull_request_review", PULL, "corp/payments/.github/workflows/gate.yml@refs/pull/7/merge", False),
        # What a fork's job calls its workflow is not known to us, so another name earns no trust here.
        ("pull_request", PULL, "vic/payments/.github/workflows/gate.yml@refs/pull/7/merge", False),
        (
            "merge_group",
            QUEUE,
            "corp/payments/.github/workflows/gate.yml@refs/heads/gh-queue/main",
            False,
        ),
        ("merge_group", QUEUE, "corp/rules/.github/workflows/gate.yml@refs/heads/main", True),
        ("merge_group", QUEUE, "", False),
        ("push", PUSH, "Corp/Payments/.github/workflows/gate.yml@refs/heads/main", False),
        ("push", PUSH, "corp/rules/.github/workflows/gate.yml@refs/heads/main", True),
    ],
)
def test_a_job_whose_definition_head_could_have_written_is_not_trusted(
    tmp_path: Path, name: str, payload: Any, workflow: str, trusted: bool
) -> None:
    assert seen(tmp_path, name, payload, GITHUB_WORKFLOW_REF=workflow).is_trusted is trusted


def test_outside_a_job_of_github_there_is_no_event() -> None:
    assert detect({}) is None
    assert detect({"GITHUB_ACTIONS": "false"}) is None


@pytest.mark.parametrize("name", ["schedule", "workflow_dispatch", "issue_comment", "pull_request_review_comment"])
def test_an_event_that_no_change_stands_behind_is_none(name: str) -> None:
    assert detect(JOB | {"GITHUB_EVENT_NAME": name}) is None


@pytest.mark.parametrize(
    ("server", "api", "origin"),
    [
        ("https://github.com", "https://api.github.com", "https://api.github.com"),
        ("https://ghe.corp.example", "https://ghe.corp.example/api/v3", "https://ghe.corp.example"),
        ("https://ghe.corp.example:8443", "https://ghe.corp.example:8443/api/v3/", "https://ghe.corp.example:8443"),
        ("https://corp.ghe.example", "https://api.corp.ghe.example", "https://api.corp.ghe.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_api_of_each_kind_of_github_is_found(tmp_path: Path, server: str, api: str, origin: str) -> None:
    event = seen(tmp_path, "push", PUSH, GITHUB_SERVER_URL=server, GITHUB_API_URL=api)
    assert (event.origin, event.api) == (origin, api.rstrip("/"))


@pytest.mark.parametrize(
    "api",
    [
        "http://api.github.com",
        "https://elsewhere.example",
        "https://api.github.com.elsewhere.example",
        "https://api.github.com@elsewhere.example",
        "https://api.github.com?x=1",
        "https://api.github.com:99999",
        "ftp://github.com",
        "api.github.com",
        "",
    ],
)
def test_a_token_is_not_sent_to_an_api_of_another_server(tmp_path: Path, api: str) -> None:
    with pytest.raises(UsageError, match="GITHUB_API_URL"):
        seen(tmp_path, "push", PUSH, GITHUB_API_URL=api)


def test_our_own_token_is_tried_before_the_jobs(tmp_path: Path) -> None:
    assert seen(tmp_path, "push", PUSH, OUTSOURCE_GATE_TOKEN=" ghp_own\n").token == "ghp_own"
    assert seen(tmp_path, "push", PUSH, OUTSOURCE_GATE_TOKEN="").token == "ghs_job"
    assert seen(tmp_path, "push", PUSH, GITHUB_TOKEN="").token == ""


def test_a_token_stands_in_no_repr_and_no_error(tmp_path: Path) -> None:
    assert "ghs_job" not in repr(seen(tmp_path, "push", PUSH))
    with pytest.raises(UsageError, match="OUTSOURCE_GATE_TOKEN") as caught:
        seen(tmp_path, "push", PUSH, OUTSOURCE_GATE_TOKEN="ghp_own\nX-Other: 1")
    assert "ghp_own" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "payload", "said"),
    [
        ("push", PUSH | {"repository": REPOSITORY | {"full_name": "corp/other"}}, "is about 'corp/other'"),
        ("push", PUSH | {"repository": REPOSITORY | {"id": 5}}, "repository.id is 5"),
        ("push", PUSH | {"repository": REPOSITORY | {"id": "1296269"}}, "repository.id is '1296269'"),
        ("push", PUSH | {"repository": None}, "repository.full_name is None"),
        ("push", PUSH | {"after": "main"}, "after is 'main'"),
        ("push", PUSH | {"after": 7}, "after is 7"),
        ("push", PUSH | {"ref": "refs/heads/--upload-pack=x"}, "name of a branch"),
        ("push", PUSH | {"ref": "refs/heads/a..b"}, "name of a branch"),
        ("push", PUSH | {"ref": "refs/heads/a\n::error::"}, "name of a branch"),
        ("pull_request_target", QUEUE, "pull_request.number is None"),
        ("pull_request_target", changed(PULL, "pull_request", "number", to=True), "pull_request.number is True"),
        ("pull_request_target", changed(PULL, "pull_request", "number", to=-7), "pull_request.number is -7"),
        ("pull_request_target", changed(PULL, "pull_request", "head", "sha", to=HEAD[:7]), "full commit id"),
        ("pull_request_target", changed(PULL, "pull_request", "head", to=None), "pull_request.head.sha is None"),
        ("pull_request_target", changed(PULL, "pull_request", "base", "repo", to={"id": 5}), "of repository 5"),
        ("pull_request_target", changed(PULL, "pull_request", "base", "ref", to="a b"), "name of a branch"),
        ("merge_group", PULL, "merge_group.head_ref is None"),
        ("merge_group", changed(QUEUE, "merge_group", "base_ref", to="refs/heads/other"), "queue/other/pr-"),
        ("merge_group", changed(QUEUE, "merge_group", "head_ref", to="refs/heads/main"), "queue/main/pr-"),
    ],
)
def test_an_event_that_contradicts_itself_or_the_job_is_refused(
    tmp_path: Path, name: str, payload: Any, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        seen(tmp_path, name, payload)


@pytest.mark.parametrize("name", ["GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REPOSITORY", "GITHUB_API_URL"])
def test_a_job_that_lacks_a_part_of_its_frame_is_told_which(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: not set"):
        seen(tmp_path, "push", PUSH, **{name: ""})


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no JSON"),
        (b"[]", "got list -> expected an object"),
        (b'{"ref": 1, "ref": 2}', "given twice"),
        (b'{"ref": NaN}', "NaN is no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"ref": "\xff"}', "no JSON"),
    ],
)
def test_an_event_file_that_cannot_be_read_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(raw)
    with pytest.raises(UsageError, match=said):
        detect(JOB | {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(path)})


def test_an_event_file_larger_than_github_sends_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UsageError, match="which GitHub never sends"):
        detect(JOB | {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(path)})


def test_an_event_file_that_is_none_is_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe would wait for a writer."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "none.json", "."):
        with pytest.raises(UsageError, match="no file is there"):
            detect(JOB | {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(tmp_path / name)})


_NAMES = {"pull_request", "merge_group", "head", "base", "repo", "sha", "ref", "id", "number", "head_ref", "before"}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(HEAD),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(sorted(_NAMES)), inner, max_size=4),
    max_leaves=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["pull_request_target", "merge_group", "push"]), json_values)
def test_no_payload_ends_in_anything_but_an_event_or_a_usage_error(tmp_path: Path, name: str, value: Any) -> None:
    payload = {**PULL, **QUEUE, **PUSH} | (value if isinstance(value, dict) else {"sender": value})
    try:
        event = seen(tmp_path, name, payload)
    except UsageError:
        return
    assert len(event.head) == 40
