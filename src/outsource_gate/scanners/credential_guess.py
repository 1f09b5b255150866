"""Which values are credentials by what they are called: `password = "..."`, and passwords inside addresses?

Names and values decide together; what names a digest, a setting or a place of a secret is no secret. All
repetitions are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.model.finding import Confidence
from outsource_gate.scanners.credential_words import entropy, is_stand_in, words

# A name, what may stand between it and the value (a type, brackets, quotes), and the value.
ASSIGNED = re.compile(
    r"(?P<key>passwo?r?d|passwd|passphrase|pwd|passcode|secret|token|api[-_. ]?key|access[-_. ]?key|auth[-_. ]?key"
    r"|private[-_. ]?key|encryption[-_. ]?key|signing[-_. ]?key|master[-_. ]?key|credential)s?"
    r"(?P<rest>[\w.-]{0,40}+)(?:\\?[\"'`])?\]?\)?"
    r"(?:\s{0,3}:\s{0,3}[\w.\[\]|?]{1,30}(?=\s{0,3}=))?\s{0,4}(?P<is>:=|=>|==|[:=,]|\s(?=\\?[\"'`]))\s{0,4}"
    r"(?:[brufLN@]{0,2}\\?(?P<q>[\"'`])(?P<quoted>(?:\\.|(?!(?P=q))[^\\\r\n]){4,400}+)(?P=q)"
    r"|(?P<bare>[^\s\"'`,;<>(){}\[\]\\]{8,400}+)(?=[\s;]|\Z))",
    re.IGNORECASE | re.ASCII,
)
ADDRESS = re.compile(
    r"://(?P<user>[^\s/:@\"'<>`]{0,100}):(?P<v>[^\s/@\"'<>`]{3,200})@(?P<host>[\w.\[:-]{1,100})", re.ASCII
)
CONNECTION = re.compile(
    r";\s{0,2}(?:password|pwd)\s{0,2}=\s{0,2}(?P<v>[^;\"'`\s]{4,200})", re.IGNORECASE | re.ASCII
)
_SERVER = re.compile(r"(?:server|data source|host|uid|user id|username|database)\s{0,2}=", re.IGNORECASE | re.ASCII)
WORDS = ("pass", "pwd", "secret", "token", "key", "credential")
_BEFORE = re.compile(r"[\w.-]{0,40}\Z", re.ASCII)
# Parts of a name, before or behind the word, that make it the name of something else.
_OTHERWISE_BEFORE = words(
    "public pub hash hashed max min num total count next page cursor continuation csrf xsrf forgot reset change no"
    " integrity invalid"
)
_OTHERWISE_BEHIND = _OTHERWISE_BEFORE | words(
    "digest sha sha1 sha256 sha512 md5 checksum sum fingerprint counts length len size limit limits type types"
    " name names url uri path file files dir folder field fields header label regex pattern prefix suffix"
    " placeholder hint help title message text error errors param params parameter var variable ttl expiry expires"
    " expiration lifetime timeout age policy policies rule rules validator symbol class kind format form input"
    " element button link id ids arn ref version manager provider store storage service endpoint algorithm alg"
    " usage env required enabled strength budget index description selector column table"
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", re.ASCII)
_CODE = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::|->|-)[A-Za-z_$][\w$-]*)*", re.ASCII)
_LINE = re.compile(
    r"[ \t]*(?:export[ \t]+|set[ \t]+|ENV[ \t]+|ARG[ \t]+|-[ \t]+|#[ \t]*|//[ \t]*)?[\"'\w.-]{0,80}\Z", re.ASCII
)
_NAMES = re.compile(r"passw|secret|token|credential|api[-_]?key", re.IGNORECASE | re.ASCII)
_HEX = re.compile(r"[0-9a-fA-F]+")
_LOCAL = re.compile(
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[?::1|db|postgres|mysql|redis|mongo|rabbitmq)(?::\d*)?\Z"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that is called a credential, and looks like one."""

    kind: str
    what: str
    confidence: Confidence
    start: int
    end: int


