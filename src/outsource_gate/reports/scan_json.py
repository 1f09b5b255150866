"""What did `scan` find, as JSON? The shape is the command line's contract."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Read, Scan


def scan_json(scans: Sequence[Scan | Unavailable], coverage: Sequence[CoverageRow]) -> str:
    """Findings in order of place, every path with what read it, every tool with what became of it."""
    findings = sorted(
        (finding for scan in scans if isinstance(scan, Scan) for finding in scan.findings),
        key=lambda finding: (finding.location.path, finding.location.start_line, finding.rule),
    )
    report = {
        "schemaVersion": "1.0",
        "findings": [_finding(finding) for finding in findings],
        "coverage": [_row(row) for row in sorted(coverage, key=lambda row: row.path)],
        "tools": [_tool(scan) for scan in scans],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "rule": finding.rule,
        "scanner": finding.scanner,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "cwe": list(finding.cwe),
        "owasp": list(finding.owasp),
        "message": finding.message,
        "path": place.path,
        "start_line": place.start_line,
        "end_line": place.end_line,
        "fingerprint": finding.fingerprint,
        "why": finding.why,
        "fix": finding.fix,
    }


def _row(row: CoverageRow) -> dict[str, Any]:
    scanned = row.read is Read.SCANNED
    reason = None if scanned else f"{row.read}: {row.reason}"
    return {"path": row.path, "scanners": list(row.scanners), "not_scanned": reason}


def _tool(scan: Scan | Unavailable) -> dict[str, Any]:
    if isinstance(scan, Unavailable):
        return {"scanner": scan.fact, "version": None, "problem": scan.reason, "next_step": scan.next_step}
    return {"scanner": scan.scanner, "version": scan.version, "rules_digest": scan.rules_digest, "problem": None}
