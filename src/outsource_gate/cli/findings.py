"""`findings`: what is open at which vendor, since when, until when; and what the tracker takes in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from outsource_gate.cli.findings_common import (
    Function,
    now_option,
    now_or_clock,
    policy_of,
    policy_option,
    tell,
    tracker_option,
)
from outsource_gate.cli.findings_write import ACTIONS
from outsource_gate.cli.output import screen
from outsource_gate.deadlines.figures import figures
from outsource_gate.deadlines.rows import Calendar, Wanted, rows
from outsource_gate.model.finding import Severity
from outsource_gate.model.tracked import Tracker
from outsource_gate.remediation.by_hand import find
from outsource_gate.remediation.file import read_tracker
from outsource_gate.reports.findings_csv import findings_csv
from outsource_gate.reports.findings_json import figures_json, row_json, rows_json
from outsource_gate.reports.findings_terminal import figures_terminal, row_terminal, rows_terminal

STATES = ("open", "accepted", "closed")


@click.group("findings")
def command() -> None:
    """Track findings at vendors: open since when, to be fixed until when.

    Example: outsource-gate findings list --tracker tracker.json --policy policy/ --vendor acme
    """


for action in ACTIONS:
    command.add_command(action)


def _reading(formats: str) -> Callable[[Function], Function]:
    """The options of whatever reads the tracker."""

    def decorate(function: Function) -> Function:
        output = click.option(
            "--output", metavar="FORMAT[=FILE]", default="terminal", help=f"{formats}.  [default: terminal]"
        )
        return tracker_option(policy_option()(now_option(output(function))))

    return decorate


@command.command("list")
@_reading("terminal, json, csv")
@click.option("--vendor", default="", help="Only this vendor's.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(STATES), help="Several.  [default: open, accepted]"
)
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), help="And above.")
@click.option("--strict", is_flag=True, help="Exit 1 if anything listed is overdue.")
def list_(vendor: str, states: tuple[Any, ...], severity: str | None, strict: bool, **given: Any) -> None:
    """List what is open or accepted, overdue first.

    Example: outsource-gate findings list --tracker tracker.json --policy policy/ --severity high
    """
    tracker, calendar = _read(given)
    wanted = Wanted(vendor, frozenset(states or STATES[:2]), Severity(severity) if severity else None)
    found, today = rows(tracker, calendar, wanted), calendar.today
    texts = {
        "terminal": lambda: rows_terminal(found, today, screen("internal")),
        "json": lambda: rows_json(found, today),
        "csv": lambda: findings_csv(found),
    }
    tell(given["output"], texts)
    sys.exit(int(strict and any(row.is_overdue for row in found)))


@command.command("show")
@click.argument("id")
@_reading("terminal, json")
def show_(id: str, **given: Any) -> None:
    """Show one finding with all that happened to it.

    Example: outsource-gate findings show F12 --tracker tracker.json --policy policy/
    """
    tracker, calendar = _read(given)
    row, today = calendar.row(find(tracker, id)), calendar.today
    texts = {
        "terminal": lambda: row_terminal(row, today, screen("internal")),
        "json": lambda: row_json(row, today),
    }
    tell(given["output"], texts)


@command.command("sla")
@_reading("terminal, json")
@click.option("--vendor", default="", help="Only this vendor.")
@click.option("--strict", is_flag=True, help="Exit 1 if anything is overdue.")
def sla_(vendor: str, strict: bool, **given: Any) -> None:
    """Say how each vendor keeps its deadlines: open, overdue, oldest, in time, days to fix, by month.

    Example: outsource-gate findings sla --tracker tracker.json --policy policy/ --strict
    """
    tracker, calendar = _read(given)
    found, today = figures(tracker, calendar, vendor), calendar.today
    texts = {
        "terminal": lambda: figures_terminal(found, today, screen("internal")),
        "json": lambda: figures_json(found, today),
    }
    tell(given["output"], texts)
    sys.exit(int(strict and any(one.overdue for one in found)))


def _read(given: dict[str, Any]) -> tuple[Tracker, Calendar]:
    tracker, _ = read_tracker(Path(given["tracker"]))
    return tracker, Calendar.of(policy_of(given["policy"]), now_or_clock(given["now"]))
