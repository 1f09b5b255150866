"""The key is looked at as the job would use it, the trust file as a verifier would; and neither is told."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outsource_gate.doctor import Check, State, keys, policy, repository
from outsource_gate.evidence.keys import KeyPair, generate_keypair, load_signer
from outsource_gate.forges import Event
from tests.doctor.look import EXAMPLE, asked, event, one, states, with_policy
from tests.evidence.signers import fake_vault
from tests.repo import Repo

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return generate_keypair("ecdsa-p256", PASSWORD.encode())


@pytest.fixture(scope="module")
def plain() -> KeyPair:
    return generate_keypair("ed25519", None)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return with_policy(tmp_path / "repo")


def put(folder: Path, pair: KeyPair, mode: int = 0o600) -> Path:
    path = folder / "gate.key"
    path.write_bytes(pair.private_pem)
    path.chmod(mode)
    return path


def look(
    repo: Repo,
    key: str | None,
    *,
    trust: Path | None = None,
    environment: dict[str, str] | None = None,
    event: Event | None = None,
) -> tuple[Check, ...]:
    given = {"OUTSOURCE_GATE_KEY_PASSWORD": PASSWORD, **(environment or {})}
    what = asked(repo.path, key=key, trust=trust, environment=given, event=event)
    clone = repository.look(what, None)[1]
    return tuple(keys.checks(what, clone, policy.look(what, clone)[1], event))


def test_an_encrypted_key_outside_the_checkout_is_in_order(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    found = look(repo, f"file:{put(tmp_path, pair)}")
    assert states(found) == {"key": State.OK, "key's password": State.OK, "trust": State.NOT_ASKED}
    assert pair.public_key.key_id in one(found, "key").found


@pytest.mark.parametrize("password", ["wrong horse", ""])
def test_a_key_that_does_not_open_is_a_problem(repo: Repo, tmp_path: Path, pair: KeyPair, password: str) -> None:
    found = look(repo, f"file:{put(tmp_path, pair)}", environment={"OUTSOURCE_GATE_KEY_PASSWORD": password})
    assert one(found, "key").state is State.PROBLEM


def test_a_key_that_others_can_read_is_a_problem_with_its_chmod(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    path = put(tmp_path, pair, 0o644)
    found = one(look(repo, f"file:{path}"), "key")
    assert (found.state, found.fix) == (State.PROBLEM, (f"chmod 600 {path}",))


def test_a_key_without_password_is_a_warning_whose_command_encrypts_it(
    repo: Repo, tmp_path: Path, plain: KeyPair
) -> None:
    path = put(tmp_path, plain)
    found = one(look(repo, str(path)), "key's password")
    assert found.state is State.WARNING
    subprocess.run(
        [*found.fix[0].split(" && ")[0].split(), "-passout", f"pass:{PASSWORD}"], check=True, capture_output=True
    )
    (tmp_path / "gate.key.new").rename(path)
    assert load_signer(str(path), PASSWORD.encode()).key_id == plain.public_key.key_id
    assert one(look(repo, str(path)), "key's password").state is State.OK


@pytest.mark.parametrize("form", ["pem", "escaped", "base64"])
def test_a_key_in_a_variable_is_opened_as_the_job_would(repo: Repo, pair: KeyPair, form: str) -> None:
    pem = pair.private_pem.decode()
    forms = {"pem": pem, "escaped": pem.replace("\n", "\\n"), "base64": base64.b64encode(pem.encode()).decode()}
    found = look(repo, "env://GATE_PEM", environment={"GATE_PEM": forms[form]})
    assert states(found) == {"key": State.OK, "trust": State.NOT_ASKED}


def test_a_key_in_a_service_is_asked_as_the_job_would(repo: Repo) -> None:
    pytest.importorskip("hvac", reason="the extra `vault` is not installed")
    with fake_vault.running() as vault:
        assert states(look(repo, "hashivault://gate", environment=vault.environment))["key"] is State.OK
        vault.faults["keys"] = 403
        found = one(look(repo, "hashivault://gate", environment=vault.environment), "key")
    assert (found.state, found.found) == (State.PROBLEM, "Vault: Vault refuses")


def test_a_key_in_the_checkout_is_a_warning_and_a_committed_one_a_problem(repo: Repo, plain: KeyPair) -> None:
    path = put(repo.path, plain)
    assert one(look(repo, f"file:{path}"), "key's place").state is State.WARNING
    repo.git("add", "gate.key")
    found = one(look(repo, f"file:{path}"), "key's place")
    assert found.state is State.PROBLEM
    assert "git rm --cached -- gate.key" in found.fix


def test_a_key_in_a_job_that_the_change_defines_is_a_problem(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    key = f"file:{put(tmp_path, pair)}"
    assert one(look(repo, key, event=event(is_trusted=False)), "key's job").state is State.PROBLEM
    assert "key's job" not in states(look(repo, key, event=event()))
    pushed = replace(event(is_trusted=False), name="push")
    assert one(look(repo, key, event=pushed), "key's job").state is State.WARNING


def _misplaced(plain: KeyPair) -> list[str]:
    pem = plain.private_pem.decode()
    body = "".join(pem.splitlines()[1:-1])
    return [pem, pem.replace("\n", "\\n"), base64.b64encode(pem.encode()).decode(), body]


@pytest.mark.parametrize("number", range(4))
def test_a_key_given_in_the_place_of_its_name_is_not_told(repo: Repo, plain: KeyPair, number: int) -> None:
    """OUTSOURCE_GATE_KEY is easily taken for the key itself"""
    given = _misplaced(plain)[number]
    found = one(look(repo, given), "key")
    assert found.state is State.PROBLEM
    told = found.found + " ".join(found.fix)
    assert not any(part in told for part in (given, *given.split("\n")[1:2]))
    assert "OUTSOURCE_GATE_KEY=env://" in found.fix[0]


@pytest.mark.parametrize(
    "uri", ["pkcs11:token=gate?pin-value=773412", "env://A B", "env://", "", "x" * 5000, "a\0b"]
)
def test_what_names_no_key_is_not_repeated(repo: Repo, uri: str) -> None:
    found = one(look(repo, uri or None), "key")
    assert found.state is not State.OK
    assert "773412" not in found.found + " ".join(found.fix)
    assert len(found.found) < 300


def test_a_variable_that_is_not_set_is_a_problem(repo: Repo) -> None:
    assert one(look(repo, "env://GATE_PEM"), "key").state is State.PROBLEM


def test_no_key_is_a_problem_where_the_job_has_to_sign(repo: Repo, tmp_path: Path) -> None:
    """the shipped policy requires signed records; outside a job nobody is expected to have the key"""
    job = {"GITHUB_ACTIONS": "true"}
    assert one(look(repo, None), "key").state is State.WARNING
    assert one(look(repo, None, environment=job), "key").state is State.PROBLEM
    bare = Repo(tmp_path / "bare")
    bare.commit("first", {"a": "1"})
    assert one(look(bare, None, environment=job), "key").state is State.NOT_ASKED


def trust_file(folder: Path, pair: KeyPair, extra: str = "") -> Path:
    pem = "".join(f"      {line}\n" for line in pair.public_key.pem.splitlines())
    path = folder / "trust.yaml"
    path.write_text(f"version: 1\nkeys:\n  - name: corp-gate\n    public_key: |\n{pem}{extra}")
    return path


YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("extra", "state"),
    [
        ("", State.OK),
        ("    repositories: [corp/*]\n", State.OK),
        ("    repositories: [other/*]\n", State.PROBLEM),
        ("    stages: [release]\n", State.PROBLEM),
        (f"    valid: {{until: {YESTERDAY}}}\n", State.PROBLEM),
        ("    valid: {from: 2999-01-01}\n", State.PROBLEM),
        (f"    revoked: {{reason: lost, invalid_from: {YESTERDAY}}}\n", State.PROBLEM),
        ("    nonsense: 1\n", State.PROBLEM),
    ],
)
def test_the_trust_file_has_to_speak_for_the_key_here_and_now(
    repo: Repo, tmp_path: Path, pair: KeyPair, extra: str, state: State
) -> None:
    found = look(repo, f"file:{put(tmp_path, pair)}", trust=trust_file(tmp_path, pair, extra))
    assert one(found, "trust").state is state


def test_a_key_that_is_not_listed_names_the_command_that_lists_it(
    repo: Repo, tmp_path: Path, pair: KeyPair, plain: KeyPair
) -> None:
    trust = trust_file(tmp_path, plain)
    found = one(look(repo, f"file:{put(tmp_path, pair)}", trust=trust), "trust")
    assert found.state is State.PROBLEM
    assert found.fix == (f"outsource-gate keys trust add gate.pub --trust {trust}",)


def test_a_bare_public_key_is_a_warning(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    bare = tmp_path / "gate.pub"
    bare.write_text(pair.public_key.pem)
    assert one(look(repo, f"file:{put(tmp_path, pair)}", trust=bare), "trust").state is State.WARNING


def test_a_trust_file_that_everybody_can_write_is_a_problem(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    trust = trust_file(tmp_path, pair)
    trust.chmod(0o666)
    assert one(look(repo, f"file:{put(tmp_path, pair)}", trust=trust), "trust's writers").state is State.PROBLEM


def test_a_trust_file_that_is_not_there_is_a_problem(repo: Repo, tmp_path: Path) -> None:
    assert one(look(repo, None, trust=tmp_path / "none.yaml"), "trust").state is State.PROBLEM


def test_a_trust_file_without_a_key_to_compare_says_so(repo: Repo, tmp_path: Path, pair: KeyPair) -> None:
    assert "not known" in one(look(repo, None, trust=trust_file(tmp_path, pair)), "trust").found


def test_the_policy_outside_asks_for_signatures_as_well(repo: Repo, tmp_path: Path) -> None:
    outside = Path(shutil.copytree(EXAMPLE, tmp_path / "outside"))
    what = asked(repo.path, policy=outside, environment={"GITLAB_CI": "true"})
    clone = repository.look(what, None)[1]
    found = tuple(keys.checks(what, clone, policy.look(what, clone)[1], None))
    assert one(found, "key").state is State.PROBLEM
