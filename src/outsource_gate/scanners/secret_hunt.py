"""Which credentials does a change bring in, in content, messages and names, and what must not be told of it?

The values stay in this process: what goes out says kind and place, and `veil` takes them out of the other facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, get_args

from outsource_gate.model.finding import Confidence
from outsource_gate.model.secret import Secret, SecretScan, Unlooked
from outsource_gate.scanners.credentials import VERSION, Hit, credentials_in, rules_digest
from outsource_gate.scanners.secret_texts import Held, Text, held, views
from outsource_gate.scanners.veil import Found

MAX_SECRETS = 1_000
Place = Literal["content", "message", "name"]
Base = Callable[[str], bytes]


class Blob(Protocol):
    """A blob that came in."""

    @property
    def path(self) -> str: ...
    @property
    def commit(self) -> str: ...
    @property
    def at_base(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text is from, and what our own detectors found there. `blob` tells what to compare content with."""

    place: Place
    commit: str
    path: str = ""
    inside: str = ""
    blob: Blob | None = None
    base: Base | None = field(default=None, repr=False)
    hits: tuple[Hit, ...] = ()
    told_before: tuple[Hit, ...] = ()  # in other texts of the blob
    first_line: int | None = 1  # of the text; None: it has no lines that anybody could look up


@dataclass(slots=True)
class Hunt:
    """Takes in what a change brings, piece by piece; `scan` is what may be told.

    `mac` makes of a value what another record can be searched for; `also` gets each text with its origin.
    """

    mac: Callable[[str], str] = field(default=lambda _: "", repr=False)
    also: Callable[[Origin, str], object] = field(default=lambda _origin, _text: None, repr=False)
    secrets: list[Secret] = field(default_factory=list)
    unread: list[Unlooked] = field(default_factory=list)
    values: dict[Place, dict[str, None]] = field(default_factory=dict, repr=False)
    lines: set[tuple[str, int]] = field(default_factory=set)  # (path, line) on which something stands
    blobs: int = 0
    messages: int = 0
    left_out: int = 0

    def content(self, blob: Blob, data: object, base: Base) -> None:
        """Look into a blob; `base` reads what the base has at its path, where something is found at all."""
        if not isinstance(data, bytes):
            size = getattr(data, "size", 0)
            self.unread.append(Unlooked(blob.path, blob.commit, f"too big: {size} bytes"))
            return
        self.blobs += 1
        whole = held(blob.path, data)
        self.unread += [Unlooked(blob.path, blob.commit, why, inside) for inside, why in whole.unread]
        hits = [(one, self._hits(one.text, is_text=one.is_text)) for one in self._whole(whole)]
        old = self.old(blob, base) if any(found for _, found in hits) else ""
        told: dict[str, Hit] = {}
        for one, found in hits:
            before = tuple(told.values())
            origin = Origin("content", blob.commit, blob.path, one.inside, blob, base, found, before)
            self.also(origin, one.text)
            fresh = [hit for hit in found if not one.inside or hit.value not in told]
            told |= {hit.value: hit for hit in fresh}
            for hit, line in _numbered(one.text, fresh):
                self.add(origin, hit, line, new=hit.value not in old)

    def message(self, commit: str, raw: bytes, inside: str = "") -> None:
        """Look into a raw commit or tag (`inside`): message, trailers, names of people, other headers."""
        self.messages += 1
        header, _, message = raw.partition(b"\n\n")
        for part, first in ((_unsigned(header), None), (message, 1)):
            for text, _ in views(part):
                hits = self._hits(text, is_text=True)
                origin = Origin("message", commit, inside=inside, hits=hits, first_line=first)
                self.also(origin, text)
                for hit, line in _numbered(text, hits):
                    self.add(origin, hit, line)

    def name(self, path: str, commit: str) -> None:
        """Look at a path that the base does not have, each of its parts alone."""
        for part in path.split("/"):
            hits = self._hits(part, is_text=True)
            origin = Origin("name", commit, path, hits=hits, first_line=None)
            self.also(origin, part)
            for hit in hits:
                self.add(origin, hit, 0)

    def old(self, blob: Blob, base: Base) -> str:
        """All that the base has in this file, in one text; "" where it has no such file."""
        return "\0".join(one.text for one in held(blob.path, base(blob.at_base)).texts) if blob.at_base else ""

    def add(self, origin: Origin, hit: Hit, line: int, *, new: bool = True) -> None:
        """Take in one hit; what stands in names and messages denies, so there it has to be sure."""
        if origin.place != "content" and hit.confidence is Confidence.LOW:
            return
        if origin.place == "content" and not origin.inside:
            self.lines |= {(origin.path, line + more) for more in range(hit.value.count("\n") + 1)}
        value = _stem(hit.value) if origin.place == "name" else hit.value
        self.values.setdefault(origin.place, {})[value] = None
        number = line if origin.first_line is not None else 0
        self.secrets.append(
            Secret(
                hit.kind, hit.what, hit.confidence, origin.place, origin.commit, origin.path, number, new,
                origin.inside, self.mac(hit.value),
            )
        )  # fmt: skip

    def scan(self, typed: str = "", typed_missing: str = "") -> SecretScan:
        """Give what was found, the surest first where there is too much, in order of place."""
        found = sorted(_once(self.secrets), key=lambda it: (not it.new, -it.confidence.rank))
        order = sorted(found[:MAX_SECRETS], key=_by_place)
        return SecretScan(
            VERSION, rules_digest(), tuple(order), tuple(self.unread), self.blobs, self.messages,
            self.left_out + len(found) - len(order), typed=typed, typed_missing=typed_missing,
        )  # fmt: skip

    def found(self) -> Found:
        """Give what `veil` has to take out of the other facts."""
        content, messages, names = (tuple(self.values.get(place, ())) for place in get_args(Place))
        return Found(content, messages, names, self.lines)

    def _whole(self, whole: Held) -> Iterator[Text]:
        """The texts; a list of the names in an archive is one, too."""
        yield from whole.texts
        if whole.names:
            yield Text("\n".join(name.replace("\n", " ") for name in whole.names), inside="names in the archive")

    def _hits(self, text: str, *, is_text: bool) -> tuple[Hit, ...]:
        hits, more = credentials_in(text, is_text=is_text)
        self.left_out += more
        return hits


def _once(secrets: Iterable[Secret]) -> Iterator[Secret]:
    """The same thing at the same place is told once, as surely as anybody is of it."""
    surest: dict[Secret, Secret] = {}
    for one in secrets:
        same = replace(one, confidence=Confidence.LOW, mac="")
        known = surest.get(same)
        if known is None or known.confidence.rank < one.confidence.rank:
            surest[same] = one
    yield from surest.values()


def _by_place(one: Secret) -> tuple[str, str, str, int, str, str]:
    return one.place, one.path, one.inside, one.line, one.commit, one.kind


def _stem(name: str) -> str:
    """The ending says what a file is, and stays readable."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and len(ending) <= 8 else name


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
