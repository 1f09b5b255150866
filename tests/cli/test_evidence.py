"""`evidence` keeps records on a ref of the server, and `verify ref:COMMIT` takes them from there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.evidence import command
from outsource_gate.cli.verify import command as verify_command
from outsource_gate.errors import EvidenceError, GateError, GitError, UsageError
from outsource_gate.evidence.facts_file import facts_bytes, facts_digest
from outsource_gate.evidence.publication import Published, Unpublished, push_record
from outsource_gate.evidence.record import facts_path_of, write_record
from outsource_gate.git.evidence_ref import REF, path_of
from outsource_gate.model.facts import Facts, Unavailable
from outsource_gate.model.source import Revision
from outsource_gate.model.verdict import Decision
from tests import values
from tests.cli.test_verify import current, now
from tests.evidence.records import failing, signer, statement
from tests.repo import File, Repo

Make = Callable[..., Path]


@pytest.fixture
def server(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "server.git", bare=True)


@pytest.fixture
def repo(tmp_path: Path, server: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A clone, in which the commands run; the key that `verify` trusts lies beside it."""
    (tmp_path / "gate.pub").write_text(signer().public_key.pem)
    repo = Repo(tmp_path / "clone")
    repo.commit("one", {"a": "1"})
    repo.git("remote", "add", "origin", server.path)
    monkeypatch.chdir(repo.path)
    return repo


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a record and its facts outside of the clone; gives its path."""

    def record(known: Facts | None = None, decision: Decision | None = None, signed: bool = True) -> Path:
        known = known or current()
        raw = facts_bytes(known)
        whole = statement(known, decision, facts_digest=facts_digest(raw))
        return write_record(tmp_path / "x.json", whole, signer() if signed else None, raw).path

    return record


def run(*args: str | Path, of: click.Command = command) -> Result:
    result = CliRunner().invoke(of, list(map(str, args)))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def verify(*args: str | Path) -> dict[str, Any]:
    trust = Path.cwd().parent / "gate.pub"
    told: dict[str, Any] = json.loads(run(*args, "--trust", trust, "--output", "json", of=verify_command).output)
    return told


def rows() -> list[dict[str, Any]]:
    run("fetch")
    found: list[dict[str, Any]] = json.loads(run("list", "--output", "json").stdout)["records"]
    return found


def by_hand(server: Repo, files: Mapping[str, str | bytes | File]) -> None:
    """Somebody with the right to push adds something to the ref."""
    server.switch("hostile")
    old = server.git("for-each-ref", "--format=%(objectname)", REF)
    there = {os.fsdecode(path): entry for path, entry in server.snapshot(old).items()} if old else {}
    server.update_ref(REF, server.commit("by hand", {**there, **files}, parents=[old] * bool(old)))


def at(**ago: float) -> Facts:
    return current(now(**ago))


def test_push_list_show_verify(repo: Repo, server: Repo, make: Make) -> None:
    """A record goes to the server and is found by commit in another clone, and verified like the file."""
    record = make()
    assert "is kept" in run("push", record).stdout
    assert "was there already" in run("push", record).stdout
    [row] = rows()
    assert (row["commit"], row["decision"], row["repository"]) == (
        values.HEAD,
        "ALLOW",
        "forge.example/corp/payments",
    )
    assert row["digest"] in run("show", values.HEAD).stdout
    told = verify(f"ref:{values.HEAD}")
    assert (told["outcome"], told["digest"], told["commit"]) == ("met", row["digest"], values.HEAD)
    record.unlink()
    assert run("show", row["digest"], "--output", "record").stdout_bytes == server.git_bytes(
        "cat-file", "blob", f"{REF}:{path_of(values.HEAD, row['digest'])}"
    )


def test_the_message_names_repository_number_and_decision(repo: Repo, server: Repo, make: Make) -> None:
    """And nobody: no name, no address, no login."""
    run("push", make(decision=failing()))
    head, _, rest = server.git("log", "-1", "--format=%B", REF).partition("\n")
    assert head.startswith("DENY forge.example/corp/payments")
    assert [line.split(" ")[0] for line in rest.split("\n") if line] == ["head", "record"]


def test_verify_fetches_only_when_told_a_remote(repo: Repo, make: Make) -> None:
    """Offline it says that something newer may be there."""
    run("push", make())
    with pytest.raises(EvidenceError, match="not in this clone"):
        verify(f"ref:{values.HEAD}")
    told = verify(f"ref:{values.HEAD}", "--remote", "origin")
    assert told["outcome"] == "met"
    assert not any("last fetched" in caveat for caveat in told["caveats"])
    assert any("last fetched" in caveat for caveat in verify(f"ref:{values.HEAD}")["caveats"])


def test_the_latest_on_the_ref_counts_and_it_is_said(repo: Repo, make: Make) -> None:
    """An earlier ALLOW does not stand in for a later DENY."""
    run("push", make(at(minutes=9)))
    run("push", make(at(minutes=5), failing()))
    told = verify(f"ref:{values.HEAD}", "--remote", "origin")
    assert (told["outcome"], told["decision"]) == ("not-met", "DENY")
    assert any("the latest on the evidence ref of 2 records" in caveat for caveat in told["caveats"])
    assert [row["decision"] for row in rows()] == ["DENY", "ALLOW"]


def test_a_record_pushed_late_is_told_from_a_young_one(repo: Repo, make: Make) -> None:
    """Whoever keeps an old ALLOW back and pushes it last does not do so unnoticed."""
    run("push", make(at(minutes=5), failing()))
    run("push", make(at(hours=9)))
    run("fetch")
    denied = rows()[1]["digest"]
    told = verify(f"ref:{values.HEAD}")
    assert any(f"made later: {denied}" in caveat for caveat in told["caveats"])
    assert verify(f"ref:{denied}")["decision"] == "DENY"


def test_several_records_of_one_commit_have_no_order(repo: Repo, server: Repo, make: Make) -> None:
    """Then none is taken."""
    for facts in (at(minutes=1), at(minutes=2)):
        run("push", make(facts))
    paths = server.git("ls-tree", "-r", "--name-only", REF).split()
    content = {path: server.git_bytes("cat-file", "blob", f"{REF}:{path}") for path in paths}
    server.git("update-ref", "-d", REF)
    by_hand(server, content)
    run("fetch")
    with pytest.raises(EvidenceError, match="none is the latest"):
        verify(f"ref:{values.HEAD}")


def test_another_commit_in_the_option_fails_the_check(repo: Repo, make: Make) -> None:
    run("push", make())
    assert verify(f"ref:{values.HEAD}", "--remote", "origin", "--commit", "9" * 40)["failed"] == ["commit"]


def test_facts_stay_behind_unless_asked_for(repo: Repo, server: Repo, make: Make) -> None:
    """They hold names, and a ref cannot forget."""
    record = make()
    run("push", record)
    run("fetch")
    assert "not kept here" in run("show", values.HEAD).stdout
    run("push", record, "--with-facts")
    run("fetch")
    assert "kept beside it" in run("show", values.HEAD).stdout
    assert "facts" in [check["name"] for check in verify(f"ref:{values.HEAD}")["checks"]]


def test_facts_of_another_run_are_not_pushed(repo: Repo, server: Repo, make: Make) -> None:
    record = make(current(repository="forge.example/corp/other"))
    beside = facts_path_of(record).read_bytes()
    make()
    facts_path_of(record).write_bytes(beside)
    with pytest.raises(EvidenceError, match="the facts of another run"):
        run("push", record, "--with-facts")


def test_facts_that_do_not_belong_are_noticed(repo: Repo, server: Repo, make: Make) -> None:
    """Put beside a record by somebody else, they make `verify` refuse."""
    run("push", make())
    [row] = rows()
    by_hand(server, {path_of(values.HEAD, row["digest"]).replace(".json", ".facts.json.gz"): b"junk"})
    told = verify(f"ref:{values.HEAD}", "--remote", "origin")
    assert (told["outcome"], told["failed"]) == ("not-genuine", ["facts"])


def test_a_record_of_an_unknown_change_is_kept_too(repo: Repo, make: Make) -> None:
    """Where git could not say what changed, the record is found by its digest."""
    run("push", make(current(change=Unavailable("change", "the clone is shallow", "fetch")), failing()))
    [row] = rows()
    assert (row["commit"], row["problem"]) == ("none", None)
    assert verify(f"ref:{row['digest']}", "--require", "any")["outcome"] == "met"


def test_an_unsigned_record_is_not_kept(repo: Repo, make: Make) -> None:
    """It would take the name of a signed one."""
    with pytest.raises(EvidenceError, match="nobody signed"):
        run("push", make(signed=False))


def test_what_is_no_record_is_not_pushed(repo: Repo, tmp_path: Path) -> None:
    for content in ("{}", "[]", "junk", '{"payload": "e30=", "payloadType": "x", "signatures": [{"sig": "eA=="}]}'):
        (tmp_path / "x.json").write_text(content)
        with pytest.raises(EvidenceError) as caught:
            run("push", tmp_path / "x.json")
        assert caught.value.exit_code == 3


def test_a_push_that_fails_leaves_the_record(repo: Repo, server: Repo, make: Make) -> None:
    """Exit 3, the server's word, and the file as it was."""
    record = make()
    before = record.read_bytes()
    server.config("receive.hideRefs", "refs/outsource-gate")
    with pytest.raises(GitError, match="takes nothing") as caught:
        run("push", record)
    assert (caught.value.exit_code, record.read_bytes()) == (3, before)


