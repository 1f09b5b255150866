"""A column is personal by its heading and its values; neither alone makes a birth date of a version."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.personal.columns import POINTS, heading, held
from outsource_gate.scanners.personal.national_ids import KINDS, WORDS
from tests.scanners import people

PEOPLE = people.made(20)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("first_name", "names"),
        ("firstName", "names"),
        ("LAST NAME", "names"),
        ("customer_first_name", "names"),
        ("Vorname", "names"),
        ("name", "plain names"),
        ("E-Mail", "e-mail addresses"),
        ("customerEmail", "e-mail addresses"),
        ("date_of_birth", "birth dates"),
        ("Geburtsdatum", "birth dates"),
        ("codice_fiscale", "id it"),
        ("SSN", "id us"),
        ("cardNumber", "card numbers"),
        ("file_name", ""),
        ("hostname", ""),
        ("company_name", ""),
        ("ip_address", ""),
        ("mac address", ""),
        ("version", ""),
        ("", ""),
        ("\0" * 100, ""),
    ],
)
def test_what_a_heading_announces(text: str, what: str) -> None:
    assert heading(text) == what


def what(announced: str, values: list[str]) -> str:
    one = held(announced, values)
    return one.what if one and not one.is_made_up else ""


@pytest.mark.parametrize(
    ("announced", "values"),
    [
        ("names", [it.first for it in PEOPLE]),
        ("e-mail addresses", [it.email for it in PEOPLE]),
        ("phone numbers", [it.phone for it in PEOPLE]),
        ("birth dates", [it.born for it in PEOPLE]),
        ("birth dates", [".".join(reversed(it.born.split("-"))) for it in PEOPLE]),
        ("addresses", [it.street for it in PEOPLE]),
        ("card numbers", [PEOPLE[0].card]),
    ],
)
def test_values_that_fit_the_heading_are_held(announced: str, values: list[str]) -> None:
    assert what(announced, values) == announced


@pytest.mark.parametrize(
    ("announced", "values"),
    [
        ("names", ["John Doe", "Jane Doe", "Test User", "Max Mustermann", "Foo Bar", "First Last"]),
        ("names", ["string", "varchar", "text", "char", "label", "key"]),
        ("names", ["Ada"] * 50),
        ("names", ["Ada", "Bea", "Cleo", "Dora"]),
        ("phone numbers", ["555-0101", "555-0102", "555-0103", "555-0104", "555-0105", "+1 212 555 0187"]),
        ("phone numbers", ["10.123456", "11.234567", "12.345678", "13.456789", "14.567890"]),
        ("phone numbers", ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"]),
        ("birth dates", ["1.2.3", "1.2.4", "1.2.5", "1.3.0", "2.0.0", "2.0.1"]),
        ("birth dates", [f"2024-01-0{day}T12:{day}3:00Z" for day in range(1, 8)]),
        ("addresses", ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"]),
        ("card numbers", ["4111111111111111", "4242424242424242", "5555555555554444"]),
        ("id us", ["078-05-1120", "123-45-6789", "219-09-9999"]),
        ("id br", ["111.111.111-11", "123.456.789-09"]),
    ],
)
def test_stand_ins_and_other_things_are_not(announced: str, values: list[str]) -> None:
    assert what(announced, values) == ""


def test_reserved_addresses_throughout_say_that_nobody_is_meant() -> None:
    one = held("e-mail addresses", [it.email for it in people.made(20, domain="example.org")])
    assert one is not None
    assert one.is_made_up


def test_a_few_reserved_ones_do_not() -> None:
    mixed = [it.email for it in (*PEOPLE, *people.made(5, domain="example.org"))]
    assert what("e-mail addresses", mixed) == "e-mail addresses"


@pytest.mark.parametrize("country", [it for it in KINDS if it != "us"])
def test_a_heading_makes_ids_of_what_the_check_digits_allow(country: str) -> None:
    """without one, all of eight at least have to be valid"""
    chance, is_valid = Random(3), KINDS[country][1]
    shapes = {"es": people.dni, "it": _italian}
    ids: list[str] = []
    while len(ids) < 10:
        drawn = shapes[country](chance) if country in shapes else _drawn(chance, country)
        ids += [drawn] if is_valid(drawn) else []
    announced = held(heading(WORDS[country][0]), ids)
    assert announced is not None
    assert announced.country == country
    assert what("", ids) == "national ids"
    assert what("", ids[:5]) == ""
    assert what("", [*ids, *(one[:-1] + "?" for one in ids)]) == ""


def _drawn(chance: Random, country: str) -> str:
    born = f"{chance.randint(50, 99)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    size = {"fr": 15, "de": 11, "nl": 9, "be": 5, "pl": 5, "se": 4, "uk": 10, "br": 11, "ca": 9, "in": 12}[country]
    rest = people.digits(chance, size)
    if country == "fr":
        return f"2{born[:4]}75{rest[:8]}"
    return born + rest if country in ("be", "pl", "se") else rest


def _italian(chance: Random) -> str:
    body = (
        "".join(chance.choice("BCDFGLMNPRST") for _ in range(6))
        + f"{chance.randint(40, 99)}H{chance.randint(10, 28)}F205"
    )
    letters = [chr(65 + number) for number in range(26)]
    return people.completed(body, KINDS["it"][1], letters)


@given(st.sampled_from(["", *POINTS, *(f"id {it}" for it in KINDS)]), st.lists(st.text(max_size=40), max_size=12))
def test_any_column_has_an_answer(announced: str, values: list[str]) -> None:
    one = held(announced, values)
    assert one is None or one.what in POINTS


@given(st.lists(st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,3}", fullmatch=True), min_size=8, max_size=20))
def test_versions_are_nothing_of_a_person(values: list[str]) -> None:
    assert what("", values) == ""


@given(st.lists(st.uuids().map(str), min_size=8, max_size=20), st.integers(0, 10**9))
def test_uuids_and_counted_numbers_are_nothing_of_a_person(uuids: list[str], first: int) -> None:
    assert what("", uuids) == ""
    assert what("", [str(first + number) for number in range(40)]) == ""
