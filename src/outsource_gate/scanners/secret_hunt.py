"""Which credentials does a change bring in, in content, messages and names, and what must not be told of it?

The values stay in this process: what goes out says kind and place, and `veil` takes them out of the other facts.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol, get_args

from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Secret, SecretScan, Unlooked
from outsource_gate.scanners.content import decoded, refused
from outsource_gate.scanners.credentials import VERSION, Hit, credentials_in, rules_digest
from outsource_gate.scanners.veil import Found

MAX_SECRETS = 1_000
MAX_TEXT_BYTES = 8 << 20  # longer ones are looked through for forms only, and said to be
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


Place = Literal["content", "message", "name"]


class Blob(Protocol):
    """A blob that came in."""

    @property
    def path(self) -> str: ...
    @property
    def commit(self) -> str: ...
    @property
    def at_base(self) -> str: ...


@dataclass(slots=True)
class Hunt:
    """Takes in what a change brings, piece by piece; `scan` is what may be told."""

    secrets: list[Secret] = field(default_factory=list)
    unread: list[Unlooked] = field(default_factory=list)
    values: dict[Place, dict[str, None]] = field(default_factory=dict, repr=False)
    lines: set[tuple[str, int]] = field(default_factory=set)  # (path, line) on which something stands
    blobs: int = 0
    messages: int = 0
    left_out: int = 0

    def content(self, blob: Blob, data: object, base: Callable[[str], bytes]) -> None:
        """Look into a blob; `base` reads what the base has at its path, where something is found at all."""
        if not isinstance(data, bytes):
            size = getattr(data, "size", 0)
            self.unread.append(Unlooked(blob.path, blob.commit, f"too big: {size} bytes"))
            return
        self.blobs += 1
        if (why := _closed(data)) is not None:
            self.unread.append(Unlooked(blob.path, blob.commit, why))
        hits = [(text, self._hits(text, is_text=is_text)) for text, is_text in views(data)]
        old = "\0".join(text for text, _ in views(base(blob.at_base))) if blob.at_base and any(hits) else ""
        for text, found in hits:
            for hit, line in _numbered(text, found):
                self.lines |= {(blob.path, line + more) for more in range(hit.value.count("\n") + 1)}
                self._add(hit, "content", blob.commit, blob.path, line, new=hit.value not in old)

    def message(self, commit: str, raw: bytes) -> None:
        """Look into a raw commit: message, trailers, names of people, other headers."""
        self.messages += 1
        header, _, message = raw.partition(b"\n\n")
        for part, first in ((_unsigned(header), None), (message, 1)):
            for text, _ in views(part):
                for hit, line in _numbered(text, self._hits(text, is_text=True)):
                    self._add(hit, "message", commit, "", line if first else 0)

    def name(self, path: str, commit: str) -> None:
        """Look at a path that the base does not have, each of its parts alone."""
        for part in path.split("/"):
            for hit in self._hits(part, is_text=True):
                self._add(hit, "name", commit, path, 0)

    def scan(self) -> SecretScan:
        """Give what was found, the surest first where there is too much, in order of place."""
        found = sorted(dict.fromkeys(self.secrets), key=lambda it: (not it.new, -it.confidence.rank))
        kept = sorted(found[:MAX_SECRETS], key=lambda it: (it.place, it.path, it.line, it.commit, it.kind))
        return SecretScan(
            VERSION, rules_digest(), tuple(kept), tuple(self.unread), self.blobs, self.messages,
            self.left_out + len(found) - len(kept),
        )  # fmt: skip

    def found(self) -> Found:
        """Give what `veil` has to take out of the other facts."""
        content, messages, names = (tuple(self.values.get(place, ())) for place in get_args(Place))
        return Found(content, messages, names, self.lines)

    def _hits(self, text: str, *, is_text: bool) -> tuple[Hit, ...]:
        hits, more = credentials_in(text, is_text=is_text)
        self.left_out += more
        return hits

    def _add(self, hit: Hit, place: Place, commit: str, path: str, line: int, *, new: bool = True) -> None:
        if place != "content" and hit.confidence is Confidence.LOW:
            return  # names and messages are prose; what is told of them denies, so it has to be sure
        self.values.setdefault(place, {})[_stem(hit.value) if place == "name" else hit.value] = None
        self.secrets.append(Secret(hit.kind, hit.what, hit.confidence, place, commit, path, line, new))


def _stem(name: str) -> str:
    """The ending says what a file is, and stays readable."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and len(ending) <= 8 else name


def views(data: bytes) -> Iterator[tuple[str, bool]]:
    """Give the text that bytes can be read as, and whether they are text: then names say something.

    UTF-16 without a mark, which editors read, too, is ASCII with a NUL beside each character.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            yield data.decode(encoding, "replace"), True
            return
    text, problem = decoded(data)
    if not problem:
        yield text, len(data) <= MAX_TEXT_BYTES
    elif b"\0" in data:
        yield data.decode("latin-1"), False
        bare = data.replace(b"\0", b"")
        yield bare.decode("latin-1"), len(bare) * 2 <= len(data) + 64 and len(data) <= MAX_TEXT_BYTES
    else:
        yield data.decode("latin-1"), len(data) <= MAX_TEXT_BYTES and _is_mostly_text(data)


def _is_mostly_text(data: bytes) -> bool:
    """Latin-1 and its kin have no control characters; pictures and fonts have many."""
    head = data[:8192]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 <= len(head)


def _closed(data: bytes) -> str | None:
    """What holds content that is not to be seen from outside; and what is too long to look for names in."""
    what = refused(data)
    if what and what.startswith(("an archive", "a Git LFS", "an office document")):
        return f"not looked into: {what}"
    if len(data) > MAX_TEXT_BYTES and not decoded(data)[1]:
        return f"too long a text: {len(data)} bytes, at most {MAX_TEXT_BYTES} are looked through whole"
    return None


def _unsigned(header: bytes) -> bytes:
    """The header without its signatures, which are long and random, and no secret."""
    lines = header.split(b"\n")
    kept, skips = [], False
    for line in lines:
        skips = line.startswith(b"gpgsig") or (skips and line.startswith(b" "))
        if not skips:
            kept.append(line)
    return b"\n".join(kept)


def _numbered(text: str, hits: Iterable[Hit]) -> Iterator[tuple[Hit, int]]:
    number, position = 1, 0
    for hit in hits:
        number += text.count("\n", position, hit.start)
        position = hit.start
        yield hit, number
