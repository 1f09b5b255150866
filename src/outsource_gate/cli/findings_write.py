"""`findings update, add, close, accept`: who may write into the tracker writes one whole file."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from outsource_gate.cli.findings_common import now_option, now_or_clock, policy_of, policy_option, tracker_option
from outsource_gate.cli.given import given_time
from outsource_gate.deadlines.rows import Calendar
from outsource_gate.errors import UsageError
from outsource_gate.git.repository import Repository
from outsource_gate.model.finding import Severity
from outsource_gate.model.tracked import BY_HAND, Tracker
from outsource_gate.remediation.by_hand import New, Word, accepted, added, closed, internal_person
from outsource_gate.remediation.file import locked, read_bounded, read_or_new, write_tracker
from outsource_gate.remediation.intake import Inputs, take_in
from outsource_gate.remediation.scans import MAX_BYTES, read_outcome, read_scan
from outsource_gate.reports.words import plural

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("update")
@tracker_option
@click.option("--scan", "scans", multiple=True, type=click.Path(path_type=Path), help="JSON of scan --repository.")
@click.option("--outcome", "outcomes", multiple=True, type=click.Path(path_type=Path), help="JSON of a check.")
@click.option("--result", "results", multiple=True, metavar="NAME=FILE", help="SARIF of somebody else's scanner.")
@click.option("--vendor", help="With --result: whose system was tested.")
@click.option(
    "--repository",
    type=click.Path(path_type=Path, exists=True),
    help="With --scan: the clone, for order and renames; without it time decides.",
)
@now_option
def update(tracker: Path, now: str | None, **given: Any) -> None:
    """Take in scans, outcomes of checks, and results of others: open, keep, close, open again.

    A finding that is gone is closed only where its scanner read the file as it is now, or the file is gone. Nothing
    is written unless everything could be taken in.

    Example: outsource-gate findings update --tracker tracker.json --scan head.json --repository .
    """
    if not (given["scans"] or given["outcomes"] or given["results"]):
        raise UsageError("nothing to take in", hint="name --scan, --outcome or --result")
    if bool(given["results"]) != bool(given["vendor"]):
        raise UsageError("--result and --vendor go together", hint="say whose system the report is of")
    at = now_or_clock(now)
    with ExitStack() as open_:
        clone = given["repository"]
        repository = open_.enter_context(Repository.open(clone).session()) if clone else None
        if repository and repository.is_checked_out(tracker):
            raise UsageError(
                f"--tracker {tracker}: lies inside the checkout, where a contractor's change could write it",
                hint="keep it outside, or on the evidence ref",
            )
        inputs = Inputs(
            scans=tuple(read_scan(read_bounded(path, MAX_BYTES), str(path)) for path in given["scans"]),
            outcomes=tuple(read_outcome(read_bounded(path, MAX_BYTES), str(path)) for path in given["outcomes"]),
            results=tuple(map(_result, given["results"])),
            vendor=given["vendor"] or "",
        )
        open_.enter_context(locked(tracker))
        before = read_or_new(tracker, at)
        after = take_in(before, inputs, repository, at)
        digest = write_tracker(tracker, after)
    _say(tracker, before, after, digest)


@click.command("add")
@tracker_option
@click.option("--kind", type=click.Choice(BY_HAND), required=True)
@click.option("--vendor", required=True)
@click.option("--severity", type=click.Choice([severity.value for severity in Severity]), required=True)
@click.option("--reference", required=True, help="Its number or section in the report.")
@click.option("--title", required=True)
@click.option("--path", "paths", multiple=True, help="A path that it is about.")
@click.option("--found", metavar="RFC3339", help="When it was reported.  [default: now]")
@now_option
def add(tracker: Path, now: str | None, found: str | None, **given: Any) -> None:
    """Add what no scanner reports: an item of an assessment, questionnaire, penetration test or audit.

    Example: outsource-gate findings add --tracker tracker.json --kind penetration-test --vendor acme
    --severity high --reference PT-2026-7 --title "session token in the address"
    """
    at = now_or_clock(now)
    new = New(
        kind=given["kind"],
        vendor=given["vendor"],
        severity=Severity(given["severity"]),
        title=given["title"],
        reference=given["reference"],
        paths=given["paths"],
        found_at=given_time(found) if found else None,
    )
    with locked(tracker):
        after, item = added(read_or_new(tracker, at), new, at)
        write_tracker(tracker, after)
    click.echo(f"{item.id}  {item.vendor}  {item.severity}  {item.title}")


@click.command("close")
@click.argument("id")
@tracker_option
@click.option("--evidence", required=True, help="What shows that it is done: a report, a ticket, a commit.")
@now_option
def close(id: str, tracker: Path, evidence: str, now: str | None) -> None:
    """Close an item that no scanner can close, naming what shows that it is done.

    Example: outsource-gate findings close F12 --tracker tracker.json --evidence "retest PT-2026-9"
    """
    at = now_or_clock(now)
    with locked(tracker):
        write_tracker(tracker, closed(read_or_new(tracker, at), id, evidence, at))
    click.echo(f"{id.upper()}  closed: {evidence}")


@click.command("accept")
@click.argument("id")
@tracker_option
@policy_option(required=True)
@click.option("--until", type=_DAY, required=True, metavar="DATE", help="Last day; the tier says how far off.")
@click.option("--by", required=True, help="Who of ours decides: register id or address.")
@click.option("--reason", required=True)
@now_option
def accept(id: str, tracker: Path, policy: Path, until: datetime, by: str, reason: str, now: str | None) -> None:
    """Live with a finding for a while. It is not fixed: past the last day it counts with its old date.

    Example: outsource-gate findings accept F12 --tracker tracker.json --policy policy/ --until 2026-12-15
    --by ina --reason "fixed with release 3.2"
    """
    at = now_or_clock(now)
    rules = policy_of(policy)
    assert rules is not None
    word = Word(id, until.date(), by, reason)
    with locked(tracker):
        after = accepted(read_or_new(tracker, at), word, rules, at, _today(rules, at))
        write_tracker(tracker, after)
    click.echo(f"{id.upper()}  accepted until {word.until} by {internal_person(rules, by)}")


ACTIONS = (update, add, close, accept)


def _today(rules: Any, at: datetime) -> date:
    return Calendar.of(rules, at).today


def _result(text: str) -> tuple[str, Path]:
    name, sign, path = text.partition("=")
    if not (name and sign and path):
        raise click.BadParameter(f"{text!r} is no NAME=FILE such as zap=zap.sarif", param_hint="--result")
    return name, Path(path)


def _say(path: Path, before: Tracker, after: Tracker, digest: str) -> None:
    """What this run did, from what it wrote."""
    old = {item.id: len(item.history) for item in before.items}
    events = [event.what for item in after.items for event in item.history[old.get(item.id, 0) :]]
    words = ("opened", "reopened", "closed", "moved", "changed", "not-covered")
    told = ", ".join(f"{events.count(word)} {word}" for word in words if word in events) or "nothing new"
    live = sum(item.state != "closed" for item in after.items)
    click.echo(f"{path}: {told}; {plural(live, 'finding')} not closed  sha256:{digest}")
