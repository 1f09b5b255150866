"""A signed result: for this file, this name and by a key with that role, or an error that says what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import open_envelope, seal
from outsource_gate.evidence.signed_result import Claim, Wanted, open_result, sign_result
from outsource_gate.evidence.trust import KeyRule, Trust, TrustedKey
from outsource_gate.model.verdict import Stage
from tests import values
from tests.evidence.records import facts, signer, statement

MADE = values.NOW - timedelta(hours=1)
CLAIM = Claim("zap", "sarif", "e" * 64, "forge.example/corp/payments", values.HEAD, MADE)
WANTED = Wanted("zap", "sarif", "e" * 64, "forge.example/corp/payments", Stage.CHANGE, values.NOW)


def trust(**changes: Any) -> Trust:
    rule = {"name": "scan", "public_key": signer().public_key.pem, "results": ["zap"], **changes}
    return Trust((TrustedKey(signer().public_key, KeyRule.model_validate(rule)),))


def opened(claim: Claim = CLAIM, wanted: Wanted = WANTED, **changes: Any) -> tuple[Claim, str]:
    return open_result(sign_result(claim, signer()), trust(**changes), wanted)


def test_what_was_signed_is_given_back_with_the_signers_name() -> None:
    assert opened() == (CLAIM, "scan")


def test_the_commit_is_told_and_not_compared() -> None:
    """the gate does that, and names both"""
    claim, _ = opened(replace(CLAIM, commit=values.EARLIER))
    assert claim.commit == values.EARLIER


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: opened(replace(CLAIM, digest="f" * 64)), "signed for another file"),
        (lambda: opened(replace(CLAIM, name="unit"), results=["*"]), "signed for another name: unit -> zap"),
        (lambda: opened(replace(CLAIM, format="junit")), "signed for another format"),
        (lambda: opened(results=None), "may not sign results called zap"),
        (lambda: opened(results=["unit", "za"]), "may not sign results called zap"),
        (lambda: opened(repositories=["corp/other"]), "may not speak for forge.example/corp/payments"),
        (lambda: opened(stages=["push"]), "may not speak for the stage change"),
        (lambda: opened(revoked={"reason": "leak", "invalid_from": "2026-11-23"}), "revoked from 2026-11-23"),
        (lambda: opened(valid={"until": "2026-11-22"}), "and the record is of 2026-11-23"),
        (lambda: open_result(sign_result(CLAIM, signer()), Trust(()), WANTED), "is not trusted"),
        (lambda: open_result(b"{}", trust(), WANTED), "record:"),
    ],
)
def test_what_is_not_for_this_file_by_such_a_key_is_refused(act: Callable[[], object], says: str) -> None:
    with pytest.raises(EvidenceError) as raised:
        act()
    assert says in raised.value.message


def test_a_result_has_no_time_stamps_as_nobody_looks_at_them() -> None:
    payload = open_envelope(sign_result(CLAIM, signer())).payload
    with pytest.raises(EvidenceError, match="time stamps stand in it"):
        open_result(seal(payload, signer(), lambda _: (b"token",)), trust(), WANTED)


def test_a_record_is_no_result() -> None:
    """though the same key signed it"""
    record = seal(canonical_bytes(statement(facts())), signer())
    with pytest.raises(EvidenceError, match="signed result"):
        open_result(record, trust(), WANTED)
