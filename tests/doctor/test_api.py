"""One question to a forge ends in an answer, a refusal, or a reason why nothing is known."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from outsource_gate.doctor.api import Api, Refused, Shape, Silent
from tests.doctor.fake_api import TOKEN, FakeApi, Fault

PATH = "/thing"


class Thing(Shape):
    id: int


@pytest.fixture
def server() -> Iterator[FakeApi]:
    with FakeApi({PATH: {"id": 1, "more": "ignored"}, "/list": [{"id": 1}]}) as api:
        yield api


def ask(server: FakeApi, path: str = PATH, **bounds: float) -> Thing | Refused | Silent:
    return Api(server.address, {"Authorization": f"Bearer {TOKEN}"}, **bounds).get(path, Thing)


def test_an_answer_is_read_by_its_shape(server: FakeApi) -> None:
    """what is not asked of an answer does not matter, and the token goes with the question"""
    assert ask(server) == Thing(id=1)
    assert server.asked_with == {f"Bearer {TOKEN}": [PATH]}


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_carries_its_status(server: FakeApi, status: int) -> None:
    server.fault(PATH, Fault(status=status))
    answer = ask(server)
    assert isinstance(answer, Refused)
    assert str(status) in answer.why


def test_404_is_said_to_mean_either(server: FakeApi) -> None:
    """GitHub and GitLab answer 404 for what is not there and for what may not be seen"""
    answer = ask(server, "/nothing")
    assert isinstance(answer, Refused)
    assert answer.why == "404: not for this token, or not there"


def test_the_permission_that_github_names_is_told(server: FakeApi) -> None:
    server.fault(PATH, Fault(status=403, headers={"X-Accepted-GitHub-Permissions": "members=read"}))
    answer = ask(server)
    assert isinstance(answer, Refused)
    assert answer.why == "403, needs members=read"


def test_a_permission_of_another_form_is_not_told(server: FakeApi) -> None:
    """a header is a server's text; only what is surely a permission is passed on"""
    server.fault(PATH, Fault(status=403, headers={"X-Accepted-GitHub-Permissions": "::error::run curl evil"}))
    answer = ask(server)
    assert isinstance(answer, Refused)
    assert answer.needs == ""


@pytest.mark.parametrize(
    "fault",
    [
        Fault(body=[]),
        Fault(body={"id": "1"}),
        Fault(body={"id": True}),
        Fault(body={"id": None}),
        Fault(raw=b'{"id": 1'),
        Fault(raw=b"<html>sign in</html>"),
        Fault(raw=b""),
        Fault(raw=b"[" * 100_000),
        Fault(raw=b'{"id": 1}\xff'),
        Fault(status=204, raw=b""),
        Fault(status=418),
        Fault(status=302, headers={"Location": "http://elsewhere.example/"}),
        Fault(raw=b'{"id": 1}', headers={"Content-Encoding": "gzip"}),
        Fault(raw=b'{"id": 1}', headers={"Link": '<http://x.example/?page=2>; rel="next"'}),
    ],
    ids=lambda fault: repr(fault.raw[:12] if fault.raw else fault.body or fault.status),
)
def test_what_is_not_as_documented_is_no_answer(server: FakeApi, fault: Fault) -> None:
    server.fault(PATH, fault)
    assert isinstance(ask(server), Silent)


def test_a_redirect_is_not_followed(server: FakeApi) -> None:
    """the token stays with the server that was meant"""
    with FakeApi({PATH: {"id": 2}}) as other:
        server.fault(PATH, Fault(status=307, headers={"Location": f"{other.address}{PATH}"}))
        assert isinstance(ask(server), Silent)
        assert other.asked == []


def test_a_server_that_says_nothing_costs_one_question_its_time(server: FakeApi) -> None:
    server.fault(PATH, Fault(hangs=True))
    api = Api(server.address, {}, one_seconds=0.5)
    began = time.monotonic()
    assert isinstance(api.get(PATH, Thing), Silent)
    assert api.get("/list", tuple[Thing, ...]) == (Thing(id=1),)
    assert time.monotonic() - began < 10


def test_after_three_questions_without_answer_no_more_are_asked(server: FakeApi) -> None:
    server.fault("*", Fault(status=500))
    api = Api(server.address, {}, one_seconds=0.3)
    for _ in range(3):
        assert api.get(PATH, Thing) == Silent("answered 500")
    before = len(server.asked)
    assert isinstance(api.get(PATH, Thing), Silent)
    assert len(server.asked) == before


def test_nobody_at_the_address_is_no_answer() -> None:
    with FakeApi({}) as server:
        address = server.address
    assert isinstance(Api(address, {}, one_seconds=2.0).get(PATH, Thing), Silent)
    assert isinstance(Api("no address", {}).get(PATH, Thing), Silent)
