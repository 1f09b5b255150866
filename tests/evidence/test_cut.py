"""A record stays below its size, and says what it leaves out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outsource_gate.evidence.canonical import canonical_bytes, digest_of
from outsource_gate.evidence.cut import MAX_TEXT, cut_text, cut_to

SMALL = st.text("abc", max_size=30)
NESTED: st.SearchStrategy[Any] = st.recursive(
    SMALL | st.integers(0, 9), lambda inner: st.lists(inner, max_size=12), max_leaves=60
)


def test_what_fits_is_not_touched() -> None:
    predicate: dict[str, Any] = {"rows": list(range(1000)), "inner": {"more": ["x"]}}
    assert cut_to(predicate, 100_000) == predicate | {"cut": []}


def test_a_long_list_keeps_its_first_items_its_count_and_the_digest_of_the_whole() -> None:
    rows: list[Any] = [{"path": f"src/{number}.py"} for number in range(5000)]
    cut = cut_to({"coverage": {"rows": rows}}, 1 << 20)
    assert cut["coverage"] == {"rows": rows[:1000]}
    assert cut["cut"] == [{"pointer": "/coverage/rows", "count": 5000, "kept": 1000, "sha256": digest_of(rows)}]


def test_a_list_inside_a_list_is_named_by_its_place() -> None:
    cut = cut_to({"verdicts": [{"reasons": []}, {"a/b~c": list(range(1001))}]}, 1 << 20)
    assert cut["cut"][0]["pointer"] == "/verdicts/1/a~1b~0c"  # type: ignore[index,call-overload]


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("abc"), NESTED, max_size=3))
def test_no_record_grows_over_its_limit(predicate: dict[str, Any]) -> None:
    cut = cut_to(predicate, 600)
    assert len(canonical_bytes(cut)) <= 600


@settings(max_examples=20)
@given(st.integers(1001, 3000), SMALL)
def test_what_is_cut_can_be_proven(count: int, text: str) -> None:
    """Whoever has the whole list can show that the record speaks of it."""
    rows: list[Any] = [f"{text}{number}" for number in range(count)]
    cut = cut_to({"rows": rows}, 1 << 20)["cut"]
    assert cut == [{"pointer": "/rows", "count": len(rows), "kept": 1000, "sha256": digest_of(rows)}]


def test_a_long_text_says_how_much_is_missing() -> None:
    assert cut_text("x" * MAX_TEXT) == "x" * MAX_TEXT
    assert cut_text("x" * (MAX_TEXT + 5)).endswith("x… (5 more characters)")
    assert cut_text("x", left_out=7) == "x… (7 more characters)"
