"""With a trusted time a key is judged as of that time; no token that is false, foreign or moved gives one."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import PolicyError
from outsource_gate.evidence.canonical import canonical_bytes
from outsource_gate.evidence.envelope import MAX_TIMESTAMPS, seal
from outsource_gate.evidence.timestamps.asking import Authorities
from outsource_gate.evidence.timestamps.judged import NO_TIME
from outsource_gate.evidence.trust import Trust, read_trust
from outsource_gate.evidence.verify import Outcome, Verification
from tests.evidence import records
from tests.evidence.timestamps.authority_server import Authority, made

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")

TODAY = datetime.now(UTC)
WORD = {"time-stamp", "time-order", "key-time", "readable"}


def stamped(*authorities: Authority, claims: datetime | None = None, clock: str = "system") -> bytes:
    """A record made now, or that claims another time, with tokens made now: `openssl ts` takes no other clock."""
    statement = records.statement()
    statement["predicate"]["madeAt"] = f"{claims or datetime.now(UTC):%FT%TZ}"
    statement["predicate"]["chosen"]["clock"] = clock
    asked = Authorities(tuple(one.address for one in authorities))
    raw = seal(canonical_bytes(statement), records.signer(), asked.stamp)
    assert asked.failed == []
    return raw


def trust(*authorities: Any, **rule: Any) -> Trust:
    """A trust file as somebody writes it, in JSON, which is YAML."""
    whole = [
        one if isinstance(one, dict) else {"name": one.folder.name, "certificates": one.root} for one in authorities
    ]
    pem = records.signer().public_key.pem
    keys = [{"name": "gate", "public_key": pem, "handed_over": True} | rule]
    return read_trust(
        json.dumps({"version": 1, "keys": keys, "timestamp_authorities": whole}).encode(), "trust.yaml"
    )


def verify(raw: bytes, believed: Trust, now: datetime | None = None) -> Verification:
    return records.verify(raw, believed, now=now or datetime.now(UTC), require="any")


def wrong(result: Verification) -> set[str]:
    return set(records.failed(result)) & WORD


def test_a_stamped_record_needs_nobody_s_word_for_its_time(tsa: Authority) -> None:
    result = verify(stamped(tsa), trust(tsa))
    assert wrong(result) == set()
    assert NO_TIME not in result.caveats
    assert any(check.name == "time-stamp" and check.ok for check in result.checks)
    assert NO_TIME in verify(stamped(), trust(tsa)).caveats


def test_the_authority_s_own_certificate_may_be_pinned(tsa: Authority, other: Authority) -> None:
    pinned = {"name": "pinned", "certificates": tsa.own + tsa.root}
    raw = stamped(tsa)
    assert NO_TIME not in verify(raw, trust(pinned)).caveats
    foreign = {"name": "foreign", "certificates": other.own + tsa.root}
    assert NO_TIME in verify(raw, trust(foreign)).caveats


def test_the_earliest_trusted_word_counts_and_a_foreign_one_is_told(tsa: Authority, other: Authority) -> None:
    raw = stamped(tsa, other)
    assert wrong(verify(raw, trust(tsa, other))) == set()
    result = verify(raw, trust(other))
    assert NO_TIME not in result.caveats
    assert any("by no authority of the trust file" in caveat for caveat in result.caveats)
    assert NO_TIME in verify(raw, trust()).caveats


def day(offset: int) -> str:
    return str((TODAY + timedelta(days=offset)).date())


@pytest.mark.parametrize(
    ("rule", "later", "bare", "with_stamp"),
    [
        ({"revoked": {"reason": "leaked", "invalid_from": day(30)}}, 60, {"key-time"}, set()),
        ({"revoked": {"reason": "leaked", "invalid_from": day(0)}}, 60, {"key-time"}, {"key-time"}),
        ({"revoked": {"reason": "leaked", "invalid_from": day(-30)}}, 0, {"key-time"}, {"key-time"}),
        ({"valid": {"until": day(1)}}, 60, set(), set()),
        ({"valid": {"from": day(10)}}, 0, {"key-time"}, {"key-time"}),
        ({"valid": {"from": day(10)}}, 60, {"key-time"}, {"key-time"}),
    ],
)
def test_rotation_and_compromise_are_judged_at_the_trusted_time(
    tsa: Authority, rule: dict[str, Any], later: int, bare: set[str], with_stamp: set[str]
) -> None:
    now = datetime.now(UTC) + timedelta(days=later)
    assert wrong(verify(stamped(), trust(tsa, **rule), now)) == bare
    assert wrong(verify(stamped(tsa), trust(tsa, **rule), now)) == with_stamp


def test_a_thief_who_back_dates_gains_nothing(tsa: Authority) -> None:
    """The key was rotated out; a record that claims an old day bears the stamp of the day it was made."""
    old = {"valid": {"until": day(-10)}}
    raw = stamped(tsa, claims=TODAY - timedelta(days=20))
    assert wrong(verify(raw, trust(**old))) == set()  # nobody's word but the thief's
    assert wrong(verify(raw, trust(tsa, **old))) == {"key-time"}
    assert any("between is the signer's word" in caveat for caveat in verify(raw, trust(tsa)).caveats)


@pytest.mark.parametrize(
    ("claims", "now", "clock", "fails"),
    [
        (4, 0, "system", False),
        (9, 0, "system", True),
        (9, 0, "given", False),
        (0, -4, "system", False),
        (0, -9, "system", True),
    ],
)
def test_clocks_may_differ_by_five_minutes(tsa: Authority, claims: int, now: int, clock: str, fails: bool) -> None:
    moment = datetime.now(UTC)
    raw = stamped(tsa, claims=moment + timedelta(minutes=claims), clock=clock)
    result = verify(raw, trust(tsa), moment + timedelta(minutes=now))
    assert wrong(result) == ({"time-order"} if fails else set())


def test_a_token_of_another_signature_is_refused(tsa: Authority) -> None:
    """Moved from an older record, it would make this one older."""
    older = json.loads(stamped(tsa, claims=TODAY - timedelta(minutes=1)))["verificationMaterial"]

    def move(bundle: dict[str, Any]) -> None:
        bundle["verificationMaterial"]["timestampVerificationData"] = older["timestampVerificationData"]

    result = verify(records.tampered(stamped(tsa), move), trust(tsa))
    assert (wrong(result), result.outcome) == ({"time-stamp"}, Outcome.NOT_GENUINE)


@pytest.mark.parametrize(
    ("name", "edit", "fails"),
    [
        ("garbage", lambda raw: b"garbage", {"time-stamp"}),
        ("cut", lambda raw: raw[:-5], {"time-stamp"}),
        ("more", lambda raw: raw + b"\0", {"time-stamp"}),
        ("large", lambda raw: raw + b"\0" * 99_999, {"readable"}),
    ],
)
def test_what_is_no_token_is_refused(
    tsa: Authority, name: str, edit: Callable[[bytes], bytes], fails: set[str]
) -> None:
    def change(bundle: dict[str, Any]) -> None:
        stamp = bundle["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"][0]
        stamp["signedTimestamp"] = base64.b64encode(edit(base64.b64decode(stamp["signedTimestamp"]))).decode()

    assert wrong(verify(records.tampered(stamped(tsa), change), trust(tsa))) == fails


def test_no_single_changed_byte_moves_the_time(tsa: Authority) -> None:
    raw = stamped(tsa)
    whole = json.loads(raw)["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"]
    token = base64.b64decode(whole[0]["signedTimestamp"])
    true = next(check.got for check in verify(raw, trust(tsa)).checks if check.name == "time-stamp")
    for at in range(0, len(token), 3):
        bent = bytearray(token)
        bent[at] ^= 0x01

        def change(bundle: dict[str, Any], bent: bytes = bytes(bent)) -> None:
            stamps = bundle["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"]
            stamps[0]["signedTimestamp"] = base64.b64encode(bent).decode()

        result = verify(records.tampered(raw, change), trust(tsa))
        told = [check.got for check in result.checks if check.name == "time-stamp" and check.ok]
        assert told in ([], [true])
        assert told or NO_TIME in result.caveats


def test_more_tokens_than_anybody_needs_are_refused(tsa: Authority) -> None:
    def change(bundle: dict[str, Any]) -> None:
        data = bundle["verificationMaterial"]["timestampVerificationData"]
        data["rfc3161Timestamps"] *= MAX_TIMESTAMPS + 1

    assert wrong(verify(records.tampered(stamped(tsa), change), trust(tsa))) == {"readable"}


@pytest.mark.parametrize("uses", ["timeStamping", "critical,codeSigning"])
def test_a_certificate_that_is_not_for_time_stamps_gives_none(tmp_path: Path, tsa: Authority, uses: str) -> None:
    """`openssl ts` refuses to sign with such a one, so its token is the good one's beside the wrong chain."""
    chain = made(tmp_path / "wrong", uses)
    assert NO_TIME in verify(stamped(tsa), trust({"name": "wrong", "certificates": chain.own + chain.root})).caveats


