"""How does a value become bytes that everybody gets alike, and how are foreign bytes read back safely?

Writing is RFC 8785 within narrower limits: no floats, integers below 2^53, ASCII keys. Within them the standard
library's encoder gives exactly those bytes, ten times as fast as the `rfc8785` package; tests hold one against the
other. Reading is strict JSON: one size cap before anything is parsed, bounded depth, no duplicate keys, no NaN, no
lone surrogates.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import accumulate
from typing import Any, TypeAlias

from outsource_gate.errors import EvidenceError

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64


def canonical_bytes(value: Json) -> bytes:
    """Give the value's only serialisation. Raises EvidenceError for what lies outside our limits."""
    _check(value)
    try:
        # RFC 8785 3.2.3 sorts keys by UTF-16 units: for ASCII keys that is the order of their characters.
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:  # UnicodeEncodeError is a ValueError
        raise EvidenceError(f"canonical JSON: {error}") from error


def digest_of(value: Json) -> str:
    """SHA-256 over the canonical bytes, as lower-case hex."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def read_json(raw: bytes, *, what: str, limit: int) -> Any:
    """Parse hostile bytes. `what` names them in errors; more than `limit` bytes are refused unread."""
    if len(raw) > limit:
        raise EvidenceError(f"{what}: {len(raw)} bytes -> at most {limit} are read")
    _check_depth(raw, what)
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=lambda pairs: _object(pairs, what),
            parse_int=lambda digits: _integer(digits, what),
            parse_float=lambda digits: _refuse_number(digits, what),
            parse_constant=lambda word: _refuse_number(word, what),
        )
        _check_surrogates(raw, value)
    except UnicodeError as error:
        raise EvidenceError(f"{what}: no valid UTF-8 text ({error.reason})") from error  # type: ignore[attr-defined]
    except ValueError as error:
        raise EvidenceError(f"{what}: no valid JSON ({error})") from error
    return value


def _check(value: Json) -> None:
    """Refuse what RFC 8785 would take and we do not. Iterative: depth is no attack."""
    rest: list[Any] = [value]
    while rest:
        match rest.pop():
            case str() | None:
                pass
            case int() as number:
                if abs(number) > MAX_INTEGER:
                    raise EvidenceError("canonical JSON: integer out of range -> at most 2^53 - 1")
            case float() as number:
                raise EvidenceError(f"canonical JSON: {number} is a float -> use an integer or a text")
            case Mapping() as members:
                odd = next((key for key in members if not (isinstance(key, str) and key.isascii())), None)
                if odd is not None:
                    raise EvidenceError(f"canonical JSON: key {odd!r} -> keys are ASCII text")
                rest.extend(members.values())
            case list() | tuple() as items:
                rest.extend(items)
            case other:
                raise EvidenceError(f"canonical JSON: a {type(other).__name__} is no JSON value")


def _check_depth(raw: bytes, what: str) -> None:
    """Count brackets outside of strings, in linear time; the parser itself recurses."""
    unescaped = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    outside = b"".join(unescaped.split(b'"')[::2])
    steps = (1 if byte in b"[{" else -1 for byte in outside if byte in b"[]{}")
    if max(accumulate(steps), default=0) > MAX_DEPTH:
        raise EvidenceError(f"{what}: nested deeper than {MAX_DEPTH}")


def _object(pairs: list[tuple[str, Any]], what: str) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise EvidenceError(f"{what}: key {twice!r} stands twice in one object")
    return members


def _integer(digits: str, what: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise EvidenceError(f"{what}: integer of {len(digits)} digits -> at most 2^53 - 1")
    return int(digits)


def _refuse_number(word: str, what: str) -> Any:
    raise EvidenceError(f"{what}: number {word[:40]} -> only integers are allowed")


def _check_surrogates(raw: bytes, value: Any) -> None:
    """JSON can escape half a surrogate pair, which is no text; only an escape can bring one in."""
    if b"\\u" in raw:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
