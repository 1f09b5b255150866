"""Signing keys: which text names which key, and what is no key to register."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.policy.signing_key import key_id, signature_id
from tests.policy.keys import ED25519, OPENPGP, OPENPGP_FINGERPRINT


def ssh(kind: str, *fields: bytes) -> str:
    blob = b"".join(len(field).to_bytes(4) + field for field in (kind.encode(), *fields))
    return f"{kind} {base64.b64encode(blob).decode()}"


def armoured(*packets: tuple[int, bytes]) -> str:
    raw = b"".join(bytes([0xC0 | kind, 0xFF]) + len(body).to_bytes(4) + body for kind, body in packets)
    body = base64.b64encode(raw).decode()
    return f"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{body}\n-----END PGP PUBLIC KEY BLOCK-----"


def test_a_comment_is_no_part_of_a_key() -> None:
    """the same key with another comment is the same key"""
    assert key_id(f"{ED25519} vic@laptop in the office\n") == signature_id(ED25519) == ED25519


@pytest.mark.parametrize(("kind", "bits"), [("ed25519", "256"), ("ecdsa", "384"), ("rsa", "3072")])
def test_keys_that_ssh_keygen_makes(kind: str, bits: str, tmp_path: Path) -> None:
    """every kind of key that contractors use is taken, whole"""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-C", "a comment", "-f", tmp_path / "key"],
        check=True,
    )
    public = (tmp_path / "key.pub").read_text()
    assert key_id(public) == public.removesuffix(" a comment\n")
    with pytest.raises(ValueError, match="this is a private key"):
        key_id((tmp_path / "key").read_text())


def test_an_openpgp_key_goes_by_its_primary_fingerprint() -> None:
    """the fingerprint is the one that gpg prints"""
    assert key_id(OPENPGP) == OPENPGP_FINGERPRINT
    assert key_id(OPENPGP.replace("\n", "\r\n")) == OPENPGP_FINGERPRINT
    assert signature_id(OPENPGP_FINGERPRINT.lower()) == OPENPGP_FINGERPRINT


def test_newer_openpgp_versions() -> None:
    """version 6 keys have a SHA-256 fingerprint, over another frame than version 5"""
    six, five = key_id(armoured((6, b"\x06abc"))), key_id(armoured((6, b"\x05abc")))
    assert len(six) == len(five) == 64
    assert six != five


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ssh-dss AAAA", "expected an OpenSSH public key"),
        ("command=x " + ED25519, "expected an OpenSSH public key"),
        ("ssh-ed25519", "of another type"),
        ("ssh-ed25519 !!!!", "damaged"),
        ("ssh-ed25519 AAAA", "damaged"),
        (ED25519[:-8], "damaged"),
        (ED25519.replace("ssh-ed25519 ", "ssh-rsa "), "of another type than the line says"),
        (ssh("ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xff" * 128), "at least 2048 bits"),
        (ssh("ssh-rsa", b"\x01\x00\x01"), "at least 2048 bits"),
        (ssh("ssh-ed25519-cert-v01@openssh.com", b"x"), "expected an OpenSSH public key"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxxxx\n-----END PGP PRIVATE KEY BLOCK-----", "private key"),
        ("-----BEGIN PGP MESSAGE-----\n\nxxxx\n-----END PGP MESSAGE-----", "one armoured OpenPGP public key"),
        (OPENPGP + OPENPGP, "one armoured OpenPGP public key"),
        (OPENPGP.replace("-----END", "-----FIN"), "one armoured OpenPGP public key"),
        (armoured((5, b"\x04abc")), "private key"),
        (armoured((6, b"\x04abc"), (6, b"\x04abd")), "exactly one OpenPGP key"),
        (armoured((14, b"\x04abc")), "exactly one OpenPGP key"),
        (armoured((6, b"\x03abc")), "version 3 are not accepted"),
        (armoured((6, b"")), "version 0 are not accepted"),
    ],
)
def test_what_is_no_key_to_register(text: str, says: str) -> None:
    """each refusal says what is wrong; a private key is told apart from a damaged one"""
    with pytest.raises(ValueError, match=says):
        key_id(text)


@given(st.binary(max_size=64))
def test_damaged_blocks_are_refused_not_crashed_on(raw: bytes) -> None:
    """whatever stands in a block or a key: an id or a ValueError"""
    body = base64.b64encode(raw).decode()
    block = f"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{body}\n-----END PGP PUBLIC KEY BLOCK-----"
    for text in (block, f"ssh-ed25519 {body}"):
        try:
            assert key_id(text)
        except ValueError as refused:
            assert str(refused)
