"""`doctor`: is everything here that `check` needs, and does the forge enforce it?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import click

from outsource_gate.cli.output import screen
from outsource_gate.cli.progress import progress
from outsource_gate.doctor import Asked
from outsource_gate.doctor.examine import examine
from outsource_gate.doctor.report import exit_code, json_text, terminal
from outsource_gate.registry import detect_event


@click.command("doctor", epilog="Example: outsource-gate doctor --key file:gate.key --trust trust.yaml")
@click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="The repository.  [default: here]")
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    help="Policy file or folder outside the checkout.  [default: .outsource-gate/ of the base]",
)
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", help="Key that signs the record: file:PATH or env://NAME.")
@click.option("--trust", type=click.Path(path_type=Path), help="Trust file, or a PEM public key.")
@click.option("--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
def command(
    repo: Path, policy: Path | None, key: str | None, trust: Path | None, output: Literal["terminal", "json"]
) -> None:
    """Say what is missing for `check` to work here, and the exact fix.

    Looks at tools, clone, policy, key, trust file, what the token may read, and how the forge enforces the gate.
    Changes nothing. In a job it looks at what the job has. Exit 1 if something is a problem, else 0.
    """
    asked = Asked(repo, policy, key, trust, dict(os.environ), detect_event)
    with progress() as tell:
        checks = examine(asked, tell)
    view = screen("contractor")
    text = json_text(checks) if output == "json" else terminal(checks, view)
    encoding = sys.stdout.encoding or "ascii"
    click.echo(text.rstrip("\n").encode(encoding, "backslashreplace").decode(encoding))
    sys.exit(exit_code(checks))
