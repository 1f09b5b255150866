"""What makes a finding the same in another version of a file."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.fingerprint import enclosing_symbols, fingerprint

CODE = {
    "python": "class A:\n    def b(self):\n        if x:\n            call()\n",
    "javascript": "class A {\n  b(x) {\n    if (x) {\n      call()\n",
    "kotlin": "data class A(val x: Int) {\n  override fun <T> List<T>.b(x: Int) {\n    if (x) {\n      call()\n",
    "java": "public class A {\n  public void b(int x) {\n    if (x) {\n      call();\n",
    "terraform": 'module "A" {\n  dynamic "b" {\n    x = [\n      call()\n',
    "php": "<?php\nfinal class A {\n  public static function &b($x) {\n    call();\n",
    "csharp": "public sealed class A : B {\n    public async Task<List<int>> b<T>(int x)\n    {\n        call();\n",
    "c": "static A *a;\nstatic unsigned int *b(const char *x)\n{\n    call();\n",
    "cpp": "class A {\n  int b(int x) const {\n    if (x) {\n      call();\n",
    "ruby": "module A\n  def self.b(x)\n    if x\n      call\n",
    "rust": "impl<T> X for A {\n  pub async fn b(&self) {\n    if x {\n      call()\n",
    "bash": "b() {\n  if x; then\n    y\n    call\n",
    "go": "type A struct{}\nfunc (a A) b(x int) {\n\tif x {\n\t\tcall()\n",
}


@pytest.mark.parametrize(
    ("language", "symbol"),
    [
        ("python", "A.b"),
        ("javascript", "A.b"),
        ("java", "A.b"),
        ("ruby", "A.b"),
        ("csharp", "A.b"),
        ("terraform", "A.b"),
        ("kotlin", "A.b"),
        ("php", "A.b"),
        ("go", "b"),
        ("bash", "b"),
        ("rust", "A.b"),
        ("c", "b"),
        ("cpp", "A.b"),
    ],
)
def test_the_enclosing_symbol_is_named(language: str, symbol: str) -> None:
    """Class and method, in the order they enclose"""
    assert enclosing_symbols(CODE[language].split("\n"), {4}, language) == {4: symbol}


@pytest.mark.parametrize(
    ("code", "symbol"),
    [
        ("def a():\n    x\n# y\n    call()", "a"),
        ("def a(\n    b,\n):\n    call()", "a"),
        ("def a():\n\n\n    call()", "a"),
        ("def a():\n    x\n\ncall()", ""),
        ("class A:\n    x = 1\n    def b(self):\n        call()", "A.b"),
    ],
)
def test_comments_blank_lines_and_closing_brackets_close_no_block(code: str, symbol: str) -> None:
    """A comment in column one does not make old findings new"""
    assert enclosing_symbols(code.split("\n"), {4}, "python") == {4: symbol}


def test_many_lines_of_a_hostile_file_are_named_in_one_pass() -> None:
    """Two megabytes of brackets, words and depth take seconds at most, in every language"""
    began = time.monotonic()
    for line in ("a " * 900, "(" * 1900, "f({" * 600, "<a>,[" * 400):
        for language in CODE:
            lines = [" " * (number % 300) + line for number in range(250)]
            assert len(enclosing_symbols(lines, set(range(1, 251)), language)) == 250
    assert time.monotonic() - began < 20


@given(st.text(max_size=40), st.text(" \t", min_size=1, max_size=4))
def test_white_space_makes_no_difference(snippet: str, gap: str) -> None:
    folded = snippet.split()
    assert fingerprint("r", gap.join(folded), "s") == fingerprint("r", " ".join(folded), "s")


def test_rule_snippet_and_symbol_all_count() -> None:
    prints = {fingerprint(*parts) for parts in (("r", "x", "s"), ("q", "x", "s"), ("r", "y", "s"), ("r", "x", "t"))}
    assert len(prints) == 4


def test_a_fingerprint_says_its_version() -> None:
    assert fingerprint("r", "x", "").startswith("v1:")
