"""Strict YAML: one reading for everybody, one error with file and line for everything else."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.errors import PolicyError
from outsource_gate.policy import yaml_text
from outsource_gate.policy.yaml_text import dotted, read_yaml, shown


def read(text: str | bytes) -> Any:
    return read_yaml("p.yaml", text.encode() if isinstance(text, str) else text).data


def error(text: str | bytes) -> str:
    with pytest.raises(PolicyError) as raised:
        read(text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("0755", "0755"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("2026-01-10", "2026-01-10"),
        ("+1", "+1"),
        ("٣", "٣"),
        ("9" * 30, "9" * 30),
        ("'12'", "12"),
        ('"true"', "true"),
        ('"null"', "null"),
    ],
)
def test_surprising_scalars_stay_text(text: str, value: str) -> None:
    """what YAML 1.1 reads as a truth value, octal, float, time or day is text here"""
    assert read(f"key: {text}\n") == {"key": value}


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("0", 0), ("42", 42), ("-7", -7)])
def test_plain_numbers_and_truth_values(text: str, value: object) -> None:
    """only `true`, `false` and decimal whole numbers are more than text"""
    found = read(f"key: {text}\n")["key"]
    assert found == value and type(found) is type(value)


def test_keys_that_yaml_1_1_reads_as_truth_values_are_text() -> None:
    """`on:` is a key like any other"""
    assert read("on: a\nno: b\n") == {"on": "a", "no": "b"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a: stands here a second time"),
        ("x:\n  - a: 1\n    'a': 2\n", 3, "x[0].a: stands here a second time"),
        ("a: &x 1\n", 1, "anchors and aliases are not allowed, got 'x'"),
        ("a: 1\nb: *x\n", 2, "anchors and aliases are not allowed, got 'x'"),
        ("*x : 1\n", 1, "a key must be text"),
        ("&x a: 1\n", 1, "anchors and aliases are not allowed"),
        ("a: !!python/object/apply:os.system [id]\n", 1, "tags are not allowed"),
        ("a: !own x\n", 1, "tags are not allowed, got '!own'"),
        ("a: ! x\n", 1, "tags are not allowed"),
        ("!!map\na: b\n", 1, "tags are not allowed"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directives"),
        ("%TAG ! tag:x.example,2000:\n---\na: 1\n", 1, "directives"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here"),
        ("", 1, "is empty"),
        ("# only a comment\n", 1, "is empty"),
        ("---\n", 2, "is empty"),
        ("a:\n", 1, "a: has no value"),
        ("a: 1\nb: ~\n", 2, "b: has no value"),
        ("a: null\n", 1, "a: has no value"),
        ("a: [x, ]\nb:\n  - \n", 3, "b[0]: has no value"),
        ("1: a\n", 1, "a key must be text, got 1"),
        ("true: a\n", 1, "a key must be text, got true"),
        ("~: a\n", 1, "a key must be text"),
        (": a\n", 1, "is not valid YAML"),
        ("{? , b: c}\n", 1, "a key must be text, got nothing"),
        ("? [a]\n: b\n", 1, "a key must be text, got a list"),
        ("? {a: b}\n: c\n", 1, "a key must be text, got a list, mapping or alias"),
        ("a: b: c\n", 1, "is not valid YAML: mapping values are not allowed"),
        ("a:\n\tb: c\n", 2, "is not valid YAML"),
        ("a: [1, 2\n", 2, "is not valid YAML"),
        ("emails: [*@corp.example]\n", 1, "is not valid YAML"),
        (b"a: 1\nb: \xff\n", 2, "is not UTF-8, got byte 0xff"),
        ("a: 1\n".encode("utf-16"), 1, "is not UTF-8"),
        ("a: 1\nb: 'x\x00'\n", 2, "U+0000"),
        ("a: 1\nb: x\x1b[31m\n", 2, "U+001B"),
        ("a: 1\rb: 2\n", 1, "U+000D"),
        ("a: 1\nb: x\u202ey\n", 2, "U+202E"),
        ("a: x\u2028b: y\n", 1, "U+2028"),
        ("a: x\x85b: y\n", 1, "U+0085"),
        ("a: vic\u200b\n", 1, "U+200B"),
        ('a: 1\nb: "\\u202e"\n', 2, "an escape stands for a character that readers do not see, U+202E"),
        ('"\\0": 1\n', 1, "an escape stands for a character"),
        ('a: "\\ud800"\n', 1, "is not valid YAML"),
    ],
)
def test_each_oddity_is_one_error_with_its_line(text: str | bytes, line: int, says: str) -> None:
    """what a reviewer and a parser could read in different ways is refused where it stands"""
    found = error(text)
    assert found.startswith(f"p.yaml:{line}: ")
    assert says in found


def test_an_alias_bomb_ends_at_its_first_anchor() -> None:
    """a billion laughs never gets to laugh"""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert error(bomb).startswith("p.yaml:1: anchors and aliases are not allowed")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "? " * 50_000])
def test_nesting_ends_early(text: str) -> None:
    """depth costs neither the stack nor seconds"""
    started = time.process_time()
    error(text)
    assert time.process_time() - started < 5


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """the count of values is bounded"""
    monkeypatch.setattr(yaml_text, "MAX_VALUES", 10)
    assert len(read("[1,2,3,4,5,6,7,8,9]")) == 9
    assert "more than 10 values" in error("[1,2,3,4,5,6,7,8,9,10]")


def test_too_large() -> None:
    """the size is bounded before anything is parsed"""
    assert "larger than 2097152 bytes" in error(b"#" * (2 * 1024 * 1024 + 1))


def test_byte_order_mark_and_windows_line_ends() -> None:
    """a file from a Windows editor reads the same"""
    assert read("\ufeffa: 1\r\nb: x\r\n") == {"a": 1, "b": "x"}


def test_lines_of_values() -> None:
    """a key's line is where the key stands, a list item's where the item begins, a missing key's its parent's"""
    text = read_yaml("p.yaml", b"a: 1\nb:\n  - x\n  - c: 1\n    d: >\n      folded\n")
    paths = [(), ("a",), ("b",), ("b", 0), ("b", 1, "c"), ("b", 1, "d"), ("b", 1, "none"), ("none", "at", "all")]
    assert [text.line(path) for path in paths] == [1, 1, 2, 3, 4, 5, 4, 1]
    assert str(text.place(("b", 1)).below("d")) == "p.yaml:5"


def test_the_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """without libyaml a policy means the same"""
    text = "a: {b: [no, 1, true, '2']}\nc: |\n  x\n  y\n"
    fast = read(text)
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    assert read(text) == fast == {"a": {"b": ["no", 1, True, "2"]}, "c": "x\ny\n"}
    assert error("a: [").startswith("p.yaml:1: is not valid YAML")


def test_paths_and_values_in_messages() -> None:
    """what a hostile file says is escaped and cut before it is shown"""
    assert dotted(("a", 2, "b")) == "a[2].b"
    assert dotted(("a\x1b[31m",)) == r"'a\x1b[31m'"
    assert shown("x\n::error::") == r"'x\n::error::'"
    assert len(shown("x" * 10_000)) == 80


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """no bytes end in anything but a value or a PolicyError that names the file"""
    try:
        read_yaml("p.yaml", raw)
    except PolicyError as refused:
        assert refused.message.startswith("p.yaml:")


@given(st.text(alphabet="ab:-[]{}&*!|>'\"%#?,@` \n\t~01.\\u", max_size=60))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    """YAML's own signs in any order, too"""
    try:
        read_yaml("p.yaml", text.encode())
    except PolicyError as refused:
        assert refused.message.startswith("p.yaml:")


_PLAIN = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1)
    | st.integers(-(10**17), 10**17)
    | st.booleans(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text("abcdef", min_size=1), below, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text("ghij", min_size=1), _PLAIN, min_size=1, max_size=3))
def test_what_others_write_is_read_as_it_was_meant(data: dict[str, Any]) -> None:
    """text that an emitter had to quote, whole numbers and truth values come back the same"""

    class NoAliases(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    assert read(yaml.dump(data, Dumper=NoAliases, allow_unicode=True)) == data
