"""Do the files that a pipeline calls in its own repository exist? Runs in process, where a pipeline was changed.

A call of what is not there fails, or runs what an earlier step put in that place. Scripts that a pipeline runs are
code like any other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from outsource_gate.model.finding import Confidence, Finding, Location, Scan, Severity
from outsource_gate.model.source import FileChange
from outsource_gate.scanners.baseline import mark_new
from outsource_gate.scanners.ci_files import GITHUB, GITLAB, ci_named
from outsource_gate.scanners.classify import MAX_CODE_BYTES
from outsource_gate.scanners.content import decoded
from outsource_gate.scanners.fingerprint import fingerprint

ID = "calls"
VERSION = "1"
RULE = "calls.missing-file"
MAX_CALLS = 1_000  # in one file
_CALLS = {
    GITHUB: re.compile(r"(?:^|[\s{,-])[\"']?uses[\"']?[ \t]*:[ \t]*[\"']?(\./[^\s\"',}#]*)"),
    GITLAB: re.compile(
        r"(?:^|[\s{,-])[\"']?(?:local[\"']?[ \t]*:|include[\"']?[ \t]*:(?=[ \t]*[\"']?/))"
        r"[ \t]*[\"']?(/?[^\s\"',}\]#]+)"
    ),
}
_ACTION = ("action.yml", "action.yaml", "Dockerfile", "dockerfile")
Paths = Callable[[], Collection[str]]


@dataclass(frozen=True, slots=True)
class Tree:
    """One side of a change: its content by blob id, and its paths, which are asked for only where they matter."""

    read: Callable[[str, int], object]
    paths: Paths


def rules_digest() -> str:
    """Give the SHA-256 over what is taken for a call."""
    return hashlib.sha256("\0".join(pattern.pattern for pattern in _CALLS.values()).encode()).hexdigest()


def scan_calls(files: Sequence[FileChange], head: Tree, base: Tree) -> Scan | None:
    """Look at what changed pipelines call; None where none calls a file of its repository."""
    found: list[Finding] = []
    known: list[Finding] = []
    pairs: dict[str, str] = {}
    looked: list[str] = []
    for file in files:
        calls = tuple(_calls(file.path, head.read(file.new_blob, MAX_CODE_BYTES))) if _may_call(file) else ()
        if not calls:
            continue
        looked.append(file.path)
        found.extend(_missing(file.path, calls, head.paths()))
        if file.base_blob is not None:
            pairs[file.path] = path = file.paired_with or file.path
            old = _calls(path, base.read(file.base_blob, MAX_CODE_BYTES))
            known.extend(_missing(path, tuple(old), base.paths()))
    return Scan(ID, VERSION, rules_digest(), mark_new(found, known, pairs), tuple(looked)) if looked else None


def _may_call(file: FileChange) -> bool:
    is_file = not (file.is_deleted or file.is_symlink or file.is_gitlink)
    return is_file and file.path.lower().endswith((".yml", ".yaml"))


def _calls(path: str, content: object) -> Iterator[tuple[int, str, str]]:
    """Give line, label and called path; what cannot be read is unread already, and denied for that."""
    text = decoded(content)[0] if isinstance(content, bytes) else ""
    named = ci_named(path, text) if text else None
    pattern = _CALLS.get(named.label) if named else None
    if named is None or pattern is None:
        return
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        for match in pattern.finditer(line) if not line.lstrip().startswith("#") else ():
            count += 1
            if "$" not in match[1] and count <= MAX_CALLS:
                yield number, named.label, match[1]


def _missing(path: str, calls: Sequence[tuple[int, str, str]], paths: Collection[str]) -> Iterator[Finding]:
    for line, label, called in calls:
        if not _is_there(label, called, paths):
            yield _finding(path, line, called)


def _is_there(label: str, called: str, paths: Collection[str]) -> bool:
    wanted = called.removeprefix("./").strip("/")
    if label == GITHUB:
        return wanted in paths or any(f"{wanted}/{name}".lstrip("/") in paths for name in _ACTION)
    if "*" in wanted:
        return any(fnmatchcase(one, wanted) for one in paths)
    return wanted in paths


def _finding(path: str, line: int, called: str) -> Finding:
    return Finding(
        rule=RULE,
        scanner=ID,
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        message=f"calls {called[:200]}, which the change leaves without a file",
        location=Location(path, line, line),
        fingerprint=fingerprint(RULE, called, ""),
        cwe=("CWE-829",),
        why="The job fails, or it runs what an earlier step, a checkout or a cache has put in that place.",
        fix="Add the file in the same change, or correct its path.",
        snippet=(called[:200],),
    )
