"""`scan` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from outsource_gate.cli.scan import command
from outsource_gate.reports.scan_v1 import published_schema
from tests.bypass.scene import CLEAN, FLAW
from tests.repo import Repo
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


def test_the_json_is_as_published(tmp_path: Path) -> None:
    write(tmp_path, "ping.py", FLAW)
    told = json.loads(scan(tmp_path, "--output", "json")[1])
    jsonschema.validate(told, published_schema())
    assert told["repository"] is None and told["secrets"] is None


def repository(folder: Path) -> Repo:
    repo = Repo(folder / "repo")
    repo.commit("Flaw", {"ping.py": FLAW}, author="Vic <vic@acme.example>")
    return repo


def head(*words: str | Path) -> Result:
    return CliRunner().invoke(command, list(map(str, words)))


def test_a_repository_is_scanned_in_every_format(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    files = {name: tmp_path / f"out.{name}" for name in ("json", "sarif", "csv", "terminal")}
    outputs = [part for name, file in files.items() for part in ("--output", f"{name}={file}")]
    result = head("--repository", repo.path, "--ref", "main", "--fail-on", "high", *outputs)
    assert result.exit_code == 1, result.output
    told = json.loads(files["json"].read_text())
    assert told["repository"]["head"]["commit"] == repo.head
    assert json.loads(files["sarif"].read_text())["version"] == "2.1.0"
    assert repo.head in files["csv"].read_text()
    assert "Vic <vic@acme.example>" in files["terminal"].read_text() or "ping.py" in files["terminal"].read_text()


def test_here_is_the_default_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = repository(tmp_path)
    monkeypatch.chdir(repo.path)
    result = head("--repository", "--output", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["repository"]["head"]["asked"] == "HEAD"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--ref", "main"], "are for --repository"),
        (["--repository", ".", "--output", "github"], "csv"),
        (["--output", "csv"], "no format"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: list[str], told: str) -> None:
    result = head(*words)
    assert result.exit_code == 2
    assert told in result.output


def test_paths_and_a_repository_do_not_go_together(tmp_path: Path) -> None:
    result = head("--repository", tmp_path, tmp_path)
    assert result.exit_code == 2
    assert "leave the paths out" in result.output
