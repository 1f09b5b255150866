"""What does a column of a table hold: names, e-mail addresses, birth dates, ids? By its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from outsource_gate.scanners.personal import made_up
from outsource_gate.scanners.personal.national_ids import KINDS, WORDS
from outsource_gate.scanners.personal.payment import CARD_NAMES, IBAN_NAMES, is_card, is_iban

LEAST = 5  # distinct values: fewer are an example
_LEAST_BY_CHANCE = 8  # where no heading says what it is: one in ten passes a checksum by chance
_FITTING = 0.6  # of the values that a heading speaks of
_SURE = 0.95
_HEADINGS = {
    "names": """
        firstname lastname surname fullname givenname familyname middlename forename maidenname
        customername patientname employeename contactname personname cardholder cardholdername
        accountholder membername clientname studentname guestname vorname nachname familienname
        geburtsname prenom nomdefamille nomcomplet apellido apellidos nombrecompleto cognome
        nomecompleto sobrenome voornaam achternaam imie nazwisko fornamn efternamn
    """,
    "plain names": "name nom nombre nome naam namn displayname realname author owner cn",
    "e-mail addresses": """
        email mail emailaddress mailaddress emailid useremail customeremail contactemail workemail
        personalemail correo correoelectronico courriel adressemail adresseemail emailadresse
        mailadresse epost
    """,
    "phone numbers": """
        phone phonenumber telephone telephonenumber tel telno mobile mobilenumber mobilephone cell
        cellphone homephone workphone contactnumber telefon telefonnummer handy handynummer mobil
        portable telefono movil cellulare celular telefoon telefone msisdn
    """,
    "birth dates": """
        birthdate birthday dateofbirth dob birth born birthdt geburtsdatum geburtstag datenaissance
        datedenaissance naissance fechanacimiento fechadenacimiento nacimiento datanascita datadinascita
        datanascimento geboortedatum dataurodzenia fodelsedatum
    """,
    "addresses": """
        address streetaddress street address1 addressline1 homeaddress postaladdress mailingaddress
        billingaddress shippingaddress strasse straße anschrift wohnort adresse rue direccion domicilio
        calle indirizzo via endereco rua adres straat ulica adress gata
    """,
    "card numbers": " ".join(CARD_NAMES),
    "IBANs": " ".join(IBAN_NAMES),
}
_BY_HEADING: dict[str, str] = {word: what for what, words in _HEADINGS.items() for word in words.split()} | {
    word: f"id {country}" for country, words in WORDS.items() for word in words
}
POINTS = {
    "names": 2, "e-mail addresses": 2, "birth dates": 2, "national ids": 3, "card numbers": 3, "IBANs": 3,
    "plain names": 1, "phone numbers": 1, "addresses": 1,
}  # fmt: skip
_NAME = re.compile(r"[^\W\d_][\w'\u2019.-]{0,30}(?:,? [^\W\d_][\w'\u2019.-]{0,30}){0,4}")
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ'\u2019-]{1,20}(?: [A-Z]\.)?(?: [A-ZÀ-Þ][a-zß-ÿ'\u2019-]{1,20}){1,2}")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{5,22}[0-9]")
_DATE = re.compile(
    r"(?:(?P<first>1[89][0-9]{2}|20[0-2][0-9])[-/.]?(?:0?[1-9]|1[0-2])[-/.]?(?:0?[1-9]|[12][0-9]|3[01])"
    r"|[0-3]?[0-9][-/. ][0-3]?[0-9][-/. ](?P<last>1[89][0-9]{2}|20[0-2][0-9]))(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?"
)
_ADDRESS = re.compile(r"(?=.*[^\W\d_]{3})(?=.*[0-9]).{6,120}")
_ID_LENGTHS = range(9, 16)


@dataclass(frozen=True, slots=True)
class Held:
    """What a column holds, and its distinct values that could be somebody's."""

    what: str  # a key of POINTS
    country: str = ""  # of national ids
    values: tuple[str, ...] = ()
    is_made_up: bool = False  # reserved addresses throughout: whoever wrote the table meant nobody


