"""Did this SSH key make this signature? OpenSSH's PROTOCOL.sshsig, checked in process.

Nothing is said about whose key it is: that is the register's to know.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
import textwrap
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    SSHPrivateKeyTypes,
    load_ssh_private_key,
)

from outsource_gate.model.source import Signature

NAMESPACE = b"git"
BEGIN, END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
MAX_SIGNATURE = 64 * 1024
MIN_RSA_BITS, MAX_RSA_BITS = 2048, 16384
_MAGIC, _VERSION = b"SSHSIG", 1
_CURVES: dict[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
    b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
    b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
# RFC 8332; plain ssh-rsa would be SHA-1, which sshsig rules out.
_RSA_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    b"rsa-sha2-256": hashes.SHA256(),
    b"rsa-sha2-512": hashes.SHA512(),
}


class _BadError(Exception):
    """The signature is wrong or malformed; the text says how."""


class _UnsupportedError(Exception):
    """Nothing can be said: an algorithm that is not known here."""


def verify_ssh(armoured: bytes, payload: bytes, namespace: bytes = NAMESPACE) -> Signature:
    """Check an armoured SSH signature over these bytes, made for this and no other use."""
    key = b""
    try:
        key, hash_name, signature = _parse(_dearmour(armoured), namespace)
        _check(key, signature, _to_be_signed(payload, namespace, hash_name))
    except _UnsupportedError as error:
        return Signature("ssh", "unchecked", _as_text(key), str(error))
    except (_BadError, InvalidSignature, ValueError) as error:
        return Signature("ssh", "bad", _as_text(key), str(error) or "the signature is not over this content")
    return Signature("ssh", "good", _as_text(key))


def sign_ssh(private: bytes, password: bytes | None, payload: bytes, namespace: bytes) -> tuple[str, str]:
    """Sign with an OpenSSH private key; give the public key as registers hold it, and the armoured signature.

    ValueError where the key cannot be read, or is of a kind that only OpenSSH itself uses, such as one on a token.
    """
    key = load_ssh_private_key(private, password)
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    signed, blob = _to_be_signed(payload, namespace, b"sha512"), base64.b64decode(public.split(b" ")[1])
    whole = (
        _MAGIC,
        struct.pack(">I", _VERSION),
        *map(_string, (blob, namespace, b"", b"sha512", _signed(key, signed))),
    )
    lines = textwrap.wrap(base64.b64encode(b"".join(whole)).decode(), 70)
    return public.decode(), "\n".join((BEGIN.decode(), *lines, END.decode(), ""))


def _signed(key: SSHPrivateKeyTypes, data: bytes) -> bytes:
    match key:
        case ed25519.Ed25519PrivateKey():
            return _string(b"ssh-ed25519") + _string(key.sign(data))
        case ec.EllipticCurvePrivateKey():
            name = next(name for name, (curve, _) in _CURVES.items() if curve.name == key.curve.name)
            r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(_CURVES[name][1])))
            return _string(b"ecdsa-sha2-" + name) + _string(_mpint(r) + _mpint(s))
        case rsa.RSAPrivateKey():
            return _string(b"rsa-sha2-512") + _string(key.sign(data, padding.PKCS1v15(), hashes.SHA512()))
        case _:
            raise ValueError("keys of this type do not sign here")


def _mpint(number: int) -> bytes:
    return _string(number.to_bytes(number.bit_length() // 8 + 1))


def _to_be_signed(payload: bytes, namespace: bytes, hash_name: bytes) -> bytes:
    digest = hashlib.new(hash_name.decode(), payload).digest()
    return b"".join((_MAGIC, *map(_string, (namespace, b"", hash_name, digest))))


class _Reader:
    """Length-prefixed fields, RFC 4251 section 5."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        piece = self._data[self._at : self._at + count]
        if len(piece) != count:
            raise _BadError("the signature is cut short")
        self._at += count
        return piece

    def number(self) -> int:
        return int.from_bytes(self.take(4))

    def string(self) -> bytes:
        return self.take(self.number())

    def integer(self) -> int:
        """An mpint that must be positive."""
        raw = self.string()
        if not raw or raw[0] & 0x80:
            raise _BadError("a number in the signature is zero or negative")
        return int.from_bytes(raw)

    def end(self) -> None:
        if self._at != len(self._data):
            raise _BadError("the signature has bytes behind its end")


def _dearmour(armoured: bytes) -> bytes:
    text = armoured.strip()
    if len(text) > MAX_SIGNATURE or not text.startswith(BEGIN) or not text.endswith(END):
        raise _BadError("the signature is not one whole SSH signature")
    try:
        return base64.b64decode(b"".join(text[len(BEGIN) : -len(END)].split()), validate=True)
    except binascii.Error as error:
        raise _BadError("the signature is not base64") from error