def test_check_is_told_instead_of_stopped(repo: Repo, server: Repo, make: Make, tmp_path: Path) -> None:
    """The function that `check` calls gives a problem, whatever it is."""
    record = make()
    done = push_record(record, "origin", repo.path, {})
    assert isinstance(done, Published)
    assert (done.was_there, len(done.digest)) == (False, 64)
    for remote, place in (("nowhere", repo.path), ("http://forge.example/x", repo.path), ("origin", tmp_path)):
        failed = push_record(record, remote, place, {})
        assert isinstance(failed, Unpublished)
        assert failed.problem.startswith("the record is not on the evidence ref: ")


# --- what others wrote --------------------------------------------------------------------------------------------

BAD = path_of(values.HEAD, "1" * 64)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"junk", "no valid JSON"),
        (b"\0" * (3 << 20), "more than any record"),
        (b"[" * 100_000, "nested deeper"),
        (b"{}", "record:"),
    ],
)
def test_hostile_content_is_told_and_refused(repo: Repo, server: Repo, content: bytes, problem: str) -> None:
    """It is a line in the list, an error for show and verify, and never a crash."""
    by_hand(server, {BAD: content})
    [row] = rows()
    assert problem in row["problem"]
    assert problem in run("list").stdout
    for act in (lambda: run("show", values.HEAD), lambda: verify(f"ref:{values.HEAD}")):
        with pytest.raises(EvidenceError, match=problem) as caught:
            act()
        assert caught.value.exit_code == 3


