"""Which personal data do the commits of a change bring in, and how much? Kind, count and place are told, no value.

It looks into the same blobs as the hunt for credentials: what a later commit takes out again stays in the history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent, PersonalData, PersonalScan
from outsource_gate.model.secret import Unlooked
from outsource_gate.scanners.content import refused
from outsource_gate.scanners.personal import dumps
from outsource_gate.scanners.personal.columns import POINTS
from outsource_gate.scanners.personal.look import Seen, seen_in
from outsource_gate.scanners.personal.national_ids import KINDS, WORDS
from outsource_gate.scanners.secret_hunt import Blob
from outsource_gate.scanners.secret_texts import views

VERSION = "1"
MAX_FOUND = 1_000
MAX_TEXT_BYTES = 8 << 20  # of one text; what lies behind is said to be unread
MAX_BYTES = 128 << 20  # of all texts together
MAX_LINES = 100_000  # whose quotations are withheld
_LINES_OF_A_KIND = 5_000


@dataclass(slots=True)
class PersonalHunt:
    """Takes in what a change brings, blob by blob; `scan` is what may be told."""

    found: dict[tuple[str, str], PersonalData] = field(default_factory=dict)  # by path and kind
    unread: list[Unlooked] = field(default_factory=list)
    lines: set[tuple[str, int]] = field(default_factory=set)  # (path, line) that other facts may not quote
    texts: int = 0
    looked: int = 0  # bytes

    def content(self, blob: Blob, data: object, base: Callable[[str], bytes]) -> None:
        """Look into a blob; `base` reads what the base has at its path, where something is found at all."""
        if not isinstance(data, bytes):
            self._pass_over(blob, f"too big: {getattr(data, 'size', 0)} bytes")
        elif (refused(data) or "").startswith("an archive"):
            self._archive(blob, data, base)
        else:
            self._bytes(blob, data, base)

    def scan(self) -> PersonalScan:
        """Give what was found, the surest first where there is too much, in order of place."""
        ranked = sorted(self.found.values(), key=lambda it: (not it.new, -it.confidence.rank, it.path, it.kind))
        kept = sorted(ranked[:MAX_FOUND], key=lambda it: (it.path, it.line, it.kind))
        left_out = len(ranked) - len(kept)
        return PersonalScan(VERSION, rules_digest(), tuple(kept), tuple(self.unread), self.texts, left_out)

    def _archive(self, blob: Blob, data: bytes, base: Callable[[str], bytes]) -> None:
        """One level deep; lines are those of the entry."""
        from outsource_gate.scanners.archives import Closed, entries  # noqa: PLC0415 - few changes hold one

        for one in entries(data):
            if isinstance(one, Closed):
                self._pass_over(blob, f"not looked into: {one.why}")
            else:
                self._bytes(blob, one.data, base)

    def _bytes(self, blob: Blob, data: bytes, base: Callable[[str], bytes]) -> None:
        if (what := dumps.binary_dump(data)) != "":
            self._add(blob, _binary(what), base)
        elif (closed := _closed(data)) is not None:
            self._pass_over(blob, closed)
        elif self.looked + len(data) > MAX_BYTES:
            why = f"the change brings in more than {MAX_BYTES} bytes, the most that are looked through"
            self._pass_over(blob, why)
        else:
            self._text(blob, data, base)

    def _text(self, blob: Blob, data: bytes, base: Callable[[str], bytes]) -> None:
        seen = _seen(blob.path, data)
        if seen is None:
            return
        self.looked += len(data)
        self.texts += 1
        for one in seen:
            self._add(blob, one, base)
        if len(data) > MAX_TEXT_BYTES:
            self._pass_over(
                blob, f"too long a text: {len(data)} bytes, the first {MAX_TEXT_BYTES} were looked through"
            )

    def _add(self, blob: Blob, one: Seen, base: Callable[[str], bytes]) -> None:
        """The same kind in another version of the file is told once, with the most there was."""
        new = _is_new(one, blob, base)
        data = PersonalData(
            one.kind, one.what, one.extent, one.confidence, one.count, blob.commit, blob.path, one.line, new
        )
        if len(self.lines) < MAX_LINES:
            self.lines |= {(blob.path, line) for line in sorted(one.lines)[:_LINES_OF_A_KIND]}
        old = self.found.get((blob.path, one.kind))
        if old is None or (data.new, data.confidence.rank) > (old.new, old.confidence.rank):
            self.found[blob.path, one.kind] = data
        elif old.new == data.new and data.count > old.count:
            self.found[blob.path, one.kind] = replace(old, count=data.count)

    def _pass_over(self, blob: Blob, reason: str) -> None:
        self.unread.append(Unlooked(blob.path, blob.commit, reason))


def rules_digest() -> str:
    """Give the SHA-256 over what is looked for."""
    rules = (VERSION, sorted(POINTS.items()), sorted(WORDS.items()), sorted(what for what, _ in KINDS.values()))
    return hashlib.sha256(repr(rules).encode()).hexdigest()


def _seen(path: str, data: bytes) -> tuple[Seen, ...] | None:
    """Read the bytes as an editor would; None for what is no text."""
    for text, is_text in views(data):
        if is_text or (len(data) > MAX_TEXT_BYTES and b"\0" not in data[:MAX_TEXT_BYTES]):
            return seen_in(path, text[:MAX_TEXT_BYTES].replace("\r\n", "\n").replace("\r", "\n"))
    return None


def _closed(data: bytes) -> str | None:
    """What holds content that is not to be seen from outside."""
    what = refused(data)
    is_closed = what is not None and what.startswith(("an archive", "a Git LFS", "an office document"))
    return f"not looked into: {what}" if is_closed else None


def _binary(what: str) -> Seen:
    return Seen("database-dump", what, Extent.TABLE, Confidence.HIGH, 0, frozenset())


def _is_new(one: Seen, blob: Blob, base: Callable[[str], bytes]) -> bool:
    """Whether the base's version of the file lacks any of it, or has less of it."""
    raw = base(blob.at_base) if blob.at_base else b""
    if not raw or not one.values:
        return not raw or not dumps.binary_dump(raw)
    before = next((old for old in _seen(blob.path, raw) or () if old.kind == one.kind), None)
    return before is None or not one.values <= before.values
