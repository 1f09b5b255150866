"""CODEOWNERS."""

from __future__ import annotations

import pytest

from outsource_gate.codeowners import owner_groups, parse_owners
from outsource_gate.model.facts import Owners, Unavailable


def groups(text: str, *paths: str) -> list[tuple[str, tuple[str, ...]]]:
    owners = parse_owners("CODEOWNERS", text)
    assert isinstance(owners, Owners)
    return list(owner_groups(owners, paths))


def test_the_last_match_wins() -> None:
    assert groups("* @a\n/docs/ @b\n", "docs/x.md", "src/x.py") == [("docs/x.md", ("@b",)), ("src/x.py", ("@a",))]


def test_a_later_rule_without_owners_takes_a_path_out() -> None:
    assert groups("* @a\n/gen/\n", "gen/x") == []


def test_comments_and_blanks_say_nothing() -> None:
    assert groups("# all\n\n* @a # the team\n", "x") == [("x", ("@a",))]


def test_a_space_in_a_pattern_is_escaped() -> None:
    assert groups("a\\ b.txt @a\n", "a b.txt", "a") == [("a b.txt", ("@a",))]


def test_every_section_asks_for_its_own_owner() -> None:
    """GitLab: in each section the last match wins, and each section wants an approval."""
    assert groups("* @a\n[Security]\n*.py @s\n", "x.py") == [("x.py", ("@a",)), ("x.py", ("@s",))]


def test_a_sections_default_owners_stand_in() -> None:
    assert groups("[Docs] @d\n*.md\n", "x.md") == [("x.md", ("@d",))]


def test_an_optional_section_asks_for_nothing() -> None:
    assert groups("^[Docs] @d\n*.md\n", "x.md") == []


@pytest.mark.parametrize("line", ["[Security][2]", "! @a"])
def test_what_cannot_be_meant_makes_the_file_unavailable(line: str) -> None:
    """Dropping a line would loosen the file."""
    owners = parse_owners("CODEOWNERS", f"* @a\n{line}\n")
    assert isinstance(owners, Unavailable)
    assert owners.reason.startswith("CODEOWNERS:2:")
