"""Which key of which token does a `pkcs11:` URI name?  # RFC 7512

What we do not know is refused: a part that was passed over could have been what tells two keys apart. A PIN in the
URI is refused, too: it would stand in every process list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.run import PASSWORD_VARIABLE

MODULE_VARIABLE = "PKCS11_MODULE_PATH"
_MAX_URI = 2000
_MAX_PIN = 1000
_TOKEN = ("token", "serial", "manufacturer", "model")
_PATH = (*_TOKEN, "object", "id", "type")
_QUERY = ("module-path", "pin-source")
_VALUE = re.compile(r"(?:[A-Za-z0-9_.~:\[\]@!$'()*+,=/|&-]|%[0-9A-Fa-f]{2})*")


@dataclass(frozen=True, slots=True)
class Pkcs11Key:
    """Where the key is. `token`: what the token says of itself, by RFC 7512's names."""

    module: Path
    token: Mapping[str, str]
    label: str | None
    id: bytes | None
    pin_file: Path | None


def read_uri(rest: str, environment: Mapping[str, str]) -> Pkcs11Key:
    """Read what follows `pkcs11:`."""
    if len(rest) > _MAX_URI:
        raise _unreadable(f"more than {_MAX_URI} characters")
    path, _, query = rest.partition("?")
    named = dict(_attributes(path, ";", _PATH))
    asked = dict(_attributes(query, "&", _QUERY))
    if named.get("type", b"private") != b"private":
        raise _unreadable("type", "a private key signs: type=private, or none")
    if "object" not in named and "id" not in named:
        raise _unreadable("no key is named", "pkcs11:token=NAME;object=LABEL, or ;id=%01")
    return Pkcs11Key(
        _module(asked.get("module-path"), environment),
        {name: _text(named[name], name) for name in _TOKEN if name in named},
        _text(named["object"], "object") if "object" in named else None,
        named.get("id"),
        _pin_file(asked.get("pin-source")),
    )


def read_pin(key: Pkcs11Key, password: bytes | None) -> str:
    """Give the PIN: of the URI's file, else the one that the environment holds."""
    raw = password
    if key.pin_file is not None:
        try:
            with key.pin_file.open("rb") as file:
                raw = file.read(_MAX_PIN).rstrip(b"\r\n")
        except OSError as error:
            raise EvidenceError(f"--key: pin-source: {error.strerror}") from error
    if not raw:
        told = "PKCS#11: the token needs its PIN"
        raise EvidenceError(told, hint=f"put it into {PASSWORD_VARIABLE}, or name a file: ?pin-source=file:/PATH")
    return _text(raw, "PIN")


def _attributes(text: str, between: str, known: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for part in filter(None, text.split(between)):
        name, sign, value = part.partition("=")
        if name == "pin-value":
            hint = f"put it into {PASSWORD_VARIABLE}, or name a file: ?pin-source=file:/PATH"
            raise UsageError("--key: a PIN in the URI stands in every process list", hint=hint)
        if name not in known or name in seen or not sign or not _VALUE.fullmatch(value):
            raise _unreadable("a part is unknown, given twice or badly spelled", f"known: {', '.join(known)}")
        seen.add(name)
        yield name, unquote_to_bytes(value)


def _module(given: bytes | None, environment: Mapping[str, str]) -> Path:
    """The library is code that runs here, so where it lies must not depend on the folder we stand in."""
    named = _text(given, "module-path") if given is not None else environment.get(MODULE_VARIABLE, "")
    if not named:
        told = "--key: the token's library is not named"
        raise UsageError(told, hint=f"?module-path=/PATH.so, or {MODULE_VARIABLE}=/PATH.so")
    return _absolute(named, "module-path")


def _pin_file(given: bytes | None) -> Path | None:
    if given is None:
        return None
    return _absolute(_text(given, "pin-source").removeprefix("file:").removeprefix("//"), "pin-source")


def _absolute(named: str, what: str) -> Path:
    path = Path(named)
    if not path.is_absolute() or "\0" in named:
        raise _unreadable(what, "give an absolute path")
    return path


def _text(raw: bytes, what: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _unreadable(f"{what} is not UTF-8") from error


def _unreadable(what: str, hint: str = "") -> UsageError:
    return UsageError(f"--key: pkcs11: URI: {what}", hint=hint)
