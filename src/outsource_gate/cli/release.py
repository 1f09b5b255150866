"""`release`: gate one release."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from outsource_gate.check import check_release, exit_code
from outsource_gate.cli.given import given_authorities, given_result, given_time, secret, timestamp_option
from outsource_gate.cli.options import merged_options
from outsource_gate.cli.output import destinations, tell_evidence, write_reports
from outsource_gate.cli.progress import progress
from outsource_gate.evidence.run import PASSWORD_VARIABLE, PSEUDONYM_VARIABLE, Recording, run_context
from outsource_gate.evidence.trust import load_trust
from outsource_gate.releasing import ReleaseRequest


@click.command("release")
@click.option("--version", "version", required=True, metavar="V", help="The version to be released, such as 2.4.0.")
@click.option("--since", metavar="TAG", help="The last release.  [default: this is the first]")
@click.option("--head", default="HEAD", show_default=True, help="What is to be released.")
@merged_options("head")
@click.option(
    "--result", "results", multiple=True, metavar="NAME=FILE", help="Report that the policy knows by this name."
)
@click.option(
    "--tracker",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings at vendors, as `findings` keeps them.  [default: the policy's]",
)
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", help="Key that signs: file:PATH, env://NAME, or elsewhere.")
@timestamp_option
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("outsource-gate.release.json"),
    show_default=True,
    help="Where the record goes; the facts go beside it.",
)
@click.option(
    "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="As check has it.  [default: terminal]"
)
@click.option(
    "--audience",
    type=click.Choice(["contractor", "internal"]),
    default="internal",
    show_default=True,
    help="Whom the output may tell contract terms.",
)
@click.option("--now", metavar="RFC3339", help="Judge at this time; the record says that it was given.")
def command(trust: Path, results: tuple[str, ...], outputs: tuple[str, ...], audience: Any, **given: Any) -> None:
    """Gate one release: did every vendor's change since the last one pass, and was the whole tested?

    A vendor's change without a record that speaks for it stops the release, as do an old penetration test, findings
    left open, missing DAST results and documents that are not in force, as the vendor's tier asks.

    Exit 0: ALLOW. 1: DENY. 2: usage or policy error. 3: UNDECIDED, or no record.

    Example: outsource-gate release --since v1.3.0 --version 2.0.0 --trust trust.yaml --result dast=zap.sarif
    """
    wanted = destinations(outputs)
    request = ReleaseRequest(
        repo=given["repo"],
        trust=load_trust(trust),
        version=given["version"],
        since=given["since"],
        head=given["head"],
        policy=given["policy"],
        records=given["records"],
        repository=given["repository"],
        results=tuple(map(given_result, results)),
        tracker=given["tracker"],
        now=given_time(given["now"]) if given["now"] else None,
    )
    recording = Recording(
        given["evidence"],
        given["key"],
        password=secret(PASSWORD_VARIABLE),
        run=run_context(os.environ),
        timestamps=given_authorities(given["timestamps"]),
        pseudonym_key=secret(PSEUDONYM_VARIABLE),
    )
    with progress() as tell:
        outcome = check_release(request, recording, tell)
    write_reports(outcome, wanted, audience)
    tell_evidence(outcome.evidence)
    sys.exit(exit_code(outcome))
