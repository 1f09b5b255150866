"""How are a payload and its signature wrapped, so that any Sigstore client can check them?

DSSE v1 inside a Sigstore bundle v0.3, signed by a key. An unsigned record is the bare DSSE envelope without
signatures. The file is written without any byte that a change could hide in: no white space, no unknown field.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import Json, canonical_bytes, read_json

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
MAX_PAYLOAD = 1 << 20
MAX_RECORD = 2 * MAX_PAYLOAD  # base64 and the wrapping around it
MAX_TIMESTAMPS = 5
MAX_TIMESTAMP = 32 << 10


class Signing(Protocol):
    """What signs: a key file, later a key service."""

    @property
    def key_id(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a record file holds, undone from base64 and not yet believed."""

    payload: bytes
    payload_type: str
    signature: bytes | None
    key_hint: str = ""
    timestamps: tuple[bytes, ...] = ()  # RFC 3161 answers over the signature

    @property
    def signed_bytes(self) -> bytes:
        return pae(self.payload_type, self.payload)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Give the bytes that are signed.  # DSSE v1, PAE"""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal(
    payload: bytes, signer: Signing | None, stamp: Callable[[bytes], tuple[bytes, ...]] = lambda _: ()
) -> bytes:
    """Wrap the payload for a file: a signed bundle, or the bare envelope where nobody signs.

    `stamp` gives time stamps over a signature.
    """
    if len(payload) > MAX_PAYLOAD:
        raise EvidenceError(f"record: payload of {len(payload)} bytes -> at most {MAX_PAYLOAD}")
    envelope: dict[str, Json] = {"payload": _encode(payload), "payloadType": PAYLOAD_TYPE, "signatures": []}
    if signer is None:
        return canonical_bytes(envelope)
    signature = signer.sign(pae(PAYLOAD_TYPE, payload))
    envelope["signatures"] = [{"sig": _encode(signature)}]
    material: dict[str, Json] = {"publicKey": {"hint": signer.key_id}, "tlogEntries": []}
    if stamps := stamp(signature):
        tokens: list[Json] = [{"signedTimestamp": _encode(one)} for one in stamps]
        material["timestampVerificationData"] = {"rfc3161Timestamps": tokens}
    bundle: dict[str, Json] = {
        "mediaType": MEDIA_TYPE,
        "verificationMaterial": material,
        "dsseEnvelope": envelope,
    }
    return canonical_bytes(bundle)


def open_envelope(raw: bytes, *, stamps: bool = True) -> Envelope:
    """Take a record file apart. Checks form only: whether the signature holds is for `verify`.

    `stamps`: whether who asks looks at time stamps; where nobody does, there may be none.
    """
    value = read_json(raw, what="record", limit=MAX_RECORD)
    try:
        if isinstance(value, dict) and "mediaType" in value:
            bundle = _Bundle.model_validate(value)
            material = bundle.verificationMaterial
            if material.timestampVerificationData and not stamps:
                raise EvidenceError("time stamps stand in it -> records alone may have them")
            return _envelope(bundle.dsseEnvelope, material.publicKey.hint, material.timestampVerificationData)
        return _envelope(_Dsse.model_validate(value), "", None)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise EvidenceError(
            f"record: {where}: {first['msg'][:200]} -> a Sigstore bundle v0.3 signed by a key"
        ) from error


def _envelope(dsse: _Dsse, hint: str, stamps: _Stamps | None) -> Envelope:
    payload = _decode(dsse.payload, "payload")
    if len(payload) > MAX_PAYLOAD:
        raise EvidenceError(f"record: payload of {len(payload)} bytes -> at most {MAX_PAYLOAD}")
    if len(dsse.signatures) > 1:
        raise EvidenceError(f"record: {len(dsse.signatures)} signatures -> exactly one")
    signature = _decode(dsse.signatures[0].sig, "signature") if dsse.signatures else None
    tokens = tuple(_decode(one.signedTimestamp, "time stamp") for one in stamps.rfc3161Timestamps) if stamps else ()
    return Envelope(payload, dsse.payloadType, signature, hint, tokens)


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str, what: str) -> bytes:
    """Standard base64 in its one canonical spelling: no white space, exact padding, no stray bits."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EvidenceError(f"record: {what} is not base64 ({error})") from error
    if not raw or _encode(raw) != text:
        raise EvidenceError(f"record: {what} is empty or not in the canonical spelling of base64")
    return raw


class _Exact(BaseModel):
    """Nothing outside the signature may hold a word that nobody checks; names are protobuf's."""

    model_config = ConfigDict(extra="forbid", strict=True)


class _Signature(_Exact):
    sig: str
    keyid: str = ""  # DSSE: a hint, not signed, decides nothing


class _Dsse(_Exact):
    payload: str
    payloadType: str  # noqa: N815
    signatures: list[_Signature]


class _PublicKey(_Exact):
    hint: str = Field(max_length=200)


class _Stamp(_Exact):
    signedTimestamp: str = Field(max_length=2 * MAX_TIMESTAMP)  # noqa: N815


class _Stamps(_Exact):
    rfc3161Timestamps: list[_Stamp] = Field(min_length=1, max_length=MAX_TIMESTAMPS)  # noqa: N815


class _Material(_Exact):
    publicKey: _PublicKey  # noqa: N815
    tlogEntries: list[None] = Field(max_length=0)  # noqa: N815
    timestampVerificationData: _Stamps | None = None  # noqa: N815


class _Bundle(_Exact):
    mediaType: Literal["application/vnd.dev.sigstore.bundle.v0.3+json"]  # noqa: N815
    verificationMaterial: _Material  # noqa: N815
    dsseEnvelope: _Dsse  # noqa: N815
