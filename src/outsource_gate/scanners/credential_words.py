"""Is this value a stand-in, or something that only looks like a credential? What is none, said in one place."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter

# SHA-256 of values that vendors print in their own documentation, so that this file holds none of them.
KNOWN_EXAMPLES = frozenset((
    "1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3",
    "c6ea27c534f993d31f0aef882e3d200e7b87470c379ae79c8f9b19d3bd363dc9",
    "78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598",
    "e21b597ba6b9cafa59d9ebc4d65c0385f5eb3fa56abab2607fa76589ad849a33",
    "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
    "aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615",
    "2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326",
    "f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397",
    "7f75367e7881255134e1375e723d1dea8ad5f6a4fdb79d938df1f1754a830606",
    "da816f9f2c16e6c5390e7636cadc40c43551bf0bbcf8f36c65539e6633a9c5e8",
    "ac9265e56c79b234607ec72c53753cfea9f88c99eb713790ddf9be5593bb4465",
))  # fmt: skip
_TEMPLATED = re.compile(
    r"\$\{|\{\{|\}\}|#\{|\$\(|<[^<>]{1,80}>|%\(|%[A-Za-z_]{2,40}%|^%[sdv]|\{[A-Za-z_][^{}]{0,80}\}"
    r"|\[[A-Za-z_ -]{3,40}\]|^\$\w|\.\.\.|\u2026|\*\*\*"
)
_STAND_IN = re.compile(
    r"example|sample|change[-_ ]?(?:me|it|this)|placeholder|dummy|redacted|replace[-_ ]?(?:me|with|this)"
    r"|insert[-_ ]|your[-_ ]?(?:own|api|key|token|secret|pass|user|db)|^your|xxxx|todo|fixme"
    r"|not[-_ ]?(?:a[-_ ])?(?:real|secret|used)"
    r"|put[-_ ]|enter[-_ ]|fill[-_ ]?(?:me|in)|foobar|lorem|^my[-_]|^(?:fake|mock|null|none|undefined)"
    r"|process\.env|os\.environ|getenv|secrets?\.|vault:|^(?:env|op|ref|file|arn|ssm|aws|gcp|sm)[:./]",
    re.IGNORECASE,
)


def words(text: str) -> frozenset[str]:
    """Give the words of a list that is written as a text."""
    return frozenset(text.split())


_NOTHING = words(
    "password passwd pass pwd secret token apikey api_key key user username admin root test testing guest login "
    "passphrase credential credentials default required optional true false string text hidden value nil empty "
    "postgres mysql redis rabbitmq mongo"
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DIGEST = re.compile(
    r"(?:sha(?:1|224|256|384|512)|md5)[-:$]|\$(?:2[abxy]|argon2\w*|5|6|y|scrypt|pbkdf2[\w-]*)\$|\{SSHA", re.I
)
_RUN = re.compile(r"(.)\1{4,}", re.DOTALL)
_SEQUENCE = ("0123456789abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz0123456789", "1234567890")


def entropy(value: str) -> float:
    """Shannon's, in bits per character."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def is_known_example(value: str) -> bool:
    """Does a vendor's documentation print this very value?"""
    return hashlib.sha256(value.encode("utf-8", "backslashreplace")).hexdigest() in KNOWN_EXAMPLES


def is_stand_in_token(value: str) -> bool:
    """For what a service makes by chance: it spells no words, repeats no character and counts in no order."""
    lowered = value.lower()
    if is_known_example(value) or _RUN.search(value) or any(mark in value for mark in ("${", "{{", "<", "...")):
        return True
    if any(word in lowered for word in ("example", "placeholder", "changeme", "redacted", "your_", "your-")):
        return True
    return any(_run_of(lowered, row) for row in _SEQUENCE)


def is_stand_in(value: str) -> bool:
    """For what a person chose: also a word that names the thing, a template, a reference."""
    if value.strip("_-. ").lower() in _NOTHING or len(set(value)) <= 2:
        return True
    if _TEMPLATED.search(value) or _STAND_IN.search(value) or is_known_example(value):
        return True
    return bool(_UUID.fullmatch(value) or _DIGEST.match(value)) or _RUN.search(value) is not None


def _run_of(value: str, row: str, least: int = 8) -> bool:
    return any(row[start : start + least] in value for start in range(len(row) - least + 1))
