"""`check`: gate one change."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import Any

import click

from outsource_gate.check import check, exit_code
from outsource_gate.cli.cache import cache_option, kept_register, open_cache, secret_of
from outsource_gate.cli.given import given_authorities, given_result, given_time, secret, timestamp_option
from outsource_gate.cli.output import destinations, load_reports, tell_evidence, write_reports
from outsource_gate.cli.progress import progress
from outsource_gate.errors import ToolError, UsageError
from outsource_gate.evidence.run import PASSWORD_VARIABLE, PSEUDONYM_VARIABLE, Recording, run_context
from outsource_gate.model.verdict import Stage
from outsource_gate.process import run
from outsource_gate.registry import detect_event
from outsource_gate.request import Request

PREPARE_SECONDS = 900.0
UNTRUSTED = (
    "the change can write the job that this event starts, so nothing may rest on this run -> what decides is a job "
    "that it cannot write: GitHub's pull_request_target or required workflow, GitLab's pipeline execution policy"
)


@click.command(
    "check",
    epilog="Example: outsource-gate check --base origin/main --change change.json --key file:gate.key",
)
@click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="The repository.  [default: here]")
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True),
    help="Policy file or folder outside the checkout.  [default: .outsource-gate/ of the base]",
)
@click.option("--base", help="What the change goes into.  [default: the remote's main branch]")
@click.option("--head", help="The change.  [default: HEAD]")
@click.option(
    "--change", type=click.Path(path_type=Path), help="JSON file with what a forge would say of the change."
)
@click.option(
    "--result",
    "results",
    multiple=True,
    metavar="NAME=FILE",
    help="Report of another scanner or of tests that the policy knows by this name; a folder for many files.",
)
@click.option(
    "--osv",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Known vulnerabilities as osv.dev publishes them, a folder or zip outside the checkout.",
)
@click.option(
    "--tracker",
    envvar="OUTSOURCE_GATE_TRACKER",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Tracker of findings at vendors, as `findings update` writes it, outside the checkout.",
)
@click.option("--offline", is_flag=True, help="Ask no server: no forge, and none for known vulnerabilities.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="[default: change]")
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", help="Key that signs: file:PATH, env://NAME, or elsewhere.")
@timestamp_option
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    default=Path("outsource-gate.evidence.json"),
    show_default=True,
    help="Where the record goes; the facts go beside it.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="terminal, json, markdown, sarif, gitlab-codequality, github, cyclonedx; several.  [default: terminal]",
)
@click.option(
    "--audience",
    type=click.Choice(["contractor", "internal"]),
    default="contractor",
    show_default=True,
    help="Whom the output may tell contract terms.",
)
@click.option(
    "--prepare",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, resolve_path=True),
    metavar="PROGRAM",
    help="Run this before scanning, only where a vendor is in the change: to install the scanners, say.",
)
@click.option(
    "--fetch",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, resolve_path=True),
    metavar="PROGRAM",
    help="Run this with the name of a ref that origin has and this clone lacks: a squashed request's head.",
)
@cache_option
@click.option("--now", metavar="RFC3339", help="Judge at this time; the record says that it was given.")
def command(stage: str | None, now: str | None, outputs: tuple[str, ...], audience: Any, **given: Any) -> None:
    """Gate one change: ALLOW is exit 0, DENY 1, UNDECIDED or no record 3, usage or policy error 2."""
    if stage == Stage.RELEASE.value:
        told = "a release is judged by what was merged, so it has a command of its own"
        raise UsageError(told, hint="outsource-gate release --since TAG --version V --trust FILE")
    wanted = destinations(outputs)
    event = None if given["change"] or stage == Stage.PUSH.value else detect_event(os.environ)
    signing = functools.cache(lambda: secret_of(given["key"], secret(PASSWORD_VARIABLE)))
    request = Request(
        repo=given["repo"],
        policy=given["policy"],
        base=given["base"],
        head=given["head"],
        change=given["change"],
        results=tuple(map(given_result, given["results"])),
        osv=given["osv"],
        tracker=given["tracker"],
        offline=given["offline"],
        stage=Stage(stage) if stage else None,
        now=given_time(now) if now else None,
        event=event,
        secret_key=secret(PSEUDONYM_VARIABLE),
        cache=lambda: open_cache(given["cache"], signing),
        kept=kept_register(given["cache"], signing),
        prepare=lambda: _run_own("--prepare", given["prepare"]),
        fetch=lambda ref: _run_own("--fetch", given["fetch"], ref),
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
        outcome = check(request, recording, tell, lambda: load_reports(wanted))
    write_reports(outcome, wanted, audience)
    tell_evidence(outcome.evidence)
    if event and not event.is_trusted:
        click.echo(f"outsource-gate: {event.name}: {UNTRUSTED}", err=True)
    sys.exit(exit_code(outcome))


def _run_own(option: str, program: Path | None, *words: str) -> None:
    """Run the job's own program; where it fails, what it should have brought is missing, and said so by name."""
    if program is None:
        return
    here = Path.cwd()
    try:
        done = run(
            [str(program), *words],
            cwd=here,
            env=os.environ,
            timeout_seconds=PREPARE_SECONDS,
            max_output_bytes=16 << 20,
        )
    except ToolError as error:
        click.echo(f"outsource-gate: {option}: {error}", err=True)
        return
    if done.code:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it did not say why"]
        click.echo(f"outsource-gate: {option}: {program.name} ended with {done.code}: {last[0][:300]}", err=True)
