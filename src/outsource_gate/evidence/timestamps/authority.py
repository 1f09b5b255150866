"""Is a time stamp by an authority that we trust, over this signature, and of when?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from outsource_gate.errors import EvidenceError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from outsource_gate.evidence.trust import AuthorityRule

MAX_CERTIFICATES = 10


class OtherBytesError(Exception):
    """The token is none, or over something else: somebody put it there."""


@dataclass(frozen=True, slots=True)
class TrustedAuthority:
    """An authority ready to hold tokens against. Certificates: its own, or only those above it."""

    rule: AuthorityRule
    own: Certificate | None
    above: tuple[Certificate, ...]

    def problem(self, time: datetime, now: datetime) -> str:
        """Why the authority's word does not count; a revoked one could have written any time."""
        revoked = self.rule.revoked
        if revoked and revoked.invalid_from <= now.date():
            return f"{self.rule.name}: revoked from {revoked.invalid_from} on ({revoked.reason})"
        if not self.rule.valid.covers(time.date()):
            return f"{self.rule.name}: not valid on {time.date()}"
        return ""


def read_authority(rule: AuthorityRule, what: str) -> TrustedAuthority:
    """Read an authority's certificates: one for time stamps at most, and those above it up to a root."""
    from cryptography import x509  # noqa: PLC0415 - seldom needed

    try:
        chain = x509.load_pem_x509_certificates(rule.certificates.encode())
        own = [one for one in chain if _stamps(one)]
    except ValueError as error:
        raise EvidenceError(f"{what}: no PEM certificates") from error
    above = tuple(one for one in chain if one not in own)
    if len(own) > 1 or len(chain) > MAX_CERTIFICATES or not any(one.issuer == one.subject for one in chain):
        told = f"{what}: not one authority's chain"
        raise EvidenceError(told, hint="its certificate for time stamps, if wished, and those above up to the root")
    return TrustedAuthority(rule, own[0] if own else None, above or tuple(own))


def time_of(raw: bytes, signature: bytes, authorities: tuple[TrustedAuthority, ...]) -> tuple[datetime, Any] | None:
    """Give the time and the authority whose word it is; None: of nobody that we trust."""
    import rfc3161_client as client  # noqa: PLC0415 - only for records with a time stamp

    try:
        token = client.decode_timestamp_response(raw)
        imprint = token.tst_info.message_imprint
        sha256 = imprint.hash_algorithm.dotted_string == "2.16.840.1.101.3.4.2.1"
    except ValueError as error:
        raise OtherBytesError("what cannot be read as a time stamp") from error
    digest = hashlib.sha256(signature).digest()
    if not sha256 or imprint.message != digest:
        raise OtherBytesError("a time stamp of something else than this signature")
    for authority in authorities:
        roots = [one for one in authority.above if one.issuer == one.subject]
        between = [one for one in authority.above if one.issuer != one.subject]
        verifier = client.VerifierBuilder(tsa_certificate=authority.own, roots=roots, intermediates=between).build()
        try:
            if verifier.verify(token, digest):
                return token.tst_info.gen_time, authority
        except (client.VerificationError, ValueError):
            continue
    return None


def _stamps(certificate: Certificate) -> bool:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID  # noqa: PLC0415

    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in uses and not _is_authority(certificate)


def _is_authority(certificate: Certificate) -> bool:
    from cryptography import x509  # noqa: PLC0415

    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
