"""What is one file: code for scanners, inert, unsupported, or unread?

The name makes a promise, the content keeps it or not. Whatever is not understood is unread, never inert.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from outsource_gate.model.finding import Read
from outsource_gate.scanners.blind_spots import blind_spot
from outsource_gate.scanners.ci_files import ci_named
from outsource_gate.scanners.content import decoded, disproved, refused
from outsource_gate.scanners.dockerfile_text import without_comments
from outsource_gate.scanners.languages import by_first_line, by_look, by_name
from outsource_gate.scanners.names import NOTEBOOK, Kind, Named
from outsource_gate.scanners.places import Place
from outsource_gate.scanners.yaml_kinds import yaml_named

MAX_CODE_BYTES = 2 << 20
MAX_TEXT_BYTES = 5 << 20
MAX_BYTES = 32 << 20  # pictures, films
_SCRIPTED_DRAWING = re.compile(
    r"<(?:\w+:)?(?:script|foreignObject|iframe)\b|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE
)
_XML = ("<?xml", "<!DOCTYPE TS", "<TS")  # Qt's translations share .ts with TypeScript
_SCRIPTS = frozenset({"javascript", "typescript"})


@dataclass(frozen=True, slots=True)
class Part:
    """What scanners of one language read of a file."""

    language: str
    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Classified:
    """What a file's bytes are. `text` is there for all that could be decoded, also of files that are unread."""

    read: Read  # SCANNED: it is to be scanned
    reason: str = ""
    language: str = ""
    suffix: str = ""
    label: str = ""
    text: str | None = None
    parts: tuple[Part, ...] = ()  # of a notebook: what is read in place of the file
    places: tuple[Place, ...] = ()  # where each line of text and parts stands in the file
    whole: str = ""  # the file as it is, where text is a part of it

    def read_as(self, content: bytes) -> tuple[Part, ...]:
        """Give what scanners read: the parts, or the file as it is."""
        return self.parts or (Part(self.language, self.suffix, content),)


def classify(path: str, data: bytes) -> Classified:
    """Account for one file by its name and its whole content."""
    if (what := refused(data)) is not None:
        return Classified(Read.UNREAD, what)
    named = by_name(path)
    if named.kind is Kind.BINARY:
        return _binary(named, data)
    text, problem = decoded(data)
    if problem:
        return Classified(Read.UNREAD, f"{named.label}: {problem}")
    if len(data) > MAX_TEXT_BYTES:
        return Classified(Read.UNREAD, too_big(len(data), MAX_TEXT_BYTES))
    if named.label == NOTEBOOK:
        return _notebook(text)
    named, conflict = _settled(ci_named(path, text) or named, by_first_line(data), text)
    if not conflict:
        named, conflict = yaml_named(path, text, named)
    if conflict:
        return Classified(Read.UNREAD, conflict, label=named.label, text=text)
    return _text(named, data, text)


def too_big(size: int | None, limit: int) -> str:
    """Say how big, where that is known."""
    return f"too big: {size} bytes, at most {limit} are read" if size else f"too big: more than {limit} bytes"


def _binary(named: Named, data: bytes) -> Classified:
    problem = disproved(named.label, data) if data else ""  # nothing is nothing, whatever it is called
    return Classified(Read.UNREAD, problem) if problem else Classified(Read.INERT, named.label, label=named.label)


def _notebook(text: str) -> Classified:
    """Take the cells of a notebook for Python, and what they hand to a shell for shell."""
    from outsource_gate.scanners.notebook import (  # noqa: PLC0415 - only where a notebook is in the change
        Other,
        UnreadableNotebookError,
        cells_of,
    )

    try:
        cells = cells_of(text)
    except UnreadableNotebookError as error:
        return Classified(Read.UNREAD, f"a notebook: {error}", label=NOTEBOOK, text=text)
    if isinstance(cells, Other):
        return Classified(Read.UNSUPPORTED, f"a notebook in {cells.language}", label=NOTEBOOK, text=text)
    parts = [Part("python", ".py", cells.python.encode("utf-8", "backslashreplace"))]
    if cells.shell:
        parts.append(Part("bash", ".sh", cells.shell.encode("utf-8", "backslashreplace")))
    whole = Classified(
        Read.SCANNED, "", "python", ".py", NOTEBOOK, cells.code, tuple(parts), cells.places, whole=text
    )
    for part in parts:
        spot = blind_spot(part.language, part.content, part.content.decode())
        if spot or len(part.content) > MAX_CODE_BYTES:
            why = spot or too_big(len(part.content), MAX_CODE_BYTES)
            return replace(
                whole, read=Read.UNREAD, reason=f"a notebook: {part.language}: {why}", language="", parts=()
            )
    return whole


def _settled(named: Named, first_line: Named | None, text: str) -> tuple[Named, str]:
    """Let name, first line and look agree on one kind; two languages in one file are a conflict."""
    if named.kind is Kind.CODE and named.suffix == ".ts" and text.lstrip().startswith(_XML):
        return Named(Kind.TEXT, "data"), ""
    if named.label == "rust" and text.startswith("#!["):
        return named, ""  # an attribute of the whole file, no interpreter (Rust reference, shebang)
    if first_line is None:
        return (by_look(text) or named if named.kind is Kind.UNKNOWN else named), ""
    if named.kind is not Kind.CODE:
        return first_line, ""
    if named.label == first_line.label or {named.label, first_line.label} <= _SCRIPTS:
        return named, ""
    return named, f"its name says {named.label}, its first line {first_line.label}"


def _text(named: Named, data: bytes, text: str) -> Classified:
    told = Classified(Read.UNREAD, named.label, label=named.label, text=text)
    match named.kind:
        case Kind.CODE:
            return _code(named, data, text)
        case Kind.TEXT if named.label == "a drawing" and _SCRIPTED_DRAWING.search(text):
            return replace(told, read=Read.UNSUPPORTED, reason="a drawing with scripts")
        case Kind.TEXT:
            return replace(told, read=Read.INERT)
        case Kind.UNSUPPORTED | Kind.UNKNOWN:
            return replace(told, read=Read.UNSUPPORTED)
        case _:
            return told


def _code(named: Named, data: bytes, text: str) -> Classified:
    problem = too_big(len(data), MAX_CODE_BYTES) if len(data) > MAX_CODE_BYTES else None
    problem = problem or blind_spot(named.label, data, text)
    if problem:
        return Classified(Read.UNREAD, f"{named.label}: {problem}", label=named.label, text=text)
    whole = Classified(Read.SCANNED, "", named.label, named.suffix, named.label, text)
    if named.label == "dockerfile" and (plain := without_comments(text)) != text:
        return replace(whole, parts=(Part(named.label, named.suffix, plain.encode()),))
    return whole
