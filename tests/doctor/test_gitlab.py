"""What a token sees of GitLab is told question by question, and what it does not is never taken for yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from outsource_gate.doctor import Check, State, gitlab
from outsource_gate.doctor.api import Api
from outsource_gate.doctor.place import Place
from tests.doctor.fake_api import PROJECT, FakeApi, Fault
from tests.doctor.fake_api import gitlab as answers
from tests.doctor.look import one, place, states


@pytest.fixture
def server() -> Iterator[FakeApi]:
    with FakeApi(answers()) as api:
        yield api


def look(server: FakeApi, where: Place | None = None, seconds: float = 10.0) -> tuple[Check, ...]:
    api = Api(server.address, {}, one_seconds=seconds)
    return tuple(gitlab.checks(where or place(server, "gitlab"), api, None))


def test_a_project_in_order_has_no_problem(server: FakeApi) -> None:
    """and still no more than a warning of the gate: a policy is not shown to a token"""
    found = states(look(server))
    assert found.pop("the gate") is State.WARNING
    assert found.pop("policies") is State.COULD_NOT_LOOK
    assert set(found.values()) == {State.OK}
    assert server.methods == set()


@cache
def in_order() -> dict[str, State]:
    """What is told before anything is broken."""
    with FakeApi(answers()) as api:
        return states(look(api))


@pytest.mark.parametrize(
    ("path", "looked_at"),
    [
        (f"{PROJECT}/merge_requests", "merge requests"),
        (f"{PROJECT}/events", "pushes"),
        (f"{PROJECT}/merge_requests/7/versions", "versions"),
        (f"{PROJECT}/merge_requests/7/approvals", "approvals"),
        (f"{PROJECT}/members/all", "members"),
    ],
)
@pytest.mark.parametrize("status", [401, 403, 404])
def test_each_question_is_probed_by_itself(server: FakeApi, path: str, looked_at: str, status: int) -> None:
    server.fault(path, Fault(status=status))
    found = one(look(server), looked_at)
    assert found.state is State.PROBLEM
    assert found.fix == (gitlab.READ_TOKEN,)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(hangs=True),
        Fault(body="text"),
        Fault(body=[3]),
        Fault(raw=b"{"),
        Fault(status=302, headers={"Location": "http://elsewhere.example/"}),
    ],
    ids=lambda fault: "hangs" if fault.hangs else repr(fault.raw or fault.body or fault.status),
)
@pytest.mark.parametrize("path", sorted(answers()))
def test_no_fault_of_an_answer_is_taken_for_order(server: FakeApi, path: str, fault: Fault) -> None:
    before = in_order()
    server.fault(path, fault)
    after = states(look(server, seconds=0.3))
    changed = {name for name, state in after.items() if before.get(name) is not state}
    assert changed
    assert all(after[name] is not State.OK for name in changed)


def test_a_job_token_is_a_problem_and_the_rest_is_asked_all_the_same(server: FakeApi) -> None:
    """it reads merge requests, and neither the project nor approvals nor members"""
    server.fault("*", Fault(status=401, body={"message": "401 Unauthorized"}))
    server.fault(f"{PROJECT}/merge_requests", Fault(body=[{"iid": 7}]))
    found = states(look(server, place(server, "gitlab", "CI_JOB_TOKEN")))
    assert found["token"] is State.PROBLEM
    assert found["merge requests"] is State.OK
    assert found["approvals"] is found["members"] is State.PROBLEM
    assert found["the gate"] is State.COULD_NOT_LOOK


def test_a_token_that_is_not_accepted_ends_the_questions(server: FakeApi) -> None:
    server.fault(PROJECT, Fault(status=401))
    assert states(look(server)) == {"token": State.PROBLEM}


def test_without_a_merge_request_there_is_nothing_to_ask_about_approvals(server: FakeApi) -> None:
    server.answers[f"{PROJECT}/merge_requests"] = []
    assert one(look(server), "approvals").state is State.NOT_ASKED
    server.fault(f"{PROJECT}/merge_requests", Fault(status=403))
    assert one(look(server), "approvals").state is State.COULD_NOT_LOOK


def test_the_jobs_own_merge_request_is_asked_about(server: FakeApi) -> None:
    look(server, replace(place(server, "gitlab"), number=12))
    assert any(path.endswith("/merge_requests/12/approvals") for path in server.asked)


@pytest.mark.parametrize(
    ("scopes", "days", "state"),
    [
        (["read_api"], 400, State.OK),
        (["read_api"], 3, State.WARNING),
        (["api"], 400, State.WARNING),
        (["read_repository"], 400, State.PROBLEM),
        ([], 400, State.PROBLEM),
    ],
)
def test_the_tokens_scopes_and_end_are_told(server: FakeApi, scopes: list[str], days: int, state: State) -> None:
    until = datetime.now(UTC).date() + timedelta(days=days)
    server.answers["/personal_access_tokens/self"] = {"scopes": scopes, "expires_at": until.isoformat()}
    assert one(look(server), "token's scopes").state is state


@pytest.mark.parametrize(
    ("visibility", "state"),
    [("public", State.PROBLEM), ("internal", State.PROBLEM), ("private", State.OK), (None, State.COULD_NOT_LOOK)],
)
def test_a_register_that_everybody_reads_is_a_problem(
    server: FakeApi, visibility: str | None, state: State
) -> None:
    del server.answers[PROJECT]["visibility"]
    if visibility:
        server.answers[PROJECT]["visibility"] = visibility
    assert one(look(server, replace(place(server, "gitlab"), holds_register=True)), "visibility").state is state