def guesses(text: str, lowered: str) -> Iterator[Guess]:
    """Find what is called a credential; `lowered` tells quickly whether to look at all."""
    if "://" in text:
        yield from _in_addresses(text)
    if not any(word in lowered for word in WORDS):
        return
    for match in CONNECTION.finditer(text):
        if _SERVER.search(text, max(0, match.start() - 300), match.start()) and not is_stand_in(match["v"]):
            yield Guess(
                "connection-string", "a password in a connection string", Confidence.MEDIUM, *match.span("v")
            )
    for match in ASSIGNED.finditer(text):
        group = "quoted" if match["quoted"] is not None else "bare"
        if confidence := _assigned(text, match, group):
            what = "a password" if _is_password(match["key"]) else "a secret by its name and look"
            kind = "password" if _is_password(match["key"]) else "generic-secret"
            yield Guess(kind, what, confidence, *match.span(group))


def _in_addresses(text: str) -> Iterator[Guess]:
    for match in ADDRESS.finditer(text):
        value = match["v"]
        if is_stand_in(value) or value.lower() == match["user"].lower() or value.isdigit():
            continue
        local = _LOCAL.match(match["host"])
        confidence = Confidence.LOW if local else Confidence.MEDIUM
        yield Guess("address-with-password", "a password in an address", confidence, *match.span("v"))


def _assigned(text: str, match: re.Match[str], group: str) -> Confidence | None:
    value = match[group]
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    prefix = before[0] if before else ""
    prefix = prefix.rpartition(".")[2]
    if (
        _parts(prefix) & _OTHERWISE_BEFORE
        or _parts(match["rest"]) & _OTHERWISE_BEHIND
        or is_stand_in(value)
        or (match["is"] in ("==", ",") and group == "bare")
    ):
        return None
    if group == "bare" and not _stands_alone(text, match, value):
        return None
    found = _password(value) if _is_password(match["key"]) else _random(value)
    named = _NAMES.search(value)  # "user_password1": more likely a name for it
    return None if named and group == "bare" else Confidence.LOW if named and found else found


def _parts(name: str) -> set[str]:
    return {part.lower() for part in _PARTS.findall(name)}


def _is_password(key: str) -> bool:
    return key.lower().startswith(("pass", "pwd"))


def _stands_alone(text: str, match: re.Match[str], value: str) -> bool:
    """Without quotes only `name=value` and `name: value` of a settings file count, never an expression."""
    if _CODE.fullmatch(value) and not re.search(r"\d", value):
        return False
    line = text[
        max(text.rfind("\n", max(0, match.start() - 200), match.start()) + 1, match.start() - 200) : match.start()
    ]
    return bool(_LINE.match(line)) and match["is"] in ("=", ":") and not re.search(r"[=&|]{2}|\w[.]\w+[.]\w", value)


def _classes(value: str) -> int:
    found = (re.search(pattern, value) for pattern in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w\s]"))
    return sum(match is not None for match in found)


def _password(value: str) -> Confidence | None:
    """What people choose: no sentence, and more than a word."""
    if len(value) < 6 or re.search(r"\s", value) or len(set(value)) < 5:
        return None
    if re.fullmatch(r"[A-Za-z_.$-]+|[\d.]+|/[\w./-]+", value):  # a word, a name in code, a number, a path
        return Confidence.LOW if len(value) >= 8 and entropy(value) >= 3.2 and value.isalpha() else None
    return Confidence.MEDIUM if len(value) >= 8 and _classes(value) >= 2 else Confidence.LOW


def _random(value: str) -> Confidence | None:
    """What machines make: long, mixed, and without order."""
    if len(value) < 16 or re.search(r"\s", value):
        return None
    if _HEX.fullmatch(value):
        return Confidence.MEDIUM if len(value) >= 32 and entropy(value) >= 3.0 and _classes(value) >= 2 else None
    if _CODE.fullmatch(value) and not (re.search(r"\d", value) and re.search(r"[A-Z]", value)):
        return Confidence.LOW if entropy(value) >= 3.8 and re.search(r"\d", value) else None
    if re.match(r"(?:https?:)?/|\w+://|[\w.-]+@[\w.-]+\.\w+\Z", value) or _classes(value) < 2:
        return None
    return Confidence.MEDIUM if entropy(value) >= 3.5 and re.search(r"\d", value) else Confidence.LOW
