"""What does a run wait for? Told on the terminal's last line, or plainly where no terminal is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from outsource_gate.request import Tell


@contextmanager
def progress() -> Iterator[Tell]:
    """Give what `check` tells its progress to."""
    if not sys.stderr.isatty():
        yield lambda text: click.echo(f"outsource-gate: {text}", err=True)
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody watches

    with Console(stderr=True).status("starting") as status:
        yield status.update
