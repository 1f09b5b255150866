"""`scan`: run the scanners over files; no policy, no git range."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from outsource_gate.cli.cache import cache_option, open_cache
from outsource_gate.cli.output import write_file
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Scan, Severity
from outsource_gate.reports.sarif import findings_sarif
from outsource_gate.reports.scan_json import scan_json
from outsource_gate.reports.scan_terminal import scan_terminal
from outsource_gate.scanners.run import SCANNERS, ScanResult, scan_paths

FORMATS: dict[str, Callable[[ScanResult], str]] = {
    "terminal": lambda result: scan_terminal(result.scans, result.coverage),
    "json": lambda result: scan_json(result.scans, result.coverage),
    "sarif": lambda result: findings_sarif([scan for scan in result.scans if isinstance(scan, Scan)]),
}
NAMES = [scanner.id for scanner in SCANNERS]


@click.command("scan", epilog="Example: outsource-gate scan src --fail-on high --output sarif=scan.sarif")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="More semgrep rules: every .yaml below a folder.",
)
@click.option("--scanner", "names", multiple=True, type=click.Choice(NAMES), help="Only these.  [default: all]")
@cache_option
@click.option("--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="terminal, json, sarif.")
@click.option(
    "--fail-on", type=click.Choice([severity.value for severity in Severity]), help="Exit 1 from here on."
)
def command(
    paths: tuple[Path, ...],
    rules: tuple[Path, ...],
    names: tuple[str, ...],
    cache: Path | None,
    outputs: tuple[str, ...],
    fail_on: str | None,
) -> None:
    """Scan files and folders (default: here). Exit 0, 1 if --fail-on is met, 3 if a scanner did not run."""
    wanted = [_wanted(text) for text in outputs or ("terminal",)]
    chosen = tuple(scanner for scanner in SCANNERS if not names or scanner.id in names)
    if sys.stderr.isatty():
        click.echo("scanning ...", err=True)
    result = scan_paths(paths or (Path(),), rules=rules, scanners=chosen, store=open_cache(cache))
    for name, file in wanted:
        text = FORMATS[name](result)
        if file is None:
            click.echo(text.rstrip("\n"))
        else:
            write_file(file, text)
    sys.exit(_exit(result, Severity(fail_on) if fail_on else None))


def _wanted(text: str) -> tuple[str, Path | None]:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        raise click.BadParameter(f"{name!r} is no format; allowed: {', '.join(FORMATS)}", param_hint="--output")
    return name, Path(file) if file and file != "-" else None


def _exit(result: ScanResult, floor: Severity | None) -> int:
    if any(isinstance(scan, Unavailable) for scan in result.scans):
        return 3
    found = [finding for scan in result.scans if isinstance(scan, Scan) for finding in scan.findings]
    return int(floor is not None and any(finding.severity.rank >= floor.rank for finding in found))
