"""A key in Vault signs with the version whose public key was shown, and every failure is one sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from outsource_gate.errors import GateError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.signers.service_key import SigningError
from tests.evidence.signers import fake_vault
from tests.evidence.signers.fake_vault import FakeVault

pytest.importorskip("hvac", reason="the extra `vault` is not installed")


@pytest.fixture
def vault() -> Iterator[FakeVault]:
    with fake_vault.running() as running:
        yield running


@pytest.mark.parametrize("kind", ["ecdsa-p256", "ed25519"])
def test_vault_signs_what_its_public_key_verifies(kind: str) -> None:
    with fake_vault.running(kind) as vault:
        key = load_signer("hashivault://gate", None, vault.environment)
        assert key.public_key.algorithm == kind
        assert key.public_key.verifies(key.sign(b"message" * 10_000), b"message" * 10_000)


def test_a_key_that_is_rotated_meanwhile_still_signs_as_it_was_shown(vault: FakeVault) -> None:
    key = load_signer("hashivault://gate", None, vault.environment)
    vault.rotate()
    assert key.public_key.verifies(key.sign(b"message"), b"message")
    assert load_signer("hashivault://gate", None, vault.environment).key_id != key.key_id


def test_the_tenth_version_is_newer_than_the_ninth(vault: FakeVault) -> None:
    for _ in range(9):
        vault.rotate()
    key = load_signer("hashivault://gate", None, vault.environment)
    key.sign(b"message")
    assert vault.asked[-1][2]["key_version"] == 10


def test_mount_and_namespace_come_from_the_environment(vault: FakeVault) -> None:
    vault.mount = "team/signing"
    more = {"TRANSIT_SECRET_ENGINE_PATH": "team/signing", "VAULT_NAMESPACE": "corp/platform"}
    load_signer("hashivault://gate", None, vault.environment | more).sign(b"message")
    assert [(path, namespace.strip("/")) for path, namespace, _ in vault.asked] == [
        ("/v1/team/signing/keys/gate", "corp/platform"),
        ("/v1/team/signing/sign/gate", "corp/platform"),
    ]


@pytest.mark.parametrize("kind", ["ecdsa-p384", "rsa-2048", "aes256-gcm96"])
def test_other_kinds_of_keys_are_refused_whatever_vault_can_do(vault: FakeVault, kind: str) -> None:
    vault.kind = kind
    with pytest.raises(SigningError, match=f"{kind} key -> ecdsa-p256 or ed25519"):
        load_signer("hashivault://gate", None, vault.environment)


def test_another_curve_under_the_right_name_is_refused_too(vault: FakeVault) -> None:
    vault.versions = [ec.generate_private_key(ec.SECP384R1())]
    with pytest.raises(GateError, match="ECDSA P-256 or Ed25519"):
        load_signer("hashivault://gate", None, vault.environment)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "Vault refuses"),
        (404, "no such key"),
        (429, "throttled"),
        (503, "sealed or down"),
        (500, "InternalServerError"),
        (307, "cannot be read"),
    ],
)
@pytest.mark.parametrize("question", ["keys", "sign"])
def test_each_refusal_is_one_sentence(vault: FakeVault, question: str, status: int, said: str) -> None:
    vault.faults[question] = status
    with pytest.raises(SigningError, match=said) as caught:
        load_signer("hashivault://gate", None, vault.environment).sign(b"message")
    assert fake_vault.TOKEN not in str(caught.value)


@pytest.mark.parametrize("question", ["keys", "sign"])
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b'{"data": null}', b'{"data": {"type": "ed25519", "keys": {}}}']
)
def test_what_is_no_answer_of_vault_is_told_as_such(vault: FakeVault, question: str, body: bytes) -> None:
    vault.raw[question] = body
    with pytest.raises(SigningError, match="answered what cannot be read"):
        load_signer("hashivault://gate", None, vault.environment).sign(b"message")


def test_a_signature_by_another_key_is_never_passed_on(vault: FakeVault) -> None:
    vault.signs_with = ec.generate_private_key(ec.SECP256R1())
    key = load_signer("hashivault://gate", None, vault.environment)
    with pytest.raises(SigningError, match="no signature under the public key it gave"):
        key.sign(b"message")


@pytest.mark.parametrize("missing", ["VAULT_ADDR", "VAULT_TOKEN"])
def test_what_the_environment_lacks_is_named(vault: FakeVault, missing: str) -> None:
    with pytest.raises(SigningError, match=f"{missing} is not set"):
        load_signer("hashivault://gate", None, vault.environment | {missing: ""})


def test_the_token_goes_to_no_other_machine_in_the_clear(vault: FakeVault) -> None:
    with pytest.raises(SigningError, match="https only"):
        load_signer("hashivault://gate", None, vault.environment | {"VAULT_ADDR": "http://vault.example:8200"})


def test_nobody_there_is_told(vault: FakeVault) -> None:
    with pytest.raises(SigningError, match="no whole answer came"):
        load_signer("hashivault://gate", None, vault.environment | {"VAULT_ADDR": "http://127.0.0.1:9"})
