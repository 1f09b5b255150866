"""Check digits are the issuing offices'; what is off by one digit is nobody's id."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.personal.national_ids import FORMS, KINDS, WORDS, luhn
from tests.scanners import people

# Country -> a body without its check, and all the tails that there are; exactly one of them fits.
ONE = [str(digit) for digit in range(10)]
TWO = [f"{number:02}" for number in range(100)]
LETTERS = [chr(65 + number) for number in range(26)]
BODIES: dict[str, tuple[str, list[str]]] = {
    "es": ("[0-9]{8}|[XYZ][0-9]{7}", LETTERS),
    "it": ("[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}", LETTERS),
    "fr": ("[12][0-9]{2}(0[1-9]|1[0-2])(2A|2B|75|13)[0-9]{6}", TWO),
    "nl": ("[0-9]{8}", ONE),
    "be": ("[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", TWO),
    "pl": ("[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{4}", ONE),
    "se": ("[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])-[0-9]{3}", ONE),
    "uk": ("[0-9]{9}", ONE),
    "br": ("[0-9]{9}", TWO),
    "ca": ("[1-79][0-9]{7}", ONE),
    "in": ("[2-9][0-9]{10}", ONE),
}


@pytest.mark.parametrize("country", BODIES)
@given(data=st.data())
def test_one_tail_in_all_makes_a_body_whole(country: str, data: st.DataObject) -> None:
    """at most one for those that leave some bodies without any"""
    body, tails = BODIES[country]
    start = data.draw(st.from_regex(body, fullmatch=True).filter(str.isascii))
    whole = [tail for tail in tails if KINDS[country][1](start + tail)]
    assert len(whole) <= 1
    if country in ("es", "it", "fr", "be", "pl", "se"):
        assert len(whole) == 1


@pytest.mark.parametrize("country", [country for country in BODIES if country not in ("fr", "be")])
@given(data=st.data())
def test_a_changed_last_place_is_no_id(country: str, data: st.DataObject) -> None:
    body, tails = BODIES[country]
    start = data.draw(st.from_regex(body, fullmatch=True).filter(str.isascii))
    whole = people.completed(start, KINDS[country][1], tails)
    other = data.draw(st.sampled_from(tails))
    assert not whole or start + other == whole or not KINDS[country][1](start + other)


@given(st.from_regex("[0-9]{2,18}", fullmatch=True).filter(str.isascii))
def test_luhn_finds_the_digit_that_another_way_of_counting_computes(body: str) -> None:
    assert luhn(body + people.luhn_digit(body))


@given(st.from_regex("[1-9][0-9]{9}", fullmatch=True).filter(str.isascii))
def test_a_steuer_id_repeats_a_digit(body: str) -> None:
    """ten different digits are none, whatever the check says"""
    assert not people.completed("1234567890", KINDS["de"][1], ONE)
    whole = people.completed(body, KINDS["de"][1], ONE)
    assert not whole or max(body.count(digit) for digit in body) in (2, 3)


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("321-54-9876", True),
        ("000-54-9876", False),
        ("666-54-9876", False),
        ("912-54-9876", False),
        ("321549", False),
    ],
)
def test_areas_never_given_out_are_no_ssn(value: str, valid: bool) -> None:
    assert KINDS["us"][1](value) is valid


@pytest.mark.parametrize("country", KINDS)
@given(st.text(max_size=30) | st.from_regex(r"[0-9A-Z ./-]{0,24}", fullmatch=True))
def test_any_text_has_an_answer(country: str, text: str) -> None:
    """nothing in a file makes a check fail"""
    assert KINDS[country][1](text) in (True, False)


def test_every_kind_has_words_and_every_form_is_one_of_them() -> None:
    assert set(WORDS) == set(KINDS)
    assert set(FORMS) < set(KINDS)
    assert KINDS["es"][1](people.dni(Random(1)))


@pytest.mark.parametrize(
    "module",
    [
        "es.dni",
        "it.codicefiscale",
        "fr.nir",
        "de.idnr",
        "nl.bsn",
        "pl.pesel",
        "gb.nhs",
        "br.cpf",
        "ca.sin",
        "in_.aadhaar",
    ],
)
def test_another_library_agrees_with_all_that_we_take_for_one(module: str) -> None:
    """python-stdnum is asked where it is installed, about numbers drawn by chance"""
    oracle = pytest.importorskip(f"stdnum.{module}")
    country = {"gb": "uk", "in_": "in"}.get(module.partition(".")[0], module.partition(".")[0])
    chance = Random(4)
    size = {"es": 8, "nl": 8, "ca": 8, "de": 10, "pl": 10, "in": 11, "fr": 13}.get(country, 9)
    taken = 0
    for _ in range(2_000):
        start = people.digits(chance, size) if country != "it" else f"BCDFGH{people.digits(chance, 2)}A01H501"
        whole = people.completed(start, KINDS[country][1], BODIES.get(country, ("", ONE))[1])
        taken += bool(whole)
        assert not whole or oracle.is_valid(whole)
    assert taken > 10
