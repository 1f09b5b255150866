"""The frame that a GitLab job's variables give."""

from __future__ import annotations

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.forges.gitlab_event import JobToken, detect
from outsource_gate.model.identity import Account
from tests.forges.fake_gitlab import JOB_TOKEN, TOKEN, Fake, job, sha

FAKE = Fake(url="https://forge.example:8443/gitlab")
ZEROS = "0" * 40
PUSH = {
    "CI_PIPELINE_SOURCE": "push",
    "CI_MERGE_REQUEST_IID": "",
    "CI_MERGE_REQUEST_EVENT_TYPE": "",
    "CI_COMMIT_BRANCH": "feature",
}


def frame(**changes: str) -> Event:
    event = detect(job(FAKE, **changes))
    assert event is not None
    return event


def test_a_detached_pipeline_judges_the_requests_head() -> None:
    event = frame()
    assert (event.forge, event.name, event.repository, event.repository_id) == (
        "gitlab",
        "merge_request_event",
        "corp/payments",
        12,
    )
    assert (event.number, event.head, event.target) == (7, sha("a"), "main")
    assert (event.base, event.ref) == ("refs/remotes/origin/main", "refs/merge-requests/7/head")
    assert (event.api, event.origin) == (
        "https://forge.example:8443/gitlab/api/v4",
        "https://forge.example:8443",
    )


@pytest.mark.parametrize(("kind", "ref"), [("merged_result", "merge"), ("merge_train", "train")])
def test_a_merge_that_gitlab_made_is_judged_as_such(kind: str, ref: str) -> None:
    event = frame(CI_MERGE_REQUEST_EVENT_TYPE=kind, CI_COMMIT_SHA=sha("d"))
    assert (event.name, event.head, event.ref) == (kind, sha("d"), f"refs/merge-requests/7/{ref}")


def test_no_variable_moves_the_base_of_a_request() -> None:
    """Whoever sets a base makes the change as small as they like."""
    event = frame(CI_MERGE_REQUEST_TARGET_BRANCH_SHA=sha("a"), CI_MERGE_REQUEST_DIFF_BASE_SHA=sha("a"))
    assert event.base == "refs/remotes/origin/main"


def test_outside_of_gitlab_there_is_nothing_to_detect() -> None:
    assert detect({"CI": "true", "GITHUB_ACTIONS": "true"}) is None


