"""`init` asks the forge whose account an address is, and takes nothing for granted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.doctor.fake_api import PROJECT, TOKEN, TOP, FakeApi, Fault
from tests.repo import Repo

INA = "Ina Internal <ina@corp.example>"
COMMITS = f"{TOP}/commits"
INA_SAYS = [{"sha": "a" * 40, "author": {"login": "ina-c", "id": 1, "type": "User"}}]


def proposed(folder: Path, api: FakeApi, *words: str, **environment: str) -> tuple[str, str]:
    """Run `init` over a history of one person; give people.yaml and what was said."""
    repo = Repo(folder / "payments")
    repo.commit("Start", {"a.py": "A = 1\n"}, author=INA)
    repo.config("remote.origin.url", "git@forge.example:corp/payments.git")
    repo.checkout()
    done = subprocess.run(
        [sys.executable, "-m", "outsource_gate", "init", "--yes", "--months", "240", *words],
        cwd=repo.path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **_place(api), **environment},
    )
    assert done.returncode == 0, done.stderr
    return (repo.path / ".outsource-gate" / "people.yaml").read_text(), done.stderr


def _place(api: FakeApi) -> dict[str, str]:
    return {"GITHUB_API_URL": api.address, "GITHUB_TOKEN": TOKEN}


@pytest.mark.parametrize(
    ("answer", "is_told"),
    [
        (INA_SAYS, True),
        ([], False),
        ([{"sha": "a" * 40, "author": None}], False),
        ([{"sha": "a" * 40, "author": {"login": "ina[bot]", "id": 1, "type": "Bot"}}], False),
        ([{"sha": "a" * 40, "author": {"login": "x\n- id: eve", "id": 1, "type": "User"}}], True),
    ],
)
def test_what_github_says_stays_a_comment(answer: Any, is_told: bool, tmp_path: Path) -> None:
    """an account is proposed with its number, and counts only once somebody has taken the mark away"""
    with FakeApi({COMMITS: answer}) as api:
        people, _ = proposed(tmp_path, api)
    lines = [line for line in people.splitlines() if "github:" in line]
    assert len(lines) == 1
    assert lines[0].startswith("  # github: ")
    assert ("id: 1}" in lines[0]) is is_told
    assert "- id: eve" not in people.splitlines()


def test_gitlabs_members_are_known_by_name(tmp_path: Path) -> None:
    """one member and one address of a name; the proposal says what it rests on"""
    members = [{"username": "ina", "id": 1, "name": "Ina Internal"}, {"username": "x", "id": 2, "name": "Somebody"}]
    with FakeApi({f"{PROJECT}/members/all": members}) as api:
        place = {"GITHUB_API_URL": "", "CI_API_V4_URL": api.address, "GITLAB_TOKEN": TOKEN, "GITHUB_TOKEN": ""}
        people, _ = proposed(tmp_path, api, **place)
    line = "  # gitlab: {login: ina, id: 1} # proposal: a member of the project by this name; confirm first"
    assert line in people


@pytest.mark.parametrize("fault", [Fault(403), Fault(404), Fault(500), Fault(raw=b"{"), Fault(body={"a": 1})])
def test_a_forge_that_does_not_answer_costs_nothing_but_the_accounts(fault: Fault, tmp_path: Path) -> None:
    """the proposal is written all the same, and says what is missing"""
    with FakeApi({COMMITS: INA_SAYS}) as api:
        api.fault(COMMITS, fault)
        people, said = proposed(tmp_path, api)
    assert "github: {login: ..., id: ...}" in people
    assert "github was not asked for every account" in said


def test_nobody_is_asked_offline_or_without_a_token(tmp_path: Path) -> None:
    """a token goes nowhere that it is not wanted"""
    with FakeApi({COMMITS: INA_SAYS}) as api:
        proposed(tmp_path / "a", api, "--offline")
        _, said = proposed(tmp_path / "b", api, GITHUB_TOKEN="")
        assert api.asked == []
    assert "set OUTSOURCE_GATE_TOKEN" in said
