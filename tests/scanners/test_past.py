"""What is gone by head is scanned beside head, told apart from it, and told once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outsource_gate.git.introduced import Placed
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Location, Read, Scan
from outsource_gate.model.past import PastScan
from outsource_gate.model.source import FileChange
from outsource_gate.scanners.cache.store import Store
from outsource_gate.scanners.past import apart, gone_by
from outsource_gate.scanners.run import ScanResult, scan_change
from tests import values
from tests.bypass.scene import CLEAN, FLAW
from tests.scanners.fake import HONEST, Blobs, added, scanner

ONE, TWO = "1" * 40, "2" * 40


def placed(blobs: Blobs, path: str, content: str | bytes, commit: str = ONE, mode: str = "100644") -> Placed:
    return Placed(blobs.add(content), path, commit, mode)


def test_what_lies_at_head_or_at_the_base_is_not_gone() -> None:
    blobs = Blobs()
    kept = added(blobs, "kept.py", CLEAN)
    same = Placed(kept.new_blob, "kept.py", ONE, "100644")
    back = replace(placed(blobs, "back.py", CLEAN), base_path="back.py")
    back = replace(back, base_blob=back.oid)
    moved = Placed(kept.new_blob, "was.py", ONE, "100644")
    program = Placed(kept.new_blob, "kept.py", ONE, "100755")
    assert list(gone_by([same, back, moved, program], [kept]).files.values()) == [moved, program]


def test_every_version_has_a_row_and_head_has_its_own(tmp_path: Path) -> None:
    """No version vanishes, whatever it is; of paths that read the same each has its row."""
    blobs = Blobs()
    head = added(blobs, "a.py", CLEAN)
    versions = [
        placed(blobs, "a.py", "x = 1\n"),
        placed(blobs, "a.py", "x = 2\n", TWO),
        placed(blobs, "notes.md", "# Notes\n"),
        placed(blobs, "b.swift", "print(1)\n"),
        placed(blobs, "link", "a.py", mode="120000"),
        Placed(ONE, "lib", ONE, "160000"),
        placed(blobs, "big.py", b"#" * (33 << 20)),
    ]
    for store in (None, Store(tmp_path, b"secret"), Store(tmp_path, b"secret")):
        result = scan_change([head], blobs, scanners=(scanner(HONEST),), brought=versions, store=store)
        assert [row.path for row in result.coverage] == ["a.py"]
        (scan, text) = result.scans
        assert isinstance(scan, Scan)
        assert isinstance(text, Scan)
        assert scan.scanned == text.scanned == ("a.py",)
        assert isinstance(result.past, PastScan)
        assert sorted((file.row.path, file.commit, file.row.read) for file in result.past.files) == [
            ("a.py", ONE, Read.SCANNED),
            ("a.py", TWO, Read.SCANNED),
            ("b.swift", ONE, Read.UNSUPPORTED),
            ("big.py", ONE, Read.UNREAD),
            ("lib", ONE, Read.UNREAD),
            ("link", ONE, Read.UNREAD),
            ("notes.md", ONE, Read.INERT),
        ]


def test_without_being_asked_nothing_is_said_of_the_past() -> None:
    blobs = Blobs()
    assert scan_change([added(blobs, "a.py", CLEAN)], blobs, scanners=()).past is None


def test_a_scanner_that_failed_leaves_versions_unknown() -> None:
    blobs = Blobs()
    broken = scanner("raise SystemExit(7)")
    result = scan_change([], blobs, scanners=(broken,), brought=[placed(blobs, "a.py", CLEAN)])
    assert isinstance(result.scans[0], Unavailable)
    assert isinstance(result.past, PastScan)
    assert [file.row.read for file in result.past.files] == [Read.UNKNOWN]


def told(*findings: tuple[str, str, bool]) -> list[tuple[str, str]]:
    """What is told of findings at (key or path, fingerprint, new), as (commit, fingerprint)."""
    gone = gone_by([Placed(ONE, "a.py", ONE, "100644"), Placed(TWO, "a.py", TWO, "100644")], [])
    keys = dict(zip(("first", "second"), gone.files, strict=True))
    found = tuple(
        values.finding(location=Location(keys.get(path, path), 1, 1), fingerprint=mark, new=new)
        for path, mark, new in findings
    )
    scans, _, past = apart(gone, [values.scan("semgrep", *found)], [])
    assert isinstance(scans[0], Scan)
    assert all(not one.location.path.startswith("\0") for one in scans[0].findings)
    return [(one.commit, one.finding.fingerprint) for one in past.findings]


def test_the_first_commit_that_has_a_flaw_is_named_once() -> None:
    assert told(("first", "x", True), ("second", "x", True), ("second", "y", True)) == [(ONE, "x"), (TWO, "y")]


def test_what_the_base_has_in_the_file_is_nobodys() -> None:
    assert told(("first", "x", False)) == []


@pytest.mark.parametrize(("new", "count"), [(True, 0), (False, 1)])
def test_what_head_tells_as_new_is_told_there_alone(new: bool, count: int) -> None:
    """An old flaw elsewhere at head excuses no copy."""
    assert len(told(("first", "x", True), ("other.py", "x", new))) == count


@pytest.mark.tools
def test_the_same_is_told_of_the_past_cold_and_warm(tmp_path: Path) -> None:
    blobs = Blobs()
    files: list[FileChange] = [added(blobs, "a.py", CLEAN)]
    versions = [
        placed(blobs, "a.py", FLAW),
        replace(placed(blobs, "b.py", FLAW, TWO), base_path="b.py", base_blob=ONE),
    ]
    blobs.contents[ONE] = FLAW.encode()

    def scan(store: Store | None) -> ScanResult:
        return scan_change(files, blobs, brought=versions, store=store)

    cold = scan(None)
    assert isinstance(cold.past, PastScan)
    assert {(one.commit, one.finding.location.path) for one in cold.past.findings} == {(ONE, "a.py")}
    assert cold == scan(Store(tmp_path, b"secret")) == scan(Store(tmp_path, b"secret"))
