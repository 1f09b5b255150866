"""Patterns of policy and register."""

from __future__ import annotations

import pytest

from outsource_gate.globs import covers


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("services/**", "services/a/b.py", True),
        ("services/**", "services/.hidden/b.py", True),
        ("services/**", "services-old/b.py", False),
        ("services/*", "services/a/b.py", False),
        ("**/CODEOWNERS", "CODEOWNERS", True),
        ("**/CODEOWNERS", "docs/CODEOWNERS", True),
        ("README.md", "docs/README.md", False),
        ("corp/payments-*", "corp/payments-api", True),
        ("corp/payments-*", "corp/payments-api/fork", False),
        ("src/**", "Src/a", False),
        ("**", "a\nb", True),
        ("services/**", "services/../core/x", False),
    ],
)
def test_patterns_are_anchored_and_stay_in_their_folder(pattern: str, name: str, fits: bool) -> None:
    assert covers([pattern], name) == fits


def test_case_is_folded_only_on_request() -> None:
    assert covers(["src/**"], "SRC/a", fold_case=True)


def test_no_pattern_fits_nothing() -> None:
    """The empty set grants nothing."""
    assert not covers([], "a")
