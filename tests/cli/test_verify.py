"""`verify` answers with an exit code, names the check that failed, and shows hostile text harmlessly."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.verify import command
from outsource_gate.errors import GateError
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.record import facts_path_of, write_record
from outsource_gate.model.facts import Facts
from outsource_gate.model.source import Revision
from outsource_gate.model.verdict import Decision, Reason, Where
from tests import values
from tests.evidence.records import facts, failing, signer, statement
from tests.repo import Repo

Make = Callable[..., Path]


def now(**ago: float) -> datetime:
    return datetime.now(UTC) - timedelta(**ago)


def current(moment: datetime | None = None, **changes: Any) -> Facts:
    """Facts of a run that took place just now, under a contract that is in force."""
    made = (moment or now(minutes=1)).replace(microsecond=0)
    until = made.date() + timedelta(days=30)
    vendor = values.contract(valid={"from": made.date() - timedelta(days=30), "until": until})
    return facts(**({"now": made, "today": made.date(), "vendors": (vendor,)} | changes))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a record and its facts; gives its path. `gate.pub` lies beside it."""
    (tmp_path / "gate.pub").write_text(signer().public_key.pem)

    def record(known: Facts | None = None, decision: Decision | None = None, signed: bool = True) -> Path:
        known = known or current()
        raw = facts_bytes(known)
        whole = statement(known, decision, facts_digest=facts_digest(raw))
        return write_record(tmp_path / "x.json", whole, signer() if signed else None, raw).path

    return record


def run(record: Path, *args: str) -> Result:
    trust = () if "--trust" in args else ("--trust", str(record.parent / "gate.pub"))
    result = CliRunner().invoke(command, [str(record), *trust, *args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_genuine_allow_is_exit_0(make: Make) -> None:
    result = run(make(), "--commit", values.HEAD, "--max-age", "24h")
    assert result.exit_code == 0
    assert "genuine, and what was asked for" in result.output


def test_a_genuine_deny_is_exit_1_and_names_the_reason(make: Make) -> None:
    result = run(make(decision=failing()))
    assert result.exit_code == 1
    assert "approvals-missing" in result.output
    assert run(make(decision=failing()), "--require", "any").exit_code == 0


def test_one_byte_changed_is_exit_3(make: Make) -> None:
    path = make()
    raw = bytearray(path.read_bytes())
    raw[raw.index(b'"payload":"') + 500] ^= 1
    path.write_bytes(raw)
    result = run(path)
    assert result.exit_code == 3
    assert "not genuine" in result.output


def test_an_unsigned_record_is_exit_3(make: Make) -> None:
    assert run(make(signed=False)).exit_code == 3


@pytest.mark.parametrize(
    ("args", "check"),
    [
        (("--commit", "9" * 40), "commit"),
        (("--repository", "https://forge.example/corp/other.git"), "repository"),
        (("--stage", "push"), "stage"),
        (("--policy-digest", "9" * 64), "policy"),
    ],
)
def test_the_failing_check_is_named_for_machines_and_people(make: Make, args: tuple[str, ...], check: str) -> None:
    path = make()
    told = run(path, *args, "--output", "json")
    assert (told.exit_code, json.loads(told.output)["failed"]) == (1, [check])
    assert f"✗ {check}" in run(path, *args).output


@pytest.mark.parametrize(
    "name",
    [
        "https://forge.example/corp/payments",
        "https://user@FORGE.example:443/corp/payments.git",
        "git@forge.example:corp/payments.git",
        "ssh://git@forge.example:22/corp/payments",
        "corp/payments",
    ],
)
def test_a_repository_is_the_same_however_its_address_is_written(make: Make, name: str) -> None:
    assert run(make(), "--repository", name).exit_code == 0


def test_the_age_is_that_of_the_record(make: Make) -> None:
    path = make(current(now(hours=25)))
    assert run(path, "--max-age", "24h").exit_code == 1
    assert run(path, "--max-age", "2d").exit_code == 0


@pytest.mark.parametrize(
    "args",
    [
        ("--commit", "abc"),
        ("--commit", "g" * 40),
        ("--policy-digest", "1" * 40),
        ("--max-age", "soon"),
        ("--max-age", "-1h"),
    ],
)
def test_what_cannot_be_meant_is_exit_2(make: Make, args: tuple[str, ...]) -> None:
    with pytest.raises(GateError) as caught:
        run(make(), *args)
    assert caught.value.exit_code == 2


def test_a_missing_record_is_unreadable_and_a_missing_trust_file_is_usage(make: Make, tmp_path: Path) -> None:
    path = make()
    with pytest.raises(GateError) as missing_trust:
        run(path, "--trust", str(tmp_path / "none.yaml"))
    path.unlink()
    with pytest.raises(GateError) as missing_record:
        run(path)
    assert (missing_trust.value.exit_code, missing_record.value.exit_code) == (2, 3)


def test_facts_of_another_run_are_noticed_and_no_facts_are_not_needed(make: Make) -> None:
    path = make()
    beside = facts_path_of(path)
    make(current(repository="forge.example/corp/other"))
    other = beside.read_bytes()
    make()
    beside.write_bytes(other)
    assert json.loads(run(path, "--output", "json").output)["failed"] == ["facts"]
    beside.write_bytes(b"junk")
    assert run(path).exit_code == 3
    beside.unlink()
    assert run(path).exit_code == 0


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def test_the_base_must_be_part_of_the_target(make: Make, repo: Repo) -> None:
    base = repo.commit("first", {"a": "1"})
    repo.branch("side")
    side = repo.commit("side", {"a": "2"})
    repo.switch("main")
    repo.commit("second", {"a": "3"})

    def failed_for(commit: str) -> list[str]:
        change = values.change(base=Revision(commit, values.TREE, "main"))
        args = ("--target", "main", "--repo", str(repo.path), "--output", "json")
        found: list[str] = json.loads(run(make(current(change=change)), *args).output)["failed"]
        return found

    assert failed_for(base) == []
    assert failed_for(side) == ["target"]
    assert failed_for("9" * 40) == ["target"]


def test_git_is_asked_only_for_a_target(make: Make, tmp_path: Path) -> None:
    """The record of a repository that is not here can be verified."""
    assert run(make(), "--repo", str(tmp_path / "nowhere")).exit_code == 0
    with pytest.raises(GateError):
        run(make(), "--repo", str(tmp_path / "nowhere"), "--target", "main")


def test_what_a_record_says_does_not_drive_the_terminal(make: Make) -> None:
    hostile = "corp/x\x1b[2J\r::error::y\u202e"
    result = run(make(current(repository=hostile)))
    assert not {"\x1b", "\r", "\u202e"} & set(result.output)
    assert "\\x1b[2J" in result.output


def test_json_names_every_check_with_what_was_got_and_expected(make: Make) -> None:
    told = json.loads(run(make(), "--output", "json").output)
    assert (told["outcome"], told["decision"], told["commit"]) == ("met", "ALLOW", values.HEAD)
    assert all(check["name"] and check["got"] and check["expected"] for check in told["checks"])


def test_a_terminal_without_unicode_stays_readable(make: Make) -> None:
    reason = Reason("x", "ä ✗", where=Where("ü"))
    trust = str(make(decision=failing(reason)).parent / "gate.pub")
    result = CliRunner(charset="ascii").invoke(command, [str(make(decision=failing(reason))), "--trust", trust])
    assert result.exit_code == 1
    assert result.output.isascii()


def test_help_shows_a_worked_example() -> None:
    assert "Example: outsource-gate verify" in CliRunner().invoke(command, ["--help"]).output
