"""How does HashiCorp Vault's transit engine sign?

Through its client hvac, over our bounded session. Not through securesystemslib's VaultSigner: that knows Ed25519
alone, and one mount.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from outsource_gate.evidence.signers.service_key import SigningError, needed

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOLD = {
    "Forbidden": ("Vault refuses", "the token needs `read` on keys/KEY and `update` on sign/KEY of the mount"),
    "Unauthorized": ("Vault does not know the token", "see VAULT_TOKEN"),
    "InvalidPath": ("no such key, or no transit engine there", "see the key's name and TRANSIT_SECRET_ENGINE_PATH"),
    "VaultDown": ("Vault is sealed or down", "whoever runs it unseals it"),
    "RateLimitExceeded": ("Vault is throttled", "run the job again, or ask for a larger quota"),
}


@dataclass(slots=True)
class Vault:
    """One key of a transit engine. The version whose public key was fetched is the one that signs."""

    key: str
    environment: Mapping[str, str]
    name: str = "Vault"
    version: int = field(default=0, init=False)

    def fetch(self) -> object:
        told = self._transit().read_key(self.key, mount_point=self._mount)["data"]
        if told["type"] not in ("ecdsa-p256", "ed25519"):
            raise SigningError(f"Vault: {str(told['type'])[:40]} key -> ecdsa-p256 or ed25519")
        self.version = max(map(int, told["keys"]))
        text = told["keys"][str(self.version)]["public_key"]
        if told["type"] == "ed25519":
            return ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
        return load_pem_public_key(text.encode())

    def sign(self, message: bytes) -> bytes:
        told = self._transit().sign_data(
            self.key,
            hash_input=base64.b64encode(message).decode(),
            key_version=self.version,
            hash_algorithm="sha2-256",
            marshaling_algorithm="asn1",
            mount_point=self._mount,
        )
        return base64.b64decode(told["data"]["signature"].removeprefix(f"vault:v{self.version}:"), validate=True)

    def told(self, error: Exception) -> tuple[str, str]:
        kind = type(error).__name__
        if kind in _TOLD:
            return _TOLD[kind]
        if isinstance(error, (KeyError, TypeError, ValueError, AttributeError)):
            return "answered what cannot be read", "see whether VAULT_ADDR leads to Vault"
        return f"answered {kind}", "see Vault's audit log"

    @property
    def _mount(self) -> str:
        return self.environment.get("TRANSIT_SECRET_ENGINE_PATH") or "transit"

    def _transit(self) -> Any:
        """A client of its own for each question, so that each has the whole time."""
        hvac = needed("hvac", service=self.name, extra="vault")
        from outsource_gate.web.session import BoundedSession, Bounds  # noqa: PLC0415 - needs requests, as hvac does

        address = self._address()
        bounds = Bounds(seconds=20.0, bytes=1 << 20, requests=10, one_response_bytes=1 << 20)
        session = BoundedSession(address, bounds, error=SigningError, server="Vault")
        if self.environment.get("VAULT_CACERT"):
            session.verify = self.environment["VAULT_CACERT"]
        client = hvac.Client(
            url=address,
            token=self._given("VAULT_TOKEN"),
            namespace=self.environment.get("VAULT_NAMESPACE") or None,
            session=session,
        )
        return client.secrets.transit

    def _address(self) -> str:
        address = self._given("VAULT_ADDR")
        parts = urlsplit(address)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            return address
        raise SigningError("VAULT_ADDR: the token goes over https only", hint="https://HOST:8200, or an agent here")

    def _given(self, name: str) -> str:
        value = self.environment.get(name, "")
        if not value:
            raise SigningError(f"{self.name}: {name} is not set")
        return value
