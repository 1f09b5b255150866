"""Python, git, scanners and clients are looked at as they are here, and scanners have to find something."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from outsource_gate.doctor import State, program
from outsource_gate.model.facts import Unavailable
from outsource_gate.scanners import Command, Installed, Job, Output, Scanner
from outsource_gate.scanners.catalogue import scanners
from tests.doctor.look import one, states


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    path = tmp_path / "trial.py"
    path.write_text(program.TRIAL)
    return path


def scanner(name: str) -> Scanner:
    return next(scanner for scanner in scanners() if scanner.id == name)


@pytest.mark.tools
def test_what_the_tests_run_with_is_in_order() -> None:
    found = list(program.checks({}))
    assert set(states(found)) == {"Python", "start", "git", "bandit", "pipelines", "semgrep", "zizmor"}
    assert {states(found)[name] for name in states(found).keys() - {"Python", "start"}} == {State.OK}
    version = subprocess.run(["git", "version"], capture_output=True, check=True, text=True).stdout
    assert one(found, "git").found == version.removeprefix("git version ").strip()


@pytest.mark.tools
def test_a_scanner_of_another_version_than_tested_is_a_warning(trial: Path) -> None:
    check = program._scanner(scanner("semgrep"), trial, ("==", "0.0.1"))
    assert (check.state, check.fix) == (State.WARNING, ("pip install 'semgrep==0.0.1'",))


@pytest.mark.tools
def test_a_scanner_that_sees_nothing_is_a_problem(tmp_path: Path) -> None:
    """a program that starts, and whose rules are gone, would let everything through"""
    nothing = tmp_path / "nothing.py"
    nothing.write_text("x = 1\n")
    assert program._scanner(scanner("bandit"), nothing, ("", "")).state is State.PROBLEM


def test_a_scanner_that_is_missing_or_does_not_run_is_a_problem(trial: Path) -> None:
    missing = replace(scanner("bandit"), find=lambda: Unavailable("not here", "pip install it", "bandit"))
    check = program._scanner(missing, trial, ("", ""))
    assert (check.state, check.fix) == (State.PROBLEM, ("pip install it",))

    def dies(job: Job, installed: Installed) -> Command:
        return Command(("-c", "raise SystemExit(9)"), "0" * 64)

    python = Installed((sys.executable, "-I"), "1.0")
    dying = replace(scanner("bandit"), find=lambda: python, command=dies, parse=lambda _: Output((), ()))
    check = program._scanner(dying, trial, ("", ""))
    assert check.state is State.PROBLEM
    assert "does not run" in check.found


def test_what_is_tested_is_what_the_package_says() -> None:
    """no version is written down a second time"""
    assert program.wanted_versions()["semgrep"][0] == "=="
    assert program.wanted_versions()["bandit"][0] == ">="
    assert (3, 11) in program.tested_pythons()


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 13, 1), State.OK), ((3, 11, 2), State.WARNING), ((3, 12, 0), State.WARNING), ((3, 99, 0), State.WARNING)],
)
def test_the_newest_python_tested_is_in_order(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], state: State
) -> None:
    """bandit reads code as new as the Python that runs it, and no newer"""
    monkeypatch.setattr(program, "tested_pythons", lambda: ((3, 11), (3, 13)))
    monkeypatch.setattr(sys, "version_info", version)
    check = program._python()
    assert check.state is state
    assert check.found.startswith(".".join(map(str, version)))
    assert bool(check.fix) is (state is not State.OK)


def test_a_program_that_is_no_package_does_not_know_what_was_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    """run from its sources, it says so instead of taking this Python for tested"""
    monkeypatch.setattr(program, "DISTRIBUTION", "no-such-distribution")
    assert program._python().state is State.COULD_NOT_LOOK
    assert program.wanted_versions() == {}


def test_a_start_from_the_current_folder_is_a_problem(tmp_path: Path) -> None:
    """`python -m` in a checkout imports whatever lies there under a name of the standard library"""
    probe = "import sys; from outsource_gate.doctor import program; print(program._start(sys.path).state)"
    (tmp_path / "probe.py").write_text(probe)

    def start(*how: str) -> str:
        argv = (sys.executable, *how)
        return subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.strip()

    assert (start("-m", "probe"), start("-I", "-c", probe)) == ("problem", "ok")


def test_no_git_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    check = program._git()
    assert (check.state, bool(check.fix)) == (State.PROBLEM, True)


def test_an_old_git_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "git"
    old.write_text("#!/bin/sh\necho git version 2.17.1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program._git().found == "git 2.17 is too old"


@pytest.mark.parametrize("client", sorted(program.CLIENTS.values()))
def test_a_forges_client_is_looked_at_in_its_job(client: str) -> None:
    (forge,) = [name for name, of in program.CLIENTS.items() if of == client]
    assert program._client(forge, client).state is State.OK
    missing = program._client(forge, "no-such-client")
    assert (missing.state, missing.fix) == (State.PROBLEM, (f"pip install 'outsource-gate[{forge}]'",))


@pytest.mark.parametrize(
    ("there", "rule", "version", "fits"),
    [
        ("1.10.0", ">=", "1.9.4", True),
        ("1.9.3", ">=", "1.9.4", False),
        ("2.0rc1", ">=", "2.0", False),
        ("1.182.0", "==", "1.182.0", True),
        ("1.182.1", "==", "1.182.0", False),
        ("garbage", ">=", "1", False),
        ("anything", "", "", True),
    ],
)
def test_versions_are_compared_by_their_numbers(there: str, rule: str, version: str, fits: bool) -> None:
    assert program._fits(there, rule, version) is fits
