"""Which texts does a blob hold, also in a notebook's cells and one level deep in an archive?"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from outsource_gate.scanners.content import decoded, refused

MAX_TEXT_BYTES = 8 << 20  # longer ones are looked through for forms only, and said to be
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CLOSED = ("an archive", "a Git LFS", "an office document")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a blob. `inside` names the part that it is of; names say something only in what `is_text`."""

    text: str = field(repr=False)
    is_text: bool = True
    inside: str = ""


@dataclass(slots=True)
class Held:
    """The texts of a blob, the names of what it packs, and what of it nobody can look into: (part, why)."""

    texts: list[Text] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


def held(path: str, data: bytes) -> Held:
    """Take a blob apart. An archive's own bytes are texts, too: something can stand before and behind it."""
    found = Held()
    _take(found, path, data, "")
    what = refused(data) or ""
    if what.startswith("an archive") or _is_packed(data):
        from outsource_gate.scanners.archives import Closed, entries  # noqa: PLC0415 - few changes hold one

        for one in entries(data):
            if isinstance(one, Closed):
                found.unread.append((one.name, f"not looked into: {one.why}"))
                continue
            found.names.append(one.name)
            packed = refused(one.data) or ""
            if packed.startswith(_CLOSED):
                found.unread.append((one.name, f"not looked into: {packed} inside an archive"))
            _take(found, one.name, one.data, one.name)
    elif what.startswith(_CLOSED):
        found.unread.append(("", f"not looked into: {what}"))
    return found


def _take(found: Held, path: str, data: bytes, inside: str) -> None:
    if len(data) > MAX_TEXT_BYTES and not decoded(data)[1]:
        why = f"too long a text: {len(data)} bytes, at most {MAX_TEXT_BYTES} are looked through whole"
        found.unread.append((inside, why))
    for text, is_text in views(data):
        found.texts.append(Text(text, is_text, inside))
        if is_text and is_notebook(path, text):
            from outsource_gate.scanners.notebooks import cells  # noqa: PLC0415 - few changes hold one

            for name, cell in cells(text):
                found.texts.append(Text(cell, inside=f"{inside}, {name}" if inside else name))


def is_notebook(path: str, text: str) -> bool:
    """By name, or by the key that every Jupyter notebook has."""
    return path.lower().endswith(".ipynb") or (text.lstrip()[:1] == "{" and '"nbformat"' in text)


def _is_packed(data: bytes) -> bool:
    """A zip is found from its end (APPNOTE 4.3.16), so it can stand behind anything, a picture or a script."""
    return b"PK\x05\x06" in data[-65_557:] and b"PK\x01\x02" in data


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
