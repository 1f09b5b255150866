"""What did `scan` find, as JSON? The shapes are those of the outcome of `check`."""

from __future__ import annotations

from collections.abc import Sequence

from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import CoverageRow, Scan
from outsource_gate.reports.escape import json_text
from outsource_gate.reports.json_report import coverage as row_of
from outsource_gate.reports.json_report import finding as finding_of
from outsource_gate.reports.json_report import tool as tool_of


def scan_json(scans: Sequence[Scan | Unavailable], coverage: Sequence[CoverageRow]) -> str:
    """Findings in order of place, every path with what read it, every tool with what became of it."""
    findings = sorted(
        (finding for scan in scans if isinstance(scan, Scan) for finding in scan.findings),
        key=lambda finding: (finding.location.path, finding.location.start_line, finding.rule),
    )
    report = {
        "schemaVersion": "1.0",
        "findings": [finding_of(finding).model_dump(mode="json") for finding in findings],
        "coverage": [row_of(row).model_dump(mode="json") for row in sorted(coverage, key=lambda row: row.path)],
        "tools": [tool_of(scan).model_dump(mode="json") for scan in scans],
    }
    return json_text(report) + "\n"
