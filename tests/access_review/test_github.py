"""GitHub, asked who has access: lists to their end, and every fault is a gap with its next step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.access_review.compare import reviewed
from outsource_gate.access_review.github import look
from outsource_gate.access_review.seen import Looked
from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.web.session import Bounds
from tests.access_review import scene
from tests.forges import fake_github as fake
from tests.forges.fake_github import FakeGitHub


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        yield scene.fill(running)


def read(server: FakeGitHub, *names: str, bounds: Bounds | None = None) -> Looked:
    event = Event("github", "access-review", "", server.origin, server.origin, "", "", token="t0ken")
    return look(event, names or ("corp/payments",), lambda account: account.id in (4711, 4712), bounds)


def test_who_writes_with_a_second_factor_in_the_right_repository_is_nothing_to_tell(
    server: FakeGitHub, tmp_path: Path
) -> None:
    looked = read(server)
    assert looked.gaps == ()
    assert scene.found(scene.register(tmp_path), looked) == []
    assert {entry.account.login: entry.role for entry in looked.entries} == {
        "ina": "admin",
        "vicv": "write",
        "valv": "write",
    }


def test_a_role_is_what_it_allows_whatever_it_is_called(server: FakeGitHub) -> None:
    server.answers[scene.REPO] = [scene.collaborator(scene.VIC, "maintain") | {"role_name": "contributor"}]
    assert [entry.role for entry in read(server).entries] == ["maintain", None]  # Val: outside, somewhere


def test_lists_are_read_to_the_last_page(server: FakeGitHub, tmp_path: Path) -> None:
    many = [scene.collaborator({"login": f"u{at}", "id": 10_000 + at, "type": "User"}) for at in range(250)]
    server.answers[scene.REPO] = [*many, scene.collaborator(scene.SOMEBODY, "admin")]
    told = scene.found(scene.register(tmp_path), read(server))
    assert sum(kind == "unregistered" for kind, _, _ in told) == 251
    assert server.count()[scene.REPO] == 3


def test_an_outside_collaborator_of_another_repository_is_found_in_the_organisation(
    server: FakeGitHub, tmp_path: Path
) -> None:
    server.answers[scene.OUTSIDE].append(scene.SOMEBODY)
    (one,) = scene.all_found(scene.register(tmp_path), read(server))
    assert (one.kind, one.repository, one.why) == (
        "unregistered",
        "corp",
        "an outside collaborator that nobody registered",
    )


def test_who_is_listed_without_a_second_factor_has_none(server: FakeGitHub, tmp_path: Path) -> None:
    server.answers[scene.NO_MFA[1]] = [scene.VIC]
    assert scene.found(scene.register(tmp_path), read(server)) == [("no-mfa", "vic", "")]


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_token_that_may_not_see_second_factors_leaves_them_unknown(
    server: FakeGitHub, tmp_path: Path, status: int
) -> None:
    """nobody is said to have one, and nobody to have none"""
    server.faults["/orgs/corp/members"] = [fake.status(status)]
    looked = read(server)
    assert [(gap.fact, "owner of the organisation" in gap.next_step) for gap in looked.gaps] == [
        ("second factors in corp", True)
    ]
    assert scene.found(scene.register(tmp_path), looked) == []


def test_without_the_owners_lists_members_and_outsiders_are_not_told_apart(server: FakeGitHub) -> None:
    server.faults[scene.OUTSIDE] = [fake.status(403)]
    looked = read(server)
    assert {entry.is_outside for entry in looked.entries} == {None}
    assert {gap.fact for gap in looked.gaps} == {"outside collaborators of corp", "second factors in corp"}


FAULTS = {
    "empty": fake.fine,
    "refused": fake.status(403),
    "not there": fake.status(404),
    "broken": fake.status(502),
    "no JSON": fake.body(b"<html>"),
    "no list": fake.body(b"{}"),
    "another shape": fake.body(b'[{"login": "vicv", "id": 4711}]'),
    "id as text": fake.body(b'[{"login": "vicv", "id": "4711", "permissions": {}}]'),
    "cut": fake.cut,
    "dripping": fake.drip,
    "endless": fake.endless_pages,
    "huge": fake.huge,
    "gzip": fake.gzip_bomb,
    "elsewhere": fake.redirect("https://evil.example/"),
    "next page elsewhere": fake.next_page("https://evil.example/?page=2"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_list_that_cannot_be_read_whole_is_a_gap_and_the_vendor_not_reviewed(
    server: FakeGitHub, tmp_path: Path, fault: Any
) -> None:
    server.faults[scene.REPO] = [fault]
    looked = read(server, bounds=Bounds(seconds=1.0, requests=500, bytes=4 << 20, one_response_bytes=1 << 20))
    assert looked.repositories == ()
    assert [gap.fact for gap in looked.gaps] == ["collaborators of corp/payments"]
    (one,) = reviewed(scene.register(tmp_path), looked, ["acme"])
    assert (one.is_whole, one.missing) == (False, ("corp/payments",))


def test_activity_that_cannot_be_read_makes_nobody_dormant(server: FakeGitHub, tmp_path: Path) -> None:
    server.answers[scene.ACTIVITY] = []
    assert scene.found(scene.register(tmp_path), read(server)) == [("dormant", "vic", ""), ("dormant", "val", "")]
    server.faults[scene.ACTIVITY] = [fake.status(403)]
    looked = read(server)
    assert scene.found(scene.register(tmp_path), looked) == []
    assert [gap.fact for gap in looked.gaps] == ["activity in corp/payments"]


def test_work_of_somebody_else_keeps_nobody_awake(server: FakeGitHub) -> None:
    """a server that does not know the filter answers with anybody's"""
    server.answers[scene.ACTIVITY] = [scene.activity(scene.INA | {"login": "vicv"}, "2026-11-20")]
    assert read(server).active_on == {4711: None, 4712: None}


def test_the_token_goes_with_every_question_and_to_no_other_server(server: FakeGitHub) -> None:
    read(server)
    assert {headers.get("Authorization") for headers in server.headers} == {"token t0ken"}


@pytest.mark.parametrize("name", ["payments", "corp/pay/ments", "corp/../x y", "corp/pay?x=1"])
def test_a_name_that_is_none_is_a_usage_error(server: FakeGitHub, name: str) -> None:
    with pytest.raises(UsageError, match="expected owner/name"):
        read(server, name)