def test_a_record_under_another_name_is_refused(repo: Repo, server: Repo, make: Make) -> None:
    """A genuine record counts for its own commit and under its own digest only."""
    record = make()
    run("push", record)
    [own] = rows()
    by_hand(server, {BAD: record.read_bytes()})
    by_hand(server, {path_of("9" * 40, own["digest"]): record.read_bytes()})
    problems = [row["problem"] for row in rows()]
    assert problems == ["is about another commit than its name says", "is not the record that its name says", None]
    for asked in (values.HEAD, "9" * 40):
        with pytest.raises(EvidenceError, match="its name says"):
            verify(f"ref:{asked}")


def test_what_a_record_says_does_not_drive_the_terminal(repo: Repo, make: Make) -> None:
    run("push", make(current(repository="corp/x\x1b[2J\r::error::y\u202e")))
    run("fetch")
    for output in (run("list").output, run("show", values.HEAD).output):
        assert not {"\x1b", "\r", "\u202e"} & set(output)
        assert "\\x1b[2J" in output


def test_too_many_records_of_one_commit(repo: Repo, server: Repo) -> None:
    """Nobody makes `verify` read them all."""
    by_hand(server, {path_of(values.HEAD, f"{number:064x}"): "x" for number in range(1001)})
    run("fetch")
    with pytest.raises(EvidenceError, match="more than 1000 records"):
        verify(f"ref:{values.HEAD}")
    assert len(json.loads(run("list", "--limit", "5", "--output", "json").stdout)["records"]) == 5


