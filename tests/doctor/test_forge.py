"""Which forge is asked about which repository follows from the job, else from origin; a token goes nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from outsource_gate.doctor import Asked, State, forge, repository
from outsource_gate.doctor.place import TOKENS, Place, place_of
from outsource_gate.errors import UsageError
from outsource_gate.forges import Event
from outsource_gate.registry import forge as adapter
from tests.doctor.fake_api import REPOSITORY, TOKEN, FakeApi, github, gitlab
from tests.doctor.look import asked, event, one, states
from tests.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "repo")
    made.commit("first", {"a": "1"})
    return made


def clone(repo: Repo, origin: str = "") -> repository.Clone | None:
    if origin:
        repo.git("remote", "add", "origin", origin)
    return repository.look(asked(repo.path), None)[1]


def where(environment: Mapping[str, str], repo: Repo, origin: str = "", job: Event | None = None) -> Place | None:
    return place_of(environment, clone(repo, origin), job)


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        ("git@github.com:corp/payments.git", ("github", "https://api.github.com", REPOSITORY)),
        ("https://x:secret@gitlab.com/corp/a/b", ("gitlab", "https://gitlab.com/api/v4", "corp/a/b")),
        ("https://github.com.evil.example/corp/payments", None),
        ("https://forge.example/corp/payments", None),
        ("/srv/git/payments.git", None),
    ],
)
def test_origin_names_the_two_public_forges_and_no_other(
    repo: Repo, origin: str, found: tuple[str, str, str] | None
) -> None:
    """a clone's configuration is not where a token's way is decided"""
    place = where({"GITHUB_TOKEN": TOKEN, "GITLAB_TOKEN": TOKEN}, repo, origin)
    assert (place and (place.forge, place.api, place.repository)) == found


def test_the_caller_can_name_the_address_of_another_forge(repo: Repo) -> None:
    origin = "https://forge.example/corp/payments.git"
    github_ = where({"GITHUB_API_URL": "https://forge.example/api/v3/"}, repo, origin)
    gitlab_ = place_of({"CI_API_V4_URL": "https://forge.example/api/v4"}, clone(repo), None)
    assert github_ and (github_.api, github_.repository) == ("https://forge.example/api/v3", REPOSITORY)
    assert gitlab_ and (gitlab_.forge, gitlab_.repository) == ("gitlab", REPOSITORY)


def test_the_jobs_event_comes_before_origin(repo: Repo) -> None:
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_WORKFLOW_REF": "corp/ci/.github/workflows/g.yml@refs/x"}
    place = where(environment, repo, "https://github.com/other/other", event())
    assert place
    assert (place.repository, place.branch, place.number) == (REPOSITORY, "main", 7)
    assert place.in_job
    assert (place.workflow_repository, place.workflow) == ("corp/ci", ".github/workflows/g.yml")


@pytest.mark.parametrize("name", sorted(TOKENS))
def test_tokens_are_taken_in_the_order_of_check(name: str) -> None:
    assert TOKENS[name] == ("OUTSOURCE_GATE_TOKEN", *adapter(name).token_variables)  # type: ignore[index]


def test_the_first_token_that_is_set_is_taken(repo: Repo) -> None:
    """an empty variable is what a secret is that a job may not see"""
    origin = "https://gitlab.com/corp/payments"
    place = where({"OUTSOURCE_GATE_TOKEN": "", "GITLAB_TOKEN": "a", "CI_JOB_TOKEN": "b"}, repo, origin)
    assert place and (place.token_variable, place.token) == ("GITLAB_TOKEN", "a")
    assert TOKEN not in repr(Place("github", "x", "y", token=TOKEN, job_token=TOKEN))


def checks(given: Asked, job: Event | None = None) -> dict[str, State]:
    found, seen = repository.look(given, job)
    assert found
    return states(forge.checks(given, seen, None, job))


def test_without_a_token_nobody_is_asked(repo: Repo) -> None:
    """in a job that is a problem, outside it is not"""
    with FakeApi(github()) as api:
        outside = {"GITHUB_API_URL": api.address, "GITHUB_REPOSITORY": REPOSITORY}
        assert checks(asked(repo.path, environment=outside)) == {"token": State.NOT_ASKED}
        inside = {**outside, "GITHUB_ACTIONS": "true"}
        assert checks(asked(repo.path, environment=inside), event(api=api.address)) == {"token": State.PROBLEM}
        assert api.asked == []


def test_a_token_is_not_sent_where_everybody_could_read_it(repo: Repo) -> None:
    environment = {
        "GITHUB_API_URL": "http://forge.example/api/v3",
        "GITHUB_REPOSITORY": REPOSITORY,
        "GITHUB_TOKEN": TOKEN,
    }
    assert checks(asked(repo.path, environment=environment)) == {"token": State.PROBLEM}


def test_an_unknown_place_is_not_asked(repo: Repo) -> None:
    assert checks(asked(repo.path)) == {"place": State.NOT_ASKED}


@pytest.mark.parametrize(
    ("variable", "header"),
    [("GITLAB_TOKEN", "PRIVATE-TOKEN"), ("CI_JOB_TOKEN", "JOB-TOKEN")],
)
def test_gitlab_is_asked_with_the_header_that_the_token_takes(repo: Repo, variable: str, header: str) -> None:
    with FakeApi(gitlab()) as api:
        environment = {"CI_API_V4_URL": api.address, "CI_PROJECT_PATH": REPOSITORY, variable: TOKEN}
        found = checks(asked(repo.path, environment=environment))
        assert found["merge requests"] is State.OK
        assert api.headers == {header}


def test_the_jobs_own_token_asks_only_what_started_the_job(repo: Repo) -> None:
    with FakeApi(gitlab()) as api:
        environment = {
            "GITLAB_CI": "true",
            "CI_API_V4_URL": api.address,
            "CI_PROJECT_PATH": REPOSITORY,
            "GITLAB_TOKEN": TOKEN,
            "CI_JOB_TOKEN": "job-tok-882",
        }
        checks(asked(repo.path, environment=environment))
        assert api.asked_with["job-tok-882"] == ["/job"]


def test_the_event_that_check_would_take_is_told(tmp_path: Path) -> None:
    check, seen = forge.event_of(asked(tmp_path, event=event()))
    assert (check.state, seen) == (State.OK, event())
    assert check.found == "pull_request_target of corp/payments #7, into main"


def test_a_job_that_the_change_can_edit_is_a_warning(tmp_path: Path) -> None:
    check, _ = forge.event_of(asked(tmp_path, event=event(is_trusted=False)))
    assert check.state is State.WARNING
    assert "the change can edit this job" in check.found


def test_an_environment_that_contradicts_itself_is_a_problem(tmp_path: Path) -> None:
    def contradicts(_: Mapping[str, str]) -> Event | None:
        raise UsageError("GITHUB_EVENT_PATH: not set", hint="run in a job")

    check, seen = forge.event_of(Asked(tmp_path, None, None, None, {}, contradicts))
    assert (check.state, check.fix, seen) == (State.PROBLEM, ("run in a job",), None)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "no job of a forge here"),
        ({"GITLAB_CI": "true"}, "this job's event is none that a change stands behind"),
    ],
)
def test_no_event_is_not_asked(tmp_path: Path, environment: dict[str, str], found: str) -> None:
    check, _ = forge.event_of(asked(tmp_path, environment=environment))
    assert (check.state, check.found) == (State.NOT_ASKED, found)
    assert one([check], "event") is check
