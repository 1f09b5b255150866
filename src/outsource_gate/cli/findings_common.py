"""What do the commands of `findings` have in common? Which tracker, whose deadlines, which moment, which form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from outsource_gate.cli.given import given_time
from outsource_gate.cli.output import show, write_file
from outsource_gate.errors import UsageError
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.registry import gate_settings
from outsource_gate.rules import outside_source

Function = Callable[..., Any]

tracker_option = click.option(
    "--tracker",
    envvar="OUTSOURCE_GATE_TRACKER",
    type=click.Path(path_type=Path),
    required=True,
    help="The tracker's file, where no contractor can write.",
)
now_option = click.option("--now", metavar="RFC3339", help="As of this time.  [default: now]")


def policy_option(*, required: bool = False) -> Callable[[Function], Function]:
    """Whose contracts count; without a policy nothing is due."""
    return click.option(
        "--policy",
        type=click.Path(path_type=Path, exists=True),
        required=required,
        help="Folder with policy and register: contracts say until when.",
    )


def now_or_clock(text: str | None) -> datetime:
    """The time given, or the clock's, in whole seconds of UTC."""
    return (given_time(text) if text else datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def policy_of(path: Path | None) -> Policy | None:
    """Read the policy that was named."""
    return load_policy(outside_source(path, None), gate_settings()) if path else None


def tell(output: str, texts: dict[str, Callable[[], str]]) -> None:
    """Write what `--output FORMAT[=FILE]` asks for, to the file or the screen."""
    name, _, file = output.partition("=")
    if name not in texts:
        raise UsageError(f"--output {name}: no format of this command; allowed: {', '.join(texts)}")
    if file and file != "-":
        write_file(Path(file), texts[name]())
    else:
        show(texts[name]())
