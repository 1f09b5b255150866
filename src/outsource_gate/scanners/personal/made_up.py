"""Is this a stand-in that everybody knows to be nobody: reserved names, round numbers, John Doe?"""

from __future__ import annotations

import re
from collections.abc import Iterator

EMAIL = re.compile(r"[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}", re.ASCII)
_DOMAIN = re.compile(r"@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@/])", re.ASCII)
_LOCAL = re.compile(r"(?<![\w.%+/-])[A-Za-z0-9][\w.%+-]{0,63}\Z", re.ASCII)
# RFC 2606 and RFC 6761, and what documentation has used for as long.
_RESERVED = re.compile(
    r"(?:^|[@.])(?:example|test|invalid|localhost|local|localdomain|lan|internal|corp|home|arpa|onion)$"
    r"|(?:^|[@.])(?:example|exemple|ejemplo|beispiel|test|tests|testing|acme|foo|bar|baz|foobar|domain|yourdomain|mydomain"
    r"|company|yourcompany|mycompany|somewhere|nowhere|sample|dummy|fake|mock|placeholder|email|mail(?!\.ru$)|host|site|website"
    r"|server|provider|mailinator|a|b|c|x|y|z|abc|xyz)\.[a-z]{2,6}(?:\.[a-z]{2})?$"
    r"|(?:^|[@.])users\.noreply\.github\.com$|(?:^|[@.])noreply\."
)
# Files and hosts that look like addresses: icon@2x.png, git@host, digests before an ingest host.
_NO_ADDRESS = re.compile(
    r"@[0-9]+x?\.|\.(?:png|jpe?g|gif|svg|webp|ico|js|mjs|ts|css|scss|json|xml|html?|md|py|rb|so|dll|exe|zip|gz|tgz|lock)$"
    r"|^[0-9a-f]{16,}@|^[0-9]{6,}[.-]|^git@|^hg@|^svn@|^\w{20,}@"
)
# Mailboxes of a function and not of a person.
_ROLE = re.compile(
    r"^(?:no-?reply|do-?not-?reply|info|contact|support|help|helpdesk|hello|admin|administrator|root|postmaster|hostmaster"
    r"|webmaster|abuse|security|sales|marketing|press|privacy|legal|billing|jobs|careers|hr|office|team|dev|devel|bugs?"
    r"|git|github|ci|bot|mailer-daemon|nobody|user(?:name)?|test\w*|example|someone|somebody|anyone|me|you|your|name"
    r"|email|mail|foo\w*|bar|baz|alice|bob|john\.?doe|jane\.?doe|jdoe|lists?"
    r"|[\w.-]*-(?:request|owner|list|bounces|devel|dev|users?|announce))"
    r"[0-9]*(?:\+.*)?@"
)
_NOBODY = re.compile(
    r"\b(?:doe|mustermann|musterfrau|muster|test\w*|example|sample|dummy|demo|foo|bar|baz|lorem|ipsum|placeholder|anonymous"
    r"|unknown|nobody|admin|user|guest|customer|person|client|name|first|last|surname|vorname|nachname"
    r"|string|null|none|undefined)\b",
    re.IGNORECASE,
)
_SEQUENCES = ("0123456789" * 2, "9876543210" * 2)
# Printed by the issuing offices and in every second library's documentation.
_MADE_UP = """
    078051120 219099999 123456789 987654321 12345678Z 00000000T X1234567L 00000000A 9434765919 046454286 12345678909
    11144477735 111222333 123456782 44051401359 8112189876 198112189876 6408233234 86095742719 02476291358
    36574261809 65929970489 234123412346 RSSMRA85T10A562S RSSMRA80A01H501U 85073003328 255081416802538
    180126955222380 4505577104
"""
_MADE_UP_IDS = frozenset(_MADE_UP.split())


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Give every address with its place, going from one @ to the next."""
    for domain in _DOMAIN.finditer(text):
        local = _LOCAL.search(text, max(domain.start() - 65, 0), domain.start())
        if local:
            yield local.start(), local[0] + domain[0]


def is_real_email(address: str) -> bool:
    """Whether an address is one that a person could have."""
    lower = address.lower()
    return not (
        _RESERVED.search(lower)
        or _NO_ADDRESS.search(lower)
        or _ROLE.search(lower)
        or lower.partition("@")[0].isdigit()
    )


def is_reserved_email(address: str) -> bool:
    """Whether the domain belongs to nobody, so that whoever wrote the address meant it to."""
    return _RESERVED.search(address.lower()) is not None


def is_made_up_number(value: str) -> bool:
    """Round, repeated and counted digits: a hand wrote these."""
    digits = re.sub(r"[^0-9]", "", value)
    if len(set(digits)) <= 4 and len(digits) >= 13:
        return True
    if re.search(r"([0-9])\1{5}", digits) or re.search(r"([0-9]{2,5})\1{2}", digits):
        return True
    return _is_counted(digits)


def is_made_up_id(value: str) -> bool:
    """Whether an id is one that documentation prints, or shows by its digits that it is nobody's."""
    plain = re.sub(r"[ ./-]", "", value).upper()
    digits = re.sub(r"[^0-9]", "", plain)
    if plain in _MADE_UP_IDS or len(set(digits)) <= 2:
        return True
    return _is_counted(digits)


def _is_counted(digits: str) -> bool:
    sevens = (digits[at : at + 7] for at in range(max(len(digits) - 6, 0)))
    return any(seven in sequence for seven in sevens for sequence in _SEQUENCES)


def is_made_up_name(name: str) -> bool:
    """John Doe, Max Mustermann, Test User."""
    return _NOBODY.search(name) is not None


def is_made_up_phone(number: str) -> bool:
    """Numbers kept free for fiction: 555-01xx (NANP), 020 7946 0xxx and 07700 900xxx (Ofcom)."""
    digits = re.sub(r"[^0-9]", "", number)
    return (
        re.match(r"1?[0-9]{3}555", digits) is not None
        or digits.startswith("555")
        or "79460" in digits
        or "7700900" in digits
        or len(set(digits)) <= 2
        or is_made_up_number(digits)
    )
