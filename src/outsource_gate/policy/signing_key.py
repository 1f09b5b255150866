"""Which key is this text? Public keys of OpenSSH and OpenPGP, reduced to what signatures are compared by.

An SSH key is `type base64` without its comment; an OpenPGP key is its primary fingerprint in upper-case hex.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator

_SSH_TYPES = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
_MIN_RSA_BITS = 2048
_FINGERPRINT = re.compile(r"[0-9A-F]{40}|[0-9A-F]{64}", re.ASCII)
_ARMOUR = re.compile(
    r"-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[^\n]*: [^\n]*\n)*\r?\n(?P<body>[A-Za-z0-9+/=\s]+?)"
    r"(?:\n=[A-Za-z0-9+/]{4}\s*)?\n-----END PGP PUBLIC KEY BLOCK-----"
)
_PRIMARY, _SECRET, _SECRET_SUBKEY = 6, 5, 7  # packet types, RFC 9580 5


def key_id(text: str) -> str:
    """Give the text by which signatures name this key; ValueError says why it is none that can be registered."""
    text = text.strip()
    if "PRIVATE KEY" in text:
        raise ValueError("this is a private key: remove it everywhere, make a new one, and register the public one")
    return _openpgp_id(text) if is_openpgp(text) else _ssh_id(text)


def is_openpgp(text: str) -> bool:
    return text.lstrip().startswith("-----BEGIN PGP ")


def signature_id(text: str) -> str | None:
    """Give the same for a key as a signature names it: an SSH key, or an OpenPGP fingerprint."""
    if _FINGERPRINT.fullmatch(text.upper()):
        return text.upper()
    try:
        return _ssh_id(text)
    except ValueError:
        return None


def _ssh_id(text: str) -> str:
    kind, _, rest = text.partition(" ")
    if kind not in _SSH_TYPES:
        raise ValueError(f"expected an OpenSSH public key of type {', '.join(_SSH_TYPES)}, or an OpenPGP block")
    try:
        blob = base64.b64decode(rest.split(" ", 1)[0], validate=True)
        fields = list(_ssh_fields(blob))
    except (binascii.Error, IndexError):
        raise ValueError("the key's base64 part is damaged; copy the whole line of the .pub file") from None
    if not fields or fields[0] != kind.encode():
        raise ValueError("the key's base64 part is of another type than the line says")
    if kind == "ssh-rsa" and (len(fields) != 3 or int.from_bytes(fields[2]).bit_length() < _MIN_RSA_BITS):
        raise ValueError(f"RSA keys must have at least {_MIN_RSA_BITS} bits")
    return f"{kind} {base64.b64encode(blob).decode()}"


def _ssh_fields(blob: bytes) -> Iterator[bytes]:
    """RFC 4251 5, string: length in four bytes, then that many bytes."""
    while blob:
        end = 4 + int.from_bytes(blob[:4])
        if len(blob) < end:
            raise IndexError
        yield blob[4:end]
        blob = blob[end:]


def _openpgp_id(text: str) -> str:
    armour = _ARMOUR.fullmatch(text)
    if armour is None:
        raise ValueError("expected one armoured OpenPGP public key block (gpg --armor --export)")
    try:
        packets = list(_packets(base64.b64decode("".join(armour["body"].split()), validate=True)))
    except (binascii.Error, IndexError):
        raise ValueError("the OpenPGP block is damaged; export the key again") from None
    kinds = [kind for kind, _ in packets]
    if _SECRET in kinds or _SECRET_SUBKEY in kinds:
        raise ValueError("this is a private key: remove it everywhere, make a new one, and register the public one")
    if kinds[:1] != [_PRIMARY] or kinds.count(_PRIMARY) != 1:
        raise ValueError("expected exactly one OpenPGP key per entry")
    return _fingerprint(packets[0][1])


def _fingerprint(body: bytes) -> str:
    """RFC 9580 5.5.4: version 4 by SHA-1 as the format has it, version 6 by SHA-256; 5 is GnuPG's own."""
    version = body[0] if body else 0
    if version == 4:
        framed = b"\x99" + len(body).to_bytes(2) + body
        return hashlib.sha1(framed, usedforsecurity=False).hexdigest().upper()
    if version in (5, 6):
        framed = bytes([0x95 + version]) + len(body).to_bytes(4) + body
        return hashlib.sha256(framed).hexdigest().upper()
    raise ValueError(f"OpenPGP keys of version {version} are not accepted; allowed: 4, 5, 6")


def _packets(data: bytes) -> Iterator[tuple[int, bytes]]:
    """RFC 9580 4.2: both packet header formats, without partial lengths, which keys do not use."""
    while data:
        kind, start, length = _header(data)
        if len(data) < start + length:
            raise IndexError
        yield kind, data[start : start + length]
        data = data[start + length :]


def _header(data: bytes) -> tuple[int, int, int]:
    first = data[0]
    if first & 0xC0 == 0xC0:
        return (first & 0x3F, *_new_length(data))
    if first & 0x80 and first & 3 != 3:
        octets = 1 << (first & 3)
        return (first >> 2) & 0xF, 1 + octets, _number(data, 1, octets)
    raise IndexError


def _new_length(data: bytes) -> tuple[int, int]:
    if data[1] < 192:
        return 2, data[1]
    if data[1] < 224:
        return 3, ((data[1] - 192) << 8) + data[2] + 192
    if data[1] == 255:
        return 6, _number(data, 2, 4)
    raise IndexError


def _number(data: bytes, start: int, octets: int) -> int:
    if len(data) < start + octets:
        raise IndexError
    return int.from_bytes(data[start : start + octets])
