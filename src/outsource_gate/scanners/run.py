"""What do all scanners say of a change, and what became of every path?

Head and base blobs are scanned in one call per scanner, the scanners side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Location, Read, Scan
from outsource_gate.model.source import FileChange
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners import Hit, Installed, Job, Output, Scanner, bandit, semgrep
from outsource_gate.scanners.baseline import mark_new
from outsource_gate.scanners.classify import MAX_BYTES, Classified, classify, too_big
from outsource_gate.scanners.fingerprint import enclosing_symbol, fingerprint
from outsource_gate.scanners.text import ID as TEXT
from outsource_gate.scanners.text import VERSION as TEXT_VERSION
from outsource_gate.scanners.text import text_findings
from outsource_gate.scanners.workspace import Room, Side, clean_room

SCANNERS = (semgrep.SCANNER, bandit.SCANNER)
TIMEOUT_SECONDS = 900.0
MAX_OUTPUT_BYTES = 256 << 20
SNIPPET_LINES, SNIPPET_WIDTH = 12, 200
_REGULAR = ("100644", "100755", "100664")


class BlobReader(Protocol):
    """Reads blobs by id; anything but bytes is too big, and has a `size`."""

    def read(self, oid: str, max_bytes: int) -> object: ...


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What the scanners said, and one row per path."""

    scans: tuple[Scan | Unavailable, ...]
    coverage: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long all scanners may take, and what they may print."""

    timeout_seconds: float = TIMEOUT_SECONDS
    max_output_bytes: int = MAX_OUTPUT_BYTES


class _Account:
    """Takes files in, one at a time: text findings and room now, scanners later."""

    def __init__(self, room: Room, scanners: Sequence[Scanner]) -> None:
        self.room = room
        self.scanners = scanners
        self.rows: list[CoverageRow] = []
        self.text: dict[Side, list[Finding]] = {"head": [], "base": []}
        self.read: list[str] = []

    def take(self, side: Side, path: str, data: bytes) -> Classified:
        file = classify(path, data)
        self.text[side].extend(text_findings(path, file))
        if file.read is Read.SCANNED:
            self.room.put(side, path, file.language, file.suffix, data)
        return file

    def head(self, path: str, content: object) -> None:
        """Account for one path at head."""
        if not isinstance(content, bytes):
            self.rows.append(CoverageRow(path, Read.UNREAD, (), too_big(getattr(content, "size", 0), MAX_BYTES)))
            return
        file = self.take("head", path, content)
        if file.text is not None:
            self.read.append(path)
        responsible = tuple(scanner.id for scanner in self.scanners if file.language in scanner.reads)
        scanned = file.read is Read.SCANNED
        if scanned and not responsible:
            file = replace(file, read=Read.UNSUPPORTED, reason=f"{file.language}: no scanner asked for reads it")
        self.rows.append(CoverageRow(path, file.read, responsible if scanned else (), file.reason))

    def text_scan(self, pairs: dict[str, str]) -> Scan:
        findings = mark_new(self.text["head"], self.text["base"], pairs)
        return Scan(TEXT, TEXT_VERSION, "", findings, tuple(self.read))


def scan_change(
    files: Sequence[FileChange],
    blobs: BlobReader,
    *,
    rules: Sequence[Path] = (),
    scanners: Sequence[Scanner] = SCANNERS,
    limits: Limits | None = None,
) -> ScanResult:
    """Scan what a change leaves, and what was there before, so that new findings are told from old ones."""
    with clean_room() as (room, private):
        account = _Account(room, scanners)
        pairs: dict[str, str] = {}
        for file in files:
            if reason := _not_a_file(file):
                account.rows.append(CoverageRow(file.path, reason[0], (), reason[1]))
                continue
            account.head(file.path, blobs.read(file.new_blob, MAX_BYTES))
            _take_base(account, file, blobs, pairs)
        return _scan(account, private, pairs, rules, limits or Limits())


def _not_a_file(file: FileChange) -> tuple[Read, str] | None:
    if file.is_deleted:
        return Read.INERT, "deleted"
    if file.is_gitlink:
        return Read.UNREAD, "submodule: its content is not here"
    if file.is_symlink:
        return Read.UNREAD, "symbolic link: nothing follows it"
    return None if file.new_mode in _REGULAR else (Read.UNREAD, f"mode {file.new_mode} is no file")


def _take_base(account: _Account, file: FileChange, blobs: BlobReader, pairs: dict[str, str]) -> None:
    """A base that cannot be read excuses nothing: then every finding at head is new."""
    was_link = file.paired_blob is None and file.old_mode not in _REGULAR
    if file.base_blob is None or was_link:
        return
    content = blobs.read(file.base_blob, MAX_BYTES)
    if isinstance(content, bytes):
        path = file.paired_with or file.path
        pairs[file.path] = path
        account.take("base", path, content)


def scan_paths(
    paths: Sequence[Path],
    *,
    rules: Sequence[Path] = (),
    scanners: Sequence[Scanner] = SCANNERS,
    limits: Limits | None = None,
) -> ScanResult:
    """Scan files and folders as they lie there; `.git` is left out, links are not followed, and both are said."""
    with clean_room() as (room, private):
        account = _Account(room, scanners)
        for path in _walk(paths):
            if path.is_symlink():
                account.rows.append(CoverageRow(str(path), Read.UNREAD, (), "symbolic link: nothing follows it"))
            elif path.is_dir():
                account.rows.append(CoverageRow(str(path), Read.INERT, (), "git's own folder is left out"))
            else:
                _take_file(account, path)
        return _scan(account, private, {}, rules, limits or Limits())


def _take_file(account: _Account, path: Path) -> None:
    try:
        if not path.is_file():
            account.rows.append(CoverageRow(str(path), Read.UNREAD, (), "no regular file"))
            return
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        account.rows.append(CoverageRow(str(path), Read.UNREAD, (), error.strerror or "cannot be read"))
        return
    if len(data) > MAX_BYTES:
        account.rows.append(CoverageRow(str(path), Read.UNREAD, (), too_big(path.stat().st_size, MAX_BYTES)))
    else:
        account.head(str(path), data)


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for top in paths:
        if top.is_symlink() or not top.is_dir():
            yield top
            continue
        for folder, folders, files in os.walk(top):
            here = Path(folder)
            links = [name for name in folders if (here / name).is_symlink()]
            yield from (here / name for name in sorted([*files, *links]))
            if ".git" in folders:
                yield here / ".git"
            folders[:] = sorted(name for name in folders if name != ".git" and name not in links)


def _scan(
    account: _Account, private: Path, pairs: dict[str, str], rules: Sequence[Path], limits: Limits
) -> ScanResult:
    wanted = [scanner for scanner in account.scanners if account.room.targets(scanner.reads)]
    asked = (shipped_folder() / "rules", *rules)
    with ThreadPoolExecutor(max(1, len(wanted))) as pool:
        outputs = list(pool.map(lambda one: _one(one, account.room, private, asked, limits), wanted))
    scans: list[Scan | Unavailable] = []
    failures: dict[str, str] = {}
    for output in outputs:
        if isinstance(output, Unavailable):
            scans.append(output)
            continue
        scan, base = output
        failures |= dict(scan.failed)
        scans.append(replace(scan, findings=mark_new(scan.findings, base, pairs)))
    rows = tuple(_with_failure(row, failures) for row in account.rows)
    return ScanResult((*scans, account.text_scan(pairs)), rows)


def _with_failure(row: CoverageRow, failures: dict[str, str]) -> CoverageRow:
    if row.read is not Read.SCANNED or row.path not in failures:
        return row
    return CoverageRow(row.path, Read.UNREAD, (), failures[row.path])


def _one(
    scanner: Scanner, room: Room, private: Path, rules: tuple[Path, ...], limits: Limits
) -> tuple[Scan, tuple[Finding, ...]] | Unavailable:
    """Run one scanner; whatever goes wrong with it is its own missing fact."""
    installed = scanner.find()
    if isinstance(installed, Unavailable):
        return installed
    folder = private / scanner.id
    folder.mkdir()
    targets = room.targets(scanner.reads)
    languages = frozenset(room.placed[target].language for target in targets)
    try:
        command = scanner.command(Job(room.folder, folder, targets, languages, rules), installed)
        done = run(
            (*installed.argv, *command.arguments),
            cwd=folder,
            env=scrubbed_environment(folder, command.env),
            timeout_seconds=limits.timeout_seconds,
            max_output_bytes=limits.max_output_bytes,
            max_memory_bytes=scanner.max_memory_bytes,
            argv0=installed.argv0,
        )
        if done.code not in scanner.accepts:
            said = done.stderr.decode("utf-8", "replace").strip()[-300:]
            raise ToolError(f"{scanner.id} {installed.version} ended with code {done.code}: {said or 'no word'}")
        output = scanner.parse(done.stdout)
    except ToolError as error:
        return Unavailable(
            error.message, error.hint or "run the check again; `outsource-gate scan` shows more", scanner.id
        )
    return _told(scanner, installed, command.rules_digest, output, room, targets)


def _told(
    scanner: Scanner, installed: Installed, digest: str, output: Output, room: Room, targets: tuple[str, ...]
) -> tuple[Scan, tuple[Finding, ...]] | Unavailable:
    """Map neutral names back; what was asked for and not said to be scanned has failed."""
    prefix = f"{room.folder}/"
    read = {target.removeprefix(prefix) for target in output.scanned}
    failed = {target.removeprefix(prefix): why for target, why in output.failed}
    failed |= {target: f"{scanner.id}: did not read it" for target in targets if target not in read | failed.keys()}
    hits = [replace(hit, target=hit.target.removeprefix(prefix)) for hit in output.hits]
    if strange := next((hit for hit in hits if hit.target not in room.placed), None):
        return Unavailable(f"{scanner.id}: reports a file nobody gave it: {strange.target[:200]}", "", scanner.id)
    findings: dict[Side, list[Finding]] = {"head": [], "base": []}
    for hit in sorted(hits, key=lambda hit: (hit.target, hit.start_line, hit.rule)):
        findings[room.placed[hit.target].side].append(_finding(scanner, hit, room))
    mine = [room.placed[target] for target in targets if room.placed[target].side == "head"]
    scan = Scan(
        scanner.id,
        installed.version,
        digest,
        tuple(findings["head"]),
        tuple(placed.path for placed in mine if placed.target not in failed),
        tuple((placed.path, failed[placed.target]) for placed in mine if placed.target in failed),
    )
    return scan, tuple(findings["base"])


def _finding(scanner: Scanner, hit: Hit, room: Room) -> Finding:
    placed = room.placed[hit.target]
    lines = room.lines(hit.target)
    whole = lines[hit.start_line - 1 : hit.end_line]
    symbol = enclosing_symbol(lines, hit.start_line, placed.language)
    return Finding(
        rule=hit.rule,
        scanner=scanner.id,
        severity=hit.severity,
        confidence=hit.confidence,
        message=hit.message,
        location=Location(placed.path, hit.start_line, hit.end_line, hit.start_column),
        fingerprint=fingerprint(hit.rule, "\n".join(whole), symbol),
        cwe=hit.cwe,
        owasp=hit.owasp,
        why=hit.why,
        fix=hit.fix,
        snippet=tuple(line[:SNIPPET_WIDTH] for line in whole[:SNIPPET_LINES]),
    )
