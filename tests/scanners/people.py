"""People who do not exist: names from lists, numbers drawn by chance, their check digits computed here.

Nothing of it stands in a file of this repository; the same seed gives the same people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_FIRST_NAMES = """
Anneke Bruno Chiara Davor Elif Fedor Greta Hugo Ilse Jorge Katja Luca Mirjam Nils Olga Pavel
"""
_LAST_NAMES = """
Achterberg Bellini Cardoso Dragan Eriksen Fontaine
Grabowski Hoekstra Ivarsson Jankowski Keller Lindqvist
"""
_STREETS = ("Lindenallee", "Rue Verte", "Calle Luna", "Via Piana", "Kerkstraat")
# A domain as a person's could be, drawn by chance; reserved ones show that nobody is meant.
DOMAIN = "".join(Random(11).choices("bcdfghklmnprstvwz", k=14)) + ".eu"


@dataclass(frozen=True)
class Made:
    first: str
    last: str
    email: str
    phone: str
    born: str
    street: str
    card: str


def made(count: int, seed: int = 1, domain: str = DOMAIN) -> list[Made]:
    chance = Random(seed)
    found = []
    for number in range(count):
        first, last = chance.choice(_FIRST_NAMES.split()), chance.choice(_LAST_NAMES.split())
        found.append(
            Made(
                first,
                last,
                f"{first.lower()}.{last.lower()}{number + 3}@{domain}",
                f"+49 30 {chance.randint(2_000_000, 8_999_999)}",
                f"{chance.randint(1940, 1999)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                f"{chance.choice(_STREETS)} {chance.randint(1, 99)}",
                card(chance),
            )
        )
    return found


def completed(body: str, is_valid: Callable[[str], bool], tails: list[str]) -> str:
    """Give the body with the one tail that makes it whole, "" where none does."""
    return next((body + tail for tail in tails if is_valid(body + tail)), "")


def digits(chance: Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def luhn_digit(body: str) -> str:
    """Compute it the other way round than the program does: by the sum of digits of the doubled ones."""
    total = sum(sum(map(int, str(int(digit) * (2 - place % 2)))) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def card(chance: Random, prefix: str = "5") -> str:
    body = prefix + chance.choice("1234") + digits(chance, 13)
    return body + luhn_digit(body)


def iban(chance: Random) -> str:
    body = digits(chance, 18)
    check = 98 - int(f"{body}{ord('D') - 55}{ord('E') - 55}00") % 97
    return f"DE{check:02}{body}"


def dni(chance: Random) -> str:
    number = digits(chance, 8)
    return number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def csv(people: list[Made]) -> str:
    rows = (f"{number},{it.first},{it.last},{it.email},{it.phone},{it.born}" for number, it in enumerate(people, 1))
    return "\n".join(("id,first_name,last_name,email,phone,birth_date", *rows, ""))
