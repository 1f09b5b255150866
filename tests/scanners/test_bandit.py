"""Scanner bandit."""

from __future__ import annotations

import json
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.finding import Confidence, Scan, Severity
from outsource_gate.scanners.bandit import SCANNER, parse
from outsource_gate.scanners.run import scan_change
from tests.bypass.scene import FLAW
from tests.scanners.fake import Blobs, added

RESULT = {
    "filename": "/room/head/f000000.py",
    "line_number": 3,
    "line_range": [3, 4],
    "col_offset": 4,
    "test_id": "B602",
    "test_name": "subprocess_popen_with_shell_equals_true",
    "issue_severity": "HIGH",
    "issue_confidence": "HIGH",
    "issue_cwe": {"id": 78},
    "issue_text": "shell",
}


def report(**changes: Any) -> bytes:
    whole = {"results": [RESULT], "errors": [], "metrics": {"_totals": {}, "/room/head/f000000.py": {}}}
    return json.dumps(whole | changes).encode()


def test_a_result_becomes_a_hit_with_cwe_and_owasp() -> None:
    (hit,) = parse(report()).hits
    assert (hit.rule, hit.severity, hit.cwe, hit.end_line) == ("bandit.B602", Severity.HIGH, ("CWE-78",), 4)
    assert hit.owasp == ("A03:2021", "A05:2025")


def test_a_module_that_two_packages_have_is_no_sure_sign_of_the_unmaintained_one() -> None:
    """pycryptodome is imported by pyCrypto's name."""
    (hit,) = parse(report(results=[RESULT | {"test_id": "B413"}])).hits
    assert (hit.severity, hit.confidence) == (Severity.HIGH, Confidence.LOW)


def test_a_file_among_the_errors_is_not_scanned() -> None:
    """Though the exit code is 0."""
    output = parse(report(errors=[{"filename": "/room/head/f000000.py", "reason": "syntax error"}]))
    assert (output.scanned, output.failed[0][0]) == ((), "/room/head/f000000.py")


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", report(metrics=None), report(results=[{}])])
def test_half_a_report_is_no_report(raw: bytes) -> None:
    with pytest.raises(ToolError, match="bandit"):
        parse(raw)


@pytest.mark.tools
def test_comments_that_silence_bandit_are_not_heeded() -> None:
    blobs = Blobs()
    quiet = FLAW.replace("shell=True)", "shell=True)  # nosec")
    (scan, _) = scan_change([added(blobs, "a.py", quiet)], blobs, scanners=(SCANNER,)).scans
    assert isinstance(scan, Scan)
    assert "bandit.B602" in {finding.rule for finding in scan.findings}
