"""Credentials for tests, made when they are asked for, so that no scanner finds one in these sources."""

from __future__ import annotations

import base64
import hashlib
import json
import string

ALNUM = string.ascii_letters + string.digits


def chance(length: int, alphabet: str = ALNUM, seed: str = "") -> str:
    """Characters without order, the same ones each time."""
    digits = int.from_bytes(hashlib.shake_256(f"{seed}{length}{alphabet}".encode()).digest(length * 2), "big")
    made = ""
    for _ in range(length):
        digits, index = divmod(digits, len(alphabet))
        made += alphabet[index]
    return made


def aws_id(seed: str = "") -> str:
    return "AK" + "IA" + chance(16, string.ascii_uppercase + "234567", seed)


def github(seed: str = "") -> str:
    return "gh" + "p_" + chance(36, seed=seed)


def private_key(label: str = "RSA PRIVATE KEY", newline: str = "\n", rows: int = 6) -> str:
    body = newline.join(chance(64, ALNUM + "+/", str(row)) for row in range(rows))
    return f"-----BEGIN {label}" + f"-----{newline}{body}{newline}-----END {label}-----"


def jwt(**claims: object) -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return ".".join((*encoded, chance(43, ALNUM + "-_")))


def password() -> str:
    return "Wm7!" + chance(9) + "#4q"
