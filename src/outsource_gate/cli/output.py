"""Where do reports go? `--output FORMAT[=FILE]`, several at once."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from outsource_gate.errors import EvidenceError
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.registry import report
from outsource_gate.reports import FORMATS, Audience, View


@dataclass(frozen=True, slots=True)
class Destination:
    """One format and its file; None is the screen."""

    format: str
    file: Path | None


def destinations(outputs: tuple[str, ...]) -> tuple[Destination, ...]:
    """Read `--output`; an unknown format, or two formats on one screen, is a usage error."""
    wanted = tuple(_destination(text) for text in outputs) or (Destination("terminal", None),)
    if sum(destination.file is None for destination in wanted) > 1:
        raise click.BadParameter("two formats for one screen; give all but one a FILE", param_hint="--output")
    return wanted


def _destination(text: str) -> Destination:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        raise click.BadParameter(f"{name!r} is no format; allowed: {', '.join(FORMATS)}", param_hint="--output")
    return Destination(name, Path(file) if file and file != "-" else None)


def load_reports(wanted: tuple[Destination, ...]) -> None:
    """Load what `write_reports` will need, at a moment when there is time."""
    for destination in wanted:
        report(destination.format)


def write_reports(outcome: Outcome, wanted: tuple[Destination, ...], audience: Audience) -> None:
    """Render each format for its place; files first, the screen last."""
    for destination in sorted(wanted, key=lambda destination: destination.file is None):
        view = screen(audience) if destination.file is None else View(audience=audience)
        text = report(destination.format).render(outcome, view)
        if destination.file is None:
            show(text)
        else:
            write_file(destination.file, text)


def tell_evidence(evidence: Evidence | None) -> None:
    """Say on standard error what is wrong with the record, whatever the reports leave room for."""
    for line in (*evidence.notes, evidence.problem) if evidence else ():
        if line:
            click.echo(f"outsource-gate: {line}", err=True)


def screen(audience: Audience) -> View:
    """What standard output can show: its width, colour (never under NO_COLOR or in a pipe), and alphabet."""
    watched = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "ascii").lower()
    view = View(audience=audience, colour=watched and "NO_COLOR" not in os.environ, unicode="utf" in encoding)
    return replace(view, width=shutil.get_terminal_size((100, 40)).columns) if watched else view


def show(text: str) -> None:
    """Print text, spelling out what standard output has no letters for."""
    encoding = sys.stdout.encoding or "ascii"
    click.echo(text.rstrip("\n").encode(encoding, "backslashreplace").decode(encoding))


def write_file(file: Path, text: str) -> None:
    """Write a report; EvidenceError where that is not possible."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvidenceError(f"{file}: {error.strerror}", hint="name a file that can be written") from error
