"""Who else is named in a commit's message as having written it, or delivered it?"""

from __future__ import annotations

import re
from itertools import islice

from outsource_gate.model.identity import Claim
from outsource_gate.model.source import text_of

MAX_CO_AUTHORS = 200
MAX_LINE = 4000
MAX_KEYS = 500  # a message may be nothing but keys, megabytes of them
# Wider than any forge reads it: a claim too many is asked about, a claim too few is not.
_KEY = re.compile(rb"co[-_ \t]{0,3}author(?:e?d|s)?(?:[-_ \t]{0,3}by)?[ \t]*(?P<colon>[:=]?)", re.IGNORECASE)
_LINE_END = re.compile(rb"[\n\r\x0b\x0c\0](?![ \t]+\S)|\Z")  # a line that goes on indented is one trailer
_LINE_START = re.compile(rb"[^\w]*")
_ADDRESS = re.compile(rb"<([^<>\n\r\0]*)>")
# A line of its own below the subject, with one word behind it: "delivery: fix the parcels" is a sentence.
_DELIVERY = re.compile(
    rb"(?<=\n)[ \t]*delivery[ \t]*:[ \t]*([^\s,;]{1,64})[ \t]*(?=[\n\r\x0b\x0c\0]|\Z)", re.IGNORECASE
)
_BARE = re.compile(rb"[^\s<>,;:()@]{1,64}@[^\s<>,;:()@]{1,255}")


def co_authors_in(message: bytes, encoding: str = "utf-8") -> tuple[tuple[Claim, ...], bool]:
    """Every co-author in the whole message, behind NUL bytes, too; and whether there were more than are read."""
    if b"author" not in message.lower():
        return (), False
    claims: dict[Claim, None] = {}
    for number, match in enumerate(_KEY.finditer(message)):
        start = match.end()
        end = _LINE_END.search(message, start, start + MAX_LINE)
        value = message[start : end.start() if end else start + MAX_LINE]
        claims.update(dict.fromkeys(_claims(value, encoding, is_trailer=_is_trailer(message, match))))
        if len(claims) > MAX_CO_AUTHORS or number > MAX_KEYS:
            return tuple(claims)[:MAX_CO_AUTHORS], True
    return tuple(claims), False


def deliveries_in(message: bytes) -> tuple[str, ...]:
    """The vendors named by `Delivery: acme` as those whose code somebody else commits here."""
    if b"elivery" not in message and b"ELIVERY" not in message:
        return ()
    found = (text_of(match[1]).lower() for match in islice(_DELIVERY.finditer(message), MAX_KEYS))
    return tuple(dict.fromkeys(found))


def _is_trailer(message: bytes, match: re.Match[bytes]) -> bool:
    """Does the line begin with the key, with a colon behind it? Else it may be a sentence."""
    before = message[max(0, match.start() - 40) : match.start()]
    line = re.split(rb"[\n\r\x0b\x0c\0]", before)[-1]
    return bool(match["colon"]) and bool(_LINE_START.fullmatch(line))


def _claims(value: bytes, encoding: str, *, is_trailer: bool) -> list[Claim]:
    """One claim an address; a trailer without any still names somebody, a sentence without any names nobody."""
    addresses = [(match.start(), match[1]) for match in _ADDRESS.finditer(value)]
    addresses = addresses or [(match.start(), match[0]) for match in _BARE.finditer(value)]
    name = value[: addresses[0][0]] if addresses else value
    if not addresses and not is_trailer:
        return []
    if not addresses and not value.strip():
        return []
    return [_claim(name, email, encoding) for _, email in addresses or [(0, b"")]]


def _claim(name: bytes, email: bytes, encoding: str) -> Claim:
    return Claim(" ".join(_text(name[:200], encoding).split()), _text(email[:400], encoding).strip())


def _text(raw: bytes, encoding: str) -> str:
    return text_of(raw) if encoding == "utf-8" else raw.decode(encoding, "backslashreplace")
