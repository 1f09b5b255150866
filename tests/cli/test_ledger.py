"""`ledger` appends, shows, verifies and proves, with the exit codes that pipelines rely on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.ledger import command
from outsource_gate.cli.verify import command as verify_command
from outsource_gate.errors import EvidenceError, GateError, UsageError
from outsource_gate.evidence.envelope import open_envelope
from outsource_gate.evidence.keys import generate_keypair
from tests.evidence.records import failing, record, signer
from tests.ledger.ledgers import change, url
from tests.ledger.ledgers import record as numbered

Run = Callable[..., Result]
PAIR = generate_keypair("ed25519", None)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with three records, the ledger's key, and the public keys."""
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(numbered(number))
    (tmp_path / "ledger.pub").write_text(PAIR.public_key.pem)
    (tmp_path / "gate.pub").write_text(signer().public_key.pem)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OUTSOURCE_GATE_LEDGER", url(tmp_path / "gate.db"))
    monkeypatch.setenv("LEDGER_KEY", PAIR.private_pem.decode())

    def call(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(command, list(arguments), catch_exceptions=True)
        if isinstance(result.exception, GateError):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return call


def loaded(result: Result) -> Any:
    return json.loads(result.stdout)


def test_append_and_prove(run: Run, tmp_path: Path) -> None:
    """each record gets its place and a receipt beside it, which a public key alone can check"""
    result = run("append", "0.json", "1.json", "2.json", "1.json", "--key", "env://LEDGER_KEY")
    assert [line.split()[0] for line in result.stdout.splitlines() if "sha256:" in line] == ["0", "1", "2"]
    for number in range(3):
        arguments = ("check-receipt", f"{number}.tlog-proof", "--trust", "ledger.pub", "--record", f"{number}.json")
        assert f"entry {number} of the 3" in run(*arguments).stdout
    with pytest.raises(EvidenceError, match="is for another file"):
        run("check-receipt", "0.tlog-proof", "--trust", "ledger.pub", "--record", "1.json")
    with pytest.raises(EvidenceError, match="no trusted key"):
        run("check-receipt", "0.tlog-proof", "--trust", "gate.pub")
    again = run("append", "2.json", "--key", "env://LEDGER_KEY", "--receipt", "again.tlog-proof")
    assert "(was there)" in again.stdout
    assert (tmp_path / "again.tlog-proof").read_bytes() == (tmp_path / "2.tlog-proof").read_bytes()


def test_append_without_a_key(run: Run, tmp_path: Path) -> None:
    """without a key records are kept, and it is said that nothing was signed"""
    result = run("append", "0.json")
    assert "no receipt was signed" in result.stderr
    assert not list(tmp_path.glob("*.tlog-proof"))
    for arguments in (("0.json",), ("0.json", "1.json", "--key", "env://LEDGER_KEY")):
        with pytest.raises(UsageError, match="--receipt"):
            run("append", *arguments, "--receipt", "x.tlog-proof")


def test_append_by_whom(run: Run, tmp_path: Path) -> None:
    """with --trust a stranger's record is refused, and nothing of the batch is kept"""
    (tmp_path / "strange.json").write_bytes(record(by=signer("ed25519", "stranger")))
    with pytest.raises(EvidenceError, match="is not trusted"):
        run("append", "0.json", "strange.json", "--trust", "gate.pub")
    run("append", "0.json", "--trust", "gate.pub")
    assert loaded(run("verify", "--output", "json"))["size"] == 1


def test_list_and_show(run: Run, tmp_path: Path) -> None:
    """entries are listed newest first, and shown by place or by either digest; files come out as they were"""
    (tmp_path / "denied.json").write_bytes(record(decision=failing()))
    run("append", "0.json")
    run("append", "denied.json")
    lines = run("list").stdout.splitlines()
    assert [line.split()[:3:2] for line in lines] == [["1", "DENY"], ["0", "ALLOW"]]
    listed = loaded(run("list", "--limit", "1", "--output", "json"))["entries"]
    assert [entry["outcome"] for entry in listed] == ["DENY"]
    for asked in ("1", listed[0]["payload"], f"sha256:{listed[0]['envelope']}"):
        assert loaded(run("show", asked, "--output", "json"))["place"] == 1
    assert run("show", "1", "--output", "record").stdout_bytes == (tmp_path / "denied.json").read_bytes()
    assert "outcome     DENY" in run("show", "1").stdout
    with pytest.raises(EvidenceError, match="no entry 7"):
        run("show", "7")
    with pytest.raises(UsageError, match="no digest"):
        run("show", "HEAD")


def test_a_record_signed_twice(run: Run, tmp_path: Path) -> None:
    """a record that was signed anew has two entries, and `show` asks which is meant"""
    (tmp_path / "again.json").write_bytes(record())
    (tmp_path / "anew.json").write_bytes(record())
    assert (tmp_path / "again.json").read_bytes() != (tmp_path / "anew.json").read_bytes()
    run("append", "again.json", "anew.json")
    digest = loaded(run("show", "0", "--output", "json"))["payload"]
    with pytest.raises(UsageError, match="signed 2 times: entries 0, 1"):
        run("show", digest)


def test_verify_whole(run: Run) -> None:
    """a whole ledger is 0, with checkpoints from before, and says what was not looked at"""
    run("append", "0.json", "--key", "env://LEDGER_KEY")
    run("checkpoint", "--key", "env://LEDGER_KEY", "--out", "one.checkpoint")
    run("append", "1.json", "2.json", "--key", "env://LEDGER_KEY")
    result = run("verify", "--against", "one.checkpoint", "--trust", "ledger.pub")
    assert result.stdout.startswith("whole  3 entries")
    assert "note" not in result.stdout
    notes = " ".join(loaded(run("verify", "--output", "json"))["notes"])
    assert "--trust" in notes
    assert "--against" in notes


def test_verify_tampered(run: Run, tmp_path: Path) -> None:
    """a tampered ledger is 1 and the entry is named; so is one that a checkpoint from elsewhere contradicts"""
    run("append", "0.json", "1.json", "--key", "env://LEDGER_KEY")
    signed = run("checkpoint", "--key", "env://LEDGER_KEY").stdout
    (tmp_path / "outside").write_text(signed)
    change(tmp_path / "gate.db", "UPDATE entries SET entry = replace(entry, 'ALLOW', 'DENY') WHERE place = 1")
    assert "TAMPERED  entry 1: was changed" in run("verify", code=1).stdout
    (tmp_path / "gate.db").unlink()
    run("append", "0.json", "--origin", signed.splitlines()[0])
    assert loaded(run("verify", "--output", "json"))["whole"] is True
    result = loaded(run("verify", "--against", "outside", "--output", "json", code=1))
    assert result["problem"] == "outside: knows 2 entries, the ledger has 1: " + result["problem"].split(": ")[-1]
    (tmp_path / "gate.db").unlink()
    run("append", "0.json", "1.json")
    assert (
        "and this ledger is outsource-gate.example/ledger/" in run("verify", "--against", "outside", code=1).stdout
    )


def test_verify_unreadable(run: Run, tmp_path: Path) -> None:
    """a missing ledger, another file, and a checkpoint that is none or by a stranger are 3"""
    with pytest.raises(EvidenceError, match="no such file") as error:
        run("verify")
    assert error.value.exit_code == 3
    run("append", "0.json", "--key", "env://LEDGER_KEY")
    run("checkpoint", "--key", "env://LEDGER_KEY", "--out", "one.checkpoint")
    for against, said in (("0.json", "no signed note"), ("none", "No such file")):
        with pytest.raises(EvidenceError, match=said):
            run("verify", "--against", against)
    with pytest.raises(EvidenceError, match="no trusted key"):
        run("verify", "--against", "one.checkpoint", "--trust", "gate.pub")


def test_a_gap(run: Run) -> None:
    """a lost record is closed by a signed entry of its own, with its reason beside it"""
    run("append", "0.json")
    gap = ("gap", "--repository", "corp/shop", "--commit", "a" * 40, "--key", "env://LEDGER_KEY")
    assert " gap " in run(*gap, "--reason", "the runner died", "--receipt", "gap.tlog-proof").stdout
    assert "reason      the runner died" in run("show", "1").stdout
    assert "entry 1 of the 2" in run("check-receipt", "gap.tlog-proof", "--trust", "ledger.pub").stdout
    run(*gap, "--reason", "  ", code=2)
    run(*gap, "--reason", "x" * 2001, code=2)
    with pytest.raises(UsageError, match="no digest"):
        run(*gap[:4], "HEAD", *gap[5:], "--reason", "why")
    assert loaded(run("verify", "--output", "json"))["size"] == 2


def test_a_change_of_trust(run: Run) -> None:
    """which trust file held from when on is an entry; a file that is none gets no entry"""
    run("append", "0.json")
    change = ("--reason", "key of 2027", "--key", "env://LEDGER_KEY")
    run("trust-change", "gate.pub", *change)
    found = loaded(run("show", "1", "--output", "json"))
    assert found["kind"] == "trust-change"
    assert found["subject"] == {"sha256": hashlib.sha256(Path("gate.pub").read_bytes()).hexdigest()}
    with pytest.raises(GateError):
        run("trust-change", "0.json", *change)
    assert loaded(run("verify", "--output", "json"))["size"] == 2


def test_an_erasure(run: Run) -> None:
    """an erased file cannot be shown any more, its entry can, and the ledger is whole"""
    run("append", "0.json", "1.json", "--key", "env://LEDGER_KEY")
    run("checkpoint", "--key", "env://LEDGER_KEY", "--out", "before.checkpoint")
    run("erase", "0", "--reason", "asked for", "--key", "env://LEDGER_KEY")
    with pytest.raises(EvidenceError, match="was erased, or is gone"):
        run("show", "0", "--output", "record")
    assert "erased, or gone" in run("show", "0").stdout
    found = loaded(run("verify", "--against", "before.checkpoint", "--trust", "ledger.pub", "--output", "json"))
    assert (found["whole"], found["size"], found["erased"]) == (True, 3, 1)
    assert "entry 1 of the 2" in run("check-receipt", "1.tlog-proof", "--trust", "ledger.pub").stdout


def test_what_comes_out_verifies(run: Run, tmp_path: Path) -> None:
    """the file that `show` gives is the record that `verify` reads"""
    run("append", "2.json")
    (tmp_path / "out.json").write_bytes(run("show", "0", "--output", "record").stdout_bytes)
    assert open_envelope((tmp_path / "out.json").read_bytes()) == open_envelope(numbered(2))
    result = CliRunner().invoke(verify_command, ["out.json", "--trust", "gate.pub", "--require", "any"])
    assert result.exit_code != 3, result.output


def test_escapes(run: Run, tmp_path: Path) -> None:
    """what a record says about itself moves no cursor"""
    odd = record(edit=lambda whole: whole["predicate"]["repository"].update(name="shop\x1b[2J"))
    (tmp_path / "odd.json").write_bytes(odd)
    run("append", "odd.json")
    for arguments in (("list",), ("show", "0"), ("list", "--output", "json")):
        assert "\x1b" not in run(*arguments).stdout
