"""The way of data to what semgrep finds: asked of the real program, read within bounds, never itself a hit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.errors import ToolError
from outsource_gate.model.finding import Finding, Scan
from outsource_gate.scanners import Job, Tracer
from outsource_gate.scanners.cache.store import Store
from outsource_gate.scanners.run import ScanResult, scan_change, scan_paths
from outsource_gate.scanners.semgrep import SCANNER, command_line
from outsource_gate.scanners.semgrep_trace import ARGV0, MAX_STEPS, TRACER, parse_traces, trace_command
from tests.scanners.fake import Blobs, added, modified, write

WAY = """\
import subprocess
from flask import request

def ping():
    host = request.args["host"]
    line = "ping -c1 " + host
    subprocess.call(line, shell=True)
"""
SCRIPT = """\
const { exec } = require("child_process");
app.get("/ping", (req, res) => {
  const host = req.query.host;
  exec("ping -c1 " + host);
});
"""
RULE = "python.flask.command-injection"


def spot(line: int, path: str = "/room/head/f0.py") -> dict[str, Any]:
    return {"path": path, "start": {"line": line, "col": 5}, "end": {"line": line, "col": 9}}


def report(*through: int, trace: object = None, path: str = "/room/head/f0.py") -> bytes:
    told = trace or {
        "taint_source": ["CliLoc", [spot(1, path), "source()"]],
        "intermediate_vars": [{"location": spot(line), "content": "x"} for line in through],
        "taint_sink": ["CliLoc", [spot(90), "sink(x)"]],
    }
    return json.dumps({"results": [{"check_id": "r", **spot(90), "extra": {"dataflow_trace": told}}]}).encode()


def findings(result: ScanResult) -> list[Finding]:
    return [found for scan in result.scans if isinstance(scan, Scan) for found in scan.findings]


def way(result: ScanResult) -> list[tuple[str, int]]:
    (found,) = (one for one in findings(result) if one.rule == RULE)
    return [(step.kind, step.line) for step in found.trace]


@pytest.mark.tools
class TestRealProgram:
    def test_a_finding_has_the_lines_by_which_data_gets_there(self) -> None:
        blobs = Blobs()
        files = [added(blobs, "a.py", WAY), added(blobs, "b.js", SCRIPT)]
        result = scan_change(files, blobs, scanners=(SCANNER,))
        assert way(result) == [("source", 5), ("through", 6), ("sink", 7)]
        (found,) = (one for one in findings(result) if one.rule == RULE)
        assert found.trace[0].snippet == '    host = request.args["host"]'
        script = [one for one in findings(result) if one.location.path == "b.js" and one.trace]
        assert [(step.kind, step.line) for step in script[0].trace] == [("source", 3), ("sink", 4)]

    def test_the_way_changes_nothing_else(self) -> None:
        """findings, fingerprints, coverage and what is new are the same for who does not ask for it"""
        blobs = Blobs()
        old = WAY.replace("-c1", "-c2")
        files = [modified(blobs, "a.py", WAY, f"# more\n{WAY}"), modified(blobs, "b.py", old, WAY)]
        told, untold = (
            scan_change(files, blobs, scanners=(scanner,)) for scanner in (SCANNER, replace(SCANNER, tracer=None))
        )
        assert any(one.trace for one in findings(told)) and not any(one.trace for one in findings(untold))
        assert [replace(one, trace=()) for one in findings(told)] == findings(untold)
        assert told.coverage == untold.coverage

    def test_a_kept_answer_has_its_way(self, tmp_path: Path) -> None:
        write(tmp_path, "code/a.py", WAY)
        first, second = (scan_paths([tmp_path / "code"], store=Store(tmp_path, b"k" * 16)) for _ in range(2))
        assert first == second
        assert way(second) == [("source", 5), ("through", 6), ("sink", 7)]

    def test_without_the_native_program_there_is_no_way_and_the_same_finding(self) -> None:
        native = SCANNER.find()
        slow = replace(SCANNER, find=lambda: command_line(getattr(native, "version", "")))
        blobs = Blobs()
        assert way(scan_change([added(blobs, "a.py", WAY)], blobs, scanners=(slow,))) == []

    @pytest.mark.parametrize("argv0", ["no-such-name", ARGV0])
    def test_a_failing_question_costs_the_way_alone(self, tmp_path: Path, argv0: str) -> None:
        """and is asked again: an answer without its way is not kept"""

        def broken(_: bytes) -> Any:
            raise ToolError("half a report")

        failing = replace(SCANNER, tracer=Tracer(trace_command, broken, argv0))
        write(tmp_path, "code/a.py", WAY)
        without = scan_paths([tmp_path / "code"], scanners=(failing,), store=Store(tmp_path, b"k" * 16))
        assert way(without) == []
        whole = scan_paths([tmp_path / "code"], scanners=(SCANNER,), store=Store(tmp_path, b"k" * 16))
        assert len(way(whole)) == 3


def test_nothing_is_asked_where_no_rule_follows_data(tmp_path: Path) -> None:
    installed = replace(command_line("1"), argv0="osemgrep")
    job = Job(tmp_path, tmp_path, ("head/f0.py",), frozenset({"python"}), ())
    assert TRACER.command(job, installed, ()) is None


def test_long_ways_are_cut_in_the_middle_and_say_so() -> None:
    """a line is told once, the last steps stay, and how many are left out is counted"""
    (told,) = parse_traces(report(1, *range(10, 30), 29, 90)).values()
    assert len(told) == MAX_STEPS
    assert told[0] == ("source", 1, 0)
    assert told[1] == ("through", 24, 14)
    assert told[-2:] == (("through", 29, 0), ("sink", 90, 0))


def test_a_way_through_another_file_is_not_told() -> None:
    assert parse_traces(report(5, path="/etc/passwd")) == {}


def test_a_call_on_the_way_is_told_by_its_place() -> None:
    called = ["CliCall", [[spot(4), "f(x)"], [], ["CliLoc", [spot(60), "inside"]]]]
    trace = {"taint_source": called, "intermediate_vars": None, "taint_sink": ["CliLoc", [spot(90), "sink"]]}
    assert list(parse_traces(report(trace=trace)).values()) == [(("source", 4, 0), ("sink", 90, 0))]


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"results": [', report(trace={"taint_source": [1], "taint_sink": [2]})]
)
def test_half_a_report_has_no_ways(raw: bytes) -> None:
    with pytest.raises(ToolError, match="traces"):
        parse_traces(raw)
