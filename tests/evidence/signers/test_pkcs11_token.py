"""A token signs over PKCS#11, tried with SoftHSM2's real library."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.errors import GateError
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.signers.pkcs11_token import Pkcs11Token
from outsource_gate.evidence.signers.pkcs11_uri import read_uri
from outsource_gate.evidence.signers.service_key import SigningError
from tests.evidence.signers.softhsm import MODULE, PIN

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("hsm")]


def uri(which: str, more: str = "") -> str:
    return f"pkcs11:{which}?module-path={MODULE}{more}"


@pytest.mark.parametrize(
    ("which", "algorithm"),
    [
        ("token=gate;object=secp256r1", "ecdsa-p256"),
        ("token=gate;object=secp256r1;id=%01;type=private", "ecdsa-p256"),
        ("token=gate;model=SoftHSM%20v2;id=%01", "ecdsa-p256"),
        ("token=gate;object=twice;id=%06", "ecdsa-p256"),
        ("token=gate;object=ed25519", "ed25519"),
    ],
)
def test_a_token_signs_what_its_public_key_verifies(which: str, algorithm: str) -> None:
    key = load_signer(uri(which), PIN.encode())
    assert key.public_key.algorithm == algorithm
    assert key.public_key.verifies(key.sign(b"message" * 10_000), b"message" * 10_000)
    assert not key.public_key.verifies(key.sign(b"message"), b"massage")


def test_the_pin_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text(f"{PIN}\n")
    key = load_signer(uri("token=gate;id=%01", f"&pin-source=file:{file}"), None)
    assert key.public_key.verifies(key.sign(b"message"), b"message")


@pytest.mark.parametrize(
    ("which", "pin", "said"),
    [
        ("token=gate;id=%01", "9999", "the PIN is wrong"),
        ("token=gate;id=%01", "1", "the PIN is wrong"),
        ("token=gate;id=%01", "", "needs its PIN"),
        ("token=none;id=%01", PIN, "no token of that name"),
        ("token=gate;serial=0;id=%01", PIN, "no token of that name"),
        ("id=%01", PIN, "several tokens fit"),
        ("token=gate;object=none", PIN, "no such key"),
        ("token=gate;object=secp256r1;id=%02", PIN, "no such key"),
        ("token=other;id=%01", PIN, "no such key"),
        ("token=gate;object=twice", PIN, "several keys fit"),
        ("token=gate;object=rsa", PIN, "RSA key -> ECDSA P-256 or Ed25519"),
        ("token=gate;object=secp384r1", PIN, "ECDSA P-256 or Ed25519"),
    ],
)
def test_each_obstacle_is_one_sentence_without_the_pin(which: str, pin: str, said: str) -> None:
    with pytest.raises(GateError, match=said) as caught:
        load_signer(uri(which), pin.encode())
    assert caught.value.exit_code == 3
    assert "9999" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b"no library"])
def test_a_library_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "token.so"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SigningError, match="PKCS#11: the token's library"):
        load_signer(f"pkcs11:token=gate;id=%01?module-path={file}", PIN.encode())


@pytest.mark.parametrize(
    ("error", "said"), [("PinLocked", "locked after wrong PINs"), ("DeviceRemoved", "removed")]
)
def test_what_softhsm_cannot_do_has_its_words_too(error: str, said: str) -> None:
    """Its tokens lock never and cannot be pulled out."""
    import pkcs11.exceptions

    token = Pkcs11Token(read_uri(f"id=%01?module-path={MODULE}", {}), None)
    assert said in token.told(getattr(pkcs11.exceptions, error)())[0]
