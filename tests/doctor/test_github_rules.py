"""How GitHub enforces the gate is told as it was seen: a name is no proof, and what is hidden is no yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from outsource_gate.doctor import Check, State
from outsource_gate.doctor.api import Api
from outsource_gate.doctor.github_rules import MAX_RULESETS, rules_checks
from tests.doctor.fake_api import REPOSITORY, RULESET, TOP, FakeApi, Fault, github
from tests.doctor.look import one, place

RULES, BRANCH = f"{TOP}/rules/branches/main", f"{TOP}/branches/main"
PROTECTION, BYPASS = f"{BRANCH}/protection", f"{TOP}/rulesets/{RULESET}"
STATUS = {
    "type": "required_status_checks",
    "ruleset_id": RULESET,
    "parameters": {
        "required_status_checks": [{"context": "outsource-gate"}],
        "strict_required_status_checks_policy": False,
    },
}


@pytest.fixture
def server() -> Iterator[FakeApi]:
    with FakeApi(github()) as api:
        yield api


def look(server: FakeApi, workflow: str = "", repository: str = "corp/ci") -> tuple[Check, ...]:
    where = replace(place(server, "github"), workflow=workflow, workflow_repository=repository)
    return tuple(rules_checks(where, "main", 1, Api(server.address, {}, one_seconds=10.0)))


def gate(server: FakeApi, workflow: str = "") -> Check:
    return one(look(server, workflow), "the gate")


def test_a_file_of_the_same_name_in_another_repository_is_not_the_required_one(server: FakeApi) -> None:
    """a branch of the repository can hold a workflow of any name"""
    found = look(server, ".github/workflows/gate.yml", REPOSITORY)
    assert one(found, "the gate").state is State.WARNING
    server.answers[RULES][0]["parameters"]["workflows"][0]["repository_id"] = 1
    found = look(server, ".github/workflows/gate.yml", REPOSITORY)
    assert one(found, "the gate").state is State.OK


def unprotected(server: FakeApi) -> None:
    server.answers[RULES] = []
    server.answers[BRANCH] = {"name": "main", "protected": False}


def test_the_running_workflow_being_required_is_in_order(server: FakeApi) -> None:
    found = gate(server, ".github/workflows/gate.yml")
    assert found.state is State.OK
    assert found.found.startswith("required workflow: .github/workflows/gate.yml@refs/heads/main")


@pytest.mark.parametrize("workflow", ["", ".github/workflows/other.yml"])
def test_another_required_workflow_may_be_anything(server: FakeApi, workflow: str) -> None:
    assert gate(server, workflow).state is State.WARNING


def test_a_required_check_alone_is_a_warning(server: FakeApi) -> None:
    """a check's name is no proof: a skipped job, or any other, may report it"""
    server.answers[RULES] = [STATUS]
    found = gate(server)
    assert found.state is State.WARNING
    assert found.found.startswith("required status check only: outsource-gate on main")


def test_a_check_required_by_classic_protection_is_seen_without_administration(server: FakeApi) -> None:
    server.answers[RULES] = []
    protection = {
        "enabled": True,
        "required_status_checks": {"contexts": ["gate"], "enforcement_level": "everyone"},
    }
    server.answers[BRANCH] = {"name": "main", "protected": True, "protection": protection}
    assert gate(server).found.startswith("required status check only: gate on main")


def test_a_branch_without_any_rule_is_a_problem(server: FakeApi) -> None:
    unprotected(server)
    found = look(server)
    assert one(found, "the gate").state is State.PROBLEM
    assert one(found, "reviews").state is State.PROBLEM


def test_protection_that_is_hidden_is_not_taken_for_none(server: FakeApi) -> None:
    """GITHUB_TOKEN sees that a branch is protected, and not by what"""
    server.answers[RULES] = []
    server.answers[BRANCH] = {"name": "main", "protected": True}
    found = look(server)
    assert {one(found, name).state for name in ("the gate", "reviews", "classic rules")} == {State.COULD_NOT_LOOK}


def test_a_branch_that_github_says_is_not_protected_is_not(server: FakeApi) -> None:
    server.answers[RULES] = []
    server.fault(PROTECTION, Fault(status=404, body={"message": "Branch not protected"}))
    assert gate(server).state is State.PROBLEM


def test_rules_that_are_hidden_are_not_taken_for_none(server: FakeApi) -> None:
    server.answers[BRANCH] = {"name": "main", "protected": False}
    server.fault(RULES, Fault(status=403, body={"message": "Upgrade to GitHub Pro or make this repository public"}))
    found = gate(server)
    assert found.state is State.COULD_NOT_LOOK
    assert found.fix == ("rulesets of private repositories need a paid plan",)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.OK),
        ({"required_approving_review_count": 0}, State.WARNING),
        ({"dismiss_stale_reviews_on_push": False, "require_last_push_approval": False}, State.WARNING),
        ({"dismiss_stale_reviews_on_push": False}, State.OK),
    ],
)
def test_reviews_count_where_a_push_takes_them_back(server: FakeApi, change: dict[str, Any], state: State) -> None:
    server.answers[RULES][1]["parameters"] |= change
    assert one(look(server), "reviews").state is state


def test_who_can_bypass_is_named_where_it_is_shown(server: FakeApi) -> None:
    server.answers[BYPASS]["bypass_actors"] = [
        {"actor_type": "OrganizationAdmin", "actor_id": None, "bypass_mode": "always"},
        {"actor_type": "RepositoryRole", "actor_id": 5, "bypass_mode": "pull_request"},
        {"actor_type": "Team", "actor_id": 99, "bypass_mode": "exempt"},
    ]
    found = one(look(server), "bypass")
    assert found.state is State.WARNING
    assert found.found == "outsourced: organisation owners, administrators (pull request), team 99 (exempt)"


def test_who_can_bypass_is_unknown_where_it_is_hidden(server: FakeApi) -> None:
    """the list is left out for tokens that may not edit the ruleset: left out is not empty"""
    del server.answers[BYPASS]["bypass_actors"]
    found = one(look(server), "bypass")
    assert found.state is State.COULD_NOT_LOOK
    assert "this token: never" in found.found


def test_rulesets_beyond_the_bound_are_said_to_be_unseen(server: FakeApi) -> None:
    numbers = range(100, 100 + MAX_RULESETS + 2)
    server.answers[RULES] = [{"type": "non_fast_forward", "ruleset_id": number} for number in numbers]
    found = [check for check in look(server) if check.looked_at == "bypass"]
    assert len(found) == MAX_RULESETS + 1
    assert found[-1].found == "2 more rulesets were not looked at"


@pytest.mark.parametrize(("enabled", "state"), [(True, State.OK), (False, State.WARNING)])
def test_classic_protection_holds_for_administrators_or_not(server: FakeApi, enabled: bool, state: State) -> None:
    server.answers[PROTECTION] = {"url": "x", "enforce_admins": {"url": "x", "enabled": enabled}}
    assert one(look(server), "classic rules").state is state
