"""The session that servers are asked over: it ends, within its bounds, whatever the server does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from outsource_gate.errors import ForgeError, ToolError
from outsource_gate.web.session import BoundedSession, Bounds, is_limit
from tests.forges import fake_github as fake
from tests.forges.fake_github import FakeGitHub

SMALL = Bounds(seconds=1.0, bytes=1 << 20, requests=20, one_response_bytes=100_000, connect_seconds=1.0)


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        running.answers["/thing"] = {"is": "whole"}
        yield running


class Sleeper:
    """Keeps the waits instead of waiting; the clock goes on by them."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def clock(self) -> float:
        return time.monotonic() + sum(self.waits)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def session(server: FakeGitHub, bounds: Bounds = SMALL, sleeper: Sleeper | None = None) -> BoundedSession:
    sleeper = sleeper or Sleeper()
    return BoundedSession(server.origin, bounds, clock=sleeper.clock, sleep=sleeper.sleep)


def test_an_answer_comes_back_whole(server: FakeGitHub) -> None:
    assert session(server).get(f"{server.origin}/thing").json() == {"is": "whole"}


def test_a_connection_is_kept_for_the_next_question(server: FakeGitHub) -> None:
    asking = session(server)
    asking.get(f"{server.origin}/thing")
    asking.get(f"{server.origin}/thing")
    assert (len(server.asked), len(server.clients)) == (2, 1)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (fake.drip, "did not answer in time"),
        (fake.drip_headers, "did not answer in time"),
        (fake.slow_redirect("http://127.0.0.1:9/"), "did not answer in time"),
        (fake.silence, "did not answer in time"),
        (fake.huge, "answered more than 100000 bytes"),
        (fake.gzip_bomb, "an encoding that was not asked for"),
        (fake.cut, "no whole answer came"),
        (fake.hang_up, "no whole answer came"),
    ],
)
def test_every_fault_ends_as_an_error_within_the_bounds(server: FakeGitHub, fault: fake.Fault, said: str) -> None:
    server.faults["*"] = [fault]
    began = time.monotonic()
    with pytest.raises(ForgeError, match=said):
        session(server).get(f"{server.origin}/thing")
    assert time.monotonic() - began < 3


def test_the_error_is_of_the_kind_that_is_asked_for(server: FakeGitHub) -> None:
    """who asks no forge hears of none"""
    server.faults["*"] = [fake.cut]
    asking = BoundedSession(server.origin, SMALL, sleep=lambda _: None, error=ToolError, server="the list")
    with pytest.raises(ToolError, match="no whole answer came"):
        asking.get(f"{server.origin}/thing")
    server.faults["*"] = [fake.huge]
    with pytest.raises(ToolError, match="ask who runs the list"):
        asking.get(f"{server.origin}/thing")


def test_an_hour_of_waiting_asked_for_is_not_waited(server: FakeGitHub) -> None:
    server.faults["*"] = [fake.status(429, Retry_After="3600")]
    sleeper = Sleeper()
    assert session(server, sleeper=sleeper).get(f"{server.origin}/thing").status_code == 429
    assert (sleeper.waits, len(server.asked)) == ([], 1)


def _reset(seconds: int) -> str:
    return str(int(datetime.now(UTC).timestamp()) + seconds)


@pytest.mark.parametrize(
    ("fault", "least", "most"),
    [
        (lambda: fake.status(429, Retry_After="7"), 7, 7),
        (lambda: fake.status(403, Retry_After="7"), 7, 7),
        (lambda: fake.status(503, Retry_After="7"), 7, 7),
        (lambda: fake.status(503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=9))), 5, 9),
        (lambda: fake.status(403, X_RateLimit_Remaining="0", X_RateLimit_Reset=_reset(9)), 5, 9),
        (lambda: fake.status(502), 0.5, 0.75),
        (lambda: fake.status(502, Retry_After="\u00b2"), 0.5, 0.75),
        (lambda: fake.status(502, Retry_After="soon"), 0.5, 0.75),
        (lambda: fake.status(502, Retry_After="Mon, 01 Jan 0000 00:00:00 GMT"), 0.0, 0.75),
    ],
)
def test_a_wait_that_fits_is_waited_and_the_question_asked_again(
    server: FakeGitHub, fault: Callable[[], fake.Fault], least: float, most: float
) -> None:
    server.faults["*"] = [fault(), fake.fine]
    sleeper = Sleeper()
    answer = session(server, Bounds(seconds=30), sleeper).get(f"{server.origin}/thing")
    assert answer.json() == []
    assert least <= sleeper.waits[0] <= most


