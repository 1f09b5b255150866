"""What stands in a step summary or a comment."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from outsource_gate.model.finding import Scan
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Reason, Where
from outsource_gate.reports import View, markdown
from outsource_gate.reports.markdown import LIMIT, REPORT
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

OUR_TAGS = re.compile(r"</?(?:details(?: open)?|summary|code)>")


@pytest.mark.parametrize("sample", ["denied", "undecided", "vendorless", "two-vendors"])
def test_a_comment(sample: str, snapshot: SnapshotAssertion) -> None:
    """the verdict, the table, and what failed"""
    assert REPORT.render(samples.ALL[sample](), View()) == snapshot


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_hostile_text_makes_no_markdown(text: str) -> None:
    """no link, image, heading, mention or tag but ours; no line that a runner or GitLab obeys"""
    told = REPORT.render(samples.hostile(text), View("internal"))
    headings = 0
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(told):
        headings += token.type == "heading_open"
        if token.type == "html_block":
            assert "<" not in OUR_TAGS.sub("", token.content)
            assert not set("@#`[]") & set(re.sub(r"<code>.*?</code>|&#\d+;", "", token.content))
        for child in token.children or []:
            assert child.type not in ("link_open", "image")
            if child.type == "html_inline":
                assert OUR_TAGS.fullmatch(child.content)
    assert headings == 1
    assert commands(told) == []
    assert not re.search(r"^\s*/\w", told, re.MULTILINE)


def test_the_table_keeps_its_columns() -> None:
    """a pipe in a message does not open another cell"""
    parsed = MarkdownIt("commonmark").enable("table").parse(REPORT.render(samples.hostile(), View()))
    rows = sum(token.type == "tr_open" for token in parsed)
    assert rows == 1 + len(samples.hostile().decision.verdicts)
    assert sum(token.type in ("td_open", "th_open") for token in parsed) == 3 * rows


def test_code_cannot_end_its_fence() -> None:
    """a fence in the code under test is code"""
    parsed = MarkdownIt("commonmark").parse(REPORT.render(samples.hostile(), View()))
    (fence,) = [token for token in parsed if token.type == "fence"]
    assert "│ ```\n" in fence.content
    assert "│ ~~~~\n" in fence.content


def _endless(text: str) -> Outcome:
    """Everything that can be long is."""
    findings = tuple(
        replace(
            samples.INJECTION,
            message=text * 40,
            location=replace(samples.INJECTION.location, start_line=line, end_line=line),
            snippet=(text * 40,) * 50,
        )
        for line in range(1, 400)
    )
    outside = tuple(
        Reason("path-unread", text * 40, where=Where(text * 40 + str(n)), got=str(n)) for n in range(400)
    )
    failing = (
        samples.failing("sast", tuple(map(samples.finding_reason, findings))),
        samples.failing("coverage", outside),
    )
    vendors = tuple(replace(verdict, vendor=f"v{n}") for n in range(20) for verdict in failing)
    return samples.outcome(Answer.DENY, *failing, *vendors, scans=(Scan("semgrep", "1", "c1" * 32, findings),))


@pytest.mark.parametrize("text", ["x", "漢", "\x1b", "\U000e0100", samples.HOSTILE])
def test_a_comment_can_always_be_posted(text: str) -> None:
    """longer than the forge takes is cut, with the number left out and where it is"""
    told = REPORT.render(_endless(text), View())
    assert len(told) <= LIMIT
    assert re.search(r"And [\d,]+ more reasons; `--output json=outcome\.json holds all of it`\.", told)
    assert told.count("<details") == told.count("</details>")


def test_a_cut_says_how_much() -> None:
    """what is shown and what is counted add up"""
    blocks = [f"{number:03}" for number in range(100)]
    told = markdown._fitting(blocks, 100, 160, "row")
    shown = [line for line in told.splitlines() if line.isdigit()]
    assert f"And {100 - len(shown)} more rows" in told
    assert shown == blocks[: len(shown)]
    assert 0 < len(shown) < 100
