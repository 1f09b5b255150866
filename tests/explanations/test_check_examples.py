"""What is called bad, the real program finds on that line; what is called good, it does not find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from outsource_gate.explanations.check_examples import bad_line, examples, examples_of
from outsource_gate.explanations.find import explain
from outsource_gate.explanations.weaknesses import WAIVER, links
from outsource_gate.model.finding import Scan
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners.installed import isolated_python
from outsource_gate.scanners.run import SCANNERS, scan_paths
from outsource_gate.scanners.zizmor_audits import AUDITS
from tests.scanners.fake import write

JOB = """\
name: build
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
"""
# Where an example stands below its folder, what stands above it, and how far in it is.
PLACES = {
    "bandit": ("code.py", "", ""),
    "zizmor": (".github/workflows/build.yml", JOB, "      "),
    "workflow": (".github/workflows/build.yml", "", ""),
    "dependabot": (".github/dependabot.yml", "", ""),
}


def code(told: Mapping[str, Any], verdict: str) -> str:
    """Give the text with the characters that the data writes as their codes."""
    text: str = told[verdict]
    return text.encode().decode("unicode_escape") if told.get("escaped") else text


def reported(tool: str, folder: Path) -> dict[str, set[tuple[str, int]]]:
    """Give check and line by the folder of the example."""
    scanners = tuple(scanner for scanner in SCANNERS if scanner.id == tool)
    scans = scan_paths([folder], scanners=scanners).scans
    (scan,) = (one for one in scans if isinstance(one, Scan) and one.scanner == tool)
    assert not scan.failed
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for one in scan.findings:
        found[Path(one.location.path).relative_to(folder).parts[0]].add((one.rule, one.location.start_line))
    return found


@pytest.mark.tools
@pytest.mark.parametrize("tool", ["bandit", "zizmor"])
def test_the_program_agrees(tmp_path: Path, tool: str) -> None:
    for check, told in examples()[tool].items():
        path, before, by = PLACES[told.get("place", tool)]
        for verdict in ("bad", "good"):
            write(tmp_path, f"{check}-{verdict}/{path}", before + indent(code(told, verdict), by) + "\n")
    found = reported(tool, tmp_path)
    assert len(examples()[tool]) > 5
    for check, told in examples()[tool].items():
        rule, before = f"{tool}.{check}", PLACES[told.get("place", tool)][1]
        assert (rule, bad_line(told) + before.count("\n")) in found[f"{check}-bad"], check
        assert rule not in {one for one, _ in found[f"{check}-good"]}, check


def test_the_data_has_the_shape_that_pages_expect() -> None:
    assert set(examples()) == {"bandit", "zizmor"}
    for checks in examples().values():
        for told in checks.values():
            assert {"bad", "good"} <= set(told) <= {"bad", "good", "line", "place", "escaped", "why"}


@pytest.mark.tools
def test_every_check_that_can_be_reported_has_an_example(tmp_path: Path) -> None:
    assert set(examples()["zizmor"]) == set(AUDITS)
    asked = "from bandit.core.extension_loader import MANAGER as m; print(*m.plugins_by_id, *m.blacklist_by_id)"
    checks = run(
        [*isolated_python(), "-c", asked],
        cwd=tmp_path,
        env=scrubbed_environment(tmp_path),
        timeout_seconds=60,
        max_output_bytes=1 << 20,
    )
    assert set(examples()["bandit"]) == set(checks.stdout.decode().split())


@pytest.mark.parametrize("rule", ["bandit.B602", "zizmor.template-injection"])
def test_a_page_has_both_and_where_to_read_on(rule: str) -> None:
    page = explain(rule)
    assert [example.verdict for example in page.examples] == ["bad", "good"]
    assert page.examples[0].lines[page.examples[0].line - 1][1].strip()
    assert page.links and page.waiver == WAIVER


def test_a_check_that_nobody_knows_has_no_example() -> None:
    assert examples_of("bandit", "B999") == ()
    assert examples_of("bandit", "B508") != ()


@pytest.mark.tools
@pytest.mark.parametrize("check", ["B102", "B324", "B506", "B608", "B613", "B703"])
def test_a_page_of_bandit_is_complete(check: str) -> None:
    """also where the function of the check has no words and its module has them"""
    page = explain(f"bandit.{check}")
    assert " " in page.means
    assert page.why
    assert any(link.startswith("CWE-") for link in page.links)
    assert "waiver" in page.waiver


def test_links_lead_to_the_weakness_and_the_list() -> None:
    """and what is no CWE or category leads nowhere"""
    assert links(["CWE-78", "CWE-x", "javascript:alert(1)"], ["A05:2025", "A99:2025"]) == (
        "CWE-78: https://cwe.mitre.org/data/definitions/78.html",
        "A05:2025 Injection: https://owasp.org/Top10/2025/",
    )
