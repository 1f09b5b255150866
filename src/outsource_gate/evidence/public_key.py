"""Which public keys do we take, what are they called, and does a signature hold?"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from outsource_gate.errors import EvidenceError

MAX_PEM = 16384
ALLOWED = "ECDSA P-256 or Ed25519"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that can check signatures: ECDSA P-256 with SHA-256, or Ed25519."""

    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

    @property
    def der(self) -> bytes:
        return self.key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    @property
    def pem(self) -> str:
        raw = self.key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        return raw.decode()

    @property
    def key_id(self) -> str:
        """Base64 of the SHA-256 of the SPKI DER: the hint that cosign and Sigstore bundles use."""
        return base64.b64encode(hashlib.sha256(self.der).digest()).decode()

    @property
    def algorithm(self) -> str:
        return "ed25519" if isinstance(self.key, ed25519.Ed25519PublicKey) else "ecdsa-p256"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            if isinstance(self.key, ed25519.Ed25519PublicKey):
                self.key.verify(signature, message)
            else:
                self.key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


def read_public_key(pem: bytes | str, *, what: str) -> PublicKey:
    """Read one PEM public key; `what` names it in errors."""
    raw = pem.encode("utf-8", "replace") if isinstance(pem, str) else pem
    if raw.count(b"-----BEGIN ") > 1 or len(raw) > MAX_PEM:
        raise EvidenceError(f"{what}: more than one key -> give one PEM public key")
    try:
        key = serialization.load_pem_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        hint = "this is a private key; give its .pub" if b"PRIVATE KEY" in raw else "`outsource-gate keys generate`"
        raise EvidenceError(f"{what}: no PEM public key", hint=hint) from error
    return checked(key, what)


def checked(key: object, what: str) -> PublicKey:
    """Take the key if it is of a kind that every verifier we promise can read."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return PublicKey(key)
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return PublicKey(key)
    raise EvidenceError(f"{what}: {type(key).__name__.removesuffix('PublicKey')} key -> {ALLOWED}")
