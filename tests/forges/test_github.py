"""GitHub, asked whole: a typical pull request, its reviews, its teams."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from outsource_gate.errors import ForgeError
from outsource_gate.forges import Forge
from outsource_gate.forges.github import FORGE, ask
from outsource_gate.model.identity import Account
from outsource_gate.model.review import CommitWord, Context, Push, Review, ReviewState, Team
from tests.forges import fake_github as fake
from tests.forges import github_scene as scene
from tests.forges.fake_github import FakeGitHub

VIC, INA, IDA = Account("vicv", 4711), Account("ina", 1), Account("ida", 2)


@pytest.fixture
def server() -> Iterator[FakeGitHub]:
    with fake.running() as running:
        yield scene.fill(running)


def _at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=UTC)


@pytest.mark.parametrize("prefix", ["", "/api/v3"])
def test_a_typical_request_is_known_whole_after_four_questions(server: FakeGitHub, prefix: str) -> None:
    assert scene.whole(server, api=server.origin + prefix) == Context(
        source="forge",
        repository="corp/payments",
        forge="github",
        number=7,
        opener=VIC,
        pushers=(VIC,),
        pushes=(Push(scene.HEAD, _at(10), VIC), Push(scene.EARLIER, _at(9), VIC)),
        commits=(CommitWord(scene.EARLIER, False), CommitWord(scene.HEAD, False)),
        reviews=(Review(1, INA, ReviewState.APPROVED, scene.HEAD, _at(11)),),
    )
    assert len(server.asked) == 4


def test_a_review_of_a_gone_account_or_without_commit_or_time_is_kept_as_such(server: FakeGitHub) -> None:
    server.answers[scene.REVIEWS] = [
        scene.review(1, None, commit=None),
        scene.review(2, scene.INA, "PENDING", at=None),
    ]
    first, second = scene.whole(server).reviews or ()
    assert (first.reviewer, first.commit, first.submitted_at) == (None, None, _at(11))
    assert (second.state, second.submitted_at) == (ReviewState.PENDING, None)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("APPROVED", ReviewState.APPROVED),
        ("CHANGES_REQUESTED", ReviewState.CHANGES_REQUESTED),
        ("COMMENTED", ReviewState.COMMENTED),
        ("DISMISSED", ReviewState.DISMISSED),
        ("BLESSED", ReviewState.UNKNOWN),
        ("approved", ReviewState.UNKNOWN),
    ],
)
def test_a_state_is_what_github_calls_it_and_another_word_is_unknown(
    server: FakeGitHub, word: str, state: ReviewState
) -> None:
    server.answers[scene.REVIEWS] = [scene.review(1, scene.INA, word)]
    assert [row.state for row in scene.whole(server).reviews or ()] == [state]


def test_reviews_are_read_to_the_last_page(server: FakeGitHub) -> None:
    """The word against the change may be the last one."""
    server.answers[scene.REVIEWS] = [scene.review(id, scene.INA, "COMMENTED") for id in range(1, 251)]
    server.answers[scene.REVIEWS].append(scene.review(251, scene.INA, "CHANGES_REQUESTED"))
    rows = scene.whole(server).reviews or ()
    assert (len(rows), rows[-1].state) == (251, ReviewState.CHANGES_REQUESTED)
    assert server.count()[scene.REVIEWS] == 3


@pytest.mark.parametrize(
    "rows",
    [
        [scene.review(1, scene.INA) | {"id": "1"}],
        [scene.review(1, scene.INA) | {"commit_id": "main"}],
        [scene.review(1, scene.INA) | {"submitted_at": 1_700_000_000}],
        [scene.review(1, scene.INA) | {"submitted_at": "2026-11-23T11:00:00"}],
        [scene.review(1, scene.INA), {"id": 2}],
        [scene.review(1, {"login": "ina"})],
        [scene.review(1, scene.user("ina", 0))],
        ["APPROVED"],
        {"reviews": []},
    ],
)
def test_a_list_with_one_row_that_cannot_be_read_is_no_list(server: FakeGitHub, rows: Any) -> None:
    server.answers[scene.REVIEWS] = rows
    context = scene.whole(server)
    gap = context.gap("reviews")
    assert context.reviews is None
    assert gap is not None
    assert "pulls/7/reviews" in gap.reason


def test_reviews_that_the_token_may_not_read_name_the_permission(server: FakeGitHub) -> None:
    server.faults[scene.REVIEWS] = [fake.status(403)]
    context = scene.whole(server)
    gap = context.gap("reviews")
    assert context.reviews is None
    assert gap is not None
    assert "not shown to this token (403)" in gap.reason
    assert "pull-requests: read" in gap.next_step


def test_the_members_of_a_team_are_read_to_the_last_page(server: FakeGitHub) -> None:
    server.answers[scene.MEMBERS] = [scene.user(f"u{number}", number) for number in range(1, 151)]
    context = scene.whole(server, "corp/engineering", "corp/engineering")
    assert [team.name for team in context.teams] == ["corp/engineering"]
    assert [len(team.members or ()) for team in context.teams] == [150]
    assert context.gaps == ()


@pytest.mark.parametrize("code", [403, 404])
def test_a_team_that_is_not_shown_is_not_known_and_the_permission_is_named(server: FakeGitHub, code: int) -> None:
    """GITHUB_TOKEN sees no team, and GitHub answers 404 to what is hidden."""
    server.faults[scene.MEMBERS] = [fake.status(code)]
    context = scene.whole(server, "corp/engineering")
    gap = context.gap("team corp/engineering")
    assert context.teams == (Team("corp/engineering", None),)
    assert gap is not None
    assert "members" in gap.next_step
    assert "GITHUB_TOKEN cannot" in gap.next_step


def test_of_an_organisation_those_are_known_who_are_shown(server: FakeGitHub) -> None:
    """GitHub shows outsiders the public members only, so whoever is missing may be one all the same"""
    server.answers["/orgs/corp/members"] = [scene.user("ina", 1)]
    context = scene.whole(server, "corp")
    assert context.teams == (Team("corp", (Account("ina", 1),)), Team("corp", None))
    gap = context.gap("team corp")
    assert gap is not None
    assert "public members only" in gap.reason


def test_an_organisation_that_is_not_shown_is_not_known(server: FakeGitHub) -> None:
    """with the permission that would show it"""
    context = scene.whole(server, "corp")
    assert context.teams == (Team("corp", None),)
    gap = context.gap("team corp")
    assert gap is not None
    assert "members" in gap.next_step


@pytest.mark.parametrize("name", ["corp.example", "corp/eng/../..", "corp/eng?role=all", "/", "corp/", "c\n/x"])
def test_a_name_that_is_no_team_is_not_asked_for(server: FakeGitHub, name: str) -> None:
    context = scene.whole(server, name)
    assert context.teams == (Team(name, None),)
    assert context.gap(f"team {name}") is not None
    assert len(server.asked) == 4


def test_without_a_request_there_are_no_reviews_and_that_is_a_gap(server: FakeGitHub) -> None:
    asking = ask(scene.event(server), scene.SMALL)
    context = asking.reviews(Context("forge", "corp/payments", "github"), ())
    assert (context.reviews, context.gap("reviews") is not None, server.asked) == (None, True, [])


def test_without_a_token_github_is_asked_as_anybody(server: FakeGitHub) -> None:
    assert scene.people(server, token="").opener == VIC
    assert all("Authorization" not in headers for headers in server.headers)


def test_the_token_is_sent_with_every_question_to_github(server: FakeGitHub) -> None:
    scene.whole(server)
    assert {headers["Authorization"] for headers in server.headers} == {f"token {scene.TOKEN}"}


def test_a_missing_client_is_one_sentence_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "github.Requester", None)
    with pytest.raises(ForgeError, match=r"pip install 'outsource-gate\[github\]'"):
        ask(scene.event(FakeGitHub()))


def test_the_forge_is_defined_and_loads_no_client_before_it_is_asked() -> None:
    assert isinstance(FORGE, Forge)
    code = "import sys, outsource_gate.forges.github; print({'github', 'requests'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.strip() == "set()"
