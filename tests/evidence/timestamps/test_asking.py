"""An authority is told a digest and nothing else; what it answers is looked at before it is kept."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable

import pytest

from outsource_gate.errors import UsageError
from outsource_gate.evidence.timestamps.asking import Authorities, checked_address
from tests.evidence.timestamps.authority_server import Authority

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")
SIGNATURE = b"a signature" * 6


def test_several_authorities_stamp_one_signature(tsa: Authority, other: Authority) -> None:
    asked = Authorities((tsa.address, other.address, tsa.address))
    assert len(asked.stamp(SIGNATURE)) == 2
    assert (asked.given, asked.failed, len(tsa.asked)) == (2, [], 1)


def test_only_the_digest_leaves(tsa: Authority) -> None:
    Authorities((tsa.address,)).stamp(SIGNATURE)
    assert SIGNATURE not in tsa.asked[0]
    assert hashlib.sha256(SIGNATURE).digest() in tsa.asked[0]


def test_one_that_fails_does_not_stop_the_others(tsa: Authority, other: Authority) -> None:
    tsa.status = 500
    asked = Authorities((tsa.address, "http://127.0.0.1:9/", other.address))
    assert len(asked.stamp(SIGNATURE)) == 1
    assert [line.partition(" -> ")[0] for line in asked.failed] == [
        "time stamp: 127.0.0.1: answered 500",
        "time stamp: 127.0.0.1: no whole answer came (ConnectionError)",
    ]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda good: b"", "no time stamp"),
        (lambda good: good[:-9], "no time stamp"),
        (lambda good: good + b"x" * 99_999, "more than"),
        (lambda good: good, "something else"),
    ],
    ids=["empty", "cut", "large", "an older one"],
)
def test_an_answer_that_is_none_or_of_something_else_is_not_kept(
    tsa: Authority, edit: Callable[[bytes], bytes], said: str
) -> None:
    good = Authorities((tsa.address,)).stamp(SIGNATURE)[0]
    tsa.change = lambda _: edit(good)
    asked = Authorities((tsa.address,))
    assert asked.stamp(SIGNATURE) == ()
    assert said in asked.failed[0]


def test_a_refusal_is_told(tsa: Authority) -> None:
    """PKIStatus rejection, as `openssl ts` writes it for a digest it does not take."""
    refusal = bytes.fromhex("3009" + "3007" + "020102" + "03020780")
    tsa.change = lambda _: refusal
    asked = Authorities((tsa.address,))
    assert asked.stamp(SIGNATURE) == ()
    assert "refuses" in asked.failed[0]


def test_without_its_packages_the_record_is_told_to_lack_it(
    monkeypatch: pytest.MonkeyPatch, tsa: Authority
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    asked = Authorities((tsa.address,))
    assert asked.stamp(SIGNATURE) == ()
    assert asked.failed[0].startswith("time stamp: needs packages that are not installed -> pip install")


@pytest.mark.parametrize(
    "address", ["", "tsa.example", "file:///etc/passwd", "https://", "https://me:secret@tsa.example"]
)
def test_an_address_that_cannot_be_meant_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_address(address)
    assert "secret" not in str(caught.value)
