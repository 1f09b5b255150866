"""`scan` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from outsource_gate.cli.scan import command
from tests.bypass.scene import CLEAN, FLAW
from tests.scanners.fake import write

pytestmark = pytest.mark.tools


def scan(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(folder), *words])
    return result.exit_code, result.stdout


def test_json_has_the_promised_members(tmp_path: Path) -> None:
    write(tmp_path, "ping.py", FLAW)
    write(tmp_path, "a.swift", "print(1)\n")
    code, text = scan(tmp_path, "--output", "json")
    report = json.loads(text)
    assert code == 0
    members = {
        "rule",
        "scanner",
        "severity",
        "confidence",
        "cwe",
        "owasp",
        "message",
        "path",
        "start_line",
        "end_line",
    }
    assert members | {"fingerprint"} <= report["findings"][0].keys()
    rows = {Path(row["path"]).name: row for row in report["coverage"]}
    assert rows["ping.py"]["not_scanned"] is None
    assert rows["a.swift"]["not_scanned"]
    assert {tool["scanner"] for tool in report["tools"]} == {"semgrep", "bandit", "text"}


@pytest.mark.parametrize(("content", "code"), [(FLAW, 1), (CLEAN, 0)])
def test_fail_on_is_exit_1(tmp_path: Path, content: str, code: int) -> None:
    write(tmp_path, "ping.py", content)
    assert scan(tmp_path, "--fail-on", "high")[0] == code


def test_the_screen_shows_place_fix_and_count(tmp_path: Path) -> None:
    write(tmp_path, "ping.py", FLAW)
    write(tmp_path, "a\x1b[2J.swift", "print(1)\n")
    _, text = scan(tmp_path, "--scanner", "semgrep")
    assert "ping.py:11  high  CWE-78" in text
    assert "\x1b" not in text
    assert text.rstrip().endswith("1 scanned, 1 unsupported")


def test_sarif_goes_to_a_file(tmp_path: Path) -> None:
    write(tmp_path, "code/ping.py", FLAW)
    scan(tmp_path / "code", "--output", f"sarif={tmp_path / 'scan.sarif'}")
    assert json.loads((tmp_path / "scan.sarif").read_text())["version"] == "2.1.0"


def test_own_rules_are_loaded_beside_the_shipped_ones(tmp_path: Path) -> None:
    rule = {
        "id": "python.own",
        "languages": ["python"],
        "message": "own",
        "severity": "ERROR",
        "pattern": "forbidden(...)",
        "metadata": {"severity": "low", "confidence": "high"},
    }
    write(tmp_path, "rules/python/own.yaml", json.dumps({"rules": [rule]}))
    write(tmp_path, "code/a.py", "forbidden(1)\n")
    _, text = scan(tmp_path / "code", "--rules", str(tmp_path / "rules"), "--output", "json")
    assert [finding["rule"] for finding in json.loads(text)["findings"]] == ["python.own"]


def test_a_rule_that_cannot_be_read_is_exit_3(tmp_path: Path) -> None:
    write(tmp_path, "rules/python/own.yaml", "rules: [{id: broken}]\n")
    write(tmp_path, "code/a.py", "x = 1\n")
    code, text = scan(tmp_path / "code", "--rules", str(tmp_path / "rules"))
    assert code == 3
    assert "semgrep did not run" in text
