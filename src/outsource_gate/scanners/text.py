"""What stands in a text that hides something? Markers, unseen and look-alike characters, what runs by itself. Pure.

This is the scanner `text`, which runs in process while files are taken in. It has one finding per occurrence: a
second marker on a line is one more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from outsource_gate.model.finding import Confidence, Finding, Location, Read, Severity
from outsource_gate.scanners import attributes, autorun, confusables, encodings, reviewable
from outsource_gate.scanners.attributes import hiding_attributes
from outsource_gate.scanners.autorun import runs_by_itself
from outsource_gate.scanners.classify import Classified
from outsource_gate.scanners.confusables import confusable_path, look_alikes
from outsource_gate.scanners.encodings import foreign_encoding
from outsource_gate.scanners.fingerprint import enclosing_symbols, fingerprint
from outsource_gate.scanners.markers import CONFIGURATION, MARKERS, SECTIONS
from outsource_gate.scanners.places import located
from outsource_gate.scanners.reviewable import obstacles

ID = "text"
VERSION = "2"
MAX_OCCURRENCES = 1_000  # of one kind in one file
_ENOUGH = MAX_OCCURRENCES + 1
_SHOWN = 200  # characters of a line
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Never needed to show text: zero-width space, joiners of words, fillers, tags, runs of variation selectors (each of
# which can carry a byte), control characters.
_UNSEEN = re.compile(
    "[\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]|(?<!\\A)\ufeff|[\ufe00-\ufe0f]{2,}"
)
# Needed in some scripts and in emoji, but not beside ASCII letters; the soft hyphen is typesetting.
_UNSEEN_IN_CODE = re.compile(
    "\u00ad|(?<=[A-Za-z0-9_$])[\u200c-\u200f\u061c]|[\u200c-\u200f\u061c](?=[A-Za-z0-9_$])|[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
_KINDS = {
    "suppression-marker": (
        "silences a security scanner here",
        "remove the marker; ask for a waiver if the finding is wrong",
    ),
    "bidi-control": (
        "text direction controls: this reads otherwise than it runs",
        "remove the characters",
    ),
    "invisible-character": ("characters that nobody sees", "remove the characters"),
    "scanner-configuration": (
        "configures or silences a security scanner",
        "leave it out; our own people make this change",
    ),
    "confusable-name": (
        "a name with letters that look like others",
        "spell it with the letters that it reads as",
    ),
    "foreign-encoding": (
        "declares an encoding in which this is another text",
        "declare UTF-8",
    ),
    "line-end": (
        "ends a line for some programs and not for others",
        "end lines with a line feed",
    ),
    "unreviewable-code": (
        "code that nobody can review",
        "deliver the source that it was made from, in lines that fit a screen",
    ),
    "runs-by-itself": (
        "runs without being called",
        "leave it out; our own people make this change",
    ),
    "runs-in-build": (
        "runs without being called",
        "say in the request what it does there",
    ),
    "attributes-touched": (
        "a git attribute",
        "leave it out; our own people make this change",
    ),
}
_TEXTS = frozenset({"prose", "data", "a style sheet", "a drawing"})  # labels of what is no code
# What counts as a whole, wherever it stands.
_WHOLE = frozenset({"scanner-configuration", "runs-by-itself", "runs-in-build", "foreign-encoding"})


@dataclass(frozen=True, slots=True)
class _Occurrence:
    kind: str
    start: int
    what: str  # what makes it the same occurrence elsewhere, beside its line
    note: str = ""


def rules_digest() -> str:
    """Give the SHA-256 over what is looked for."""
    patterns = [_BIDI, _UNSEEN, _UNSEEN_IN_CODE, CONFIGURATION, *SECTIONS.values(), *(m.pattern for m in MARKERS)]
    total = hashlib.sha256("\0".join(pattern.pattern for pattern in patterns).encode())
    for module in (attributes, autorun, confusables, encodings, reviewable):
        total.update(Path(module.__file__ or "").read_bytes())
    return total.hexdigest()


def text_findings(path: str, file: Classified) -> tuple[Finding, ...]:
    """Look through one file; what could not be decoded is unread, and denied for that. ImportError: no table."""
    text = file.text or ""
    kinds: dict[str, list[_Occurrence]] = {}
    for occurrence in chain(_named(path), _occurrences(path, file, text) if text else ()):
        found = kinds.setdefault(occurrence.kind, [])
        if len(found) <= MAX_OCCURRENCES:
            found.append(occurrence)
    listed: list[_Occurrence] = []
    many: list[Finding] = []
    for kind, found in kinds.items():
        if len(found) <= MAX_OCCURRENCES:
            listed.extend(found)
        else:  # Bound to the whole content: whatever changes in such a file is new.
            many.append(_finding(path, _Occurrence(kind, 0, _digest(text), "too many to list"), 1, "", ""))
    return (*many, *_placed(path, file, text, listed), *_around_cells(path, file, kinds))


def _around_cells(path: str, file: Classified, seen: Collection[str]) -> tuple[Finding, ...]:
    """Look through what is data of a notebook, for what the code does not have already."""
    if not file.whole:
        return ()
    found = text_findings(path, Classified(file.read, label="data", text=file.whole))
    return tuple(one for one in found if one.rule.removeprefix(f"{ID}.") not in seen)


def _named(path: str) -> Iterator[_Occurrence]:
    if found := confusable_path(path):
        yield _Occurrence("confusable-name", 0, f"{path}\0{found.word}", f"in the path: {found.note}")


def _occurrences(path: str, file: Classified, text: str) -> Iterator[_Occurrence]:
    yield from _configuration(path, text)
    yield from _unseen(file.label, text)
    yield from _markers(file.label, text)
    yield from _runs(path, text)
    if foreign := foreign_encoding(path, text):
        yield _Occurrence("foreign-encoding", foreign.start, f"{foreign.name} {_digest(text)}", foreign.name)
    if file.label not in _TEXTS:
        yield from _unreadable(file, text)


def _markers(label: str, text: str) -> Iterator[_Occurrence]:
    lowered = text.lower()
    for marker in MARKERS:
        if marker.word in lowered and (marker.in_prose or label != "prose"):
            found = marker.pattern.finditer(text)
            counted = (one for one in found if marker.names is None or marker.names.search(one[0]))
            for match in islice(counted, _ENOUGH):
                yield _Occurrence("suppression-marker", match.start(), match[0].lower(), marker.tools)


def _runs(path: str, text: str) -> Iterator[_Occurrence]:
    for run in runs_by_itself(path, text):
        yield _Occurrence(run.kind, run.start, _digest(text) if run.part is None else run.part, run.when)
    for one in islice(hiding_attributes(path, text), _ENOUGH):
        yield _Occurrence("attributes-touched", one.start, one.name, f"{one.name}: {one.does}")


def _unreadable(file: Classified, text: str) -> Iterator[_Occurrence]:
    """What keeps people from reading code as it is."""
    for word in islice(look_alikes(text, file.language or file.label), _ENOUGH):
        yield _Occurrence("confusable-name", word.start, word.word, word.note)
    for one in islice(obstacles(text), 2 * _ENOUGH):
        if one.kind != "line-end" or file.read is not Read.UNREAD:  # which tells it already
            yield _Occurrence(one.kind, one.start, one.note, one.note)


def _configuration(path: str, text: str) -> Iterator[_Occurrence]:
    """A file that configures a scanner counts as a whole; so does a section of a shared one."""
    if CONFIGURATION.fullmatch(path):
        yield _Occurrence("scanner-configuration", 0, _digest(text))
    section = SECTIONS.get(path.rsplit("/", 1)[-1].lower())
    for match in section.finditer(text) if section else ():
        yield _Occurrence("scanner-configuration", match.start(), _digest(_section(text, match.end())))


def _section(text: str, start: int) -> str:
    end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, start)
    return text[start : end.start() if end else len(text)]


def _unseen(label: str, text: str) -> Iterator[_Occurrence]:
    kinds = [] if text.isascii() else [("bidi-control", _BIDI), ("invisible-character", _UNSEEN)]
    if label not in ("prose", "data"):
        kinds.append(("invisible-character", _UNSEEN_IN_CODE))
    for kind, pattern in kinds:
        for match in islice(pattern.finditer(text), _ENOUGH):
            yield _Occurrence(kind, match.start(), match[0], f"U+{ord(match[0][0]):04X}")


def _placed(path: str, file: Classified, text: str, found: list[_Occurrence]) -> Iterator[Finding]:
    """Find line and symbol of each occurrence, in one pass over the text."""
    if not found:
        return
    found.sort(key=lambda one: (one.start, one.kind))
    lines = text.replace("\r\n", "\n").split("\n")
    numbers: list[int] = []
    number, position = 1, 0
    for one in found:
        number += text.count("\n", position, one.start)
        position = one.start
        numbers.append(number)
    symbols = enclosing_symbols(lines, set(numbers), file.language)
    for one, number in zip(found, numbers, strict=True):
        finding = _finding(path, one, number, lines[number - 1], symbols[number])
        where, note = located(path, file.places, number, number)
        yield replace(finding, location=where, message=f"{finding.message} ({note})") if note else finding


def _finding(path: str, one: _Occurrence, number: int, line: str, symbol: str) -> Finding:
    message, fix = _KINDS[one.kind]
    rule = f"{ID}.{one.kind}"
    # A file that configures scanners or runs is one thing, not its first line.
    content = one.what if one.kind in _WHOLE else f"{one.what} {line}"
    return Finding(
        rule=rule,
        scanner=ID,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        message=f"{message} ({one.note})" if one.note else message,
        location=Location(path, number, number),
        fingerprint=fingerprint(rule, content, symbol),
        fix=fix,
        snippet=(line[:_SHOWN],),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
