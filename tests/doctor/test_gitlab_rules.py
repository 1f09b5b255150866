"""How GitLab enforces the gate is told as what was seen; a pipeline execution policy only from a job it started."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from outsource_gate.doctor import Check, State
from outsource_gate.doctor.api import Api, Refused, Silent
from outsource_gate.doctor.gitlab_rules import Project, rules_checks
from tests.doctor.fake_api import PROJECT, FakeApi, Fault, gitlab
from tests.doctor.look import one, place, states

BRANCHES = f"{PROJECT}/protected_branches"


@pytest.fixture
def server() -> Iterator[FakeApi]:
    with FakeApi(gitlab()) as api:
        yield api


def look(server: FakeApi, *, branch: str = "main", in_job: bool = False) -> tuple[Check, ...]:
    api = Api(server.address, {}, one_seconds=1.0)
    project: Project | Refused | Silent = api.get("/projects/corp%2Fpayments", Project)
    where = replace(place(server, "gitlab"), branch=branch)
    return tuple(rules_checks(where, project, api, api if in_job else None))


@pytest.mark.parametrize(
    ("settings", "state", "found"),
    [
        ({"only_allow_merge_if_pipeline_succeeds": False}, State.PROBLEM, "nothing"),
        ({"allow_merge_on_skipped_pipeline": True}, State.PROBLEM, "required status check only"),
        ({"ci_config_path": ""}, State.WARNING, "required status check only"),
        ({"ci_config_path": None}, State.WARNING, "required status check only"),
        ({"ci_config_path": "ci.yml@corp/ci"}, State.WARNING, "required status check only"),
        ({"only_allow_merge_if_pipeline_succeeds": None}, State.COULD_NOT_LOOK, "could not be seen"),
    ],
)
def test_the_projects_merge_checks_are_told(
    server: FakeApi, settings: dict[str, Any], state: State, found: str
) -> None:
    server.answers[PROJECT] |= settings
    gate = one(look(server), "the gate")
    assert (gate.state, gate.found.partition(":")[0]) == (state, found)


def test_a_file_that_the_change_can_edit_is_said_to_be_one(server: FakeApi) -> None:
    server.answers[PROJECT]["ci_config_path"] = "ci/gate.yml"
    assert "the change can edit" in one(look(server), "the gate").found


def test_a_policy_is_seen_from_the_job_it_started(server: FakeApi) -> None:
    server.answers["/job"] = {"id": 8, "source": "pipeline_execution_policy"}
    found = look(server, in_job=True)
    assert one(found, "the gate").state is State.OK
    assert one(found, "the gate").found.startswith("pipeline execution policy: it started this job")
    assert "policies" not in states(found)


@pytest.mark.parametrize(
    "answer",
    [
        Fault(body={"id": 8}),
        Fault(body={"id": 8, "source": None}),
        Fault(body={"id": 8, "source": "push"}),
        Fault(body={"id": 8, "source": ["pipeline_execution_policy"]}),
        Fault(status=401),
        Fault(status=500),
    ],
    ids=lambda fault: repr(fault.body or fault.status),
)
def test_any_other_answer_is_no_policy(server: FakeApi, answer: Fault) -> None:
    server.fault("/job", answer)
    found = look(server, in_job=True)
    assert one(found, "the gate").state is State.WARNING
    assert one(found, "policies").state is State.COULD_NOT_LOOK


def level(**of: int | None) -> dict[str, int | None]:
    return {"id": 1, **of}


@pytest.mark.parametrize(
    ("levels", "state", "who"),
    [
        ([level(access_level=0)], State.OK, "nobody"),
        ([], State.OK, "nobody"),
        ([level(access_level=40)], State.WARNING, "maintainers"),
        ([level(access_level=30), level(access_level=40)], State.PROBLEM, "developers, maintainers"),
        ([level(access_level=40, deploy_key_id=3)], State.WARNING, "deploy key 3"),
        ([level(access_level=None, group_id=12)], State.WARNING, "group 12"),
        ([level(access_level=None)], State.WARNING, "somebody that is not shown"),
        ([level(access_level=35)], State.WARNING, "level 35"),
    ],
)
def test_who_can_push_past_merge_requests_is_named(
    server: FakeApi, levels: list[dict[str, int | None]], state: State, who: str
) -> None:
    server.answers[BRANCHES][0]["push_access_levels"] = levels
    found = one(look(server), "bypass")
    assert found.state is state
    assert who in found.found


def test_of_several_protections_the_loosest_counts(server: FakeApi) -> None:
    """so does GitLab count them"""
    loose = {**server.answers[BRANCHES][0], "name": "*", "push_access_levels": [level(access_level=30)]}
    server.answers[BRANCHES].append(loose)
    assert one(look(server), "bypass").state is State.PROBLEM


@pytest.mark.parametrize("name", ["master", "mai", "ma?n", "[m]ain", "MAIN"])
def test_a_protection_of_another_name_protects_nothing(server: FakeApi, name: str) -> None:
    """`*` is the only wildcard that GitLab knows"""
    server.answers[BRANCHES][0]["name"] = name
    assert one(look(server), "branch").state is State.PROBLEM


def test_forced_pushes_are_a_problem(server: FakeApi) -> None:
    server.answers[BRANCHES][0]["allow_force_push"] = True
    assert one(look(server), "force push").state is State.PROBLEM


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("reset_approvals_on_push", False),
        ("merge_requests_author_approval", True),
        ("disable_overriding_approvers_per_merge_request", False),
    ],
)
def test_each_loose_approval_setting_is_a_warning(server: FakeApi, setting: str, value: bool) -> None:
    server.answers[f"{PROJECT}/approvals"][setting] = value
    assert one(look(server), "approvals' rules").state is State.WARNING


def test_approval_rules_that_are_not_there_are_not_taken_for_none(server: FakeApi) -> None:
    """they are Premium: 404 is what the free edition answers"""
    del server.answers[f"{PROJECT}/approval_rules"]
    assert one(look(server), "reviews").state is State.COULD_NOT_LOOK
    server.answers[f"{PROJECT}/approval_rules"] = [{"name": "all", "approvals_required": 0}]
    assert one(look(server), "reviews").state is State.WARNING


def test_a_target_branch_that_is_not_known_is_not_looked_at(server: FakeApi) -> None:
    server.answers[PROJECT]["default_branch"] = None
    assert one(look(server, branch=""), "branch").state is State.COULD_NOT_LOOK