@cache
def heading(text: str) -> str:
    """Give what a heading or key announces, "" for nothing that is personal."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|[0-9]+", text[:60]) if word]
    for start in range(max(len(words) - 3, 0), len(words)):
        what = _BY_HEADING.get("".join(words[start:]), "")
        if what and not (start and (what in ("plain names", "addresses") or what.startswith("id "))):
            return what  # file_name and ip_address are no persons'
    return ""


def held(announced: str, values: Sequence[str]) -> Held | None:
    """Say what a column holds; None where its values are too few, alike or made up."""
    if announced.startswith("id "):
        return _national(announced[3:], values)
    fits = _FITS.get(announced)
    if fits is None:
        return _by_values(values)
    fitting = [value for value in values if fits(value)]
    if announced == "e-mail addresses":
        return _addresses(values, fitting)
    filled = sum(1 for value in values if value)
    distinct = tuple(dict.fromkeys(fitting))
    enough = LEAST if announced not in ("card numbers", "IBANs") else 1
    if len(fitting) < _FITTING * filled or len(distinct) < enough:
        return None
    return Held(announced, values=distinct)


def _addresses(values: Sequence[str], fitting: Sequence[str]) -> Held | None:
    reserved = sum(1 for value in values if "@" in value and made_up.is_reserved_email(value))
    if reserved >= LEAST and reserved >= _SURE * (reserved + len(fitting)):
        return Held("e-mail addresses", is_made_up=True)
    distinct = tuple(dict.fromkeys(value.lower() for value in fitting))
    return Held("e-mail addresses", values=distinct) if len(distinct) >= LEAST else None


def _national(country: str, values: Sequence[str]) -> Held | None:
    is_valid = KINDS[country][1]
    given = [value for value in values if value]
    valid = [value for value in given if is_valid(value)]
    real = tuple(dict.fromkeys(value for value in valid if not made_up.is_made_up_id(value)))
    return Held("national ids", country, real) if real and len(valid) >= 0.5 * len(given) else None


def _by_values(values: Sequence[str]) -> Held | None:
    """Without a heading, only what is plain by itself."""
    given = [value for value in values if value]
    sample = given[:: max(len(given) // 20, 1)][:20]
    if len(given) < LEAST:
        return None
    if sum(1 for one in sample if "@" in one) >= _FITTING * len(sample):
        return _addresses(values, [one for one in given if _is_email(one)])
    if _most(sample, lambda one: _FULL_NAME.fullmatch(one) is not None):
        return _distinct("plain names", [one for one in given if _is_name(one)])
    if _most(sample, lambda one: one[0] == "+" and _is_phone(one)):
        return _distinct("phone numbers", [one for one in given if _is_phone(one)])
    years = sorted(year for one in sample if (year := _year(one)))
    if len(years) >= _SURE * len(sample) and years[0] < 1985 and years[len(years) // 2] < 2005:
        return _distinct("birth dates", [one for one in given if _is_date(one)])
    return _unnamed_ids(given)


def _unnamed_ids(given: list[str]) -> Held | None:
    distinct = tuple(dict.fromkeys(given))
    if len(distinct) < _LEAST_BY_CHANCE or len(distinct[0]) > 30:
        return None
    digits = sum(char.isdigit() for char in distinct[0])
    if digits in (13, 14, 15, 16, 19) and _most(distinct, lambda one: is_card(re.sub("[ -]", "", one))):
        return Held("card numbers", values=distinct)
    if digits not in _ID_LENGTHS and not (digits >= 7 and distinct[0][-1].isalpha()):
        return None
    for country, (_, is_valid) in KINDS.items():
        if country != "us" and is_valid(distinct[0]) and _most(distinct, is_valid):
            real = tuple(one for one in distinct if not made_up.is_made_up_id(one))
            return Held("national ids", country, real) if len(real) >= _LEAST_BY_CHANCE else None
    return None


def _most(values: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(values) and sum(map(fits, values)) >= _SURE * len(values)


def _distinct(what: str, values: Sequence[str]) -> Held | None:
    distinct = tuple(dict.fromkeys(values))
    return Held(what, values=distinct) if len(distinct) >= LEAST else None


def _is_email(value: str) -> bool:
    return made_up.EMAIL.fullmatch(value) is not None and made_up.is_real_email(value)


def _is_name(value: str) -> bool:
    is_name = len(value) <= 60 and value[:1] != value[:1].lower() and _NAME.fullmatch(value) is not None
    return is_name and not made_up.is_made_up_name(value)


def _is_phone(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if not 7 <= digits <= 15 or len(value) > 24 or _PHONE.fullmatch(value) is None:
        return False
    is_plain = value.isdigit() and not value.startswith("0") and digits < 9  # a count or a day
    return not (is_plain or _DATE.fullmatch(value) or re.fullmatch(r"[0-9]+\.[0-9]+", value)) and not (
        made_up.is_made_up_phone(value)
    )


def _is_date(value: str) -> bool:
    return len(value) <= 30 and _DATE.fullmatch(value) is not None


def _year(value: str) -> int:
    match = _DATE.fullmatch(value) if 8 <= len(value) <= 30 and not value.isdigit() else None
    return int(match["first"] or match["last"]) if match else 0


_FITS: dict[str, Callable[[str], bool]] = {
    "names": _is_name,
    "plain names": _is_name,
    "e-mail addresses": _is_email,
    "phone numbers": _is_phone,
    "birth dates": _is_date,
    "addresses": lambda value: len(value) <= 120 and _ADDRESS.match(value) is not None and "@" not in value,
    "card numbers": lambda value: is_card(re.sub("[ -]", "", value)),
    "IBANs": is_iban,
}
