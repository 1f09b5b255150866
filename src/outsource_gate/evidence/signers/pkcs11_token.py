"""How does a token (HSM, smart card, SoftHSM2) sign over PKCS#11?

Not through securesystemslib's HSMSigner: that takes a numeric id alone, one label, and no Ed25519.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import load_der_public_key

from outsource_gate.evidence.public_key import ALLOWED
from outsource_gate.evidence.signers.pkcs11_uri import Pkcs11Key, read_pin
from outsource_gate.evidence.signers.service_key import SigningError, needed

_TOLD = {
    "PinIncorrect": ("the PIN is wrong", "a token locks itself after a few wrong ones: look before trying again"),
    "PinLenRange": ("the PIN is wrong", "its length is none that the token takes"),
    "PinLocked": ("the token is locked after wrong PINs", "whoever has its SO PIN unlocks it"),
    "PinExpired": ("the PIN has expired", "set a new one with the token's own tool"),
    "UserPinNotInitialized": ("the token has no PIN yet", "set one with the token's own tool"),
    "NoSuchToken": ("no token of that name is there", "is it plugged in, and does this library drive it?"),
    "TokenNotPresent": ("the token is not there", "is it plugged in?"),
    "DeviceRemoved": ("the token was removed", "plug it in and run the job again"),
    "MultipleTokensReturned": ("several tokens fit", "name one: pkcs11:token=NAME;serial=..."),
    "NoSuchKey": ("no such key is on the token", "the private and the public key need the same object and id"),
    "MultipleObjectsReturned": ("several keys fit", "name one by object and id"),
}


@dataclass(frozen=True, slots=True)
class Pkcs11Token:
    """One key on one token; each question opens a session and closes it."""

    key: Pkcs11Key
    password: bytes | None
    name: str = "PKCS#11"

    def fetch(self) -> object:
        with self._session() as (pkcs11, session):
            found = self._find(pkcs11, session, pkcs11.ObjectClass.PUBLIC_KEY)
            return _public(pkcs11, found)

    def sign(self, message: bytes) -> bytes:
        with self._session() as (pkcs11, session):
            found = self._find(pkcs11, session, pkcs11.ObjectClass.PRIVATE_KEY)
            if found.key_type is pkcs11.KeyType.EC_EDWARDS:
                return bytes(found.sign(message, mechanism=pkcs11.Mechanism.EDDSA))
            raw = found.sign(hashlib.sha256(message).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            ec = needed("pkcs11.util.ec", service=self.name, extra="pkcs11")
            return bytes(ec.encode_ecdsa_signature(raw))

    def told(self, error: Exception) -> tuple[str, str]:
        kind = type(error).__name__
        if kind in _TOLD:
            return _TOLD[kind]
        return f"the token's library answered {kind}", "see whether the token's own tool can use the key"

    @contextmanager
    def _session(self) -> Iterator[tuple[ModuleType, Any]]:
        pin = read_pin(self.key, self.password)
        pkcs11 = needed("pkcs11", service=self.name, extra="pkcs11")
        if not self.key.module.is_file():
            raise SigningError(f"{self.name}: the token's library is not there", hint=str(self.key.module))
        wanted, flags = self.key.token, pkcs11.TokenFlag.TOKEN_INITIALIZED
        tokens = [one for one in pkcs11.lib(str(self.key.module)).get_tokens(token_flags=flags) if _is(one, wanted)]
        if len(tokens) != 1:
            raise (pkcs11.MultipleTokensReturned if tokens else pkcs11.NoSuchToken)
        with tokens[0].open(user_pin=pin) as session:
            yield pkcs11, session

    def _find(self, pkcs11: ModuleType, session: Any, kind: Any) -> Any:
        """Look through all that fit: a search left open would end after its session, and say so to nobody."""
        wanted = {pkcs11.Attribute.CLASS: kind}
        if self.key.label is not None:
            wanted[pkcs11.Attribute.LABEL] = self.key.label
        if self.key.id is not None:
            wanted[pkcs11.Attribute.ID] = self.key.id
        found = list(session.get_objects(wanted))
        if len(found) != 1:
            raise (pkcs11.MultipleObjectsReturned if found else pkcs11.NoSuchKey)
        return found[0]


def _is(token: Any, wanted: Any) -> bool:
    known = {
        "token": token.label,
        "serial": token.serial,
        "manufacturer": token.manufacturer_id,
        "model": token.model,
    }
    return all(_plain(known[name]) == text for name, text in wanted.items())


def _plain(value: str | bytes) -> str:
    """Tokens pad what they say of themselves with blanks."""
    return (value.decode("utf-8", "replace") if isinstance(value, bytes) else value).rstrip(" \0")


def _public(pkcs11: ModuleType, key: Any) -> object:
    """Read the public key; RSA and other kinds are refused here, other curves by who asked."""
    if key.key_type is pkcs11.KeyType.EC:
        ec = needed("pkcs11.util.ec", service="PKCS#11", extra="pkcs11")
        return load_der_public_key(ec.encode_ec_public_key(key))
    if key.key_type is pkcs11.KeyType.EC_EDWARDS:  # the point alone, or as an OCTET STRING
        point = bytes(key[pkcs11.Attribute.EC_POINT])
        return ed25519.Ed25519PublicKey.from_public_bytes(point.removeprefix(b"\x04\x20"))
    raise SigningError(f"PKCS#11: {key.key_type.name} key -> {ALLOWED}")
