"""Does the document behind `access.reviewed` show that somebody looked? Its day counts then, not the register's.

Asked for vendors' changes only. Any document may show a review; one that is a record of ours is read, and counts as
seen where a key that the policy trusts for this vendor signed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256

from outsource_gate.errors import EvidenceError, GateError
from outsource_gate.model.access_review import ReviewedAccess
from outsource_gate.model.register import Vendor
from outsource_gate.policy.load import Policy
from outsource_gate.policy.source import Source

_SIGNS = (b'{"dsseEnvelope":', b'{"payload":')  # how a record begins, signed or not: its keys are sorted


def reviewed_access(
    vendors: Iterable[Vendor], policy: Policy, source: Source, now: datetime
) -> tuple[ReviewedAccess, ...]:
    """Give what records of ours say; documents of another kind, or with other bytes, say nothing."""
    return tuple(found for vendor in vendors for found in _of(vendor, policy, source, now))


def _of(vendor: Vendor, policy: Policy, source: Source, now: datetime) -> Iterator[ReviewedAccess]:
    held = vendor.access.reviewed if vendor.access else None
    document = held.document if held else None
    if held is None or document is None or document.file is None:
        return
    try:
        raw = source.read(document.file)
    except GateError:  # too large for a record, or nothing to read: comparing documents says so
        return
    if raw is None or not raw.startswith(_SIGNS) or sha256(raw).hexdigest() != document.sha256:
        return
    from outsource_gate.access_review.signed import open_review  # noqa: PLC0415 - needs cryptography, and seldom

    try:
        said, key = open_review(raw, policy, vendor.id, now)
        day = date.fromisoformat(said.day)
    except (EvidenceError, ValueError) as error:
        problem = error.message if isinstance(error, EvidenceError) else "access review: its day is none"
        yield ReviewedAccess(vendor.id, document.sha256, held.on, problem=problem)
        return
    part = next(one for one in said.vendors if one.id == vendor.id)
    yield ReviewedAccess(vendor.id, document.sha256, day, part.open, key)
