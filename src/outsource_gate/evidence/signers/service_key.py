"""How is somebody else asked to sign, so that it ends, and that what comes back is a signature?

Clients of devices and services raise what they like and wait as long as they like. Here each question has an end,
each failure becomes one sentence, and each signature is checked before anybody sees it.
"""

from __future__ import annotations

import importlib
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import NoReturn, Protocol, TypeVar

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.public_key import PublicKey, checked

SECONDS = 30.0  # for one question, the client's own retries included
_CHATTY = ("securesystemslib", "azure", "google", "hvac")  # they log their errors, which are told here already

Answer = TypeVar("Answer")


class SigningError(EvidenceError):
    """A device or service did not sign, or answered what is no signature."""


class KeyService(Protocol):
    """A place that keeps one private key; its methods may raise anything and may hang."""

    @property
    def name(self) -> str: ...

    def fetch(self) -> object:
        """Ask for the public key, whatever kind it is."""

    def sign(self, message: bytes) -> bytes:
        """Ask for a signature as a record holds it: DER for ECDSA, 64 bytes for Ed25519."""

    def told(self, error: Exception) -> tuple[str, str]:
        """Say what an error means, and the next step; never with a token or a PIN."""


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """A key that signs where it is; its public half was fetched once."""

    service: KeyService
    public_key: PublicKey

    @property
    def key_id(self) -> str:
        return self.public_key.key_id

    def derived(self, purpose: bytes) -> NoReturn:
        """Refuse: an answer that a service gives to others as well is no secret."""
        raise EvidenceError(f"{self.service.name}: gives no secret for {purpose.decode()}")

    def sign(self, message: bytes) -> bytes:
        signature = answered(self.service, lambda: self.service.sign(message))
        if not self.public_key.verifies(signature, message):
            told = f"{self.service.name}: what it answered is no signature under the public key it gave"
            raise SigningError(told, hint="see which key, version and algorithm it signs with")
        return signature


def open_key(service: KeyService) -> ServiceKey:
    """Fetch the public key; a kind that not every verifier reads is refused, whatever the service can do."""
    return ServiceKey(service, checked(answered(service, service.fetch), service.name))


def answered(service: KeyService, question: Callable[[], Answer]) -> Answer:
    """Ask in a thread of its own, which is left behind when the time is over."""
    for name in _CHATTY:
        logging.getLogger(name).addHandler(logging.NullHandler())
    box: queue.SimpleQueue[tuple[Answer | None, Exception | None]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            box.put((question(), None))
        except Exception as error:  # noqa: BLE001 - a client may raise anything; it is told below
            box.put((None, error))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer, error = box.get(timeout=SECONDS)
    except queue.Empty:
        told = f"{service.name}: no answer within {SECONDS:.0f} seconds"
        raise SigningError(told, hint="run the job again; if it stays so, ask who runs the key's place") from None
    if error is not None:
        if isinstance(error, EvidenceError):
            raise error
        what, hint = service.told(error)
        raise SigningError(f"{service.name}: {what}", hint=hint) from error
    return answer  # type: ignore[return-value]  # without an error the answer is there


def needed(module: str, *, service: str, extra: str) -> ModuleType:
    """Import a client that only this kind of key needs."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        told = f"{service}: needs packages that are not installed"
        raise SigningError(told, hint=f"pip install 'outsource-gate[{extra}]'") from error