def test_an_authority_that_is_revoked_or_over_gives_no_time(tsa: Authority) -> None:
    base = {"name": "one", "certificates": tsa.root}
    for rule in (
        {"revoked": {"reason": "broken into", "invalid_from": day(0)}},
        {"valid": {"until": day(-1)}},
        {"valid": {"from": day(2)}},
    ):
        result = verify(stamped(tsa), trust(base | rule))
        assert NO_TIME in result.caveats
        assert any(caveat.startswith("a time stamp counts for nothing: one") for caveat in result.caveats)


def test_without_its_packages_a_time_stamp_counts_for_nothing_and_says_so(
    tsa: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = stamped(tsa)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    result = verify(raw, trust(tsa))
    assert wrong(result) == set()
    assert any("not checked: pip install" in caveat for caveat in result.caveats)
    assert NO_TIME in result.caveats


@pytest.mark.parametrize("which", ["garbage", "own alone", "two roots' own"])
def test_a_chain_that_cannot_be_meant_is_an_error_with_its_place(
    tsa: Authority, other: Authority, which: str
) -> None:
    texts = {
        "garbage": "-----BEGIN CERTIFICATE-----",
        "own alone": tsa.own,
        "two roots' own": tsa.own + other.own + tsa.root,
    }
    with pytest.raises(PolicyError, match=r"^trust\.yaml:1: certificates: "):
        trust({"name": "x", "certificates": texts[which]})
