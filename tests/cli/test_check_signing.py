"""`check` with a key that signs elsewhere: what it signs verifies, and where it does not sign nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.bypass.scene import INA, Scene, build
from tests.cli.test_check import gate
from tests.evidence.signers import fake_vault, softhsm
from tests.evidence.signers.fake_vault import FakeVault
from tests.evidence.timestamps.authority_server import Authority, made, serving
from tests.repo import SigningKey

RECORD = "outsource-gate.evidence.json"
FACTS = "outsource-gate.evidence.facts.json.gz"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Our own change, approved."""
    scene = build(tmp_path, SigningKey.generate(tmp_path, "vic"), SigningKey.generate(tmp_path, "ina"))
    scene.commit({"services/a.py": "A = 1\n"}, author=INA)
    scene.by("ida")
    return scene


@pytest.fixture
def vault() -> Iterator[FakeVault]:
    pytest.importorskip("hvac", reason="the extra `vault` is not installed")
    with fake_vault.running() as running:
        yield running


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    if lacking := softhsm.lacking():
        pytest.skip(lacking)
    conf = softhsm.make(tmp_path_factory.mktemp("hsm"))
    return {"SOFTHSM2_CONF": str(conf), "OUTSOURCE_GATE_KEY_PASSWORD": softhsm.PIN}


def check(scene: Scene, key: str, environment: dict[str, str], code: int = 0) -> str:
    frame = ("--repo", "repo", "--policy", "policy", "--base", "main", "--head", "feature")
    handed = ("--change", str(scene.hand_over()), "--now", "2026-11-23T12:00:00Z")
    return gate("check", *frame, *handed, "--key", key, folder=scene.folder, code=code, **environment).stderr


def verify(scene: Scene, key: str, environment: dict[str, str]) -> None:
    """The public key as `keys show` prints it is what `keys trust add` and `verify` take."""
    shown = gate("keys", "show", key, folder=scene.folder, code=0, **environment)
    (scene.folder / "gate.pub").write_text(shown.stdout)
    assert "key id" in shown.stderr
    added = gate("keys", "trust", "add", "gate.pub", "--trust", "trust.yaml", "--handed-over", folder=scene.folder)
    assert "now trusts gate" in added.stdout
    gate("verify", RECORD, "--trust", "trust.yaml", folder=scene.folder)
    gate("verify", RECORD, "--trust", "gate.pub", folder=scene.folder)


def test_a_record_signed_by_vault_verifies(scene: Scene, vault: FakeVault) -> None:
    check(scene, "hashivault://gate", vault.environment)
    verify(scene, "hashivault://gate", vault.environment)


@pytest.mark.tools
def test_a_record_signed_by_a_token_verifies(scene: Scene, hsm: dict[str, str]) -> None:
    key = f"pkcs11:token=gate;object=secp256r1?module-path={softhsm.MODULE}"
    check(scene, key, hsm)
    verify(scene, key, hsm)


@pytest.mark.tools
def test_a_wrong_pin_is_3_with_the_record_unsigned(scene: Scene, hsm: dict[str, str]) -> None:
    wrong = hsm | {"OUTSOURCE_GATE_KEY_PASSWORD": "9999"}
    told = check(scene, f"pkcs11:token=gate;id=%01?module-path={softhsm.MODULE}", wrong, 3)
    assert "the record is not signed: PKCS#11: the PIN is wrong" in told
    assert unsigned(scene)


@pytest.mark.parametrize("question", ["keys", "sign"])
def test_a_throttled_service_is_3_with_the_record_unsigned(scene: Scene, vault: FakeVault, question: str) -> None:
    vault.faults[question] = 429
    told = check(scene, "hashivault://gate", vault.environment, 3)
    assert "the record is not signed: Vault: Vault is throttled" in told
    assert "Traceback" not in told
    assert unsigned(scene)


def test_a_signature_that_does_not_hold_is_3_with_the_record_unsigned(scene: Scene, vault: FakeVault) -> None:
    vault.signs_with = ec.generate_private_key(ec.SECP256R1())
    told = check(scene, "hashivault://gate", vault.environment, 3)
    assert "no signature under the public key it gave" in told
    assert unsigned(scene)


def unsigned(scene: Scene) -> bool:
    """The decision and its facts are there, and `replay` can read both."""
    record = json.loads((scene.folder / RECORD).read_text())
    gate("replay", RECORD, folder=scene.folder)
    return record["signatures"] == [] and (scene.folder / FACTS).stat().st_size > 0


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")
    with serving(made(tmp_path_factory.mktemp("authority") / "one")) as authority:
        yield authority


@pytest.fixture
def key(scene: Scene) -> str:
    gate("keys", "generate", "--out", "gate", "--no-password", folder=scene.folder)
    return "file:gate.key"


def require_stamps(scene: Scene) -> None:
    policy = scene.policy / "policy.yaml"
    policy.write_text(policy.read_text() + "evidence: {timestamp: required}\n")


def trusted(scene: Scene, tsa: Authority) -> tuple[str, ...]:
    """Trust the key and the authority; the run's clock was given, so its record's time is the past."""
    gate("keys", "trust", "add", "gate.pub", "--trust", "trust.yaml", "--handed-over", folder=scene.folder)
    file = scene.folder / "trust.yaml"
    authority = {"name": "our authority", "certificates": tsa.root}
    file.write_text(file.read_text() + f"timestamp_authorities: {json.dumps([authority])}\n")
    return ("verify", RECORD, "--trust", "trust.yaml", "--require", "any")


def test_one_authority_of_several_that_answers_is_enough(scene: Scene, tsa: Authority, key: str) -> None:
    require_stamps(scene)
    told = check(scene, key, {"OUTSOURCE_GATE_TIMESTAMP": f"http://127.0.0.1:9/ {tsa.address}"})
    assert "time stamp: 127.0.0.1: no whole answer came" in told
    shown = gate(*trusted(scene, tsa), folder=scene.folder).stdout
    assert "our authority" in shown
    assert "no time stamp backs it" not in shown


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/"])
def test_without_a_stamp_that_the_policy_requires_it_is_3_with_the_record_signed(
    scene: Scene, key: str, address: str
) -> None:
    require_stamps(scene)
    told = check(scene, key, {"OUTSOURCE_GATE_TIMESTAMP": address}, 3)
    assert "the record has no time stamp, and the policy requires one" in told
    assert json.loads((scene.folder / RECORD).read_text())["dsseEnvelope"]["signatures"]


def test_a_stamp_that_nobody_requires_may_fail_and_is_told(scene: Scene, key: str) -> None:
    told = check(scene, key, {"OUTSOURCE_GATE_TIMESTAMP": "http://127.0.0.1:9/"})
    assert "time stamp: 127.0.0.1: no whole answer came" in told


def test_an_address_that_cannot_be_meant_is_2(scene: Scene, key: str) -> None:
    assert "--timestamp: no address" in check(scene, key, {"OUTSOURCE_GATE_TIMESTAMP": "tsa.example"}, 2)
