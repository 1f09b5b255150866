"""All scanners over a change: side by side, bounded, and every path accounted for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Read, Scan
from outsource_gate.model.source import Change, FileChange
from outsource_gate.scanners.launch import Limits
from outsource_gate.scanners.run import ScanResult, scan_change, scan_paths
from tests.bypass.scene import CLEAN, FLAW
from tests.scanners.fake import HONEST, NONE, Blobs, added, modified, scanner, write


def run(program: str, *, seconds: float = 30, output: int = 1 << 20) -> ScanResult:
    blobs = Blobs()
    files = [added(blobs, "a.py", CLEAN), added(blobs, "notes.md", "# Notes\n")]
    return scan_change(files, blobs, scanners=(scanner(program),), limits=Limits(seconds, output))


def only(result: ScanResult) -> Scan | Unavailable:
    return result.scans[0]


def test_an_honest_scanner_is_believed() -> None:
    result = run(HONEST)
    assert isinstance(only(result), Scan)
    assert [(row.path, row.read, row.scanners) for row in result.coverage] == [
        ("a.py", Read.SCANNED, ("fake",)),
        ("notes.md", Read.INERT, ()),
    ]


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import time; time.sleep(60)", "not done after"),
        ("while True: print('x' * 1000)", "wrote more than"),
        ("raise SystemExit(7)", "code 7"),
        ("import os; os.abort()", "code -6"),
        ("print('[\"half')", "cannot be read"),
        ("pass", "cannot be read"),
    ],
    ids=["hangs", "floods", "fails", "crashes", "half a report", "no report"],
)
def test_a_scanner_that_misbehaves_is_a_missing_fact(program: str, says: str) -> None:
    """The others stand, and the message names the scanner."""
    fact = only(run(program, seconds=1.5, output=100_000))
    assert isinstance(fact, Unavailable)
    assert says in fact.reason
    assert fact.fact == "fake"


def test_a_file_the_scanner_keeps_silent_about_is_unread() -> None:
    """Exit 0 and a report that leaves a file out is no scan of it."""
    (row, _) = run("print('[]')").coverage
    assert (row.path, row.read) == ("a.py", Read.UNREAD)
    assert "did not read it" in row.reason


def test_a_report_about_another_file_is_not_believed() -> None:
    program = "import json, sys; print(json.dumps(sys.argv[1:] + ['/etc/passwd']))"
    assert isinstance(only(run(program)), Scan)  # named as scanned only: nothing rests on it


def test_one_broken_scanner_does_not_hide_the_other() -> None:
    blobs = Blobs()
    pair = (scanner("raise SystemExit(9)", id="one"), scanner(HONEST, id="two"))
    result = scan_change([added(blobs, "a.py", CLEAN)], blobs, scanners=pair)
    assert [type(scan) for scan in result.scans] == [Unavailable, Scan, Scan]


def test_a_scanner_that_is_not_installed_says_how_to_get_it() -> None:
    missing = Unavailable("fake is not installed", "pip install 'outsource-gate[scanners]'", "fake")
    blobs = Blobs()
    absent = replace(scanner(HONEST), find=lambda: missing)
    assert only(scan_change([added(blobs, "a.py", CLEAN)], blobs, scanners=(absent,))) == missing


@pytest.mark.parametrize(
    ("file", "read"),
    [
        (FileChange("gone.py", Change.DELETED, "100644", "000000", "1" * 40, NONE), Read.INERT),
        (FileChange("link", Change.ADDED, "000000", "120000", NONE, "1" * 40), Read.UNREAD),
        (FileChange("module", Change.ADDED, "000000", "160000", NONE, "1" * 40), Read.UNREAD),
        (FileChange("odd", Change.ADDED, "000000", "100000", NONE, "1" * 40), Read.UNREAD),
    ],
)
def test_what_is_no_file_is_accounted_for_without_reading(file: FileChange, read: Read) -> None:
    (row,) = scan_change([file], Blobs(), scanners=()).coverage
    assert (row.path, row.read) == (file.path, read)


def test_a_giant_is_unread_and_never_held() -> None:
    blobs = Blobs()
    (row,) = scan_change([added(blobs, "a.py", b"#" * (33 << 20))], blobs, scanners=()).coverage
    assert row.read is Read.UNREAD
    assert "too big" in row.reason


@pytest.mark.tools
class TestRealScanners:
    def test_a_new_flaw_is_new_and_an_old_one_is_not(self) -> None:
        blobs = Blobs()
        files = [added(blobs, "new.py", FLAW), modified(blobs, "old.py", FLAW, f"# more\n{FLAW}")]
        result = scan_change(files, blobs)
        new = {f.location.path: f.new for scan in result.scans if isinstance(scan, Scan) for f in scan.findings}
        assert new == {"new.py": True, "old.py": False}
        assert {scan.scanner for scan in result.scans if isinstance(scan, Scan)} == {"semgrep", "bandit", "text"}

    def test_nothing_lying_around_configures_a_scanner(self, tmp_path: Path) -> None:
        """Ignore files, configuration and look-alike programs in the scanned folder change nothing."""
        write(tmp_path, "tests/ping.py", FLAW.replace("shell=True)", "shell=True)  # nosec nosemgrep"))
        write(tmp_path, ".semgrepignore", "*\n")
        write(tmp_path, ".bandit", "[bandit]\nexclude = /\n")
        write(tmp_path, "bandit.py", "raise SystemExit(0)\n")
        write(tmp_path, "semgrep", "#!/bin/sh\nexit 0\n")
        result = scan_paths([tmp_path])
        seen = {f.scanner for scan in result.scans if isinstance(scan, Scan) for f in scan.findings}
        assert seen == {"semgrep", "bandit", "text"}

    def test_every_file_of_a_folder_is_listed_and_git_is_left_out_by_name(self, tmp_path: Path) -> None:
        write(tmp_path, "a.py", CLEAN)
        write(tmp_path, ".git/config", "[core]\n")
        write(tmp_path, "b.swift", "print(1)\n")
        (tmp_path / "link").symlink_to("a.py")
        rows = {Path(row.path).name: row.read for row in scan_paths([tmp_path]).coverage}
        assert rows == {"a.py": Read.SCANNED, ".git": Read.INERT, "b.swift": Read.UNSUPPORTED, "link": Read.UNREAD}
