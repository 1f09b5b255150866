"""Everything is looked at, ends in a state, and tells no secret in any form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from outsource_gate.doctor import Area, Check, State, program, report
from outsource_gate.doctor.examine import examine, without_secrets
from outsource_gate.evidence.keys import generate_keypair
from outsource_gate.reports import View
from tests.doctor.fake_api import REPOSITORY, TOKEN, TOP, FakeApi, Fault, github, gitlab
from tests.doctor.look import asked, event, with_policy
from tests.repo import Repo

PASSWORD, PSEUDONYM = "correct horse battery", "k3y-of-pseudonyms-91"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return with_policy(tmp_path / "repo")


@pytest.fixture(scope="module")
def installed() -> tuple[Check, ...]:
    return tuple(program.checks({}))


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch, installed: tuple[Check, ...]) -> None:
    """Let the scanners find their planted flaw once for all tests that are about something else."""
    monkeypatch.setattr(program, "checks", lambda _: iter(installed))


@pytest.fixture(params=["github", "gitlab"])
def server(request: pytest.FixtureRequest) -> Iterator[FakeApi]:
    with FakeApi(github() if request.param == "github" else gitlab()) as api:
        yield api


def environment(server: FakeApi) -> dict[str, str]:
    pem = generate_keypair("ed25519", PASSWORD.encode()).private_pem.decode()
    return {
        "GITHUB_API_URL" if TOP in server.answers else "CI_API_V4_URL": server.address,
        "GITHUB_REPOSITORY": REPOSITORY,
        "CI_PROJECT_PATH": REPOSITORY,
        "OUTSOURCE_GATE_TOKEN": TOKEN,
        "OUTSOURCE_GATE_KEY_PASSWORD": PASSWORD,
        "OUTSOURCE_GATE_PSEUDONYM_KEY": PSEUDONYM,
        "GATE_PEM": pem,
        "DEPLOY_SECRET": "hunter2hunter2",
    }


def told(checks: tuple[Check, ...]) -> str:
    """All that doctor can print of these checks."""
    views = [View(width=width, colour=colour) for width in (40, 80, 200) for colour in (True, False)]
    return "\n".join([report.json_text(checks), *(report.terminal(checks, view) for view in views)])


@pytest.mark.tools
@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    "fault",
    [None, Fault(status=401), Fault(status=403), Fault(status=404), Fault(body=[1]), Fault(raw=b"no")],
    ids=lambda fault: repr(fault and (fault.raw or fault.body or fault.status)),
)
def test_no_secret_of_the_environment_is_told(repo: Repo, server: FakeApi, fault: Fault | None) -> None:
    given = environment(server)
    if fault:
        server.fault("*", fault)
    checks = examine(asked(repo.path, key="env://GATE_PEM", environment=given), lambda _: None)
    assert {check.area for check in checks} >= {"program", "repository", "policy", "keys", "forge"}
    shown = told(checks)
    secrets = [given[name] for name in given if "URL" not in name and given[name] != REPOSITORY]
    lines = [line for secret in secrets for line in secret.splitlines() if "-----" not in line]
    assert len(lines) > 5
    assert [line for line in lines if line in shown] == []
    assert server.asked


@pytest.mark.tools
@pytest.mark.usefixtures("once")
def test_a_forge_that_repeats_the_token_does_not_get_it_told(repo: Repo, server: FakeApi) -> None:
    """what a server says is a stranger's text, and it knows what it was asked with"""
    for path, answer in server.answers.items():
        server.answers[path] = json.loads(json.dumps(answer).replace(REPOSITORY, TOKEN).replace("main", TOKEN))
    checks = examine(asked(repo.path, environment=environment(server)), lambda _: None)
    assert "[OUTSOURCE_GATE_TOKEN]" in told(checks)
    assert TOKEN not in told(checks)


@pytest.mark.parametrize(
    ("name", "value"),
    [("CI_JOB_TOKEN", "abcdef-1"), ("X", "-----BEGIN PRIVATE KEY-----\nMIIabcdefgh\n"), ("GATE_KEY", "zzzzzzzzz")],
)
def test_a_secret_is_replaced_by_its_name(tmp_path: Path, name: str, value: str) -> None:
    """a secret is what its variable's name says, what holds a private key, and what --key points at"""
    text = f"before {value.splitlines()[-1]} after"
    check = Area("x").problem("y", text, text)
    clean = without_secrets(check, asked(tmp_path, key="env://GATE_KEY", environment={name: value}))
    assert clean.found == f"before [{name}] after"
    assert clean.fix == (clean.found,)


def test_a_secret_too_short_to_be_one_does_not_spoil_the_words(tmp_path: Path) -> None:
    check = Area("x").ok("y", "everything is here")
    assert without_secrets(check, asked(tmp_path, environment={"MY_TOKEN": "is"})) == check


@pytest.mark.tools
@pytest.mark.usefixtures("once")
def test_the_worst_comes_first(repo: Repo) -> None:
    order = list(State)
    places = [order.index(check.state) for check in examine(asked(repo.path), lambda _: None)]
    assert places == sorted(places)


@pytest.mark.tools
@pytest.mark.usefixtures("once")
def test_without_repository_policy_key_and_forge_everything_ends_in_a_state(tmp_path: Path) -> None:
    checks = examine(asked(tmp_path / "nowhere", event=event()), lambda _: None)
    assert {check.area for check in checks} == {"program", "repository", "policy", "keys", "forge"}
    assert all(check.found for check in checks)


@pytest.mark.tools
def test_nothing_is_changed(repo: Repo, server: FakeApi) -> None:
    def listing() -> dict[str, tuple[int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in repo.path.rglob("*")}

    before = listing()
    examine(asked(repo.path, environment=environment(server)), lambda _: None)
    assert listing() == before
    assert server.methods == set()
