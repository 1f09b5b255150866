"""What GitHub, or something in its place, can do wrong: every fault ends as a decided answer."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from outsource_gate.errors import ForgeError
from outsource_gate.forges.github import ask
from outsource_gate.model.review import Context
from outsource_gate.web.session import Bounds
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.fake_github import FakeGitHub

FAULTS: dict[str, fake.Fault] = {
    "502": fake.status(502),
    "401": fake.status(401),
    "403": fake.status(403),
    "403 with an hour to wait": fake.status(403, Retry_After="3600"),
    "429 with an hour to wait": fake.status(429, Retry_After="3600"),
    "an exhausted limit": fake.status(403, X_RateLimit_Remaining="0", X_RateLimit_Reset="99999999999"),
    "no number as limit": fake.status(200, X_RateLimit_Remaining="x", X_RateLimit_Limit="inf"),
    "202, come again": fake.status(202),
    "redirect elsewhere": fake.redirect("http://localhost:9/repos"),
    "redirect for good": fake.redirect("http://localhost:9/repos", 301),
    "redirect here": fake.redirect("/repos/corp/other", 301),
    "next page elsewhere": fake.next_page("http://localhost:9/repos?page=2"),
    "next page at a host that begins alike": fake.next_page("http://127.0.0.1.elsewhere.example/"),
    "endless pages": fake.endless_pages,
    "slow drip": fake.drip,
    "slow headers": fake.drip_headers,
    "silence": fake.silence,
    "cut off": fake.cut,
    "closed connection": fake.hang_up,
    "huge body": fake.huge,
    "gzip bomb": fake.gzip_bomb,
    "truncated JSON": fake.body(b'[{"id": 1, "user": {"log'),
    "no JSON": fake.body(b"<html>sign in</html>"),
    "no body": fake.body(b""),
    "no text": fake.body(b"\xff\xfe["),
    "deep JSON": fake.body(b"[" * 200_000),
    "a long number": fake.body(b"[" + b"9" * 5000 + b"]"),
    "a text": fake.body(b'"APPROVED"'),
    "a number": fake.body(b"7"),
    "a list of lists": fake.body(b"[[]]"),
    "null": fake.body(b"null"),
}
QUICK = Bounds(seconds=0.8, bytes=4 << 20, requests=40, one_response_bytes=1 << 20, connect_seconds=0.5)


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        yield scene.fill(running)


def outcome(server: FakeGitHub) -> Context | ForgeError:
    asking = ask(scene.event(server), QUICK)
    try:
        return asking.reviews(asking.people(), ("corp/engineering",))
    except ForgeError as error:
        return error


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("path", [scene.COMMITS, scene.ACTIVITY, scene.REVIEWS, scene.MEMBERS])
def test_a_fault_in_one_answer_is_a_missing_fact_with_its_reason(server: FakeGitHub, path: str, name: str) -> None:
    server.faults[path] = [FAULTS[name]]
    began = time.monotonic()
    found = outcome(server)
    assert time.monotonic() - began < 4
    assert isinstance(found, Context)
    assert _is_missing(found, path)


def _is_missing(context: Context, path: str) -> bool:
    """None, or for signatures nothing believed, and a gap that says why."""
    fact = {scene.COMMITS: "commits", scene.ACTIVITY: "pushers", scene.REVIEWS: "reviews"}.get(
        path, "team corp/engineering"
    )
    value: Any = {
        scene.COMMITS: context.commits or None,
        scene.ACTIVITY: context.pushers,
        scene.REVIEWS: context.reviews,
        scene.MEMBERS: context.teams[0].members,
    }[path]
    gap = context.gap(fact)
    return value is None and gap is not None and bool(gap.reason)


@pytest.mark.parametrize("name", FAULTS)
def test_a_request_that_cannot_be_read_is_an_error_with_a_next_step(server: FakeGitHub, name: str) -> None:
    server.faults[scene.PULL] = [FAULTS[name]]
    found = outcome(server)
    assert isinstance(found, ForgeError)
    assert found.hint or "token must not go" in found.message


@pytest.mark.parametrize("name", FAULTS)
def test_the_token_stands_in_no_log_and_no_error(
    server: FakeGitHub, name: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server.faults["*"] = [FAULTS[name]]
    found = outcome(server)
    told = "".join(traceback.format_exception(found)) if isinstance(found, ForgeError) else repr(found)
    out, err = capfd.readouterr()
    for text in (told, caplog.text, out, err, repr(ask(scene.event(server), QUICK))):
        assert scene.TOKEN not in text


def test_answers_stand_in_no_log(server: FakeGitHub, caplog: pytest.LogCaptureFixture) -> None:
    """PyGithub would log them whole; they are personal data."""
    caplog.set_level(logging.DEBUG)
    assert isinstance(outcome(server), Context)
    assert "vicv" not in caplog.text


def test_the_token_goes_to_no_other_server(server: FakeGitHub) -> None:
    with fake.running() as elsewhere:
        for fault in (fake.redirect(f"{elsewhere.origin}/", 301), fake.next_page(f"{elsewhere.origin}/")):
            server.faults["*"] = [fault]
            outcome(server)
        assert elsewhere.asked == []


def test_a_passing_fault_is_no_missing_fact(server: FakeGitHub) -> None:
    for path in (scene.PULL, scene.REVIEWS, scene.ACTIVITY):
        server.faults[path] = [fake.status(429, Retry_After="0"), fake.hang_up, _served]
    found = ask(scene.event(server), Bounds(seconds=20))
    context = found.reviews(found.people(), ())
    assert context.gaps == ()
    assert context.reviews


def _served(handler: fake.Handler) -> None:
    handler.server.fake.faults.clear()
    handler.do_GET()


def test_pages_in_a_circle_are_no_list(server: FakeGitHub) -> None:
    server.faults[scene.REVIEWS] = [fake.next_page(f"{server.origin}{scene.REVIEWS}?page=2")]
    context = scene.whole(server)
    gap = context.gap("reviews")
    assert gap is not None
    assert "in a circle" in gap.reason


def test_githubs_own_words_do_not_come_into_a_reason(server: FakeGitHub) -> None:
    server.faults[scene.REVIEWS] = [lambda handler: handler.say(403, {"message": "::error::\x1b[2Jdenied"})]
    context = scene.whole(server)
    gap = context.gap("reviews")
    assert gap is not None
    assert gap.reason == "/repos/corp/payments/pulls/7/reviews: not shown to this token (403)"


def test_pygithub_used_elsewhere_in_the_process_stays_as_it_is(server: FakeGitHub) -> None:
    from github.Requester import HTTPSRequestsConnectionClass, Requester

    ask(scene.event(server), QUICK)
    assert Requester._Requester__httpsConnectionClass is HTTPSRequestsConnectionClass  # type: ignore[attr-defined]
