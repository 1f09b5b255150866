"""An entry holds what the record says about itself, in canonical JSON, and nothing about persons."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import open_envelope, seal
from outsource_gate.ledger.entry import Kind, entry_of, read_entry
from outsource_gate.ledger.notice import sign_notice
from tests.evidence.records import failing, record, reworded, signer, tampered, trust, undecided
from tests.ledger.ledgers import at, trusted


def test_a_record() -> None:
    """both digests, subject, outcome, stage and times are those of the record"""
    raw = record(decision=failing())
    entry = entry_of(raw, at(5), trusted())
    assert entry.kind is Kind.RECORD
    assert entry.envelope == hashlib.sha256(raw).hexdigest()
    assert entry.payload == hashlib.sha256(open_envelope(raw).payload).hexdigest()
    assert (entry.outcome, entry.stage, entry.enforced) == ("DENY", "change", True)
    assert set(entry.subject) == {"gitCommit", "gitTree"}
    assert (entry.key, entry.at) == (signer().key_id, at(5).isoformat().replace("+00:00", "Z"))
    assert entry_of(record(decision=undecided()), at()).outcome == "UNDECIDED"


def test_its_bytes() -> None:
    """a leaf is RFC 8785, reads back to the same entry, and has a fixed set of keys"""
    entry = entry_of(record(), at())
    assert entry.raw == rfc8785.dumps(json.loads(entry.raw))
    assert read_entry(entry.raw) == entry
    assert set(json.loads(entry.raw)) == {
        *("version", "kind", "at", "envelope", "payload", "repository", "subject"),
        *("outcome", "enforced", "stage", "made_at", "key"),
    }


@pytest.mark.parametrize("kind", ["gap", "erasure", "trust-change"])
def test_a_notice(kind: str) -> None:
    """a signed notice becomes an entry of its kind, and its reason stays in the envelope"""
    notice = sign_notice(kind, ("corp.example/shop", {"gitCommit": "a" * 40}), "lost by J. Doe", at(), signer())  # type: ignore[arg-type]
    entry = entry_of(notice, at(1), trusted())
    assert (entry.kind, entry.outcome, entry.stage, entry.enforced) == (kind, None, None, False)
    assert entry.subject == {"gitCommit": "a" * 40}
    assert b"Doe" in open_envelope(notice).payload
    assert b"Doe" not in entry.raw


def test_what_gets_no_entry() -> None:
    """unsigned, foreign, damaged and over-long files get no place"""
    whole = json.loads(open_envelope(record()).payload)
    foreign = seal(canonical_bytes(whole | {"predicateType": "https://other.example/v1"}), signer())
    long = sign_notice("gap", ("corp.example/x", {f"d{n}": "e" * 400 for n in range(60)}), "why", at(), signer())
    empty = sign_notice("gap", ("corp.example/x", {"gitCommit": "a" * 40}), "", at(), signer())
    for raw, said in (
        (seal(canonical_bytes(whole), None), "nobody signed it"),
        (foreign, "predicateType"),
        (seal(b"[]", signer()), "record"),
        (b"{}", "record"),
        (long, "at most 16384"),
        (empty, "reason"),
    ):
        with pytest.raises(EvidenceError, match=said):
            entry_of(raw, at())


@pytest.mark.parametrize("role", ["results", "access_reviews"])
def test_a_key_with_another_role(role: str) -> None:
    """a key that may sign results or access reviews gets no record a place"""
    with pytest.raises(EvidenceError, match="is not trusted for records"):
        entry_of(record(), at(), trust(False, **{role: ["*"]}))


def test_a_signature_that_does_not_hold() -> None:
    """with a trust file, a record by a stranger or changed after signing gets no place"""
    stranger = record(by=signer("ecdsa-p256", "stranger"))
    changed = reworded(record(), lambda whole: whole["predicate"]["decision"].update(answer="DENY"))
    retyped = tampered(record(), lambda whole: whole["dsseEnvelope"].update(payloadType="text/plain"))
    for raw, said in ((stranger, "is not trusted"), (changed, "does not hold"), (retyped, "does not hold")):
        with pytest.raises(EvidenceError, match=said):
            entry_of(raw, at(), trusted())
