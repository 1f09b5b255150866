"""Certifications: which names mean the same, and until when enough of them are held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.model.certificate import covers_name, held_until
from outsource_gate.model.diligence import Certification

TODAY = date(2026, 11, 23)


def held(name: str, until: str | None = "2027-06-30", **more: Any) -> Certification:
    return Certification.model_validate({"name": name, "valid_until": until, **more})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("SOC 2", "SOC 2 Type II"),
        ("soc2", "SOC 2 type ii"),
        ("ISO/IEC 27001", "iso 27001"),
        ("ISO 27001", "ISO/IEC 27001:2022"),
        ("ISO27001", "ISO/IEC-27001"),
        ("PCI DSS", "PCI-DSS 4.0"),
    ],
)
def test_spelling_does_not_matter(asked: str, found: str) -> None:
    """case, spaces and punctuation count for nothing, and a longer name is covered from the front"""
    assert covers_name(asked, found)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("SOC 2", "SOC 20"),
        ("SOC 2", "SOC 1"),
        ("SOC 2 Type II", "SOC 2"),
        ("SOC 2 Type II", "SOC 2 Type I"),
        ("SOC 2 Type I", "SOC 2 Type II"),
        ("ISO 27001", "ISO 270012"),
        ("ISO 27001", "not ISO 27001"),
        ("SOC 2", "S\u041eC 2"),
        ("", "SOC 2"),
        ("?", "SOC 2"),
    ],
)
def test_another_name_is_another_certification(asked: str, found: str) -> None:
    """less than what is asked for, a look-alike from another alphabet, a word before it"""
    assert not covers_name(asked, found)


@given(st.text(min_size=1, max_size=20))
def test_a_name_covers_itself_or_has_no_word(name: str) -> None:
    assert covers_name(name, name) or not any(char.isalnum() or not char.isascii() for char in name)


def test_enough_are_held_until_the_first_of_them_ends() -> None:
    """two are needed: the second-longest decides; of one name the longer counts"""
    have = [held("ISO 27001", "2027-01-01"), held("SOC 2", "2027-05-01"), held("SOC 2 Type II", "2027-03-01")]
    asked = ("ISO/IEC 27001", "SOC 2")
    assert held_until(have, asked, 1, TODAY) == date(2027, 5, 1)
    assert held_until(have, asked, 2, TODAY) == date(2027, 1, 1)
    assert held_until(have, asked, 3, TODAY) is None
    assert held_until(have, (), 3, TODAY) == date(2027, 1, 1)


@pytest.mark.parametrize(
    "one",
    [held("SOC 2", "2026-11-22"), held("SOC 2", None), held("SOC 2", valid_from="2026-11-24"), held("PCI DSS")],
)
def test_what_is_not_valid_today_or_not_asked_for_does_not_count(one: Certification) -> None:
    """nor one without a last day: nobody would see it lapse"""
    assert held_until([one], ("SOC 2",), 1, TODAY) is None