def test_a_genuine_record_by_another_key_is_not_genuine_here(
    repo: Repo, server: Repo, make: Make, tmp_path: Path
) -> None:
    """What the ref holds is believed no more than any file."""
    record = make()
    other = write_record(record, statement(current()), signer(name="other"), facts_bytes(current()))
    run("push", other.path)
    assert verify(f"ref:{values.HEAD}", "--remote", "origin")["failed"] == ["signer"]


def test_list_says_that_it_is_not_verification(repo: Repo, make: Make) -> None:
    run("push", make())
    run("fetch")
    assert "not verification" in run("list").stderr
    assert json.loads(run("list", "--output", "json").stdout)["verified"] is False
    assert "not verification" in run("show", values.HEAD).stdout


# --- what cannot be meant -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["HEAD", "abc", "g" * 40, "--all", "a" * 39, "../" * 13 + "a"])
def test_only_full_ids_are_looked_up(repo: Repo, make: Make, asked: str) -> None:
    run("push", make())
    run("fetch")
    with pytest.raises(UsageError):
        verify(f"ref:{asked}")


def test_nothing_fetched_and_nothing_found(repo: Repo, make: Make) -> None:
    """Both are exit 3 with the command to run."""
    with pytest.raises(EvidenceError, match="run `outsource-gate evidence fetch`"):
        run("list")
    run("push", make())
    run("fetch")
    with pytest.raises(EvidenceError, match="holds no record of 9999"):
        run("show", "9" * 40)


def test_a_remote_is_for_records_on_the_ref(repo: Repo, make: Make) -> None:
    with pytest.raises(GateError, match="ref:COMMIT"):
        verify(make(), "--remote", "origin")


def test_an_evidence_repository_is_kept_apart_from_origin(repo: Repo, make: Make, tmp_path: Path) -> None:
    """By address: fetched, listed and verified under it, while origin has nothing."""
    central = str(Repo(tmp_path / "central.git", bare=True).path)
    run("push", make(), "--remote", central)
    run("fetch", "--remote", central)
    assert values.HEAD[:12] in run("list", "--remote", central).stdout
    assert verify(f"ref:{values.HEAD}", "--remote", central)["outcome"] == "met"
    with pytest.raises(EvidenceError):
        run("list")


def test_every_help_shows_a_worked_example() -> None:
    for args in ([], ["push"], ["fetch"], ["list"], ["show"]):
        assert "Example: outsource-gate evidence" in CliRunner().invoke(command, [*args, "--help"]).output


def test_a_head_of_sha256_is_looked_up_as_a_commit(repo: Repo, make: Make) -> None:
    """Commits of 64 digits and digests are told apart by what is there."""
    long = "e" * 64
    change = values.change(head=Revision(long, "d" * 64, "HEAD"))
    run("push", make(current(change=change)))
    assert rows()[0]["commit"] == long
    assert verify(f"ref:{long}", "--max-age", "24h")["commit"] == long


def test_age_is_the_record_s_own(repo: Repo, make: Make) -> None:
    run("push", make(at(hours=25)))
    assert verify(f"ref:{values.HEAD}", "--remote", "origin", "--max-age", "24h")["failed"] == ["age"]
