"""Signing keys are kept well, and no key is taken that others could not check."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from outsource_gate.errors import EvidenceError, GateError, UsageError
from outsource_gate.evidence.keys import KeyPair, generate_keypair, load_signer
from outsource_gate.evidence.public_key import read_public_key
from tests.evidence.records import signer

Algorithm = Literal["ecdsa-p256", "ed25519"]
ALGORITHMS: tuple[Algorithm, ...] = ("ecdsa-p256", "ed25519")
PASSWORD = b"correct horse"


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return generate_keypair("ecdsa-p256", None)


@pytest.fixture(scope="module")
def locked() -> KeyPair:
    return generate_keypair("ecdsa-p256", PASSWORD)


def keep(folder: Path, pem: bytes, mode: int = 0o600) -> Path:
    path = folder / "gate.key"
    path.write_bytes(pem)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("password", [None, PASSWORD, b"\xc3\xa4" * 200])
def test_a_fresh_key_signs_what_its_public_key_verifies(
    tmp_path: Path, algorithm: Algorithm, password: bytes | None
) -> None:
    fresh = generate_keypair(algorithm, password)
    loaded = load_signer(f"file:{keep(tmp_path, fresh.private_pem)}", password)
    assert loaded.key_id == fresh.public_key.key_id
    assert fresh.public_key.verifies(loaded.sign(b"message"), b"message")
    assert not fresh.public_key.verifies(loaded.sign(b"message"), b"massage")


def test_the_password_is_stretched_by_600_000_rounds_and_openssl_reads_the_key(
    tmp_path: Path, locked: KeyPair
) -> None:
    """The library's default would be 2,048 rounds."""
    path = keep(tmp_path, locked.private_pem)
    dump = subprocess.run(["openssl", "asn1parse", "-in", path], capture_output=True, text=True, check=True).stdout
    rounds = [int(number, 16) for number in re.findall(r"INTEGER\s+:([0-9A-F]+)", dump)]
    assert rounds == [600_000]
    assert all(word in dump for word in (":PBES2", ":PBKDF2", ":hmacWithSHA256", ":aes-256-cbc"))
    secret = ["openssl", "pkey", "-in", str(path), "-passin", "env:SECRET", "-pubout"]
    environment = os.environ | {"SECRET": PASSWORD.decode()}
    public = subprocess.run(secret, capture_output=True, text=True, check=True, env=environment).stdout
    assert public == locked.public_key.pem


@pytest.mark.parametrize("form", ["file:{}", "{}", "file://{}"])
def test_a_key_file_is_named_with_or_without_scheme(tmp_path: Path, pair: KeyPair, form: str) -> None:
    path = keep(tmp_path, pair.private_pem)
    assert load_signer(form.format(path), None).key_id == pair.public_key.key_id


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_that_others_can_read_or_change_is_refused_with_the_cure(
    tmp_path: Path, pair: KeyPair, mode: int
) -> None:
    path = keep(tmp_path, pair.private_pem, mode)
    with pytest.raises(EvidenceError, match=f"chmod 600 {path}"):
        load_signer(str(path), None)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_of_its_owner_alone_is_taken(tmp_path: Path, pair: KeyPair, mode: int) -> None:
    assert load_signer(str(keep(tmp_path, pair.private_pem, mode)), None).key_id == pair.public_key.key_id


@pytest.mark.parametrize(
    "form",
    [
        lambda pem: pem,
        lambda pem: pem.replace("\n", "\\n"),
        lambda pem: pem.replace("\n", "\\r\\n"),
        lambda pem: base64.b64encode(pem.encode()).decode(),
        lambda pem: base64.encodebytes(pem.encode()).decode(),
    ],
    ids=["raw", "escaped", "escaped with returns", "base64", "wrapped base64"],
)
def test_a_variable_may_hold_the_key_as_ci_systems_carry_it(pair: KeyPair, form: object) -> None:
    assert callable(form)
    variables = {"GATE_KEY": form(pair.private_pem.decode())}
    assert load_signer("env://GATE_KEY", None, variables).key_id == pair.public_key.key_id


@pytest.mark.parametrize("value", [None, "", "  ", "not a key", "????"])
def test_a_variable_without_a_key_is_an_error(value: str | None) -> None:
    with pytest.raises(EvidenceError):
        load_signer("env://GATE_KEY", None, {} if value is None else {"GATE_KEY": value})


