"""Which part of a text looks like a secret, so that no record carries it on?

Not a secret scanner: a net for what a change may have put into a path, a name or a message.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable

# What says by its form whose secret it is. Groups named `keep` stay readable.
_FORMS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\bgh[oprsu]_[A-Za-z0-9]{30,255}"
    r"|\bgithub_pat_\w{22,255}"
    r"|\bglpat-[\w-]{20,255}"
    r"|\bxox[abeprs]-[\w-]{10,255}"
    r"|\b[rs]k_live_\w{16,255}"
    r"|\bAIza[\w-]{35}"
    r"|\bnpm_[A-Za-z0-9]{36}\b"
    r"|\beyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]{8,2000}"
    r"|(?P<keep>://[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)"
    r"|(?P<keep2>\b\w{0,40}(?:passw(?:or)?d|secret|token|api_?key)\w{0,40}[\"']?\s{0,3}[:=]\s{0,3}[\"']?)"
    r"[^\s\"',;]{6,200}",
    re.IGNORECASE | re.DOTALL,
)
_TOKEN = re.compile(r"[A-Za-z0-9+=_-]{28,}")
_HEX = re.compile(r"[0-9a-f-]+\Z", re.IGNORECASE)
_RANDOM_BITS = 4.2  # per character; words and identifiers stay below, base64 of random bytes above


def without_secrets(text: str, stand_in: Callable[[str], str], *, random: bool = True) -> str:
    """Put `stand_in(secret)` in place of each secret. `random`: also of what looks random, beside known forms."""
    text = _FORMS.sub(lambda found: _keep(found) + stand_in(found[0].removeprefix(_keep(found))), text)
    if not random:
        return text
    return _TOKEN.sub(lambda found: stand_in(found[0]) if _looks_random(found[0]) else found[0], text)


def _keep(found: re.Match[str]) -> str:
    return found["keep"] or found["keep2"] or ""


def _looks_random(token: str) -> bool:
    """Digests and ids in hex name things that the record is about; they are no secrets here."""
    if _HEX.match(token) or not (re.search(r"\d", token) and re.search(r"[a-z]", token) and token.lower() != token):
        return False
    counts = Counter(token)
    return -sum(n / len(token) * math.log2(n / len(token)) for n in counts.values()) >= _RANDOM_BITS
