"""How is a private key kept in a file under a password?

PKCS#8 under PBES2 (RFC 8018): PBKDF2 with HMAC-SHA-256, AES-256-CBC. The `cryptography` library writes 2,048 rounds
and lets nobody choose, so the few ASN.1 structures are written here. Any PKCS#8 reader takes the result.
"""

from __future__ import annotations

import base64
import hashlib
import os
import textwrap

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ROUNDS = 600_000
_NULL = b"\x05\x00"
_PBES2 = bytes.fromhex("06092a864886f70d01050d")  # 1.2.840.113549.1.5.13
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")  # 1.2.840.113549.1.5.12
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")  # 1.2.840.113549.2.9
_AES_256_CBC = bytes.fromhex("060960864801650304012a")  # 2.16.840.1.101.3.4.1.42


def encrypted_pem(plain_der: bytes, password: bytes) -> bytes:
    """Encrypt a PKCS#8 PrivateKeyInfo; gives `ENCRYPTED PRIVATE KEY` PEM."""
    salt, iv = os.urandom(16), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password, salt, ROUNDS, 32)
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    secret = encryptor.update(padder.update(plain_der) + padder.finalize()) + encryptor.finalize()
    body = base64.b64encode(_sequence(_pbes2(salt, iv), _octets(secret))).decode()
    lines = "\n".join(textwrap.wrap(body, 64))
    return f"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{lines}\n-----END ENCRYPTED PRIVATE KEY-----\n".encode()


def _pbes2(salt: bytes, iv: bytes) -> bytes:
    """The AlgorithmIdentifier.  # RFC 8018 A.2, A.4"""
    derivation = _sequence(_PBKDF2, _sequence(_octets(salt), _integer(ROUNDS), _sequence(_HMAC_SHA256, _NULL)))
    return _sequence(_PBES2, _sequence(derivation, _sequence(_AES_256_CBC, _octets(iv))))


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _octets(raw: bytes) -> bytes:
    return _tagged(0x04, raw)


def _integer(number: int) -> bytes:
    return _tagged(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _tagged(tag: int, body: bytes) -> bytes:
    """DER: short length up to 127, else the count of length bytes and the length.  # X.690 8.1.3"""
    if len(body) < 128:
        return bytes((tag, len(body))) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + body
