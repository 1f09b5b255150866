"""Scanner zizmor."""

from __future__ import annotations

import json
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Finding, Read, Scan, Severity
from outsource_gate.scanners.run import ScanResult, scan_change
from outsource_gate.scanners.zizmor import SCANNER, parse, refused
from tests.scanners.fake import Blobs, added, modified

HEAD = "name: CI\non: push\npermissions: {}\njobs:\n  build:\n    runs-on: x\n    steps:\n"
FLAWED = HEAD + "      - run: echo ${{ github.event.issue.title }}\n"
CLEAN = HEAD + "      - run: make\n"
WORKFLOW = ".github/workflows/ci.yml"
RESULT = {
    "ident": "template-injection",
    "desc": "code injection",
    "url": "https://docs.example/#template-injection",
    "determinations": {"confidence": "High", "severity": "Informational"},
    "locations": [
        {
            "symbolic": {
                "key": {"Local": {"verbatim_path": "/room/head/f000000.yml"}},
                "annotation": "here",
                "kind": "Primary",
            },
            "concrete": {"location": {"start_point": {"row": 7, "column": 8}}},
        }
    ],
}


def scan(*files: Any, blobs: Blobs) -> ScanResult:
    return scan_change(files, blobs, scanners=(SCANNER,))


def findings(result: ScanResult) -> list[Finding]:
    (found, _) = result.scans
    assert isinstance(found, Scan)
    return list(found.findings)


def test_a_result_becomes_a_hit_with_weakness_and_remedy() -> None:
    output = parse(json.dumps([RESULT]).encode())
    (hit,) = output.hits
    assert (hit.rule, hit.start_line, hit.severity) == ("zizmor.template-injection", 8, Severity.LOW)
    assert (hit.cwe, hit.owasp) == (("CWE-94",), ("A03:2021", "A05:2025"))
    assert "env:" in hit.fix
    assert output.is_whole


def test_a_check_that_is_not_in_our_table_is_reported_too() -> None:
    (hit,) = parse(json.dumps([RESULT | {"ident": "brand-new"}]).encode()).hits
    assert (hit.rule, hit.cwe, hit.fix) == ("zizmor.brand-new", (), "")


@pytest.mark.parametrize(
    "raw", [b"", b"{}x", b"[{}]", b"[1]", b"[", json.dumps([RESULT | {"locations": []}]).encode()]
)
def test_half_a_report_is_no_report(raw: bytes) -> None:
    with pytest.raises(ToolError, match="zizmor"):
        parse(raw)


def test_only_a_word_about_a_file_is_a_refusal() -> None:
    """a program that fails for another reason is a missing fact, not a broken file"""
    assert refused(b"fatal: no audit was performed\nno inputs collected\n") == ""
    said = (
        b"failed to load file:///room/head/f.yml as workflow\n\nCaused by:\n    0: invalid YAML\n    1: at line 2\n"
    )
    assert refused(said) == "zizmor could not read it: invalid YAML"


@pytest.mark.tools
class TestForReal:
    def test_workflows_actions_and_dependabot_are_read_by_their_names(self) -> None:
        """what a file is follows from its name, which only actions and dependabot keep in the clean room"""
        action = "name: a\ndescription: b\ninputs: {c: {description: d}}\nruns:\n  using: composite\n  steps:\n"
        action += "    - run: echo ${{ inputs.c }}\n      shell: bash\n"
        updates = "version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n"
        updates += "    schedule: {interval: daily}\n    insecure-external-code-execution: allow\n"
        blobs = Blobs()
        result = scan(
            added(blobs, WORKFLOW, FLAWED),
            added(blobs, "tools/lint/action.yaml", action),
            added(blobs, ".github/dependabot.yml", updates),
            blobs=blobs,
        )
        assert {row.read for row in result.coverage} == {Read.SCANNED}
        assert {(found.location.path, found.rule) for found in findings(result)} >= {
            (WORKFLOW, "zizmor.template-injection"),
            ("tools/lint/action.yaml", "zizmor.template-injection"),
            (".github/dependabot.yml", "zizmor.dependabot-execution"),
        }

    def test_comments_that_silence_zizmor_are_not_heeded(self) -> None:
        blobs = Blobs()
        quiet = FLAWED.replace("title }}", "title }}  # zizmor: ignore[template-injection]")
        result = scan(added(blobs, WORKFLOW, quiet), blobs=blobs)
        assert "zizmor.template-injection" in {found.rule for found in findings(result)}

    def test_one_broken_workflow_is_unread_and_the_others_are_read(self) -> None:
        """zizmor reads none of them then; halving finds the one"""
        blobs = Blobs()
        files = [added(blobs, f".github/workflows/{number}.yml", FLAWED) for number in range(5)]
        files.append(added(blobs, ".github/workflows/broken.yml", "on: [push\njobs: }}}\n"))
        files.append(added(blobs, ".github/workflows/no.yml", "just: data\n"))
        result = scan(*files, blobs=blobs)
        reads = {row.path: row.read for row in result.coverage}
        assert {path for path, read in reads.items() if read is Read.UNREAD} == {
            ".github/workflows/broken.yml",
            ".github/workflows/no.yml",
        }
        assert len([found for found in findings(result) if found.rule == "zizmor.template-injection"]) == 5

    def test_many_broken_workflows_end_in_bounds_as_a_missing_fact(self) -> None:
        blobs = Blobs()
        files = [added(blobs, f".github/workflows/{number}.yml", f"a: {number}\n") for number in range(150)]
        result = scan(*files, blobs=blobs)
        assert isinstance(result.scans[0], Unavailable)
        assert "too many files" in result.scans[0].reason
        assert {row.read for row in result.coverage} == {Read.UNKNOWN}

    def test_what_the_base_has_is_not_new_though_the_job_goes_on(self) -> None:
        blobs = Blobs()
        longer = FLAWED.replace("permissions: {}\n", "") + "      - run: make\n"
        result = scan(modified(blobs, WORKFLOW, FLAWED.replace("permissions: {}\n", ""), longer), blobs=blobs)
        assert {(found.rule, found.new) for found in findings(result)} == {
            ("zizmor.template-injection", False),
            ("zizmor.excessive-permissions", False),
        }

    def test_a_clean_workflow_has_no_findings(self) -> None:
        blobs = Blobs()
        assert findings(scan(added(blobs, WORKFLOW, CLEAN), blobs=blobs)) == []
