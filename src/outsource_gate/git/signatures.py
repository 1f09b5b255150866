"""Who signed a commit? Which key made the signature; whose key it is, and whether it still counts, others judge."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from outsource_gate.git.commits import signature_and_payload
from outsource_gate.git.openpgp import Keyring
from outsource_gate.model.source import Signature

_SSH = b"-----BEGIN SSH SIGNATURE-----"
_OPENPGP = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN PGP MESSAGE-----")
_X509 = b"-----BEGIN SIGNED MESSAGE-----"


class Verifier:
    """Checks many signatures; OpenPGP ones against the given armoured public keys only."""

    def __init__(self, object_format: str, openpgp_keys: Sequence[str] = ()) -> None:
        self._object_format = object_format
        self._openpgp_keys = tuple(openpgp_keys)
        self._keyring: Keyring | None = None
        self._open = ExitStack()

    def __enter__(self) -> Verifier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def commit(self, raw: bytes) -> Signature | None:
        """Check a raw commit's signature; None if it carries none."""
        signed = signature_and_payload(raw, self._object_format)
        return self.check(*signed) if signed else None

    def check(self, signature: bytes, payload: bytes) -> Signature:
        """Check an armoured signature of whatever kind over these bytes."""
        if signature.startswith(_SSH):
            from outsource_gate.git.sshsig import verify_ssh  # noqa: PLC0415 - cryptography only where one signs

            return verify_ssh(signature, payload)
        if signature.startswith(_OPENPGP):
            return self._check_openpgp(signature, payload)
        if signature.startswith(_X509):
            return Signature("x509", "unchecked", detail="X.509 signatures are not checked")
        return Signature("unknown", "unchecked", detail="the signature is of an unknown kind")

    def _check_openpgp(self, signature: bytes, payload: bytes) -> Signature:
        if not self._openpgp_keys:
            return Signature("openpgp", "unchecked", detail="no OpenPGP key is registered")
        if self._keyring is None:
            self._keyring = self._open.enter_context(Keyring(self._openpgp_keys))
        return self._keyring.verify(signature, payload)


def verify_commit(raw: bytes, openpgp_keys: Sequence[str] = (), object_format: str = "sha1") -> Signature | None:
    """Check one raw commit's signature; None if it carries none."""
    with Verifier(object_format, openpgp_keys) as verifier:
        return verifier.commit(raw)
