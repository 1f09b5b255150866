"""Did a key sign this review that the policy trusts to review this vendor's access, and was all of it looked at?"""

from __future__ import annotations

from datetime import datetime

from outsource_gate.access_review.record import Predicate, read_statement
from outsource_gate.errors import EvidenceError, GateError
from outsource_gate.evidence.envelope import PAYLOAD_TYPE, Envelope, open_envelope
from outsource_gate.evidence.trust import Trust, TrustedKey, read_trust
from outsource_gate.globs import covers
from outsource_gate.policy.load import Policy


def open_review(raw: bytes, policy: Policy, vendor: str, now: datetime) -> tuple[Predicate, str]:
    """Give what was signed, and by whom; EvidenceError says why it does not count for this vendor."""
    envelope = open_envelope(raw, stamps=False)
    said = read_statement(envelope).predicate
    trusted = _signer(envelope, _trust(policy))
    if trusted.rule.access_reviews is None or not covers(trusted.rule.access_reviews, vendor):
        raise EvidenceError(f"key {trusted.rule.name} may not sign reviews of {vendor}")
    if problem := trusted.problem(datetime.fromisoformat(said.made_at), now):
        raise EvidenceError(f"key {trusted.rule.name}: {problem}")
    if said.source.kind == "handed-over" and not trusted.rule.handed_over:
        raise EvidenceError(f"key {trusted.rule.name} may not speak for lists of accounts that were handed over")
    if said.organisation != policy.organization:
        raise EvidenceError("the review is of another organisation's register")
    parts = [one for one in said.vendors if one.id == vendor]
    if len(parts) != 1:
        raise EvidenceError(f"the review does not look at {vendor}")
    if not parts[0].whole:
        raise EvidenceError("the review did not look at every repository that this vendor was given")
    return said, trusted.rule.name


def _trust(policy: Policy) -> Trust:
    if policy.results_trust is None:
        raise EvidenceError("the policy names no trust file (sources.trust)")
    path, raw = policy.results_trust
    try:
        return read_trust(raw, path)
    except GateError as error:
        raise EvidenceError(error.message) from error


def _signer(envelope: Envelope, trust: Trust) -> TrustedKey:
    if envelope.signature is None:
        raise EvidenceError("nobody signed the review")
    trusted = trust.find(envelope.key_hint)
    if trusted is None:
        raise EvidenceError("the review is signed by a key that is not trusted")
    if envelope.payload_type != PAYLOAD_TYPE or not trusted.key.verifies(envelope.signature, envelope.signed_bytes):
        raise EvidenceError("the signature of the review does not hold")
    return trusted
