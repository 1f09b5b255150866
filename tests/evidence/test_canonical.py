"""Canonical JSON is RFC 8785 within our limits, and foreign JSON is read strictly."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.canonical import MAX_DEPTH, MAX_INTEGER, canonical_bytes, digest_of, read_json

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def read(raw: bytes, limit: int = 10_000) -> Any:
    return read_json(raw, what="record", limit=limit)


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785(value: Any) -> None:
    """The standard library within our limits and the reference package agree on every byte."""
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert read(canonical_bytes(value), 1 << 20) == value


def test_every_control_character_is_escaped_as_the_rfc_says() -> None:
    text = "".join(map(chr, range(0x20))) + '"\\/\x7f\u2028€😀'
    assert canonical_bytes(text) == rfc8785.dumps(text)


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (1.0, "float"),
        (float("nan"), "float"),
        (MAX_INTEGER + 1, "2\\^53"),
        (-MAX_INTEGER - 1, "2\\^53"),
        ({"ä": 1}, "ASCII"),
        ({1: 1}, "ASCII"),
        ("\ud800", "surrogates"),
        ([object()], "no JSON value"),
        (b"bytes", "no JSON value"),
    ],
)
def test_what_no_two_readers_read_alike_is_refused(value: Any, complaint: str) -> None:
    with pytest.raises(EvidenceError, match=complaint):
        canonical_bytes(value)


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b'{"a":1,"a":1}', "'a' stands twice"),
        (b'{"x":{"b":1,"\\u0062":2}}', "'b' stands twice"),
        (b"NaN", "number NaN"),
        (b"[Infinity]", "number Infinity"),
        (b"1.5", "number 1.5"),
        (b"1e5", "number 1e5"),
        (b"9007199254740992", "2\\^53"),
        (b"9" * 5000, "2\\^53"),
        (b'"\xff"', "UTF-8"),
        (b'"\\ud800"', "UTF-8"),
        (b"\xef\xbb\xbf{}", "no valid JSON"),
        (b"{} {}", "no valid JSON"),
        (b"", "no valid JSON"),
        (b"{'a': 1}", "no valid JSON"),
        (b'"\n"', "no valid JSON"),
        (b"[1,]", "no valid JSON"),
    ],
)
def test_ambiguous_json_is_refused(raw: bytes, complaint: str) -> None:
    with pytest.raises(EvidenceError, match=complaint):
        read(raw)


def test_size_is_capped_before_anything_is_parsed() -> None:
    with pytest.raises(EvidenceError, match="at most 10 are read"):
        read(b"not json at all", limit=10)


def test_depth_is_bounded() -> None:
    assert read(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    with pytest.raises(EvidenceError, match="nested deeper"):
        read(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("opening", [b"[", b'{"":', b'"[', b'\\"[', b'"\\\\"['])
def test_no_nesting_reaches_the_parser_unseen(opening: bytes) -> None:
    """A million brackets end in an error of ours, never in a crash."""
    with pytest.raises(EvidenceError):
        read(opening * 200_000, limit=1 << 22)


def test_brackets_inside_of_text_are_no_nesting() -> None:
    text = '[{"\\' * 500
    assert read(json.dumps(text).encode()) == text
