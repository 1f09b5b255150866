"""Which credentials stand in a text? Forms first, then what is called one; pure.

Nothing in the text can silence it: there is no marker, no ignored folder and no configuration.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners import credential_guess as guess
from outsource_gate.scanners.credential_forms import FORMS, Form
from outsource_gate.scanners.credential_words import (
    KNOWN_EXAMPLES,
    entropy,
    is_known_example,
    is_stand_in,
    is_stand_in_token,
    words,
)

VERSION = "1"
MAX_HITS = 200  # in one text
_KEY = re.compile(r"-----BEGIN (?P<label>[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----", re.ASCII)
_KEY_REACH = 6_000  # characters behind the first line; an RSA key of 8192 bits has more, and its first suffice
_LEAST_KEY = 40  # characters of base64
_LEAST_ROW = 16  # of them in one piece: words of code and prose behind a key's first line are shorter
_BETWEEN = re.compile(r"\\[nrt]|[^A-Za-z0-9/+=]", re.ASCII)
_HEADER = re.compile(r"(?:Proc-Type|DEK-Info|Version|Comment|Charset)[ \t]{0,4}:[^\n\\]{0,200}", re.ASCII)
_JWT = re.compile(r"eyJ[\w-]{8,2000}+\.(?P<claims>eyJ[\w-]{2,8000}+)\.(?P<mac>[\w-]{16,2000})", re.ASCII)
_CLAIMS = words("sub exp role roles scope scp scopes aud azp client_id permissions groups email user user_id uid")
_BEFORE = re.compile(r"\w", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hit:
    """A credential in a text. `value` is for looking it up elsewhere and must not leave the process."""

    kind: str
    what: str
    confidence: Confidence
    start: int
    end: int
    value: str

    def __repr__(self) -> str:
        return f"Hit({self.kind!r}, {self.start}, {self.end})"  # also in a traceback: not the value


def rules_digest() -> str:
    """Give the SHA-256 over what is looked for."""
    forms = [f"{form.kind} {form.confidence} {form.pattern.pattern}" for form in FORMS]
    others = [_KEY.pattern, _JWT.pattern, guess.ASSIGNED.pattern, guess.ADDRESS.pattern, guess.CONNECTION.pattern]
    return hashlib.sha256("\0".join([*forms, *others, *sorted(KNOWN_EXAMPLES)]).encode()).hexdigest()


def credentials_in(text: str, *, is_text: bool = True) -> tuple[tuple[Hit, ...], int]:
    """Give the hits in order, surest first where there are too many, and how many more there are.

    In what is no text (`is_text`), only forms are looked for: names say nothing there.
    """
    lowered = text.lower()
    found = sorted((*_keys(text), *_forms(text, lowered), *_jwts(text)), key=lambda hit: (hit.start, -hit.end))
    if is_text:
        guessed = (_guessed(text, one) for one in guess.guesses(text, lowered))
        found = sorted(_beside(found, guessed), key=lambda hit: (hit.start, -hit.end))
    found = _apart(found)
    found.sort(key=lambda hit: -hit.confidence.rank)
    kept = sorted(found[:MAX_HITS], key=lambda hit: hit.start)
    return tuple(kept), len(found) - len(kept)


def _keys(text: str) -> Iterator[Hit]:
    for match in _KEY.finditer(text):
        body = text[match.end() : match.end() + _KEY_REACH]
        body = body.partition("-----END")[0].partition("-----BEGIN")[0]
        rows = (row for row in _BETWEEN.split(_HEADER.sub("", body)) if row.strip("/+="))
        bare = "".join(takewhile(lambda row: len(row) >= _LEAST_ROW, rows))
        if len(bare) < _LEAST_KEY or entropy(bare) < 3.5:
            continue
        kind, what = "private-key", "a private key"
        if "PGP" in match["label"]:
            kind, what = "pgp-private-key", "an OpenPGP private key"
        elif '"private_key"' in text[max(0, match.start() - 40) : match.start()]:
            kind, what = "gcp-service-account", "the key of a Google service account"
        end = match.end() + len(body)
        yield Hit(kind, what, Confidence.HIGH, match.start(), end, text[match.start() : end])


def _forms(text: str, lowered: str) -> Iterator[Hit]:
    for form in FORMS:
        if any(word in (lowered if word.islower() else text) for word in form.words):
            for match in form.pattern.finditer(text):
                group = "v" if "v" in form.pattern.groupindex else 0
                if _counts(form, text, match, match[group]):
                    yield Hit(form.kind, form.what, form.confidence, *match.span(group), match[group])


def _counts(form: Form, text: str, match: re.Match[str], value: str) -> bool:
    if form.alone and match.start() and _BEFORE.match(text[match.start() - 1]):
        return False
    if form.kind == "basic-auth":
        return _is_basic(value)
    return entropy(value) >= form.entropy and not is_stand_in_token(value)


def _is_basic(value: str) -> bool:
    user, colon, password = _base64(value).partition(":")
    return bool(colon and len(password) >= 3 and password.isprintable()) and not (
        is_stand_in(password) or user == password
    )


def _jwts(text: str) -> Iterator[Hit]:
    """A token that somebody can come in with names whom or what it lets in."""
    for match in _JWT.finditer(text) if "eyJ" in text else ():
        if is_known_example(match[0]) or entropy(match["mac"]) < 3.0:
            continue
        claims = _json(match["claims"])
        sure = bool(_CLAIMS & claims.keys()) and claims.get("name") != "John Doe"
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
        yield Hit("jwt", "a JSON web token", confidence, *match.span(), match[0])


def _json(encoded: str) -> dict[str, object]:
    try:
        value = json.loads(_base64(encoded.replace("-", "+").replace("_", "/")))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _base64(encoded: str) -> str:
    try:
        return base64.b64decode(encoded.rstrip("=") + "=" * (-len(encoded.rstrip("=")) % 4)).decode(
            "utf-8", "replace"
        )
    except (ValueError, binascii.Error):
        return ""


def _guessed(text: str, one: guess.Guess) -> Hit:
    return Hit(one.kind, one.what, one.confidence, one.start, one.end, text[one.start : one.end])


def _beside(found: list[Hit], guessed: Iterator[Hit]) -> Iterator[Hit]:
    """A form says more than a name does of the same characters."""
    yield from found
    position = 0
    for hit in sorted(guessed, key=lambda hit: hit.start):
        while position < len(found) and found[position].end <= hit.start:
            position += 1
        if position == len(found) or found[position].start >= hit.end:
            yield hit


def _apart(found: list[Hit]) -> list[Hit]:
    """Of hits that overlap, the first and longest speaks, unless a later one is surer."""
    apart: list[Hit] = []
    for hit in found:
        if not apart or hit.start >= apart[-1].end:
            apart.append(hit)
        elif hit.confidence.rank > apart[-1].confidence.rank:
            apart[-1] = hit
    return apart
