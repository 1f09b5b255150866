"""`--cache` as it is typed: faster the second time, told where it cannot be used, never another answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from outsource_gate.cli import cache, cli
from outsource_gate.cli.cache import FOLDER_VARIABLE, secret_of
from outsource_gate.cli.check import command as check_command
from outsource_gate.cli.scan import command
from outsource_gate.evidence import keys
from outsource_gate.evidence.keys import generate_keypair
from outsource_gate.policy import reading
from outsource_gate.policy.yaml_text import YamlText, read_yaml
from outsource_gate.process import run
from outsource_gate.scanners import launch
from outsource_gate.scanners.cache.key import KEY_VARIABLE
from outsource_gate.scanners.cache.store import NAME
from tests.bypass.scene import FLAW, build
from tests.repo import SigningKey
from tests.scanners.fake import write

KEY = {KEY_VARIABLE: "0123456789abcdef0123456789abcdef"}


READS = 3  # bandit, semgrep, and semgrep again for the way that data takes to a finding


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    started: list[str] = []

    def counted(argv: tuple[str, ...], **bounds: object) -> object:
        started.append(argv[0])
        return run(argv, **bounds)  # type: ignore[arg-type]

    monkeypatch.setattr(launch, "run", counted)
    return started


def test_a_key_that_stays_elsewhere_is_not_asked_for_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has none to give, and a wrong PIN given twice is one nearer to a locked token."""
    asked: list[object] = []
    monkeypatch.setattr(keys, "load_signer", lambda *given: asked.append(given))
    assert secret_of("pkcs11:object=gate?module-path=/no/token.so", b"1234") is None
    assert asked == []


def scan(folder: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, [str(folder), *words], env={"CI": None, **environment})
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.tools
def test_the_second_run_starts_no_scanner_and_says_the_same(tmp_path: Path, starts: list[str]) -> None:
    write(tmp_path, "code/ping.py", FLAW)
    code, cache = tmp_path / "code", str(tmp_path / "cache")
    fresh = scan(code, "--output", "json")
    assert len(starts) == READS
    assert scan(code, "--output", "json", "--cache", cache, **KEY) == fresh
    assert len(starts) == 2 * READS
    assert scan(code, "--output", "json", **KEY, **{FOLDER_VARIABLE: cache}) == fresh
    assert len(starts) == 2 * READS


@pytest.mark.tools
def test_a_job_without_a_key_is_told_so_and_reads_every_file(tmp_path: Path, starts: list[str]) -> None:
    write(tmp_path, "code/ping.py", FLAW)
    code, _, told = scan(tmp_path / "code", "--fail-on", "high", "--cache", str(tmp_path / "cache"), CI="true")
    assert code == 1
    assert len(starts) == READS
    assert "--cache is not used" in told
    assert KEY_VARIABLE in told
    assert not (tmp_path / "cache" / NAME).exists()


@pytest.mark.tools
def test_check_keeps_answers_under_the_key_that_signs(tmp_path: Path, starts: list[str]) -> None:
    """The second run of a job starts no scanner; facts and decision are those of a run without a cache."""
    pair = generate_keypair("ed25519", None)
    key = write(tmp_path, "gate.key", pair.private_pem)
    key.chmod(0o600)
    scene = build(tmp_path / "scene", *(SigningKey.generate(tmp_path, name) for name in ("vic", "ina")))
    scene.commit({"services/ping.py": FLAW})
    frame = ("--repo", str(scene.repo.path), "--policy", str(scene.policy), "--base", "main", "--head", "feature")
    handed = ("--change", str(scene.hand_over()), "--now", "2026-11-23T12:00:00Z", "--key", f"file:{key}")

    def check(name: str, *more: str) -> tuple[int, bytes]:
        record = tmp_path / name / "record.json"
        record.parent.mkdir()
        words = (*frame, *handed, "--evidence", str(record), "--output", "json", *more)
        code = CliRunner().invoke(check_command, words, env={"CI": "true"}).exit_code
        (facts,) = (file for file in record.parent.iterdir() if file != record)
        return code, facts.read_bytes()

    fresh = check("fresh")
    assert (fresh[0], len(starts)) == (1, READS)
    assert check("filling", "--cache", str(tmp_path / "cache")) == fresh
    until = len(starts)
    assert check("warm", "--cache", str(tmp_path / "cache")) == fresh
    assert len(starts) == until


def test_check_keeps_an_index_of_a_large_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run parses no vendor's file, and decides and says the same; so does one whose index is damaged."""
    monkeypatch.setattr(cache, "LEAST_BYTES", 0)
    read: list[str] = []

    def counted(file: str, raw: bytes) -> YamlText:
        read.append(file)
        return read_yaml(file, raw)

    monkeypatch.setattr(reading, "read_yaml", counted)
    scene = build(tmp_path / "scene", *(SigningKey.generate(tmp_path, name) for name in ("vic", "ina")))
    scene.commit({"README.md": "words\n"})
    folder = tmp_path / "cache"

    def check(**environment: str) -> tuple[object, list[str], str]:
        read.clear()
        words = (
            *("--debug", "check", "--repo", str(scene.repo.path), "--policy", str(scene.policy), "--base", "main"),
            *("--head", "feature", "--change", str(scene.hand_over()), "--now", "2026-11-23T12:00:00Z"),
            *("--evidence", str(tmp_path / "record.json"), "--output", "json", "--cache", str(folder)),
        )
        done = CliRunner().invoke(cli, words, env={"CI": "true", **environment})
        said = {key: value for key, value in json.loads(done.stdout).items() if key != "evidence"}
        return (done.exit_code, said), [name for name in read if name.startswith("vendors/")], done.stderr

    first, parsed, told = check(**KEY)
    assert parsed
    assert "register: none kept" in told
    assert check(**KEY)[:2] == (first, [])
    (index,) = folder.glob("outsource-gate.register.*[0-9a-f]")
    index.write_bytes(index.read_bytes()[:-1])
    again, parsed_again, told = check(**KEY)
    assert (again, parsed_again) == (first, parsed)
    assert "register: not sealed by us" in told
    assert check(**KEY)[:2] == (first, [])
    assert check(**{KEY_VARIABLE: "a contractor's own key, long enough"})[:2] == (first, parsed)
    assert check()[:2] == (first, parsed)


@pytest.mark.parametrize("algorithm", ["ed25519", "ecdsa-p256"])
def test_the_signing_key_gives_a_secret_that_is_not_the_key(tmp_path: Path, algorithm: str) -> None:
    """The same key gives the same secret, with and without a password on its file; another key another one."""
    pair = generate_keypair(algorithm, None)  # type: ignore[arg-type]
    key = write(tmp_path, "gate.key", pair.private_pem)
    key.chmod(0o600)
    secret = secret_of(f"file:{key}", None)
    assert secret is not None
    assert len(secret) == 32
    assert secret == secret_of(str(key), None)
    other = write(tmp_path, "other.key", generate_keypair("ed25519", None).private_pem)
    other.chmod(0o600)
    assert secret_of(f"file:{other}", None) not in (secret, None)


@pytest.mark.parametrize("key", [None, "", "file:/nowhere/gate.key", "pkcs11:token=x"])
def test_a_key_that_does_not_open_gives_no_secret(key: str | None) -> None:
    """What is wrong with it is told where the record is signed."""
    assert secret_of(key, None) is None