@pytest.mark.parametrize("uri", ["keyless://", "env:GATE_KEY", "", "FILES:x", "AWSKMS:///alias/gate", "k8s://gate"])
def test_an_unknown_kind_of_key_is_a_usage_error_that_lists_the_known(uri: str) -> None:
    with pytest.raises(UsageError, match=r"known: file:PATH, PATH, env://VARIABLE, pkcs11:"):
        load_signer(uri, None)


@pytest.mark.parametrize(
    "pasted",
    [
        "MC4CAQAwBQYDK2VwBCIEIJsecret",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQsecret\n-----END PRIVATE KEY-----",
        "pkcs11:token=x?pin-value=secret",
        "env://MC4CAQ-secret",
        "env://secret\nkey",
        "/tmp/secret/" + "x" * 5000,
        "secret\0",
    ],
)
def test_a_key_pasted_where_its_place_belongs_is_not_repeated(pasted: str) -> None:
    """errors end up in logs that vendors read"""
    with pytest.raises(GateError) as raised:
        load_signer(pasted, None, {})
    assert "secret" not in f"{raised.value} {raised.value.hint}"


def test_a_locked_key_without_password_says_where_the_password_goes(tmp_path: Path, locked: KeyPair) -> None:
    with pytest.raises(EvidenceError, match="OUTSOURCE_GATE_KEY_PASSWORD"):
        load_signer(str(keep(tmp_path, locked.private_pem)), None)


def test_a_wrong_password_does_not_open_a_key(tmp_path: Path, locked: KeyPair) -> None:
    with pytest.raises(EvidenceError, match="wrong password"):
        load_signer(str(keep(tmp_path, locked.private_pem)), b"wrong")


def test_a_key_that_openssl_keeps_under_scrypt_opens(tmp_path: Path, pair: KeyPair) -> None:
    path = keep(tmp_path, pair.private_pem)
    words = ("pkcs8", "-topk8", "-scrypt", "-in", str(path), "-out", str(path) + ".new", "-passout", "env:SECRET")
    subprocess.run(["openssl", *words], check=True, env=os.environ | {"SECRET": PASSWORD.decode()})
    assert b"ENCRYPTED" in Path(f"{path}.new").read_bytes()
    Path(f"{path}.new").chmod(0o600)
    assert load_signer(f"{path}.new", PASSWORD).key_id == pair.public_key.key_id


def test_a_password_for_an_open_key_does_no_harm(tmp_path: Path, pair: KeyPair) -> None:
    """One variable is set for the whole job."""
    assert load_signer(str(keep(tmp_path, pair.private_pem)), b"any").key_id == pair.public_key.key_id


def private_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, pkcs8, plain)


@pytest.mark.parametrize("kind", ["rsa", "p384"])
def test_keys_that_other_verifiers_refuse_are_refused_here(tmp_path: Path, kind: str) -> None:
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP384R1())
    with pytest.raises(EvidenceError, match="ECDSA P-256 or Ed25519"):
        load_signer(str(keep(tmp_path, private_pem(key))), None)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EvidenceError):
        load_signer(str(keep(tmp_path, content)), None)


def test_a_missing_key_file_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="keys generate"):
        load_signer(str(tmp_path / "none.key"), None)


def test_the_key_id_is_what_sigstore_uses_as_hint(tmp_path: Path, pair: KeyPair) -> None:
    """Base64 of the SHA-256 of the public key's DER, by openssl."""
    pem = tmp_path / "gate.pub"
    pem.write_text(pair.public_key.pem)
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", pem, "-outform", "DER"], capture_output=True, check=True
    )
    digest = subprocess.run(
        ["openssl", "dgst", "-sha256", "-binary"], input=der.stdout, capture_output=True, check=True
    )
    assert base64.b64encode(digest.stdout).decode() == pair.public_key.key_id


def test_a_private_key_is_not_taken_for_a_public_one(pair: KeyPair) -> None:
    with pytest.raises(EvidenceError, match=r"give its \.pub"):
        read_public_key(pair.private_pem, what="trust")


def test_two_keys_in_one_file_are_refused() -> None:
    """Nobody could say which of them is meant."""
    both = signer().public_key.pem + signer("ed25519").public_key.pem
    with pytest.raises(EvidenceError, match="more than one key"):
        read_public_key(both, what="trust")
