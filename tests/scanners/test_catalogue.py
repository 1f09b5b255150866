"""Which scanners there are."""

from __future__ import annotations

from pathlib import Path

from outsource_gate.scanners.catalogue import scanners

DOCS = Path(__file__).resolve().parents[2] / "docs" / "scanners.md"


def test_every_file_that_defines_a_scanner_is_found() -> None:
    """one new file adds a scanner, and its id is the file's name"""
    folder = Path(scanners.__wrapped__.__code__.co_filename).parent
    defining = {file.stem for file in folder.glob("*.py") if "\nSCANNER = " in file.read_text()}
    assert {scanner.id for scanner in scanners()} == defining >= {"bandit", "semgrep"}


def test_each_has_a_heading_in_the_docs() -> None:
    """what a scanner finds, and how it is called, is written down"""
    headings = {line.strip("# ") for line in DOCS.read_text().splitlines() if line.startswith("## ")}
    assert {scanner.id for scanner in scanners()} | {"text"} <= headings


def test_each_says_what_it_reads_and_accepts() -> None:
    """a scanner that reads nothing, or takes every exit code, is a mistake"""
    for scanner in scanners():
        assert scanner.reads
        assert scanner.finds
        assert 0 in scanner.accepts
        assert max(scanner.accepts) < 10
