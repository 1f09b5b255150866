"""Which findings are new."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.finding import Finding, Location
from outsource_gate.scanners.baseline import mark_new
from tests import values


def at(path: str, line: int = 1, mark: str = "a") -> Finding:
    return replace(values.finding(), location=Location(path, line, line), fingerprint=f"v1:{mark}")


def news(head: list[Finding], base: list[Finding], pairs: dict[str, str]) -> list[bool]:
    return [finding.new for finding in mark_new(head, base, pairs)]


def test_what_the_base_has_in_the_paired_file_is_old() -> None:
    assert news([at("b.py")], [at("a.py")], {"b.py": "a.py"}) == [False]


def test_a_copy_into_another_file_is_new() -> None:
    assert news([at("b.py")], [at("a.py")], {"a.py": "a.py"}) == [True]


def test_a_second_copy_in_the_same_file_is_new() -> None:
    assert news([at("a.py", 1), at("a.py", 9)], [at("a.py")], {"a.py": "a.py"}) == [False, True]


def test_two_versions_of_one_file_are_each_compared_with_the_whole_of_it() -> None:
    pairs = {"then": "a.py", "now": "a.py"}
    assert news([at("then"), at("now")], [at("a.py")], pairs) == [False, False]


FINDINGS = st.lists(
    st.builds(at, st.sampled_from(["a", "b"]), st.integers(1, 9), st.sampled_from("xy")), max_size=6
)


@given(FINDINGS, FINDINGS)
def test_the_base_excuses_no_more_than_it_has(head: list[Finding], base: list[Finding]) -> None:
    old = [finding for finding in mark_new(head, base, {"a": "a", "b": "b"}) if not finding.new]
    for finding in old:
        key = (finding.location.path, finding.fingerprint)
        had = sum((one.location.path, one.fingerprint) == key for one in base)
        assert sum((one.location.path, one.fingerprint) == key for one in old) <= had