def test_a_server_that_stays_broken_is_asked_five_times_and_its_answer_given_back(server: FakeGitHub) -> None:
    server.faults["*"] = [fake.status(502)]
    assert session(server, Bounds(seconds=300)).get(f"{server.origin}/thing").status_code == 502
    assert len(server.asked) == 5


def test_a_broken_connection_is_tried_again(server: FakeGitHub) -> None:
    server.faults["*"] = [fake.hang_up, fake.cut, fake.fine]
    assert session(server, Bounds(seconds=30)).get(f"{server.origin}/thing").json() == []


def test_what_is_not_allowed_is_no_limit_and_asked_once(server: FakeGitHub) -> None:
    server.faults["*"] = [fake.status(403)]
    answer = session(server).get(f"{server.origin}/thing")
    assert (answer.status_code, is_limit(answer), len(server.asked)) == (403, False, 1)


@pytest.mark.parametrize("to", ["http://127.0.0.1:9/elsewhere", "//elsewhere.example/", "http://[", "/thing"])
def test_a_redirect_is_given_back_and_not_followed(server: FakeGitHub, to: str) -> None:
    server.faults["/moved"] = [fake.redirect(to)]
    answer = session(server).get(f"{server.origin}/moved", headers={"Authorization": "token secret"})
    assert (answer.status_code, server.asked) == (302, ["/moved"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "https://127.0.0.1/", "http://localhost/", "http://127.0.0.1:9x/"]
)
def test_another_origin_is_not_asked(server: FakeGitHub, url: str) -> None:
    with pytest.raises((ForgeError, requests.exceptions.InvalidURL)):
        session(server).get(url, headers={"Authorization": "token secret"})
    assert server.asked == []


def test_requests_are_counted_over_all_questions(server: FakeGitHub) -> None:
    asking = session(server)
    for _ in range(20):
        asking.get(f"{server.origin}/thing")
    with pytest.raises(ForgeError, match="needed more than 20 requests"):
        asking.get(f"{server.origin}/thing")
    assert len(server.asked) == 20


def test_bytes_are_counted_over_all_answers(server: FakeGitHub) -> None:
    server.answers["/thing"] = "x" * 90_000
    asking = session(server)
    with pytest.raises(ForgeError, match="answered more than 1048576 bytes in all"):
        for _ in range(20):
            asking.get(f"{server.origin}/thing")
    assert len(server.asked) == 12


def test_the_clock_starts_anew_for_the_next_round(server: FakeGitHub) -> None:
    sleeper = Sleeper()
    asking = session(server, sleeper=sleeper)
    sleeper.sleep(2)
    with pytest.raises(ForgeError, match="did not answer in time"):
        asking.get(f"{server.origin}/thing")
    asking.renew()
    assert asking.get(f"{server.origin}/thing").ok


def test_no_cookie_comes_back_to_the_server(server: FakeGitHub) -> None:
    server.faults["/login"] = [fake.status(200, Set_Cookie="session=1; Path=/")]
    asking = session(server)
    asking.get(f"{server.origin}/login")
    asking.get(f"{server.origin}/thing")
    assert "Cookie" not in server.headers[-1]


def test_a_password_of_netrc_does_not_replace_the_token(
    server: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login user password other\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    session(server).get(f"{server.origin}/thing", headers={"Authorization": "token secret"})
    assert server.headers[-1]["Authorization"] == "token secret"


def test_a_house_authority_is_believed_and_no_library_can_switch_checking_off(
    server: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/house.pem")
    seen: dict[str, Any] = {}
    answer = requests.Session.send

    def send(self: requests.Session, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        seen.update(kwargs)
        return answer(self, request, **(kwargs | {"verify": True}))

    monkeypatch.setattr(requests.Session, "send", send)
    assert session(server).get(f"{server.origin}/thing", verify=False).ok
    assert seen["verify"] == "/etc/house.pem"
