"""Where does the signing key come from, and how is one made?"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.pkcs8 import encrypted_pem
from outsource_gate.evidence.public_key import MAX_PEM, PublicKey, checked
from outsource_gate.evidence.run import PASSWORD_VARIABLE
from outsource_gate.evidence.signers.places import is_elsewhere, open_elsewhere

KNOWN = "file:PATH, PATH, env://VARIABLE, pkcs11:, hashivault://, awskms:///, gcpkms://, azurekms://"
_VARIABLE = re.compile(r"//[A-Za-z_][A-Za-z0-9_]{0,200}")
Algorithm = Literal["ecdsa-p256", "ed25519"]


class Signer(Protocol):
    """What signs records: a private key in memory, or one that stays in a device or service."""

    @property
    def public_key(self) -> PublicKey: ...

    @property
    def key_id(self) -> str: ...

    def derived(self, purpose: bytes) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A private key in memory."""

    private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

    @property
    def public_key(self) -> PublicKey:
        return PublicKey(self.private.public_key())

    @property
    def key_id(self) -> str:
        return self.public_key.key_id

    def derived(self, purpose: bytes) -> bytes:
        """Give a secret for another purpose, from which nobody gets back to the key."""
        der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        raw = self.private.private_bytes(der, pkcs8, serialization.NoEncryption())
        return hmac.digest(raw, purpose, "sha256")

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(message)
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A fresh key pair as the PEM texts to write."""

    private_pem: bytes
    public_key: PublicKey


def load_signer(uri: str, password: bytes | None, environment: Mapping[str, str] | None = None) -> Signer:
    """Load the key that `uri` names; `password` opens an encrypted one.

    No error repeats what was given unless it surely names a place: it could be the key itself, or hold a PIN.
    """
    scheme, _, rest = uri.partition(":")
    if scheme == "env" and _VARIABLE.fullmatch(rest):
        known = os.environ if environment is None else environment
        return _signer(_from_environment(rest[2:], known), password, uri)
    if scheme == "file":
        return _signer(_from_file(Path(rest.removeprefix("//"))), password, uri)
    if is_elsewhere(uri):
        return open_elsewhere(uri, password, os.environ if environment is None else environment)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:", uri) or not uri:
        named = f"{scheme}:..." if uri else "empty"
        raise UsageError(f"--key: {named} is no key this version can use", hint=f"known: {KNOWN}")
    if not _is_file(uri):
        told = "No such file (what was given is not repeated, as it could be the key itself)"
        raise EvidenceError(f"--key: {told}", hint="`outsource-gate keys generate` makes a key")
    return _signer(_from_file(Path(uri)), password, uri)


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # longer than a name can be, or with a NUL in it
        return False


def generate_keypair(algorithm: Algorithm, password: bytes | None) -> KeyPair:
    """Make a key pair; without a password the private key is stored in the clear."""
    private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    if algorithm == "ed25519":
        private = ed25519.Ed25519PrivateKey.generate()
    else:
        private = ec.generate_private_key(ec.SECP256R1())
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    if password is None:
        pem = private.private_bytes(serialization.Encoding.PEM, pkcs8, plain)
    else:
        pem = encrypted_pem(private.private_bytes(serialization.Encoding.DER, pkcs8, plain), password)
    return KeyPair(pem, PublicKey(private.public_key()))


def _from_file(path: Path) -> bytes:
    """Read a key file that only its owner can read."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            raw = file.read(MAX_PEM + 1)
    except OSError as error:
        raise EvidenceError(
            f"{path}: {error.strerror}", hint="`outsource-gate keys generate` makes a key"
        ) from error
    if mode & 0o077:
        raise EvidenceError(f"{path}: mode {mode:04o}, others can read the key", hint=f"chmod 600 {path}")
    return raw


def _from_environment(name: str, environment: Mapping[str, str]) -> bytes:
    """A PEM as CI variables carry it: as it is, with `\\n` escaped, or in base64."""
    text = environment.get(name, "").strip()
    if not text:
        raise EvidenceError(f"env://{name}: the variable is not set or empty", hint="set it to the key's PEM text")
    if "-----BEGIN" in text:
        return text.replace("\\r", "").replace("\\n", "\n").encode()
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise EvidenceError(f"env://{name}: neither PEM nor base64 of a PEM") from error


def _signer(raw: bytes, password: bytes | None, where: str) -> HeldKey:
    if b"PRIVATE KEY-----" not in raw or len(raw) > MAX_PEM:
        raise EvidenceError(f"{where}: no PEM private key", hint="`outsource-gate keys generate` makes one")
    encrypted = b"ENCRYPTED" in raw
    if encrypted and password is None:
        raise EvidenceError(f"{where}: the key is encrypted", hint=f"put its password into {PASSWORD_VARIABLE}")
    try:
        private = serialization.load_pem_private_key(raw, password if encrypted else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        why = "wrong password, or a damaged key" if encrypted else "damaged, or a kind of key that cannot be read"
        raise EvidenceError(f"{where}: the key does not open: {why}") from error
    checked(private.public_key(), where)
    return HeldKey(private)  # type: ignore[arg-type]  # `checked` has let only these two kinds through
