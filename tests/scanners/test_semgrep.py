"""Scanner semgrep."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.finding import Confidence, Read, Scan, Severity
from outsource_gate.policy.shipped import shipped_folder
from outsource_gate.scanners import Installed
from outsource_gate.scanners.run import scan_change
from outsource_gate.scanners.semgrep import SCANNER, command_line, parse
from tests.scanners.fake import Blobs, added

RESULT = {
    "check_id": "python.x",
    "path": "/room/head/f000000.py",
    "start": {"line": 3, "col": 5},
    "end": {"line": 4, "col": 9},
    "extra": {
        "message": "m",
        "severity": "ERROR",
        "metadata": {"severity": "critical", "confidence": "high", "cwe": ["CWE-78"], "owasp": ["A03:2021"]},
    },
}


def report(**changes: Any) -> bytes:
    whole = {
        "results": [RESULT],
        "errors": [],
        "skipped_rules": [],
        "paths": {"scanned": ["/room/head/f000000.py"]},
    }
    return json.dumps(whole | changes).encode()


def test_a_result_becomes_a_hit_with_our_metadata() -> None:
    (hit,) = parse(report()).hits
    assert (hit.rule, hit.start_line, hit.severity, hit.confidence) == (
        "python.x",
        3,
        Severity.CRITICAL,
        Confidence.HIGH,
    )


@pytest.mark.parametrize("kind", ["Timeout", ["PartialParsing", []]])
def test_a_file_with_an_error_is_not_scanned(kind: Any) -> None:
    """Its exit code would be 0 for a partial parse, a time-out and a lack of memory."""
    output = parse(report(errors=[{"type": kind, "path": "/room/head/f000000.py"}]))
    assert output.scanned == ()
    assert output.failed[0][0] == "/room/head/f000000.py"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"results": [',
        report(paths={}),
        report(results=[{}]),
        report(skipped_rules=[{"rule_id": "x"}]),
        report(errors=[{"type": "Fatal", "message": "no rules"}]),
    ],
)
def test_half_a_report_is_no_report(raw: bytes) -> None:
    with pytest.raises(ToolError, match="semgrep"):
        parse(raw)


@pytest.mark.tools
def test_the_native_program_and_the_command_line_find_the_same() -> None:
    """On examples of each rule pack, with findings and near misses; all of them take the front end minutes."""
    blobs = Blobs()
    packs = [path for path in sorted((shipped_folder() / "rules").iterdir()) if path.is_dir()]
    held = [[path for path in sorted(pack.iterdir()) if path.suffix != ".yaml"] for pack in packs]
    examples = [path for paths in held for path in paths[::6]]
    assert len(examples) > 20
    files = [added(blobs, f"{path.parent.name}/{path.name}", path.read_bytes()) for path in examples]
    native = SCANNER.find()
    assert isinstance(native, Installed)
    assert native.argv0 == "osemgrep"
    slow = replace(SCANNER, find=lambda: command_line(native.version))
    results = [scan_change(files, blobs, scanners=(scanner,)) for scanner in (SCANNER, slow)]
    first, second = (result.scans[0] for result in results)
    assert isinstance(first, Scan)
    assert isinstance(second, Scan)
    assert [finding.fingerprint for finding in first.findings] == [
        finding.fingerprint for finding in second.findings
    ]
    assert first.findings
    assert results[0].coverage == results[1].coverage


@pytest.mark.tools
def test_only_the_rules_of_the_languages_present_are_loaded(tmp_path: Path) -> None:
    blobs = Blobs()
    digests = []
    for name in ("a.py", "a.js"):
        (scan, *_) = scan_change([added(blobs, name, "x = 1;\n")], blobs, scanners=(SCANNER,)).scans
        assert isinstance(scan, Scan)
        digests.append(scan.rules_digest)
    assert digests[0] != digests[1]


@pytest.mark.tools
def test_a_file_that_cannot_be_parsed_is_unread_even_without_a_word_of_any_rule() -> None:
    """semgrep alone skips such a file and says that it was scanned"""
    blobs = Blobs()
    broken = {"a.js": "function f( { ]\n", "a.ts": "let x: number = <;\n", "a.go": "package x\nfunc a( {\n"}
    partly = {"a.c": "int f( { ]\n", "a.cpp": "class A { int f( { ] };\n"}  # of C it knows a part
    broken |= {
        "A.java": "class {\n",
        "a.tf": 'resource "a" "b" {\n  x = [1,\n}\n',
        "a.rb": "def a( ; end end } {\n",
    }
    whole = {
        "b.js": "",
        "b.ts": "let x: number = 1\n",
        "b.go": "package b\n",
        "B.java": "",
        "b.tf": "x = 1\n",
        "b.py": "",
        "b.rb": "puts 1\n",
        "b.c": "int a;\n",
        "b.hpp": "",
    }
    files = [added(blobs, path, text) for path, text in (broken | partly | whole).items()]
    result = scan_change(files, blobs, scanners=(SCANNER,))
    assert {row.path for row in result.coverage if row.read is Read.UNREAD} == set(broken)
    assert {row.path for row in result.coverage if row.read is Read.UNSUPPORTED} == set(partly)
    assert {row.path for row in result.coverage if row.read is Read.SCANNED} == set(whole)


def test_bytes_that_are_no_utf8_in_a_message_do_not_spoil_the_report() -> None:
    """semgrep quotes the file it could not parse, whatever is in it"""
    raw = report(errors=[{"type": "Timeout", "path": "/room/a.py", "message": "?"}]).replace(b"?", b"\xff\xfe")
    assert parse(raw).failed == (("/room/a.py", "semgrep took too long over it (Timeout)"),)


@pytest.mark.tools
def test_c_that_semgrep_cannot_parse_whole_is_unsupported_and_other_languages_are_unread() -> None:
    """macros make any syntax in C, and half of real files would deny; what a lack of rules does, the tier says"""
    blobs = Blobs()
    odd = 'void f(void) { printf("%" PRIu64 "\\n", 1); }\nDECLARE(x, struct { int a; }) { ] }\n'
    files = [added(blobs, "a.c", odd), added(blobs, "a.go", "package a\nfunc f( {\n")]
    result = scan_change(files, blobs, scanners=(SCANNER,))
    assert [(row.path, row.read) for row in result.coverage] == [
        ("a.c", Read.UNSUPPORTED),
        ("a.go", Read.UNREAD),
    ]
    (scan, *_) = result.scans
    assert isinstance(scan, Scan)
    assert scan.unparsed == ("a.c",)
    assert {path for path, _ in scan.failed} == {"a.c", "a.go"}


def test_a_file_that_also_ran_over_time_is_unread() -> None:
    """only a lack of syntax is a lack of the scanner; the rest could be made to happen"""
    errors = [
        {"type": ["PartialParsing", []], "path": "a.c"},
        {"type": "Timeout", "path": "a.c"},
        {"type": "Syntax error", "path": "b.c"},
    ]
    output = parse(report(errors=errors))
    assert output.unparsed == ("b.c",)
    assert {path for path, _ in output.failed} == {"a.c", "b.c"}
