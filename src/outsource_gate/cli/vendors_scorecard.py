"""`vendors scorecard`: each vendor's track record, beside our own teams'."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outsource_gate.cli.findings_common import now_option, tell
from outsource_gate.cli.given import given_time
from outsource_gate.cli.options import merged_options
from outsource_gate.cli.output import screen
from outsource_gate.cli.progress import progress
from outsource_gate.errors import UsageError

if TYPE_CHECKING:
    from outsource_gate.scorecard.card import Scorecard
    from outsource_gate.scorecard.material import Period

FORMS = ("terminal", "markdown", "json", "csv")


@click.command("scorecard")
@click.option("--vendor", default="", metavar="ID", help="Only this vendor, beside our own teams.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="First day that counts.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Last day that counts.")
@click.option("--head", default="HEAD", show_default=True, help="The branch that changes were merged into.")
@merged_options("head")
@click.option(
    "--tracker",
    envvar="OUTSOURCE_GATE_TRACKER",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings at vendors: time to fix, SLA kept.  [default: the policy's]",
)
@click.option(
    "--scan",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="JSON of `scan --repository`: what stands in the code, of vendors and our own.",
)
@now_option
@click.option(
    "--output",
    default="terminal",
    show_default=True,
    metavar="FORMAT[=FILE]",
    help="terminal, markdown, json or csv.",
)
def command(trust: Path, output: str, **given: Any) -> None:
    """Count how each vendor's changes fared: passed, denied by which gate, findings, time to fix, waivers.

    Our own teams' figures stand beside, by the same standard; what nobody knows is `not known`. There is no score,
    and no person in it. Markdown can be filed as a document for the vendor's track record.

    Example: outsource-gate vendors scorecard --from 2026-01-01 --trust trust.yaml --tracker tracker.json
    """
    from outsource_gate.evidence.trust import load_trust  # noqa: PLC0415 - `vendors list` and `due` read no records
    from outsource_gate.track_records.collect import ScorecardRequest, scorecard_of  # noqa: PLC0415 - the same

    form = _form(output)
    request = ScorecardRequest(
        repo=given["repo"],
        trust=load_trust(trust),
        vendor=given["vendor"],
        period=_period(given["first"], given["last"]),
        head=given["head"],
        policy=given["policy"],
        records=given["records"],
        repository=given["repository"],
        tracker=given["tracker"],
        scan=given["scan"],
        now=given_time(given["now"]) if given["now"] else None,
    )
    with progress() as said:
        board = scorecard_of(request, said)
    tell(output, {form: lambda: _rendered(form, board)})


def _period(first: datetime | None, last: datetime | None) -> Period:
    from outsource_gate.scorecard.material import Period  # noqa: PLC0415 - as above

    period = Period(_day(first), _day(last))
    if period.first and period.last and period.first > period.last:
        raise UsageError(f"--from {period.first}: after --to {period.last}", hint="name the earlier day first")
    return period


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _form(output: str) -> str:
    """Refuse an unknown form before anything is counted."""
    form = output.partition("=")[0]
    if form not in FORMS:
        raise UsageError(f"--output {form}: no form of a scorecard", hint=f"allowed: {', '.join(FORMS)}")
    return form


def _rendered(form: str, board: Scorecard) -> str:
    """Load only the form that is asked for."""
    match form:
        case "markdown":
            from outsource_gate.reports.scorecard_markdown import scorecard_markdown  # noqa: PLC0415

            return scorecard_markdown(board)
        case "json":
            from outsource_gate.reports.scorecard_json import scorecard_json  # noqa: PLC0415

            return scorecard_json(board)
        case "csv":
            from outsource_gate.reports.scorecard_csv import scorecard_csv  # noqa: PLC0415

            return scorecard_csv(board)
        case _:
            from outsource_gate.reports.scorecard_terminal import scorecard_terminal  # noqa: PLC0415

            return scorecard_terminal(board, screen("internal"))
