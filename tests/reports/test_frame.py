"""What a reader sees of the code: the place, and the way to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from outsource_gate.model.finding import Finding, Location, Scan, Step
from outsource_gate.model.outcome import Outcome
from outsource_gate.reports import View, json_report, markdown, sarif, terminal
from outsource_gate.reports.frame import FrameLine, frame_lines
from tests.reports import samples

WAY = (
    Step("source", 12, 'host = request.args["host"]'),
    Step("through", 30, "line = prefix + host", left_out=4),
    Step("sink", 39, 'host = request.args["host"]'),
)
TRACED = replace(samples.INJECTION, trace=WAY)


def traced(finding: Finding = TRACED) -> Outcome:
    """The denied sample, with a way to the finding it is denied for."""
    denied = samples.denied()
    first, *others = denied.facts.scans
    assert isinstance(first, Scan) and samples.INJECTION in first.findings
    told = tuple(finding if one == samples.INJECTION else one for one in first.findings)
    scans = (replace(first, findings=told), *others)
    return replace(denied, facts=replace(denied.facts, scans=scans))


def test_the_way_comes_before_the_place_in_the_order_of_data() -> None:
    shown = [(line.mark, line.number, line.left_out) for line in frame_lines(TRACED, 5)]
    assert shown == [("from", 12, 0), ("via", 30, 4), ("to", 39, 0), ("", 40, 0), ("", 41, 0)]


def test_a_way_that_never_leaves_the_place_is_not_told() -> None:
    one = replace(TRACED, trace=(Step("source", 39, "x"), Step("sink", 41, "y")))
    assert frame_lines(one, 2) == tuple(
        FrameLine(number, line) for number, line in enumerate(samples.INJECTION.snippet[:2], 39)
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_way_fits_the_screen(width: int) -> None:
    long = replace(TRACED, trace=(Step("source", 12, "x" * 200), *WAY[1:]))
    text = terminal.render(traced(long), View(width=width))
    assert "from 12 │ xxx" in text
    assert "4 steps left out" in text
    assert max(len(line) for line in text.splitlines()) < width


def test_markdown_tells_the_way_inside_its_fence() -> None:
    hostile = replace(TRACED, trace=(Step("source", 12, "```\u202e | <b>"), *WAY[1:]))
    text = markdown.render(traced(hostile), View())
    assert "  ````text\n  from    12 │ ```\\u202e | <b>\n" in text


def test_sarif_has_the_way_as_a_code_flow() -> None:
    log = json.loads(sarif.render(traced(), View()))
    flows = [result["codeFlows"] for run in log["runs"] for result in run["results"] if "codeFlows" in result]
    ((flow,),) = flows
    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [step["physicalLocation"]["region"]["startLine"] for step in steps] == [12, 30, 39]
    assert steps[0]["physicalLocation"]["artifactLocation"]["uri"] == "services/payments/refund.py"


def test_json_has_the_way_with_what_is_left_out() -> None:
    found = json_report.finding(replace(TRACED, location=Location("a.py", 39, 41)))
    assert [(step.kind, step.line, step.left_out) for step in found.trace] == [
        ("source", 12, 0),
        ("through", 30, 4),
        ("sink", 39, 0),
    ]