def test_a_push_to_the_default_branch_is_judged_from_what_was_there() -> None:
    event = frame(**PUSH | {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": sha("b")})
    assert (event.number, event.base, event.target, event.ref) == (None, sha("b"), "main", "refs/heads/main")


def test_a_push_to_another_branch_is_judged_whole() -> None:
    """From the default branch on: what the last push added is not the change."""
    event = frame(**PUSH | {"CI_COMMIT_BEFORE_SHA": sha("b")})
    assert (event.base, event.target, event.ref) == ("refs/remotes/origin/main", "main", "refs/heads/feature")


def test_a_push_to_a_protected_branch_is_judged_from_what_was_there() -> None:
    changes = {"CI_COMMIT_BRANCH": "stable", "CI_COMMIT_REF_PROTECTED": "true", "CI_COMMIT_BEFORE_SHA": sha("b")}
    event = frame(**PUSH | changes)
    assert (event.base, event.target) == (sha("b"), "stable")


@pytest.mark.parametrize("before", [ZEROS, "", "HEAD~5"])
def test_a_pipeline_that_no_push_started_has_no_commit_before(before: str) -> None:
    event = frame(**PUSH | {"CI_COMMIT_BRANCH": "main", "CI_COMMIT_BEFORE_SHA": before})
    assert event.base == "refs/remotes/origin/main"


def test_who_started_the_pipeline_is_the_sender() -> None:
    assert frame().sender == Account("ina", 1)
    assert frame(GITLAB_USER_LOGIN="").sender is None


def test_our_own_token_comes_first_and_the_jobs_token_is_known_as_such() -> None:
    assert frame().token == TOKEN
    assert not isinstance(frame().token, JobToken)
    assert frame(OUTSOURCE_GATE_TOKEN="", GITLAB_TOKEN=" other\n").token == "other"
    assert frame(OUTSOURCE_GATE_TOKEN="").token == JOB_TOKEN
    assert isinstance(frame(OUTSOURCE_GATE_TOKEN="").token, JobToken)
    assert frame(OUTSOURCE_GATE_TOKEN="", CI_JOB_TOKEN="").token == ""


def test_a_token_that_no_header_can_carry_is_not_shown() -> None:
    with pytest.raises(UsageError) as caught:
        frame(OUTSOURCE_GATE_TOKEN="glpat-one\nglpat-two")
    assert "glpat" not in str(caught.value)
    assert TOKEN not in repr(frame())


@pytest.mark.parametrize(
    ("changes", "trusted"),
    [
        ({}, False),
        (PUSH | {"CI_COMMIT_BRANCH": "main"}, False),
        ({"CI_CONFIG_PATH": "ci/gate.yml"}, False),
        ({"CI_CONFIG_PATH": "gate.yml@corp/ci"}, True),
        ({"CI_CONFIG_PATH": "https://config.example/gate.yml"}, True),
        ({"OUTSOURCE_GATE_JOB": "execution-policy"}, True),
        ({"OUTSOURCE_GATE_JOB": "yes"}, False),
    ],
)
def test_a_job_is_trusted_only_where_head_does_not_define_it(changes: dict[str, str], trusted: bool) -> None:
    assert frame(**changes).is_trusted is trusted


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"CI_API_V4_URL": ""}, "CI_API_V4_URL: missing"),
        ({"CI_API_V4_URL": "https://forge.example/api/v3"}, "CI_API_V4_URL: no address"),
        ({"CI_API_V4_URL": "file:///api/v4"}, "CI_API_V4_URL: no address"),
        ({"CI_API_V4_URL": "https://user:word@forge.example/api/v4"}, "CI_API_V4_URL: no address"),
        ({"CI_API_V4_URL": "http://forge.example:8443/gitlab/api/v4"}, "expected https"),
        ({"CI_API_V4_URL": "https://elsewhere.example/api/v4"}, "name two servers"),
        ({"CI_API_V4_URL": "https://forge.example:port/api/v4"}, "no address"),
        ({"CI_SERVER_URL": "https://[forge"}, "no address"),
        ({"CI_PROJECT_PATH": ""}, "CI_PROJECT_PATH: missing"),
        ({"CI_PROJECT_ID": "twelve"}, "CI_PROJECT_ID: no number"),
        ({"CI_COMMIT_SHA": "main"}, "CI_COMMIT_SHA: no full commit id"),
        ({"CI_COMMIT_SHA": sha("a") + "\n"}, "CI_COMMIT_SHA: no full commit id"),
        ({"CI_MERGE_REQUEST_IID": ""}, "CI_MERGE_REQUEST_IID: missing"),
        ({"CI_MERGE_REQUEST_IID": "-7"}, "CI_MERGE_REQUEST_IID: no number"),
        ({"CI_MERGE_REQUEST_EVENT_TYPE": "octopus"}, "unknown kind 'octopus'"),
        ({"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main~5"}, "no name of a branch"),
        ({"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "a..b"}, "no name of a branch"),
        ({"CI_MERGE_REQUEST_PROJECT_ID": "12", "CI_PROJECT_ID": "77"}, "runs in the fork"),
        (PUSH | {"CI_DEFAULT_BRANCH": ""}, "CI_DEFAULT_BRANCH: missing"),
    ],
)
def test_variables_that_contradict_themselves_are_an_error(changes: dict[str, str], place: str) -> None:
    with pytest.raises(UsageError, match=place):
        frame(**changes)
