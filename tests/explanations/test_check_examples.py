"""What is called bad, the real program finds on that line; what is called good, it does not find."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from textwrap import indent

import pytest

from outsource_gate.explanations.check_examples import bad_line, examples, examples_of
from outsource_gate.explanations.find import explain
from outsource_gate.explanations.weaknesses import WAIVER, links
from outsource_gate.model.finding import Scan
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
PLACES = {"bandit": ("{}.py", "", ""), "zizmor": (".github/workflows/{}.yml", JOB, "      ")}


def reported(tool: str, folder: Path) -> dict[str, set[tuple[str, int]]]:
    """Give check and line by the file's stem."""
    scanners = tuple(scanner for scanner in SCANNERS if scanner.id == tool)
    scans = scan_paths([folder], scanners=scanners).scans
    (scan,) = (one for one in scans if isinstance(one, Scan) and one.scanner == tool)
    assert not scan.failed
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for one in scan.findings:
        found[Path(one.location.path).stem].add((one.rule, one.location.start_line))
    return found


@pytest.mark.tools
@pytest.mark.parametrize("tool", PLACES)
def test_the_program_agrees(tmp_path: Path, tool: str) -> None:
    place, before, by = PLACES[tool]
    for check, told in examples()[tool].items():
        for verdict in ("bad", "good"):
            write(tmp_path, place.format(f"{check}-{verdict}"), f"{before}{indent(told[verdict], by)}\n")
    found = reported(tool, tmp_path)
    assert len(examples()[tool]) > 5
    for check, told in examples()[tool].items():
        rule = f"{tool}.{check}"
        assert (rule, bad_line(told) + before.count("\n")) in found[f"{check}-bad"], check
        assert rule not in {one for one, _ in found[f"{check}-good"]}, check


def test_the_data_has_the_shape_that_pages_expect() -> None:
    assert set(examples()) == {"bandit", "zizmor"}
    for checks in examples().values():
        for told in checks.values():
            assert {"bad", "good"} <= set(told) <= {"bad", "good", "line"}
    assert set(examples()["zizmor"]) <= set(AUDITS)


@pytest.mark.parametrize("rule", ["bandit.B602", "zizmor.template-injection"])
def test_a_page_has_both_and_where_to_read_on(rule: str) -> None:
    page = explain(rule)
    assert [example.verdict for example in page.examples] == ["bad", "good"]
    assert page.examples[0].lines[page.examples[0].line - 1][1].strip()
    assert page.links and page.waiver == WAIVER


def test_a_check_without_examples_has_a_page_all_the_same() -> None:
    assert examples_of("bandit", "B508") == ()
    assert explain("bandit.B508").what_to_do.endswith("bandit's own manual has examples.")


def test_links_lead_to_the_weakness_and_the_list() -> None:
    """and what is no CWE or category leads nowhere"""
    assert links(["CWE-78", "CWE-x", "javascript:alert(1)"], ["A05:2025", "A99:2025"]) == (
        "CWE-78: https://cwe.mitre.org/data/definitions/78.html",
        "A05:2025 Injection: https://owasp.org/Top10/2025/",
    )
