"""A GitLab that misbehaves: every question still ends in an answer, and the token stays here."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from outsource_gate.errors import ForgeError
from outsource_gate.forges.gitlab import ask
from outsource_gate.forges.gitlab_event import detect
from outsource_gate.model.review import Context
from outsource_gate.web.session import Bounds
from tests.forges.fake_gitlab import TOKEN, Fake, Fault, Json, iso, job, reply, reviewed, running, sha, user

SMALL = Bounds(seconds=1.0, bytes=4_000_000, requests=40, one_response_bytes=1_000_000, connect_seconds=0.5)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with running(reviewed()) as fake:
        yield fake


def whole(fake: Fake, *teams: str) -> Context:
    event = detect(job(fake))
    assert event is not None
    asking = ask(event, bounds=SMALL)
    return asking.reviews(asking.people(), teams)


def says(status: int, body: Json, **headers: str) -> Fault:
    return lambda handler: reply(
        handler, status, body, **{name.replace("_", "-"): headers[name] for name in headers}
    )


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.1)
    except OSError:
        return


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'[{"id": 1, "body"')


def huge(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b"[" * 65_536)
    except OSError:
        return


def gone(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


ENDLESS = {
    "/events": [
        {"created_at": iso(50), "author": user("ida"), "push_data": {"ref_type": "branch", "ref": "other"}}
    ],
    "/versions": [{"id": 1, "head_commit_sha": sha("a"), "created_at": iso(10)}],
    "/notes": [{"id": 1, "body": "a", "system": True, "created_at": iso(10), "author": user("ina")}],
    "/members": [user("ina")],
}

FAULTS: dict[str, Fault] = {
    "502": says(502, b"<html>bad gateway</html>"),
    "403": says(403, {"message": "403 Forbidden"}),
    "404": says(404, {"message": "404 Not found"}),
    "401": says(401, {"error": "invalid_token"}),
    "403 with Retry-After": says(403, {"message": "slow"}, Retry_After="3600"),
    "429 with Retry-After": says(429, b"slow", Retry_After="3600"),
    "429 with a date": says(429, b"slow", Retry_After="Wed, 01 Jan 2098 00:00:00 GMT"),
    "slow drip": drip,
    "truncated": cut,
    "truncated JSON": says(200, b'[{"id": 1, "body"'),
    "wrong type": says(200, "all is well"),
    "null": says(200, None),
    "number": says(200, 7),
    "wrong member": says(200, [{"id": "one", "head_commit_sha": 5}]),
    "no bytes": says(200, b""),
    "not UTF-8": says(200, b'["\xff\xfe"]'),
    "deep": says(200, b"[" * 900_000),
    "deep error": says(403, b"[" * 900_000),
    "huge": huge,
    "huge number": says(200, b"1" * 900_000),
    "redirect elsewhere": says(302, b"", Location="http://127.0.0.1:9/api/v4"),
    "redirect here": says(301, b"", Location="/gitlab/api/v4/projects/1"),
    "gone": gone,
    "encoded": says(200, b"\x1f\x8b", Content_Encoding="gzip"),
}


# Every fault where the request, one page and one answer are asked for; elsewhere those that are answered at once.
FEW = ("403", "truncated JSON", "wrong type", "redirect elsewhere")
CASES = [(end, name) for end in ("/merge_requests/7", "/events", "/approvals") for name in FAULTS]
CASES += [(end, name) for end in ("/versions", "/notes", "/reviewers", "/users/1") for name in FEW]


@pytest.mark.parametrize(("end", "fault"), CASES)
def test_every_fault_ends_in_a_missing_fact(
    fake: Fake, end: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The request itself: an error. Anything else: None and why, in time, without the token."""
    caplog.set_level(logging.DEBUG)
    fake.faults[end] = FAULTS[fault]
    fake.reviewers["ida"] = "unreviewed"
    started = time.monotonic()
    if end == "/merge_requests/7":
        with pytest.raises(ForgeError) as caught:
            whole(fake)
        told = [f"{caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"]
    else:
        context = whole(fake)
        fact = "pushers" if end == "/events" else "reviews"
        assert (context.pushers if fact == "pushers" else context.reviews) is None
        assert context.opener is not None
        told = [gap.reason + gap.next_step for gap in context.gaps if gap.fact == fact]
        assert told[0].strip()
    assert time.monotonic() - started < SMALL.seconds + 2
    assert TOKEN not in "".join(told) + caplog.text
    assert "127.0.0.1:9" not in "".join(fake.asked)


@pytest.mark.parametrize("fault", [name for name in FAULTS if name not in ("502", "slow drip", "gone")])
def test_no_fault_makes_a_group_empty(fake: Fake, fault: str) -> None:
    fake.faults["/members"] = FAULTS[fault]
    context = whole(fake, "corp/engineering")
    assert context.teams[0].members is None
    assert context.gap("team corp/engineering") is not None
    assert context.reviews is not None


@pytest.mark.parametrize("end", ENDLESS)
def test_pages_without_end_are_a_missing_fact(fake: Fake, end: str) -> None:
    fake.faults[end] = says(200, ENDLESS[end], X_Next_Page="2")
    context = whole(fake, "corp/engineering")
    facts = {"/events": context.pushers, "/members": context.teams[0].members}
    assert facts.get(end, context.reviews) is None
    assert len(fake.asked) <= SMALL.requests


def test_a_server_without_page_numbers_is_asked_until_a_page_is_empty(fake: Fake) -> None:
    """A proxy may take the header away; that is no end."""
    pages = iter([[fake.versions[1]], [fake.versions[0]], []])
    fake.faults["/versions"] = lambda handler: reply(handler, 200, next(pages))
    context = whole(fake)
    assert context.reviews is not None
    assert next(pages, None) is None


def test_a_fault_that_passes_is_asked_again(fake: Fake) -> None:
    answers = iter([502])

    def once(handler: BaseHTTPRequestHandler) -> None:
        if next(answers, None):
            reply(handler, 502, b"", **{"Retry-After": "0"})
        else:
            reply(handler, 200, fake.answer(fake.asked[-1], {}))

    fake.faults["/approvals"] = once
    assert whole(fake).reviews is not None


def test_somebody_elses_account_is_not_believed(fake: Fake) -> None:
    fake.faults["/users/1"] = says(200, user("ida") | {"bot": False})
    assert whole(fake).reviews is None


def test_an_account_of_which_nobody_says_whether_it_is_a_bot_is_not_believed(fake: Fake) -> None:
    fake.faults["/users/1"] = says(200, user("ina"))
    assert whole(fake).reviews is None


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-01T09:20:00", 5]
)
def test_a_time_outside_of_the_calendar_is_not_reckoned_with(fake: Fake, when: object) -> None:
    fake.faults["/approvals"] = says(200, {"approved_by": [{"user": user("ina"), "approved_at": when}]})
    assert whole(fake).reviews is None
