"""What makes a finding the same in another version of a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.fingerprint import enclosing_symbol, fingerprint

CODE = {
    "python": "class A:\n    def b(self):\n        if x:\n            call()\n",
    "javascript": "class A {\n  b(x) {\n    if (x) {\n      call()\n",
    "java": "public class A {\n  public void b(int x) {\n    if (x) {\n      call();\n",
    "go": "type A struct{}\nfunc (a A) b(x int) {\n\tif x {\n\t\tcall()\n",
}


@pytest.mark.parametrize(
    ("language", "symbol"), [("python", "A.b"), ("javascript", "A.b"), ("java", "A.b"), ("go", "b")]
)
def test_the_enclosing_symbol_is_named(language: str, symbol: str) -> None:
    assert enclosing_symbol(CODE[language].split("\n"), 4, language) == symbol


@given(st.text(max_size=40), st.text(" \t", min_size=1, max_size=4))
def test_white_space_makes_no_difference(snippet: str, gap: str) -> None:
    folded = snippet.split()
    assert fingerprint("r", gap.join(folded), "s") == fingerprint("r", " ".join(folded), "s")


def test_rule_snippet_and_symbol_all_count() -> None:
    prints = {fingerprint(*parts) for parts in (("r", "x", "s"), ("q", "x", "s"), ("r", "y", "s"), ("r", "x", "t"))}
    assert len(prints) == 4


def test_a_fingerprint_says_its_version() -> None:
    assert fingerprint("r", "x", "").startswith("v1:")
