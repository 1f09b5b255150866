"""Whatever a device or service does, asking it ends in a checked signature or one sentence."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.signers import service_key
from outsource_gate.evidence.signers.service_key import SigningError, needed, open_key

PRIVATE = ec.generate_private_key(ec.SECP256R1())


def well(message: bytes) -> bytes:
    return PRIVATE.sign(message, ec.ECDSA(hashes.SHA256()))


@dataclass
class Place:
    """A service that does what a test wants."""

    signs: Callable[[bytes], bytes] = well
    public: object = field(default_factory=PRIVATE.public_key)
    name: str = "Place"
    fetched: int = 0

    def fetch(self) -> object:
        self.fetched += 1
        return self.public

    def sign(self, message: bytes) -> bytes:
        return self.signs(message)

    def told(self, error: Exception) -> tuple[str, str]:
        return f"it broke with {type(error).__name__}", "mend it"


def test_the_public_key_is_fetched_once() -> None:
    place = Place()
    key = open_key(place)
    assert key.public_key.verifies(key.sign(b"a"), b"a")
    assert key.public_key.verifies(key.sign(b"b"), b"b")
    assert place.fetched == 1


@pytest.mark.parametrize("answer", [b"", b"x" * 64, well(b"other bytes")], ids=["empty", "none", "other bytes"])
def test_what_does_not_verify_is_no_signature(answer: bytes) -> None:
    key = open_key(Place(lambda _: answer))
    with pytest.raises(SigningError, match=r"^Place: what it answered is no signature"):
        key.sign(b"message")


@pytest.mark.parametrize(
    "public",
    [rsa.generate_private_key(65537, 2048).public_key(), ec.generate_private_key(ec.SECP521R1()).public_key()],
)
def test_a_key_that_not_every_verifier_reads_is_refused(public: object) -> None:
    with pytest.raises(EvidenceError, match="ECDSA P-256 or Ed25519"):
        open_key(Place(public=public))


def test_whatever_a_client_raises_becomes_one_sentence() -> None:
    def breaks(_: bytes) -> bytes:
        raise RuntimeError("PIN 1234 refused")

    with pytest.raises(SigningError) as caught:
        open_key(Place(breaks)).sign(b"message")
    assert str(caught.value) == "Place: it broke with RuntimeError -> mend it"


def test_a_place_that_never_answers_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients' own bounds are minutes, or none."""
    monkeypatch.setattr(service_key, "SECONDS", 0.2)
    over = threading.Event()

    def hangs(_: bytes) -> bytes:
        over.wait(60)
        return b""

    with pytest.raises(SigningError, match="no answer within"):
        open_key(Place(hangs)).sign(b"message")
    over.set()


def test_a_missing_client_names_what_installs_it() -> None:
    with pytest.raises(
        SigningError, match=r"packages that are not installed -> pip install 'outsource-gate\[extra\]'"
    ):
        needed("outsource_gate_has_no_such_client", service="Place", extra="extra")


def test_a_key_elsewhere_gives_no_secret() -> None:
    with pytest.raises(EvidenceError, match="gives no secret"):
        open_key(Place()).derived(b"the cache")
