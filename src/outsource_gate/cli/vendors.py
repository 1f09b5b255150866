"""outsource-gate vendors: the register as a list, one vendor on a screen, and what is due."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from outsource_gate.cli.given import moment
from outsource_gate.cli.options import policy_folder_option
from outsource_gate.cli.output import screen, show
from outsource_gate.cli.vendors_add import command as add
from outsource_gate.cli.vendors_csv import export_command, import_command
from outsource_gate.cli.vendors_offboard import command as offboard
from outsource_gate.cli.vendors_scorecard import command as scorecard
from outsource_gate.duties import obligations_of
from outsource_gate.duties.listing import DueList, due_list, listed, vendor_row, vendor_rows
from outsource_gate.errors import UsageError
from outsource_gate.model.span import SPAN_PATTERN, after
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

_WITHIN = "90 days"
_now_option = click.option("--now", metavar="RFC3339", help="Look at the register as of this time.")
_within_option = click.option(
    "--within", default=_WITHIN, show_default=True, metavar="SPAN", help="What is due soon: 90 days, 6 months; 90."
)
_output_option = click.option(
    "--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="Format."
)
# `--within 90 days` is two words to a shell: the second one may follow anywhere.
_unit_argument = click.argument("unit", required=False, type=click.Choice(["days", "weeks", "months", "years"]))


@click.group()
def command() -> None:
    """Show the register: every vendor, one vendor, what is due.

    Example: outsource-gate vendors due --within 90 days --output ics > vendors.ics
    """


command.add_command(scorecard)
command.add_command(add)
command.add_command(offboard)
command.add_command(export_command)
command.add_command(import_command)


@command.command("list")
@policy_folder_option
@_within_option
@_now_option
@_output_option
@_unit_argument
def list_command(path: Path, within: str, now: str | None, output: str, unit: str | None) -> None:
    """List all vendors, those with the most urgent duties first.

    Example: outsource-gate vendors list --policy policies/example
    """
    policy, today, soon = _frame(path, within, unit, now)
    rows = tuple(vendor_rows(policy, today, soon))
    if output == "json":
        from outsource_gate.reports.vendors_json import vendors_json  # noqa: PLC0415 - one format a run

        show(vendors_json(rows))
        return
    from outsource_gate.reports.vendors_terminal import Register, vendors_terminal  # noqa: PLC0415 - the same

    show(vendors_terminal(Register(policy.organization, today, soon, rows), screen("internal")))


@command.command("show")
@click.argument("vendor_id", metavar="VENDOR")
@policy_folder_option
@_within_option
@_now_option
@_output_option
@_unit_argument
def show_command(vendor_id: str, path: Path, within: str, now: str | None, output: str, unit: str | None) -> None:
    """Show one vendor: what is late first, then everything that is declared.

    Example: outsource-gate vendors show acme --policy policies/example
    """
    policy, today, soon = _frame(path, within, unit, now)
    vendor = policy.vendors[_registered(policy, vendor_id, "VENDOR")]
    row, found = vendor_row(policy, vendor, today, soon), obligations_of(policy, vendor, today, soon)
    if output == "json":
        from outsource_gate.reports.vendors_json import vendor_json  # noqa: PLC0415 - one format a run

        show(vendor_json(row, [listed(policy, one) for one in found]))
        return
    from outsource_gate.reports.vendor_screen import Known, vendor_screen  # noqa: PLC0415 - the same

    file = policy.place("vendors", vendor.id).text.file
    show(vendor_screen(Known(row, today, soon, file, tuple(found)), screen("internal")))


@command.command("due")
@_within_option
@click.option("--vendor", "vendor_id", default="", metavar="ID", help="Only this vendor's.")
@policy_folder_option
@_now_option
@click.option(
    "--output",
    type=click.Choice(["terminal", "json", "markdown", "csv", "ics"]),
    default="terminal",
    show_default=True,
    help="Format; ics is for calendars.",
)
@_unit_argument
def due_command(within: str, vendor_id: str, path: Path, now: str | None, output: str, unit: str | None) -> int:
    """List what is overdue, missing, or due soon: renewals, expiries, activities.

    Exit 0 if nothing is late, 1 if something is overdue or missing, 2 if the register cannot be read.

    Example: outsource-gate vendors due --within 90 days --policy policies/example
    """
    policy, today, soon = _frame(path, within, unit, now)
    due = due_list(policy, today, soon, _registered(policy, vendor_id, "--vendor") if vendor_id else "")
    show(_rendered(due, output, moment(now)))
    return 1 if due.is_late else 0


def _rendered(due: DueList, output: str, now: datetime) -> str:
    """Load only the format that is asked for."""
    match output:
        case "json":
            from outsource_gate.reports.vendors_json import due_json  # noqa: PLC0415

            return due_json(due)
        case "markdown":
            from outsource_gate.reports.due_markdown import due_markdown  # noqa: PLC0415

            return due_markdown(due)
        case "csv":
            from outsource_gate.reports.due_csv import due_csv  # noqa: PLC0415

            return due_csv(due)
        case "ics":
            from outsource_gate.reports.due_ics import due_ics  # noqa: PLC0415

            return due_ics(due, now)
        case _:
            from outsource_gate.reports.due_terminal import due_terminal  # noqa: PLC0415

            return due_terminal(due, screen("internal"))


def _frame(path: Path, within: str, unit: str | None, now: str | None) -> tuple[Policy, date, date]:
    """Read the register; give the day in the organisation's time zone, and the last day of "soon"."""
    span = _span(within, unit)
    at = moment(now)
    policy = load_policy(FolderSource(path), gate_settings())
    today = at.astimezone(ZoneInfo(policy.timezone)).date()
    return policy, today, after(today, span)


def _span(within: str, unit: str | None) -> str:
    text = " ".join(within.split())
    span = f"{text} {unit or 'days'}" if re.fullmatch(r"[0-9]+", text, re.ASCII) else text
    if not re.fullmatch(SPAN_PATTERN, span) or (unit and span == text):
        told = " ".join(filter(None, (text, unit)))
        raise click.BadParameter(f"{told!r} is no span such as 90 days, 6 months or 90", param_hint="--within")
    return span


def _registered(policy: Policy, vendor_id: str, where: str) -> str:
    if vendor_id not in policy.vendors:
        registered = ", ".join(policy.vendors) or "none"
        raise UsageError(
            f"{where} {vendor_id}: not registered; registered: {registered}",
            hint="`outsource-gate vendors list` shows them",
        )
    return vendor_id
