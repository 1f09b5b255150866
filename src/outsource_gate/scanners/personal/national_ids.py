"""Is this a national id, as far as its own check digits tell?

A check digit lets every tenth number through, so a kind counts only where its column says so, where all of a column
keep it, or where its form alone is rare (`FORMS`). Own checks rather than python-stdnum: that is LGPL, so it could
only be an extra, and what a gate finds must not depend on what is installed; it is the oracle of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_SEPARATORS = str.maketrans("", "", " .-/")


def _digits(value: str, *lengths: int) -> str:
    """Give the digits, or "" where there is anything else or another number of them."""
    plain = value.translate(_SEPARATORS)
    return plain if plain.isascii() and plain.isdigit() and len(plain) in lengths else ""


def _weighted(digits: str, weights: str) -> int:
    return sum(int(digit) * int(weight) for digit, weight in zip(digits, weights, strict=False))


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def spanish(value: str) -> bool:
    """DNI and NIE: the letter is the number modulo 23 (Orden INT/2058/2008 for the NIE)."""
    plain = value.translate(_SEPARATORS).upper()
    if not re.fullmatch(r"[0-9XYZ][0-9]{7}[A-Z]", plain):
        return False
    number = int(plain[:-1].translate(str.maketrans("XYZ", "012")))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == plain[-1]


_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def italian(value: str) -> bool:
    """Codice fiscale (DM 23 December 1976): odd and even places count differently, modulo 26."""
    plain = value.replace(" ", "").upper()
    if not re.fullmatch(
        r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]", plain
    ):
        return False
    places = [ord(char) - (48 if char.isdigit() else 65) for char in plain[:15]]
    total = sum(_ODD[one] if place % 2 == 0 else one for place, one in enumerate(places))
    return total % 26 == ord(plain[15]) - 65


def french(value: str) -> bool:
    """NIR: 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18 (INSEE)."""
    plain = value.translate(_SEPARATORS).upper()
    if not re.fullmatch(r"[12378][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])[0-9](?:[0-9]|[AB])[0-9]{8}", plain):
        return False
    if plain[6] in "AB" and plain[5] != "2":
        return False
    number = int(plain[:13].replace("2A", "19", 1).replace("2B", "18", 1)) if plain[6] in "AB" else int(plain[:13])
    return 97 - number % 97 == int(plain[13:])


def german(value: str) -> bool:
    """Steuer-ID: ISO/IEC 7064 mod 11,10; one digit stands twice or three times, at least one not at all."""
    digits = _digits(value, 11)
    if not digits or digits[0] == "0":
        return False
    counts = sorted((digits[:10].count(digit) for digit in set(digits[:10])), reverse=True)
    if counts[0] not in (2, 3) or counts[1] != 1:
        return False
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def dutch(value: str) -> bool:
    """BSN: the eleven test, with -1 for the last digit."""
    digits = _digits(value, 9)
    return bool(digits) and int(digits) > 0 and (_weighted(digits, "98765432") - int(digits[8])) % 11 == 0


def belgian(value: str) -> bool:
    """BRN: 97 less the number modulo 97, from 2000 on with a 2 before it."""
    digits = _digits(value, 11)
    if not digits or int(digits[2:4]) % 20 > 12 or int(digits[4:6]) > 31:
        return False
    check = int(digits[9:])
    is_recent = digits[:2] < "40" and check == 97 - int("2" + digits[:9]) % 97
    return is_recent or check == 97 - int(digits[:9]) % 97


def polish(value: str) -> bool:
    """PESEL: weights 1, 3, 7, 9; the month tells the century."""
    digits = _digits(value, 11)
    if not digits or _weighted(digits, "13791379131") % 10:
        return False
    century, month = divmod(int(digits[2:4]), 20)
    return _is_date((19, 20, 21, 22, 18)[century] * 100 + int(digits[:2]), month, int(digits[4:6]))


def swedish(value: str) -> bool:
    """Personnummer: Luhn over the last ten digits; a coordination number adds 60 to the day."""
    digits = _digits(value.replace("+", "-"), 10, 12)
    if not digits or not luhn(digits[-10:]):
        return False
    day = int(digits[-6:-4])
    year = int(digits[:4]) if len(digits) == 12 else 2000 + int(digits[:2])
    return 1800 <= year < 2100 and _is_date(year, int(digits[-8:-6]), day - 60 if day > 60 else day)


def british(value: str) -> bool:
    """NHS number: weights 10 to 2, modulo 11."""
    digits = _digits(value, 10)
    if not digits or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10


def brazilian(value: str) -> bool:
    """CPF: two check digits, modulo 11."""
    digits = _digits(value, 11)
    if not digits or len(set(digits)) == 1:
        return False
    return all(
        sum(int(digit) * (end + 1 - place) for place, digit in enumerate(digits[:end])) * 10 % 11 % 10
        == int(digits[end])
        for end in (9, 10)
    )


def canadian(value: str) -> bool:
    """SIN: Luhn; none begins with 0 or 8."""
    digits = _digits(value, 9)
    return bool(digits) and digits[0] not in "08" and luhn(digits)


_P0 = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)  # Verhoeff's permutation


def _times(left: int, right: int) -> int:
    """The group of the pentagon: 0-4 are rotations, 5-9 reflections."""
    if left < 5:
        return (left + right) % 5 if right < 5 else 5 + (left + right) % 5
    return 5 + (left - right) % 5 if right < 5 else (left - right) % 5


def indian(value: str) -> bool:
    """Aadhaar: Verhoeff's scheme; none begins with 0 or 1, none is a palindrome (UIDAI)."""
    digits = _digits(value, 12)
    if not digits or digits[0] in "01" or digits == digits[::-1]:
        return False
    check = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit)
        for _ in range(place % 8):
            number = _P0[number]
        check = _times(check, number)
    return check == 0


