"""GitLab, asked who has access: inherited members too, and what only administrators see stays unknown to others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.access_review.gitlab import look
from outsource_gate.access_review.seen import Looked
from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.web.session import Bounds
from tests.access_review import scene
from tests.forges import fake_gitlab as fake
from tests.forges.fake_gitlab import Fake

ACME = scene.ACME.replace("github: {login: vicv, id: 4711}", "gitlab: {login: vicv, id: 815}")
SEEN = {"two_factor_enabled": True, "last_activity_on": "2026-11-20"}


def member(name: str, level: int = 30, **changes: Any) -> dict[str, Any]:
    return fake.user(name) | {"access_level": level, "expires_at": None, "membership_state": "active"} | changes


@pytest.fixture
def server() -> Iterator[Fake]:
    made = Fake(access=[member("ina", 50), member("vicv")], watched={815: SEEN})
    with fake.running(made) as running:
        yield running


def read(server: Fake, *names: str) -> Looked:
    event = Event("gitlab", "access-review", "", server.url.removesuffix("/gitlab"), f"{server.url}/api/v4", "", "",
                  token=fake.TOKEN)  # fmt: skip
    return look(event, names or (fake.PATH,), lambda account: account.id == 815, Bounds(seconds=2.0, requests=300))


def told(server: Fake, tmp_path: Path) -> list[tuple[str, str, str]]:
    people = "- {id: ina, emails: [ina@corp.example], gitlab: {login: ina, id: 1}}\n"
    policy = scene.register(tmp_path, acme=ACME, people=people)
    return [one for one in scene.found(policy, read(server)) if one[0] != "without-access"]


def test_a_developer_with_a_second_factor_who_works_is_nothing_to_tell(server: Fake, tmp_path: Path) -> None:
    assert told(server, tmp_path) == []
    assert read(server).gaps == ()


@pytest.mark.parametrize(
    ("level", "role"), [(10, "read"), (20, "triage"), (30, "write"), (40, "maintain"), (50, "admin")]
)
def test_levels_are_roles(server: Fake, level: int, role: str) -> None:
    server.access = [member("vicv", level)]
    assert [entry.role for entry in read(server).entries] == [role]


def test_a_maintainer_is_too_much(server: Fake, tmp_path: Path) -> None:
    server.access = [member("ina", 50), member("vicv", 40)]
    assert told(server, tmp_path) == [("too-broad", "vic", fake.PATH)]


def test_no_second_factor_and_no_activity_are_told(server: Fake, tmp_path: Path) -> None:
    server.watched[815] = {"two_factor_enabled": False, "last_activity_on": "2026-01-02"}
    assert told(server, tmp_path) == [("no-mfa", "vic", ""), ("dormant", "vic", "")]


def test_who_is_no_administrator_sees_neither_and_both_are_gaps(server: Fake, tmp_path: Path) -> None:
    server.watched = {}
    assert told(server, tmp_path) == []
    assert [gap.fact for gap in read(server).gaps] == ["second factors", "activity"]


def test_who_is_blocked_cannot_get_in(server: Fake, tmp_path: Path) -> None:
    server.access.append(member("robo", 30, state="blocked"))
    assert told(server, tmp_path) == []
    server.access[-1]["state"] = "active"
    assert told(server, tmp_path) == [("unregistered", "", fake.PATH)]


FAULTS: dict[str, fake.Fault] = {
    "refused": lambda handler: fake.reply(handler, 403, {}),
    "broken": lambda handler: fake.reply(handler, 500, {}),
    "empty": lambda handler: fake.reply(handler, 200, []),
    "no JSON": lambda handler: fake.reply(handler, 200, b"<html>"),
    "no level": lambda handler: fake.reply(handler, 200, [fake.user("vicv")]),
    "endless": lambda handler: fake.reply(handler, 200, [member("vicv")], **{"X-Next-Page": "2"}),
    "elsewhere": lambda handler: fake.reply(handler, 302, {}, Location="https://evil.example/"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_list_that_cannot_be_read_whole_is_a_gap(server: Fake, fault: fake.Fault) -> None:
    server.faults["/members/all"] = fault
    looked = read(server)
    assert (looked.repositories, looked.entries) == ((), ())
    assert [gap.fact for gap in looked.gaps] == [f"collaborators of {fake.PATH}"]


def test_a_name_that_is_none_is_a_usage_error(server: Fake) -> None:
    with pytest.raises(UsageError, match="expected group/project"):
        read(server, "corp/../../etc?")
