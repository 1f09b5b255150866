"""What becomes of each file that is taken in? The room for scanners, the text findings, one row per path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Read, Scan
from outsource_gate.scanners import Scanner
from outsource_gate.scanners.baseline import mark_new
from outsource_gate.scanners.classify import MAX_BYTES, Classified, classify, too_big
from outsource_gate.scanners.text import ID, VERSION, rules_digest, text_findings
from outsource_gate.scanners.workspace import Room, Side


class Account:
    """Takes files in, one at a time, and holds none of them in memory."""

    def __init__(self, room: Room, scanners: Sequence[Scanner]) -> None:
        self.pairs: dict[str, str] = {}  # path at head -> path at the base
        self._room = room
        self._scanners = scanners
        self._rows: list[CoverageRow] = []
        self._text: dict[Side, list[Finding]] = {"head": [], "base": []}
        self._read: list[str] = []  # by the scanner `text`
        self._bases: set[str] = set()
        self._missing = ""  # a package that `text` needs
        self._noticed: set[str] = set()  # paths at head where `text` found something

    def note(self, path: str, read: Read, reason: str) -> None:
        """Account for a path without content to read."""
        self._rows.append(CoverageRow(path, read, (), reason))

    def head(self, path: str, content: object) -> None:
        """Account for a file as it is now; anything but bytes is too big, and may have a `size`."""
        if not isinstance(content, bytes):
            self.note(path, Read.UNREAD, too_big(getattr(content, "size", None), MAX_BYTES))
            return
        file = self._with_readers(classify(path, content), content)
        if found := self._look(path, file):
            self._text["head"].extend(found)
            self._noticed.add(path)
        if file.text is not None:
            self._read.append(path)
        self._put(path, file, content)

    def past(self, key: str, path: str, content: object) -> None:
        """Account under a key for what a file was in between; `text` looks at what head has."""
        if isinstance(content, bytes):
            self._put(key, self._with_readers(classify(path, content), content), content)
        else:
            self.note(key, Read.UNREAD, too_big(getattr(content, "size", None), MAX_BYTES))

    def past_base(self, key: str, path: str, read: Callable[[], object]) -> None:
        """Pair what a file was in between with what it was before, which is read where it is not here yet."""
        self.pairs[key] = path
        if path not in self._bases and isinstance(content := read(), bytes):
            self._bases.add(path)
            self._put_base(path, classify(path, content), content)

    def _put(self, path: str, file: Classified, content: bytes) -> None:
        if file.read is Read.SCANNED:
            for part in file.read_as(content):
                self._room.put("head", path, part.language, part.suffix, part.content, file.places)
            self._rows.append(CoverageRow(path, Read.SCANNED, self._readers(file)))
        else:
            self.note(path, file.read, file.reason)

    def base(self, head_path: str, path: str, content: object) -> None:
        """Take in what a file was; what cannot be read excuses nothing, and a path excuses once."""
        if not isinstance(content, bytes) or path in self._bases:
            return
        self._bases.add(path)
        self.pairs[head_path] = path
        file = classify(path, content)
        if head_path in self._noticed:  # elsewhere there is nothing to compare with
            self._text["base"].extend(self._look(path, file))
        self._put_base(path, file, content)

    def _put_base(self, path: str, file: Classified, content: bytes) -> None:
        if file.read is Read.SCANNED and self._room.has_space(content):
            for part in file.read_as(content):
                self._room.put("base", path, part.language, part.suffix, part.content, file.places)

    def _look(self, path: str, file: Classified) -> tuple[Finding, ...]:
        try:
            return text_findings(path, file)
        except ImportError as error:
            self._missing = f"the package {error.name or 'for look-alike letters'} is not installed"
            return ()

    def text_scan(self) -> Scan | Unavailable:
        """Give what the scanner `text` found."""
        if self._missing:
            return Unavailable(self._missing, "install outsource-gate[scanners]", ID)
        findings = mark_new(self._text["head"], self._text["base"], self.pairs)
        return Scan(ID, VERSION, rules_digest(), findings, tuple(self._read))

    def rows(self, scans: Sequence[Scan | Unavailable]) -> tuple[CoverageRow, ...]:
        """Give one row per path; scanned is only what every scanner responsible has read whole."""
        failed: dict[str, str] = {}
        for scan in scans:
            if isinstance(scan, Scan):
                failed |= {path: f"{failed[path]}; {why}" if path in failed else why for path, why in scan.failed}
        told = [scan for scan in scans if isinstance(scan, Scan)]
        unread = {path for scan in told for path, _ in scan.failed if path not in scan.unparsed}
        absent = frozenset(scan.fact for scan in scans if isinstance(scan, Unavailable))
        return tuple(_settled(row, failed, unread, absent) for row in self._rows)

    def _readers(self, file: Classified) -> tuple[str, ...]:
        languages = {part.language for part in file.read_as(b"")}
        return tuple(scanner.id for scanner in self._scanners if languages & scanner.reads)

    def _with_readers(self, file: Classified, content: bytes) -> Classified:
        if file.read is not Read.SCANNED:
            return file
        for part in file.read_as(b""):
            if not any(part.language in scanner.reads for scanner in self._scanners):
                reason = f"{part.language}: no scanner that was asked for reads it"
                return replace(file, read=Read.UNSUPPORTED, reason=reason)
        if not self._room.has_space(content):
            return replace(file, read=Read.UNREAD, reason="the change is too big: no room left to scan it")
        return file


def _settled(
    row: CoverageRow, failed: Mapping[str, str], unread: Collection[str], absent: frozenset[str]
) -> CoverageRow:
    """Syntax that is no part of what a scanner knows of a language is unsupported; what else failed is unread."""
    if row.read is not Read.SCANNED:
        return row
    if row.path in failed:
        read = Read.UNREAD if row.path in unread else Read.UNSUPPORTED
        return CoverageRow(row.path, read, (), failed[row.path])
    if missing := [name for name in row.scanners if name in absent]:
        there = tuple(name for name in row.scanners if name not in absent)
        return CoverageRow(row.path, Read.UNKNOWN, there, f"{' and '.join(missing)} did not run")
    return row
