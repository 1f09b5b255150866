"""What `doctor` says fits 80 columns without colour, begins with what needs doing, and drives no terminal."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from outsource_gate.doctor import Area, Check, State, report
from outsource_gate.reports import View

LONG = "https://forge.example/" + "x" * 120


def checks() -> tuple[Check, ...]:
    area = Area("enforcement")
    return (
        area.problem("the gate", "nothing: main takes any change", "require a workflow"),
        area.warning("job tokens", "may write", "gh api -X PUT x \\", "  -f a=b"),
        area.warning("reviews", f"none {LONG}", "require a workflow"),
        area.could_not_look("bypass", "is not shown"),
        area.ok("merging", "maintainers"),
        area.not_asked("teams", "there are none"),
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = report.terminal(checks(), View(width=width))
    assert max(map(cell_len, text.splitlines())) < width


def test_the_summary_counts_and_the_worst_follows() -> None:
    lines = report.terminal(checks(), View(width=80)).splitlines()
    assert lines[0] == "1 problem · 2 warnings · 1 could not be seen · 1 in order · 1 not asked"
    assert lines[2].startswith("✗ enforcement the gate")
    assert lines[3] == "  →  require a workflow"


def test_a_check_is_one_line_where_it_fits() -> None:
    text = report.terminal(checks(), View(width=80))
    assert "✓ enforcement merging          maintainers\n" in text


def test_a_fix_that_was_told_is_not_told_again() -> None:
    text = report.terminal(checks(), View(width=80))
    assert text.count("require a workflow") == 1
    assert "→  as for the gate" in text


def test_a_command_over_several_lines_stays_one() -> None:
    lines = report.terminal(checks(), View(width=80)).splitlines()
    first = lines.index("  →  gh api -X PUT x \\")
    assert lines[first + 1].strip() == "-f a=b"
    assert "→" not in lines[first + 1]


def test_colour_carries_nothing_alone() -> None:
    """signs and words say the same without it"""
    plain = report.terminal(checks(), View(width=80))
    coloured = report.terminal(checks(), View(width=80, colour=True))
    assert "\x1b[" in coloured
    assert "\x1b" not in plain


def test_a_terminal_of_ascii_stays_readable() -> None:
    text = report.terminal(checks(), View(width=80, unicode=False))
    assert text.isascii()
    assert {line[0] for line in text.splitlines()[2:] if line and line[0] != " "} == {"x", "!", "?", "+", "-"}


def test_what_a_forge_says_drives_no_terminal_and_no_log() -> None:
    hostile = Area("forge").ok("x", "a\x1b[2J\r\n::error::b\u202e##[group]c")
    for text in (report.terminal((hostile,), View(width=80)), report.json_text((hostile,))):
        assert not {"\x1b", "\r", "\u202e"} & set(text)
        assert "::error::" not in [line[:9] for line in text.splitlines()]
        assert "##[" not in text


def test_json_holds_all_of_it() -> None:
    told = json.loads(report.json_text(checks()))
    assert told["exit_code"] == 1
    assert told["counts"] == {"problem": 1, "warning": 2, "could-not-look": 1, "ok": 1, "not-asked": 1}
    assert [check["state"] for check in told["checks"]][:2] == ["problem", "warning"]
    assert told["checks"][0]["fix"] == ["require a workflow"]


@pytest.mark.parametrize("state", list(State))
def test_only_a_problem_fails(state: State) -> None:
    assert report.exit_code((Check("x", "y", state, "z"),)) == (1 if state is State.PROBLEM else 0)
    assert report.exit_code(()) == 0
