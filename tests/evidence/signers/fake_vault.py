"""What does Vault's transit engine answer? A stand-in after its HTTP API documentation, with real keys.

It knows `GET /v1/MOUNT/keys/KEY` and `POST /v1/MOUNT/sign/KEY/HASH`, and the errors that a test asks for.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

TOKEN = "hvs.example"


@dataclass
class FakeVault:
    """One key in versions, and what goes wrong. `faults`: HTTP status by the question's kind."""

    address: str = ""
    kind: str = "ecdsa-p256"
    mount: str = "transit"
    versions: list[Any] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)  # bodies instead of the right ones
    signs_with: Any = None  # another key than the one it shows
    asked: list[tuple[str, str, Any]] = field(default_factory=list)  # path, namespace, body

    @property
    def environment(self) -> dict[str, str]:
        return {"VAULT_ADDR": self.address, "VAULT_TOKEN": TOKEN}

    def rotate(self) -> None:
        new = (
            ed25519.Ed25519PrivateKey.generate()
            if self.kind == "ed25519"
            else ec.generate_private_key(_curve(self))
        )
        self.versions.append(new)

    def keys(self) -> dict[str, Any]:
        return {str(number): {"public_key": _public(key)} for number, key in enumerate(self.versions, 1)}

    def sign(self, body: dict[str, Any]) -> str:
        version = body.get("key_version") or len(self.versions)
        key = self.signs_with or self.versions[version - 1]
        message = base64.b64decode(body["input"])
        if isinstance(key, ed25519.Ed25519PrivateKey):
            signature = key.sign(message)
        else:
            assert body["marshaling_algorithm"] == "asn1"
            signature = key.sign(message, ec.ECDSA(hashes.SHA256()))
        return f"vault:v{version}:{base64.b64encode(signature).decode()}"


def _curve(vault: FakeVault) -> ec.EllipticCurve:
    return ec.SECP384R1() if vault.kind == "ecdsa-p384" else ec.SECP256R1()


def _public(key: Any) -> str:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return base64.b64encode(public.public_bytes_raw()).decode()
    pem, spki = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return str(public.public_bytes(pem, spki).decode())


@contextmanager
def running(kind: str = "ecdsa-p256") -> Iterator[FakeVault]:
    vault = FakeVault(kind=kind)
    vault.rotate()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            self._answer("keys", None)

        def do_POST(self) -> None:
            self._answer("sign", json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, question: str, body: Any) -> None:
            vault.asked.append((self.path, self.headers.get("X-Vault-Namespace", ""), body))
            if self.headers.get("X-Vault-Token") != TOKEN:
                return self._send(403, {"errors": ["permission denied"]})
            if question in vault.faults:
                return self._send(vault.faults[question], {"errors": ["as asked for"]})
            if not self.path.startswith(f"/v1/{vault.mount}/{question}/gate"):
                return self._send(404, {"errors": []})
            if question in vault.raw:
                return self._send(200, vault.raw[question])
            if body is None:
                return self._send(200, {"data": {"type": vault.kind, "keys": vault.keys()}})
            return self._send(200, {"data": {"signature": vault.sign(body), "key_version": body["key_version"]}})

        def _send(self, status: int, answer: Any) -> None:
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        vault.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield vault
        finally:
            server.shutdown()
            thread.join()
