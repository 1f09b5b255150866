"""`keys` makes, shows and trusts signing keys, and loses or leaks none."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.keys import command
from outsource_gate.errors import GateError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.trust import load_trust
from outsource_gate.model.verdict import Stage

PASSWORD = {"OUTSOURCE_GATE_KEY_PASSWORD": "correct horse"}


def run(*args: str, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(command, list(args), env=env)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def gate(here: Path) -> Path:
    run("generate", "--out", "gate", "--no-password")
    return here


def test_a_key_pair_is_written_with_the_password_from_the_environment(here: Path) -> None:
    result = run("generate", "--out", "gate", env=PASSWORD)
    assert result.exit_code == 0
    assert b"ENCRYPTED" in (here / "gate.key").read_bytes()
    key = load_signer("gate.key", PASSWORD["OUTSOURCE_GATE_KEY_PASSWORD"].encode())
    assert key.public_key.pem == (here / "gate.pub").read_text()
    assert key.key_id in result.output
    assert "correct horse" not in result.output


@pytest.mark.parametrize("algorithm", ["ecdsa-p256", "ed25519"])
def test_a_key_without_password_is_made_only_on_request(here: Path, algorithm: str) -> None:
    result = run("generate", "--out", "gate", "--no-password", "--algorithm", algorithm)
    assert "not encrypted" in result.output
    assert load_signer("gate.key", None).public_key.algorithm == algorithm


def test_only_its_owner_reads_the_private_key(gate: Path) -> None:
    assert stat.S_IMODE((gate / "gate.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((gate / "gate.pub").stat().st_mode) == 0o644


@pytest.mark.parametrize("existing", ["gate.key", "gate.pub"])
def test_no_key_is_ever_overwritten(here: Path, existing: str) -> None:
    (here / existing).write_text("precious")
    with pytest.raises(GateError, match="never overwritten"):
        run("generate", "--out", "gate", "--no-password")
    assert [path.name for path in here.iterdir()] == [existing]
    assert (here / existing).read_text() == "precious"


def test_a_dangling_link_is_in_the_way_too(here: Path) -> None:
    (here / "gate.key").symlink_to("/nowhere/else")
    with pytest.raises(GateError, match="never overwritten"):
        run("generate", "--out", "gate", "--no-password")


@pytest.mark.parametrize(
    ("env", "complaint"),
    [(None, "nobody is here to type it"), ({"OUTSOURCE_GATE_KEY_PASSWORD": ""}, "is empty")],
)
def test_without_a_password_nothing_is_made(here: Path, env: dict[str, str] | None, complaint: str) -> None:
    with pytest.raises(GateError, match=complaint) as caught:
        run("generate", "--out", "gate", env=env)
    assert caught.value.exit_code == 2
    assert not list(here.iterdir())


def test_there_is_no_option_that_takes_a_password(here: Path) -> None:
    """What stands in argv stands in every process list."""
    assert run("generate", "--out", "gate", "--password", "x").exit_code == 2


@pytest.mark.parametrize("name", ["gate.key", "gate.pub"])
def test_show_tells_which_key_it_is_and_only_the_public_half(gate: Path, name: str) -> None:
    result = run("show", name)
    assert load_signer("gate.key", None).key_id in result.output
    assert (gate / "gate.pub").read_text() in result.output
    assert "PRIVATE" not in result.output


def test_show_opens_an_encrypted_key_with_the_password(here: Path) -> None:
    run("generate", "--out", "gate", env=PASSWORD)
    assert (here / "gate.pub").read_text() in run("show", "gate.key", env=PASSWORD).output
    with pytest.raises(GateError, match="nobody is here"):
        run("show", "gate.key")


def test_show_prints_the_public_key_alone_for_whoever_reads_it(gate: Path) -> None:
    result = run("show", "file:gate.key")
    assert result.stdout == (gate / "gate.pub").read_text()
    assert "key id" in result.stderr


def test_show_takes_whatever_key_signs(gate: Path) -> None:
    pem = (gate / "gate.key").read_text()
    assert run("show", "env://GATE", env={"GATE": pem}).stdout == (gate / "gate.pub").read_text()


def test_show_asks_for_a_pin_before_it_asks_a_token() -> None:
    token = "pkcs11:object=gate?module-path=/no/token.so"
    with pytest.raises(GateError, match="nobody is here to type it"):
        run("show", token)
    with pytest.raises(GateError, match="PKCS#11"):
        run("show", token, env=PASSWORD)


def test_show_of_something_else_is_an_error(here: Path) -> None:
    (here / "x").write_text("hello")
    with pytest.raises(GateError, match="no PEM public key"):
        run("show", "x")
    with pytest.raises(GateError, match="No such file"):
        run("show", "none")


def test_trust_add_makes_a_trust_file(gate: Path) -> None:
    result = run("trust", "add", "gate.pub", "--trust", "trust.yaml")
    (found,) = load_trust(gate / "trust.yaml").keys
    assert (found.rule.name, found.rule.handed_over) == ("gate", False)
    assert found.key.key_id in result.output


def test_trust_add_restricts_the_key_as_asked(gate: Path) -> None:
    run(
        *("trust", "add", "gate.pub", "--trust", "trust.yaml", "--name", "gate 2026"),
        *("--from", "2026-01-01", "--until", "2026-12-31", "--handed-over"),
        *("--repository", "corp/*", "--repository", "lab/x", "--stage", "change"),
    )
    rule = load_trust(gate / "trust.yaml").keys[0].rule
    assert (rule.name, str(rule.valid.from_), str(rule.valid.until)) == ("gate 2026", "2026-01-01", "2026-12-31")
    assert (rule.repositories, rule.stages, rule.handed_over) == (("corp/*", "lab/x"), (Stage.CHANGE,), True)


def test_trust_add_keeps_what_is_there(gate: Path) -> None:
    run("trust", "add", "gate.pub", "--trust", "trust.yaml")
    (gate / "trust.yaml").write_text("# ours\n" + (gate / "trust.yaml").read_text())
    run("generate", "--out", "next", "--no-password")
    run("trust", "add", "next.pub", "--trust", "trust.yaml")
    assert (gate / "trust.yaml").read_text().startswith("# ours\n")
    assert [found.rule.name for found in load_trust(gate / "trust.yaml").keys] == ["gate", "next"]


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("gate.key", "--trust", "trust.yaml"), r"give its \.pub"),
        (("gate.pub", "--trust", "gate.pub"), "is a PEM key"),
        (("gate.pub", "--trust", "trust.yaml", "--from", "2026-02-01", "--until", "2026-01-01"), "lies before"),
    ],
)
def test_trust_add_refuses_what_cannot_be_meant(gate: Path, args: tuple[str, ...], complaint: str) -> None:
    before = (gate / "gate.pub").read_text()
    with pytest.raises(GateError, match=complaint):
        run("trust", "add", *args)
    assert not (gate / "trust.yaml").exists()
    assert (gate / "gate.pub").read_text() == before


def test_a_key_is_trusted_once(gate: Path) -> None:
    run("trust", "add", "gate.pub", "--trust", "trust.yaml")
    with pytest.raises(GateError, match="trusts this key already"):
        run("trust", "add", "gate.pub", "--trust", "trust.yaml")


@pytest.mark.parametrize("args", [(), ("generate",), ("show",), ("trust",), ("trust", "add")])
def test_every_help_shows_a_worked_example(args: tuple[str, ...]) -> None:
    assert "Example: outsource-gate keys" in run(*args, "--help").output
