"""How is an authority asked for a time stamp, so that none holds the run?  # RFC 3161

It is sent the SHA-256 of the signature alone. Whether its answer is by a trusted authority, `verify` tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.envelope import MAX_TIMESTAMP, MAX_TIMESTAMPS

EXTRA = "pip install 'outsource-gate[timestamps]'"


def checked_address(address: str) -> str:
    """Take an authority's address; plain http will do, as its word is signed."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(address) > 2000:
        raise UsageError(
            "--timestamp: no address of an authority", hint="https://tsa.example/path, without a login"
        )
    return address


@dataclass(slots=True)
class Authorities:
    """All authorities of a run; `failed` says what became of those that gave no time stamp."""

    addresses: tuple[str, ...]
    failed: list[str] = field(default_factory=list)
    given: int = 0

    def stamp(self, signature: bytes) -> tuple[bytes, ...]:
        """Give what they answered over a signature, as many as answered well."""
        answers = []
        for address in dict.fromkeys(self.addresses[:MAX_TIMESTAMPS]):
            try:
                answers.append(_ask(address, signature))
            except EvidenceError as error:
                self.failed.append(f"time stamp: {error}")
        self.given = len(answers)
        return tuple(answers)


def _ask(address: str, signature: bytes) -> bytes:
    try:
        import rfc3161_client  # noqa: PLC0415 - only where a time stamp is asked for

        from outsource_gate.web.session import BoundedSession, Bounds  # noqa: PLC0415
    except ImportError as error:
        raise EvidenceError("needs packages that are not installed", hint=EXTRA) from error
    builder = rfc3161_client.TimestampRequestBuilder().data(signature)
    request = builder.hash_algorithm(rfc3161_client.HashAlgorithm.SHA256).build()
    bounds = Bounds(seconds=15.0, bytes=1 << 20, requests=10, one_response_bytes=MAX_TIMESTAMP)
    with BoundedSession(address, bounds, error=EvidenceError, server="the authority") as session:
        headers = {"Content-Type": "application/timestamp-query"}
        response = session.post(address, data=request.as_bytes(), headers=headers)
    name = urlsplit(address).hostname
    if response.status_code != 200:
        raise EvidenceError(f"{name}: answered {response.status_code}")
    try:
        answer = rfc3161_client.decode_timestamp_response(response.content)
        granted = answer.status == rfc3161_client.PKIStatus.GRANTED
        ours = granted and answer.tst_info.message_imprint.message == request.message_imprint.message
        fresh = granted and answer.tst_info.nonce == request.nonce
    except ValueError as error:
        raise EvidenceError(f"{name}: answered what is no time stamp") from error
    if not granted:
        raise EvidenceError(f"{name}: refuses")
    if not (ours and fresh):
        raise EvidenceError(f"{name}: answered with a time stamp of something else")
    return response.content
