"""Is this a payment card number, or an IBAN, and not one that documentation prints?"""

from __future__ import annotations

import re

from outsource_gate.scanners.personal.made_up import is_made_up_number
from outsource_gate.scanners.personal.national_ids import luhn

# In groups or in one piece, and no part of a longer word, path, decimal or base64.
CARD = re.compile(
    # The first digit, then what may not stand before it: so text without digits is skipped quickly. No piece of a
    # longer word, nor of a row of numbers or code points.
    r"[3-6](?<![\w./+=%#@&?-].)(?<![0-9][ -].)(?<![0-9][A-F][ -].)"
    r"(?:[0-9]{3}([ -]?)(?:[0-9]{4}\1){2}[0-9]{1,7}|[0-9]{3}([ -]?)[0-9]{6}\2[0-9]{4,5})"
    r"(?![\w/+=%-]|\.[0-9]|[ -][0-9A-F]{4})"
)
IBAN = re.compile(r"[A-Z](?<![\w/+=-].)[A-Z][0-9]{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}(?![\w/+=-])")
CARD_WORD = re.compile(r"(?i)card|\bpan\b|visa|amex|mastercard|\bcc|kredit|karte|carte|tarjeta|cart[aã]o")
_CARD_NAMES_LIST = """
    cardnumber creditcard creditcardnumber creditcardno ccnumber ccnum ccno cardno pan primaryaccountnumber
    kreditkarte kreditkartennummer kartennummer numerocarte cartebancaire tarjeta numerotarjeta debitcard
"""
CARD_NAMES = frozenset(_CARD_NAMES_LIST.split())
IBAN_NAMES = frozenset(("iban", "ibannumber", "bankaccount", "kontonummer"))
# Issuer ranges and lengths (ISO/IEC 7812; the brands' own publications). First digits, from, to, lengths.
_ISSUERS: tuple[tuple[int, int, int, tuple[int, ...]], ...] = (
    (1, 4, 4, (16, 19)),  # Visa; those of 13 digits are no longer given out
    (2, 51, 55, (16,)),  # Mastercard
    (4, 2221, 2720, (16,)),  # also Mastercard; only where a column says so, as much else looks like it
    (2, 34, 34, (15,)),  # American Express
    (2, 37, 37, (15,)),
    (4, 6011, 6011, (16, 19)),  # Discover
    (3, 644, 659, (16, 19)),
    (4, 3528, 3589, (16, 19)),  # JCB
    (3, 300, 305, (14, 16)),  # Diners Club
    (2, 36, 36, (14, 16)),
    (2, 38, 39, (16,)),
    (2, 62, 62, (16, 17, 18, 19)),  # UnionPay
)
# What payment providers print for tests, beside those that show by their look (`is_made_up_number`).
_TEST_CARDS_LIST = """
    4012888888881881 4222222222222 378282246310005 371449635398431 378734493671000 30569309025904 38520000023237
    3056930009020004 3530111333300000 3566002020360505 6011000990139424 6011981111111113 5105105105105100
    2223003122003222 2223000048400011 4917610000000000 4000056655665556 5200828282828210 5425233430109903
    2222420000001113 4263982640269299 4263970000005262 4007702835532454 4917484589897107 374245455400126
    6250941006528599 60115564485789458 3600666633344438 36227206271667 4539148803436467 4716108999716531
    5431111111111111 4508034508034509 4035501000000008 4009348888881881
"""
_TEST_CARDS = frozenset(_TEST_CARDS_LIST.split())
_COUNTRIES = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28
    EE20 EG29
    ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
    LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31
    SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
"""
_IBAN_LENGTHS = {row[:2]: int(row[2:]) for row in _COUNTRIES.split()}
# Printed in the SWIFT registry and in many manuals; those with runs or sequences of digits need no row.
_TEST_IBANS_LIST = """
    DE89370400440532013000 GB29NWBK60161331926819 GB82WEST12345698765432 FR1420041010050500013M02606
    NL91ABNA0417164300 BE68539007547034 ES9121000418450200051332 IT60X0542811101000000123456 AT611904300234573201
    CH9300762011623852957 SE4550000000058398257466 DK5000400440116243 NO9386011117947 FI2112345600000785
    PL61109010140000071219812874 IE29AIBK93115212345678 PT50000201231234567890154 LU280019400644750000
    CZ6508000000192000145399 GR1601101250000000012300695 HU42117730161111101800000000 SK3112000000198742637541
    MC5811222000010123456789030 RO49AAAA1B31007593840000 DE91100000000123456789 LI21088100002324013AA
    HR1210010051863000160 SI56263300012039086 EE382200221020145685 LT121000011101001000 LV80BANK0000435195001
    MT84MALT011000012345MTLCAST001S BG80BNBG96611020345678 CY17002001280000001200527600
"""
_TEST_IBANS = frozenset(_TEST_IBANS_LIST.split())


def is_card(digits: str) -> bool:
    """Whether a number of an issuer's range has the right length and check digit, and is none printed for tests."""
    return is_issued(digits) and luhn(digits) and digits not in _TEST_CARDS and not is_made_up_number(digits)


def is_issued(digits: str) -> bool:
    """Whether an issuer has such numbers; one in ten of them would be valid by chance."""
    return (
        digits.isascii()
        and digits.isdigit()
        and any(
            len(digits) in lengths and first <= int(digits[:count]) <= last
            for count, first, last, lengths in _ISSUERS
        )
    )


def is_iban(value: str) -> bool:
    """Whether length and check digits are a country's (ISO 13616-1), and it is none printed for examples."""
    plain = value.replace(" ", "").upper()
    if _IBAN_LENGTHS.get(plain[:2]) != len(plain) or not plain[2:].isalnum() or not plain.isascii():
        return False
    if plain in _TEST_IBANS or is_made_up_number(plain[4:]):
        return False
    rest = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in rest)) % 97 == 1
