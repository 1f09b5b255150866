"""Whatever is changed about a signed record, `verify` refuses it and names the check that failed."""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import MAX_PAYLOAD, PAYLOAD_TYPE, pae, seal
from outsource_gate.evidence.verify import Outcome
from tests.evidence.records import (
    Edit,
    facts,
    failed,
    failing,
    record,
    reworded,
    signer,
    statement,
    tampered,
    verify,
)

GOOD = record()
DENIED = record(decision=failing())


class Case(NamedTuple):
    """What is done to the record, and which check says so."""

    id: str
    edit: Edit
    check: str


def _dsse(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bundle["dsseEnvelope"]
    return found


def _sig(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _dsse(bundle)["signatures"][0]
    return found


def _material(bundle: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bundle["verificationMaterial"]
    return found


def _other_hint() -> str:
    return signer(name="stranger").key_id


def _zero_signature(bundle: dict[str, Any]) -> None:
    _sig(bundle)["sig"] = base64.b64encode(bytes.fromhex("3006020100020100")).decode()


def _sign_by_stranger(bundle: dict[str, Any]) -> None:
    message = pae(PAYLOAD_TYPE, base64.b64decode(_dsse(bundle)["payload"]))
    _sig(bundle)["sig"] = base64.b64encode(signer(name="stranger").sign(message)).decode()


WRAPPING = [
    Case("another media type", lambda b: b.update(mediaType="application/json"), "readable"),
    Case("an older bundle", lambda b: b.update(mediaType=b["mediaType"].replace("0.3", "0.2")), "readable"),
    Case("no media type", lambda b: b.pop("mediaType"), "readable"),
    Case("an unknown field", lambda b: b.update(note="approved"), "readable"),
    Case("a certificate beside the key", lambda b: _material(b).update(certificate={}), "readable"),
    Case("a log entry nobody checks", lambda b: _material(b)["tlogEntries"].append({}), "readable"),
    Case("no list of log entries", lambda b: _material(b).pop("tlogEntries"), "readable"),
    Case("no key", lambda b: _material(b).pop("publicKey"), "readable"),
    Case("a stranger's key id", lambda b: _material(b)["publicKey"].update(hint=_other_hint()), "signer"),
    Case("an empty key id", lambda b: _material(b)["publicKey"].update(hint=""), "signer"),
    Case("no signature", lambda b: _dsse(b).update(signatures=[]), "signed"),
    Case("two signatures", lambda b: _dsse(b)["signatures"].append(_sig(b)), "readable"),
    Case("an empty signature", lambda b: _sig(b).update(sig=""), "readable"),
    Case("a signature of zeros", _zero_signature, "signature"),
    Case("a signature cut short", lambda b: _sig(b).update(sig=_sig(b)["sig"][:-8]), "signature"),
    Case("a stranger's signature", _sign_by_stranger, "signature"),
    Case("a number for a signature", lambda b: _sig(b).update(sig=1), "readable"),
    Case("another payload type", lambda b: _dsse(b).update(payloadType="text/plain"), "signature"),
    Case("no payload", lambda b: _dsse(b).update(payload=""), "readable"),
    Case("a payload in URL-safe base64", lambda b: _dsse(b).update(payload="-_-_"), "readable"),
    Case("white space in base64", lambda b: _dsse(b).update(payload=_dsse(b)["payload"] + "\n"), "readable"),
    Case("no padding", lambda b: _dsse(b).update(payload="YQ"), "readable"),
    Case("stray bits in base64", lambda b: _dsse(b).update(payload="YR=="), "readable"),
    Case("no envelope", lambda b: b.pop("dsseEnvelope"), "readable"),
    Case("a message signature instead", lambda b: b.update(messageSignature=b.pop("dsseEnvelope")), "readable"),
]

PAYLOAD = [
    Case("DENY made ALLOW", lambda s: s["predicate"]["decision"].update(answer="ALLOW"), "signature"),
    Case("a verdict turned", lambda s: s["predicate"]["verdicts"][-1].update(status="PASS"), "signature"),
    Case("a verdict left out", lambda s: s["predicate"]["verdicts"].pop(), "signature"),
    Case("another commit", lambda s: s["subject"][0]["digest"].update(gitCommit="9" * 40), "signature"),
    Case("another repository", lambda s: s["subject"][0].update(name="corp/other"), "signature"),
    Case("a later expiry", lambda s: s["predicate"].update(valid_until="2099-01-01T00:00:00Z"), "signature"),
    Case("no expiry", lambda s: s["predicate"].pop("valid_until"), "signature"),
    Case("a younger record", lambda s: s["predicate"].update(madeAt="2026-11-23T12:30:00Z"), "signature"),
    Case("another policy", lambda s: s["predicate"]["policy"].update(digest="3" * 64), "signature"),
    Case("other settings", lambda s: s["predicate"]["settings"][0]["settings"].update(approvals=0), "signature"),
    Case("an approval by somebody else", lambda s: s["predicate"]["reviews"][0].update(reviewer="x"), "signature"),
    Case("handed-over facts hidden", lambda s: s["predicate"]["chosen"].update(context="forge"), "signature"),
    Case("another stage", lambda s: s["predicate"].update(stage="push"), "signature"),
    Case("other facts", lambda s: s["predicate"]["facts"]["digest"].update(sha256="4" * 64), "signature"),
]


def test_the_untouched_record_is_genuine() -> None:
    assert verify(GOOD).outcome is Outcome.MET
    assert verify(DENIED, require="any").outcome is Outcome.MET


@pytest.mark.parametrize("case", WRAPPING, ids=lambda case: case.id)
def test_a_change_of_the_wrapping_is_refused(case: Case) -> None:
    result = verify(tampered(GOOD, case.edit))
    assert (failed(result)[:1], result.outcome) == ([case.check], Outcome.NOT_GENUINE)


@pytest.mark.parametrize("case", PAYLOAD, ids=lambda case: case.id)
def test_a_change_of_the_payload_is_refused(case: Case) -> None:
    result = verify(reworded(DENIED, case.edit), require="any")
    assert (failed(result), result.outcome) == ([case.check], Outcome.NOT_GENUINE)


SIGNED = [
    Case("no in-toto statement", lambda s: s.update(_type="https://in-toto.io/Statement/v0.1"), "statement"),
    Case("another predicate", lambda s: s.update(predicateType="https://slsa.dev/provenance/v1"), "statement"),
    Case("a newer major version", lambda s: s["predicate"].update(schemaVersion="2.0"), "statement"),
    Case("an unknown answer", lambda s: s["predicate"]["decision"].update(answer="MAYBE"), "statement"),
    Case("an unknown stage", lambda s: s["predicate"].update(stage="dream"), "statement"),
    Case("an unknown status", lambda s: s["predicate"]["verdicts"][0].update(status="FINE"), "statement"),
    Case("an unknown clock", lambda s: s["predicate"]["chosen"].update(clock="sundial"), "statement"),
    Case("enforced as text", lambda s: s["predicate"]["decision"].update(enforced="yes"), "statement"),
    Case("no subject", lambda s: s.update(subject=[]), "statement"),
    Case("two subjects", lambda s: s["subject"].append(s["subject"][0]), "statement"),
    Case("a time that is none", lambda s: s["predicate"].update(madeAt="2026-13-41T99:00:00Z"), "statement"),
    Case("a time without zone", lambda s: s["predicate"].update(madeAt="2026-11-23T12:00:00"), "statement"),
    Case("a subject of another commit", lambda s: s["subject"][0]["digest"].update(gitCommit="9" * 40), "subject"),
    Case("a subject without tree", lambda s: s["subject"][0]["digest"].pop("gitTree"), "subject"),
    Case("a subject with one more digest", lambda s: s["subject"][0]["digest"].update(sha1="0"), "subject"),
    Case("a subject of another repository", lambda s: s["subject"][0].update(name="corp/other"), "subject"),
    Case("ALLOW over a failed gate", lambda s: s["predicate"]["verdicts"][0].update(status="FAIL"), "verdicts"),
    Case("ALLOW over a doubt", lambda s: s["predicate"]["verdicts"][0].update(status="INDETERMINATE"), "verdicts"),
    Case("ALLOW over no verdict", lambda s: s["predicate"].update(verdicts=[]), "verdicts"),
]


@pytest.mark.parametrize("case", SIGNED, ids=lambda case: case.id)
def test_what_a_trusted_key_signed_is_still_held_against_itself(case: Case) -> None:
    """A signer that is misled or broken does not turn nonsense into an ALLOW."""
    result = verify(record(case.edit))
    assert (failed(result)[:1], result.outcome) == ([case.check], Outcome.NOT_GENUINE)


def test_a_later_minor_version_with_unknown_fields_is_read() -> None:
    def newer(whole: dict[str, Any]) -> None:
        whole["predicate"].update(schemaVersion="1.7", novelty={"anything": 1})

    assert verify(record(newer)).outcome is Outcome.MET


def test_allow_without_a_change_is_refused() -> None:
    """No commit, no ALLOW: nothing says what was allowed."""

    def headless(whole: dict[str, Any]) -> None:
        digest = whole["predicate"]["facts"]["digest"]
        whole["predicate"]["change"] = None
        whole["subject"][0]["digest"] = dict(digest)

    assert failed(verify(record(headless))) == ["verdicts"]


@settings(max_examples=300)
@given(position=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_no_byte_of_a_record_can_be_changed(position: int, byte: int) -> None:
    """Not in the payload, not around it: every byte is checked by something."""
    if GOOD[position] != byte:
        changed = GOOD[:position] + bytes([byte]) + GOOD[position + 1 :]
        assert verify(changed).outcome is Outcome.NOT_GENUINE


@settings(max_examples=100)
@given(at=st.integers(0, len(GOOD) - 1), count=st.integers(1, 40))
def test_no_piece_of_a_record_can_be_cut_out(at: int, count: int) -> None:
    assert verify(GOOD[:at] + GOOD[at + count :]).outcome is Outcome.NOT_GENUINE


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_never_a_record_and_never_a_crash(raw: bytes) -> None:
    assert verify(raw).outcome is Outcome.NOT_GENUINE


@pytest.mark.parametrize("raw", [b"[]", b"1", b'"x"', b"null", b"{}", b"[" * 100_000, b'{"mediaType":1}'])
def test_json_that_is_no_record_is_unreadable(raw: bytes) -> None:
    assert failed(verify(raw)) == ["readable"]


def test_a_repeated_key_is_refused() -> None:
    """Two readers could take two different ones."""
    twice = GOOD.replace(b'"mediaType"', b'"mediaType":"x","mediaType"', 1)
    assert failed(verify(twice)) == ["readable"]


def test_a_repeated_key_inside_the_signed_payload_is_refused() -> None:
    payload = canonical_bytes(statement()).replace(b'"stage":', b'"stage":"push","stage":', 1)
    assert failed(verify(seal(payload, signer()))) == ["statement"]


def test_an_oversized_record_is_refused_unread() -> None:
    assert failed(verify(b" " * (3 * MAX_PAYLOAD))) == ["readable"]


def test_the_signature_of_one_record_does_not_fit_another() -> None:
    other = json.loads(record(known=facts(repository="corp/other")))
    moved = tampered(
        GOOD, lambda bundle: bundle.update(dsseEnvelope=_dsse(bundle) | {"signatures": _dsse(other)["signatures"]})
    )
    assert failed(verify(moved)) == ["signature"]


def test_an_unsigned_record_proves_nothing() -> None:
    result = verify(seal(canonical_bytes(statement()), None))
    assert (failed(result), result.outcome) == (["signed"], Outcome.NOT_GENUINE)
