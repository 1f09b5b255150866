"""One text is told by kind, extent and confidence; what only looks like people is not told."""

from __future__ import annotations

import hashlib
import json
from random import Random

import pytest

from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent
from outsource_gate.scanners.personal.dumps import binary_dump
from outsource_gate.scanners.personal.look import Seen, seen_in
from tests.scanners import people

PEOPLE = people.made(40)
HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def kinds(text: str, path: str = "a.txt") -> dict[str, Confidence]:
    return {one.kind: one.confidence for one in seen_in(path, text)}


def only(text: str) -> Seen:
    (one,) = seen_in("a.txt", text)
    return one


def test_a_table_says_what_its_columns_hold_and_how_many_rows() -> None:
    one = only(people.csv(PEOPLE))
    assert (one.kind, one.extent, one.confidence, one.count, one.line) == ("table", Extent.TABLE, HIGH, 40, 2)
    assert one.what == "a table with names, e-mail addresses, birth dates and phone numbers"
    assert one.lines == frozenset(range(2, 42))


def test_values_are_in_no_description() -> None:
    one = only(people.csv(PEOPLE))
    assert PEOPLE[0].email in one.values
    assert not any(value in repr(one) for value in one.values)


@pytest.mark.parametrize(
    ("rows", "sure"),
    [
        (["name,email", *(f"{it.first} {it.last},{it.email}" for it in PEOPLE)], MEDIUM),
        (["surname,iban", *(f"{it.last},{people.iban(Random(number))}" for number, it in enumerate(PEOPLE))], HIGH),
        (["name,phone,street", *(f"{it.first},{it.phone},{it.street}" for it in PEOPLE)], LOW),
        (["first_name,last_name", *(f"{it.first},{it.last}" for it in PEOPLE)], None),
        (["id,email", *(f"{number},{it.email}" for number, it in enumerate(PEOPLE[:20]))], None),
    ],
    ids=["name and address", "name and account", "shops, maybe", "names alone", "addresses alone"],
)
def test_more_kinds_of_columns_make_it_surer(rows: list[str], sure: Confidence | None) -> None:
    assert kinds("\n".join(rows)).get("table") == sure


def test_reserved_addresses_make_a_table_nobodys() -> None:
    assert kinds(people.csv(people.made(40, domain="example.com"))) == {}


def test_reserved_addresses_do_not_cover_ids_that_are_valid() -> None:
    """whoever takes the addresses out of real data has not made the rest up"""
    chance = Random(8)
    rows = [f"{it.first},{it.email},{people.dni(chance)}" for it in people.made(40, domain="example.com")]
    assert kinds("\n".join(("first_name,email,dni", *rows)))["table"] is MEDIUM


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (f"card: {PEOPLE[0].card}", MEDIUM),
        (" ".join(PEOPLE[0].card[at : at + 4] for at in (0, 4, 8, 12)), MEDIUM),
        (PEOPLE[0].card, None),
        ("\n".join(f"visa {it.card}" for it in PEOPLE[:3]), HIGH),
        ("\n".join(it.card for it in PEOPLE), MEDIUM),
        ("\n".join(f"{it.card[:-1]}{number % 10}" for number, it in enumerate(PEOPLE)), None),
    ],
    ids=["by a word", "in groups", "alone", "several by a word", "all valid", "a tenth valid"],
)
def test_card_numbers_need_a_word_or_company(text: str, sure: Confidence | None) -> None:
    assert kinds(text).get("payment-card") == sure


@pytest.mark.parametrize(("count", "sure"), [(1, LOW), (2, LOW), (3, MEDIUM), (10, HIGH)])
def test_one_account_may_be_the_companys(count: int, sure: Confidence) -> None:
    chance = Random(9)
    assert kinds("\n".join(f"Konto {people.iban(chance)}" for _ in range(count))) == {"iban": sure}


def test_ids_of_a_rare_form_are_found_in_prose() -> None:
    chance = Random(2)
    assert kinds("\n".join(f"El cliente {people.dni(chance)} paga" for _ in range(4))) == {"national-id-es": MEDIUM}


def test_many_addresses_are_told_where_they_are_not_credits() -> None:
    text = "\n".join(f"{it.first} {it.last} <{it.email}>" for it in PEOPLE)
    assert kinds(text) == {"email-addresses": MEDIUM}
    assert kinds("\n".join(it.email for it in PEOPLE[:20])) == {}
    for path in ("AUTHORS", "docs/CONTRIBUTORS.md", ".mailmap", "web/package.json", "LICENSE.txt", "CODEOWNERS"):
        assert kinds(text, path) == {}
    assert kinds("\n".join(f"# Copyright 2020 {it.first} <{it.email}>" for it in PEOPLE), "a.py") == {}


def test_a_dump_needs_a_header_and_rows_or_many_rows_of_people() -> None:
    header = "-- MySQL dump 10.13  Distrib 8.0\n"
    rows = [f"INSERT INTO products VALUES ({number}, 'thing {number}');" for number in range(60)]
    assert kinds(header) == {}
    assert kinds("\n".join(rows)) == {}
    assert kinds(header + "\n".join(rows)) == {"database-dump": MEDIUM}
    assert kinds("\n".join(rows).replace("products", "customers")) == {"database-dump": MEDIUM}
    assert kinds(header + "\n".join(rows).replace("products", "customers")) == {"database-dump": HIGH}


@pytest.mark.parametrize(
    "magic", [b"PGDMP\1\x0e", b"TAPE\0\0\3\0", b"SQLite format 3\0", b"REDIS0011", b"\0\1\0\0Standard Jet DB\0"]
)
def test_databases_are_told_by_their_first_bytes(magic: bytes) -> None:
    assert binary_dump(magic + bytes(100))
    assert not binary_dump(b"\n" + magic)


CHANCE = Random(12)
HARMLESS = {
    "digests": "\n".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(200)),
    "random numbers": "\n".join(people.digits(CHANCE, 16) for _ in range(2_000)),
    "timestamps": "\n".join(f"{1700000000000000 + number * 977},ok,{number}" for number in range(500)),
    "coordinates": "\n".join(
        f"{CHANCE.uniform(-90, 90):.13f},{CHANCE.uniform(-180, 180):.13f}" for _ in range(500)
    ),
    "versions": "\n".join(
        f"package-{number},1.{number}.0,MIT,https://example.com/{number}" for number in range(90)
    ),
    "code points": "\n".join(" ".join(f"{5000 + number * 9 + at}" for at in range(9)) for number in range(200)),
    "minified code": "var a=" + ",".join(f"{people.digits(CHANCE, 16)}" for _ in range(5_000)),
    "translations": json.dumps({"email": "E-Mail", "firstName": "Vorname", "name": "Name", "phone": "Telefon"}),
    "a schema": "CREATE TABLE users (id int, first_name text, email text, birth_date date, ssn text);\n" * 20,
    "icons": "\n".join(f"img/icon{number}@2x.png img/logo{number}@3x.png" for number in range(90)),
    "role addresses": "\n".join(f"support@shop{number}.eu,info@shop{number}.eu" for number in range(90)),
    "products": "name,email,price\n" + "\n".join(f"Lamp {number},,{number}.99" for number in range(60)),
    "test cards": "card 4111 1111 1111 1111, 4242424242424242 and 3782 822463 10005",
    "ledger": "\n".join(f"2024-01-{day:02};{day * 1234567};{day * 31}.50;EUR" for day in range(1, 29)),
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_like_people_is_not_told(text: str) -> None:
    assert kinds(text) == {}
