"""What a token sees of GitHub is told permission by permission, and what it does not is never taken for yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from outsource_gate.doctor import Check, State, github
from outsource_gate.doctor.api import Api
from outsource_gate.doctor.place import Place
from tests.doctor.fake_api import TOP, FakeApi, Fault
from tests.doctor.fake_api import github as answers
from tests.doctor.look import one, place, states

GATE = ".github/workflows/gate.yml"


@pytest.fixture
def server() -> Iterator[FakeApi]:
    with FakeApi(answers()) as api:
        yield api


def look(server: FakeApi, where: Place | None = None, seconds: float = 10.0) -> tuple[Check, ...]:
    return tuple(github.checks(where or place(server, "github"), Api(server.address, {}, one_seconds=seconds)))


def test_a_repository_in_order_has_no_problem(server: FakeApi) -> None:
    """and classic protection, which is answered with 404, stays unknown"""
    found = states(look(server, replace(place(server, "github"), workflow=GATE, workflow_repository="corp/ci")))
    assert found.pop("classic rules") is State.COULD_NOT_LOOK
    assert set(found.values()) == {State.OK}


@cache
def in_order() -> dict[str, State]:
    """What is told before anything is broken."""
    with FakeApi(answers()) as api:
        return states(look(api, replace(place(api, "github"), workflow=GATE, workflow_repository="corp/ci")))


def test_only_get_is_used(server: FakeApi) -> None:
    look(server)
    assert server.asked
    assert server.methods == set()


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_token_that_does_not_see_the_repository_ends_the_questions(server: FakeApi, status: int) -> None:
    server.fault(TOP, Fault(status=status))
    found = look(server)
    assert states(found) == {"token": State.PROBLEM}
    assert found[0].fix
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("path", "looked_at", "state"),
    [
        (f"{TOP}/pulls", "pull requests", State.PROBLEM),
        (f"{TOP}/activity", "activity", State.PROBLEM),
        ("/orgs/corp/teams", "teams", State.WARNING),
        (f"{TOP}/codeowners/errors", "code owners", State.COULD_NOT_LOOK),
        (f"{TOP}/actions/permissions/workflow", "job tokens", State.COULD_NOT_LOOK),
    ],
)
@pytest.mark.parametrize("status", [403, 404])
def test_each_permission_is_probed_by_itself(
    server: FakeApi, path: str, looked_at: str, state: State, status: int
) -> None:
    server.fault(path, Fault(status=status))
    found = one(look(server), looked_at)
    assert found.state is state
    assert str(status) in found.found


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(hangs=True),
        Fault(body="text"),
        Fault(body={"errors": 3}),
        Fault(body=[3]),
        Fault(raw=b"{"),
        Fault(status=301, headers={"Location": "http://elsewhere.example/"}),
        Fault(status=429, headers={"Retry-After": "3600"}),
    ],
    ids=lambda fault: "hangs" if fault.hangs else repr(fault.raw or fault.body or fault.status),
)
@pytest.mark.parametrize("path", sorted(answers()))
def test_no_fault_of_an_answer_is_taken_for_order(server: FakeApi, path: str, fault: Fault) -> None:
    """every check ends in a state, and what depends on the broken answer is not ok"""
    where = replace(place(server, "github"), workflow=GATE, workflow_repository="corp/ci")
    before = in_order()
    server.fault(path, fault)
    after = states(look(server, where, seconds=0.3))
    changed = {name for name, state in after.items() if before[name] is not state}
    assert all(after[name] is not State.OK for name in changed)
    # Beside the rest of classic protection, `branches` says only that there is none.
    assert changed or path == f"{TOP}/branches/main"


def test_a_person_has_no_teams(server: FakeApi) -> None:
    server.answers[TOP]["owner"] = {"login": "ina", "id": 3, "type": "User"}
    assert one(look(server), "teams").state is State.NOT_ASKED


def test_a_register_in_a_public_repository_is_a_problem(server: FakeApi) -> None:
    server.answers[TOP] |= {"private": False, "visibility": "public"}
    where = place(server, "github")
    assert one(look(server, where), "visibility").state is State.OK
    assert one(look(server, replace(where, holds_register=True)), "visibility").state is State.PROBLEM


def test_errors_in_codeowners_are_named(server: FakeApi) -> None:
    error = {"line": 3, "column": 1, "kind": "Unknown owner", "message": "x", "path": "CODEOWNERS"}
    server.answers[f"{TOP}/codeowners/errors"] = {"errors": [error, error]}
    found = one(look(server), "code owners")
    assert found.state is State.WARNING
    assert found.found.startswith("CODEOWNERS:3: Unknown owner, and 1 more")


def test_jobs_that_may_approve_are_a_warning_with_the_command(server: FakeApi) -> None:
    loose = {"default_workflow_permissions": "write", "can_approve_pull_request_reviews": True}
    server.answers[f"{TOP}/actions/permissions/workflow"] = loose
    found = one(look(server), "job tokens")
    assert found.state is State.WARNING
    assert "may write and may approve pull requests" in found.found
    assert found.fix[0].startswith("gh api -X PUT repos/corp/payments/")


def test_the_default_branch_is_asked_where_the_job_names_none(server: FakeApi) -> None:
    server.answers[TOP]["default_branch"] = "release/1"
    look(server, replace(place(server, "github"), branch=""))
    assert any("/branches/release%2F1" in path for path in server.asked)