def american(value: str) -> bool:
    """SSN: no checksum, only areas and groups that are never given out; it needs a column that says so."""
    if not re.fullmatch(r"[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{9}", value):
        return False
    digits = value.replace("-", "")
    return not (digits[:3] in ("000", "666") or digits[0] == "9" or digits[3:5] == "00" or digits[5:] == "0000")


# Country -> what it is called, and how it is checked.
KINDS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "es": ("Spanish national ids (DNI, NIE)", spanish),
    "it": ("Italian tax codes (codice fiscale)", italian),
    "fr": ("French social security numbers (NIR)", french),
    "de": ("German tax ids (Steuer-ID)", german),
    "nl": ("Dutch citizen service numbers (BSN)", dutch),
    "be": ("Belgian national numbers", belgian),
    "pl": ("Polish national ids (PESEL)", polish),
    "se": ("Swedish personal numbers", swedish),
    "uk": ("British NHS numbers", british),
    "us": ("US social security numbers", american),
    "br": ("Brazilian tax ids (CPF)", brazilian),
    "ca": ("Canadian social insurance numbers", canadian),
    "in": ("Indian Aadhaar numbers", indian),
}
# What a column has to be called. Words are compared without case, blanks and separators.
WORDS: dict[str, tuple[str, ...]] = {
    "es": ("dni", "nie", "nif", "dninie", "documentoidentidad"),
    "it": ("codicefiscale", "codfiscale", "codfisc"),
    "fr": ("nir", "numerosecuritesociale", "numerosecu", "nosecu", "insee"),
    "de": ("steuerid", "steueridnr", "steueridentifikationsnummer", "idnr", "taxid"),
    "nl": ("bsn", "burgerservicenummer", "sofinummer"),
    "be": ("rijksregisternummer", "nationalnumber", "numeronational", "registrenational", "niss", "insz"),
    "pl": ("pesel",),
    "se": ("personnummer", "personalnumber", "personnr"),
    "uk": ("nhs", "nhsnumber", "nhsno"),
    "us": ("ssn", "socialsecuritynumber", "socialsecurity"),
    "br": ("cpf",),
    "ca": ("sin", "socialinsurancenumber"),
    "in": ("aadhaar", "aadhar", "aadhaarnumber"),
}
# Forms that are rare enough to be looked for anywhere in a text.
FORMS: dict[str, re.Pattern[str]] = {
    # The first character stands before what may not precede it: so other text is skipped quickly.
    "es": re.compile(
        r"[0-9XYZ](?<![\w./+=-].)(?:(?<=[0-9])[0-9]{7}-?|(?<=[XYZ])-?[0-9]{7}-?)[A-HJ-NP-TV-Z](?![\w/+=-])"
    ),
    "it": re.compile(r"[A-Z](?<![\w./+=-].)[A-Z]{5}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z](?![\w/+=-])"),
    "fr": re.compile(r"[12](?<![\w./+=-].) [0-9]{2} [0-9]{2} [0-9][0-9AB] [0-9]{3} [0-9]{3} [0-9]{2}(?![\w/+=-])"),
    "br": re.compile(r"[0-9](?<![\w./+=-].)[0-9]{2}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w/+=-])"),
}
