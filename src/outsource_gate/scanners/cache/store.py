"""Which entries lie in the folder, and do they open? One file, sealed entry by entry, replaced whole.

Whatever is wrong with it (cut off, damaged, foreign, too large) is a miss, never an error. Layout: a first line,
the number of entries, one row for each (name, minute of its last use, place, length) by name, the entries.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import struct
import time
from bisect import bisect_left
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from outsource_gate.sealing.files import derived, locked, read_bounded, replace_whole

NAME = "outsource-gate.cache"
MAX_BYTES = 32 << 20  # of the file: some hundred thousand entries without findings
MAX_ENTRY = 1 << 20
_MAGIC = b"outsource-gate cache 1\n"
_ROW = struct.Struct(">32sIQI")
_COUNT = struct.Struct(">I")
_NONCE = 12
_FRESH_MINUTES = 24 * 60  # a use is written down again after a day
Entries = dict[bytes, tuple[int, bytes]]  # name -> (minute of its last use, sealed)


class Store:
    """Entries by what they are about. Threads may ask and add side by side; `save` is for one of them."""

    def __init__(self, folder: Path, secret: bytes, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._names = derived(secret, b"name")
        self._seal = AESGCM(derived(secret, b"seal"))
        self._file = _File(read_bounded(folder / NAME, max_bytes))
        self._fresh: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def get(self, about: bytes) -> bytes | None:
        """Give what was kept about this, if it is sealed with our key and under this name."""
        name = self._name(about)
        sealed = self._fresh.get(name) or self._file.find(name)
        if sealed is None:
            return None
        try:
            content = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], name)
        except (InvalidTag, ValueError):
            return None
        self._used.add(name)
        return content

    def put(self, about: bytes, content: bytes) -> None:
        """Keep this until `save`; what is too long for an entry is not kept."""
        if len(content) <= MAX_ENTRY:
            name, nonce = self._name(about), os.urandom(_NONCE)
            self._fresh[name] = nonce + self._seal.encrypt(nonce, content, name)
            self._used.add(name)

    def save(self) -> None:
        """Replace the file by one with what is new; what other runs have added meanwhile stays. Never an error."""
        now = int(time.time() // 60)
        if not self._fresh and all(self._file.used(name) + _FRESH_MINUTES > now for name in self._used):
            return
        with contextlib.suppress(OSError), locked(self._folder / f"{NAME}.lock") as is_ours:
            if is_ours:
                entries = _File(read_bounded(self._folder / NAME, self._max_bytes)).entries(now)
                entries |= {name: (now, sealed) for name, sealed in self._fresh.items()}
                used = {name: (now, entries[name][1]) for name in self._used & entries.keys()}
                replace_whole(self._folder / NAME, _packed(_newest(entries | used, self._max_bytes)))

    def _name(self, about: bytes) -> bytes:
        return hmac.digest(self._names, about, "sha256")


class _File:
    """The content of the file, looked up without parsing it."""

    def __init__(self, raw: bytes) -> None:
        start = len(_MAGIC) + _COUNT.size
        is_whole = raw.startswith(_MAGIC) and len(raw) >= start
        count = _COUNT.unpack_from(raw, len(_MAGIC))[0] if is_whole else 0
        self._count = count if start + count * _ROW.size <= len(raw) else 0
        self._raw = raw
        self._start = start

    def find(self, name: bytes) -> bytes | None:
        row = self._row(name)
        return self._raw[row[1] : row[1] + row[2]] if row else None

    def used(self, name: bytes) -> int:
        row = self._row(name)
        return row[0] if row else 0

    def entries(self, now: int) -> Entries:
        """Give all of them, as many bytes as the file has at most; a use in the future is one of today."""
        found: Entries = {}
        left = len(self._raw)
        for index in range(self._count):
            name, used, place, length = self._unpacked(index)
            left -= length
            if left < 0:
                break
            found[name] = (min(used, now), self._raw[place : place + length])
        return found

    def _row(self, name: bytes) -> tuple[int, int, int] | None:
        index = bisect_left(range(self._count), name, key=lambda at: self._unpacked(at)[0])
        if index == self._count or self._unpacked(index)[0] != name:
            return None
        return self._unpacked(index)[1:]

    def _unpacked(self, index: int) -> tuple[bytes, int, int, int]:
        name, used, place, length = _ROW.unpack_from(self._raw, self._start + index * _ROW.size)
        return name, used, place, length


def _newest(entries: Entries, max_bytes: int) -> Entries:
    """Leave out what was used longest ago, until the rest has room."""
    left = max_bytes - len(_MAGIC) - _COUNT.size
    kept: Entries = {}
    for name, entry in sorted(entries.items(), key=lambda item: (-item[1][0], item[0])):
        left -= _ROW.size + len(entry[1])
        if left < 0:
            break
        kept[name] = entry
    return kept


def _packed(entries: Entries) -> bytes:
    place = len(_MAGIC) + _COUNT.size + len(entries) * _ROW.size
    rows, bodies = [], []
    for name, (used, sealed) in sorted(entries.items()):
        rows.append(_ROW.pack(name, used, place, len(sealed)))
        bodies.append(sealed)
        place += len(sealed)
    return b"".join((_MAGIC, _COUNT.pack(len(entries)), *rows, *bodies))