def _parse(blob: bytes, wanted: bytes) -> tuple[bytes, bytes, bytes]:
    """Public key, hash algorithm, signature."""
    reader = _Reader(blob)
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number() != _VERSION:
        raise _BadError("the signature is no SSHSIG of version 1")
    key, namespace, _, hash_name, signature = (reader.string() for _ in range(5))
    reader.end()
    if namespace != wanted:
        found = namespace[:40].decode("ascii", "replace")
        raise _BadError(f"the signature was made for namespace {found!r}, not {wanted.decode()!r}")
    if hash_name not in (b"sha256", b"sha512"):
        raise _BadError("the hash is neither sha256 nor sha512")
    return key, hash_name, signature


def _check(key: bytes, signature: bytes, signed: bytes) -> None:
    fields, parts = _Reader(key), _Reader(signature)
    kind, algorithm = fields.string(), parts.string()
    check = _CHECKS.get(kind)
    if not check:
        raise _UnsupportedError(f"keys of type {kind[:60].decode('ascii', 'replace')!r} are not checked here")
    check(fields, parts, algorithm, signed)


def _check_ed25519(key: _Reader, parts: _Reader, algorithm: bytes, signed: bytes) -> None:
    _same(algorithm, b"ssh-ed25519")
    public, signature = key.string(), parts.string()
    key.end()
    parts.end()
    ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)


def _check_security_key(key: _Reader, parts: _Reader, algorithm: bytes, signed: bytes) -> None:
    """PROTOCOL.u2f: the token signs the application's hash, its flags and counter, and the message's hash."""
    _same(algorithm, b"sk-ssh-ed25519@openssh.com")
    public, application = key.string(), key.string()
    signature, flags, counter = parts.string(), parts.take(1), parts.number()
    key.end()
    parts.end()
    if not flags[0] & 0x01:
        raise _BadError("nobody touched the security key")
    wrapped = (
        hashlib.sha256(application).digest() + flags + struct.pack(">I", counter) + hashlib.sha256(signed).digest()
    )
    ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, wrapped)


def _check_ecdsa(key: _Reader, parts: _Reader, algorithm: bytes, signed: bytes) -> None:
    name = key.string()
    if name not in _CURVES:
        raise _UnsupportedError("this elliptic curve is not checked here")
    _same(algorithm, b"ecdsa-sha2-" + name)
    curve, digest = _CURVES[name]
    public = ec.EllipticCurvePublicKey.from_encoded_point(curve, key.string())
    numbers = _Reader(parts.string())
    encoded = utils.encode_dss_signature(numbers.integer(), numbers.integer())
    for reader in (key, parts, numbers):
        reader.end()
    public.verify(encoded, signed, ec.ECDSA(digest))


def _check_rsa(key: _Reader, parts: _Reader, algorithm: bytes, signed: bytes) -> None:
    if algorithm not in _RSA_HASHES:
        raise _BadError("an RSA signature must be rsa-sha2-256 or rsa-sha2-512")
    exponent, modulus, signature = key.integer(), key.integer(), parts.string()
    key.end()
    parts.end()
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise _BadError(
            f"an RSA key must have {MIN_RSA_BITS} to {MAX_RSA_BITS} bits, this has {modulus.bit_length()}"
        )
    public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    public.verify(signature, signed, padding.PKCS1v15(), _RSA_HASHES[algorithm])


_CHECKS: dict[bytes, Callable[[_Reader, _Reader, bytes, bytes], None]] = {
    b"ssh-ed25519": _check_ed25519,
    b"sk-ssh-ed25519@openssh.com": _check_security_key,
    b"ecdsa-sha2-nistp256": _check_ecdsa,
    b"ecdsa-sha2-nistp384": _check_ecdsa,
    b"ecdsa-sha2-nistp521": _check_ecdsa,
    b"ssh-rsa": _check_rsa,
}


def _same(algorithm: bytes, wanted: bytes) -> None:
    if algorithm != wanted:
        raise _BadError("key and signature are of different algorithms")


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _as_text(key: bytes) -> str:
    """The key as registers hold it: "ssh-ed25519 AAAA..."."""
    length = int.from_bytes(key[:4])
    kind = key[4 : 4 + length]
    if not kind or not kind.isascii() or len(kind) > 60 or not kind.decode().isprintable():
        return ""
    return f"{kind.decode()} {base64.b64encode(key).decode()}"
