"""`scan`: run the scanners over files, or over the head of a repository and say where each finding is from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outsource_gate.cli.cache import cache_option, kept_register, open_cache
from outsource_gate.cli.output import screen, write_file
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Scan, Severity
from outsource_gate.reports.sarif import findings_sarif
from outsource_gate.reports.scan_json import scan_json
from outsource_gate.reports.scan_terminal import scan_terminal
from outsource_gate.scanners import Scanner
from outsource_gate.scanners.run import SCANNERS, ScanResult, scan_paths

if TYPE_CHECKING:
    from outsource_gate.model.origin import HeadScan

FORMATS: dict[str, Callable[[ScanResult], str]] = {
    "terminal": lambda result: scan_terminal(result.scans, result.coverage),
    "json": lambda result: scan_json(result.scans, result.coverage),
    "sarif": lambda result: findings_sarif([scan for scan in result.scans if isinstance(scan, Scan)]),
}
HEAD_FORMATS = ("terminal", "json", "sarif", "csv")
NAMES = [scanner.id for scanner in SCANNERS]


@click.command("scan", epilog="Example: outsource-gate scan src --fail-on high --output sarif=scan.sarif")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--repository",
    is_flag=False,
    flag_value=".",
    type=click.Path(path_type=Path, exists=True),
    metavar="[PATH]",
    help="Scan the whole head of a git repository, and say whose work each finding is.",
)
@click.option("--ref", metavar="REF", help="With --repository: which head.  [default: HEAD]")
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True),
    help="With --repository: whose register names people.  [default: the target branch's]",
)
@click.option(
    "--rules",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="More semgrep rules: every .yaml below a folder.",
)
@click.option("--scanner", "names", multiple=True, type=click.Choice(NAMES), help="Only these.  [default: all]")
@cache_option
@click.option("--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="terminal, json, sarif, csv.")
@click.option(
    "--fail-on", type=click.Choice([severity.value for severity in Severity]), help="Exit 1 from here on."
)
def command(  # noqa: PLR0913, PLR0917 - click gives each option as one
    paths: tuple[Path, ...],
    repository: Path | None,
    ref: str | None,
    policy: Path | None,
    rules: tuple[Path, ...],
    names: tuple[str, ...],
    cache: Path | None,
    outputs: tuple[str, ...],
    fail_on: str | None,
) -> None:
    """Scan files and folders (default: here), or with --repository what is committed, read through git.

    Exit 0, 1 if --fail-on is met, 3 if a scanner did not run.
    """
    chosen = tuple(scanner for scanner in SCANNERS if not names or scanner.id in names)
    floor = Severity(fail_on) if fail_on else None
    if repository is None:
        if ref or policy:
            raise click.UsageError("--ref and --policy are for --repository")
        wanted = [_wanted(text, tuple(FORMATS)) for text in outputs or ("terminal",)]
        if sys.stderr.isatty():
            click.echo("scanning ...", err=True)
        result = scan_paths(paths or (Path(),), rules=rules, scanners=chosen, store=open_cache(cache))
        for name, file in wanted:
            _write(FORMATS[name](result), file)
        sys.exit(_exit(result.scans, floor))
    if paths:
        raise click.UsageError("--repository scans all that is committed; leave the paths out")
    wanted = [_wanted(text, HEAD_FORMATS) for text in outputs or ("terminal",)]
    head = _head(repository, ref or "HEAD", policy, rules, chosen, cache)
    for name, file in wanted:
        _write(_rendered(head, name, file), file)
    sys.exit(3 if isinstance(head.secrets, Unavailable) else _exit(head.scans, floor))


def _head(
    repository: Path,
    ref: str,
    policy: Path | None,
    rules: tuple[Path, ...],
    scanners: tuple[Scanner, ...],
    cache: Path | None,
) -> HeadScan:
    from outsource_gate.head_scan import Asked, scan_head  # noqa: PLC0415 - git, policy and all, for this alone

    asked = Asked(
        repository, ref, policy, rules, scanners, open_cache(cache), kept=kept_register(cache, lambda: None)
    )
    return scan_head(asked, lambda step: click.echo(f"{step} ...", err=True) if sys.stderr.isatty() else None)


def _rendered(head: HeadScan, name: str, file: Path | None) -> str:
    from outsource_gate.reports import View  # noqa: PLC0415 - as above
    from outsource_gate.reports.head_csv import head_csv  # noqa: PLC0415
    from outsource_gate.reports.head_terminal import head_terminal  # noqa: PLC0415
    from outsource_gate.reports.sarif import head_sarif  # noqa: PLC0415
    from outsource_gate.reports.scan_json import head_json  # noqa: PLC0415

    view = screen("internal") if file is None else View("internal")
    formats: dict[str, Callable[[], str]] = {
        "terminal": lambda: head_terminal(head, view),
        "json": lambda: head_json(head),
        "sarif": lambda: head_sarif(head),
        "csv": lambda: head_csv(head),
    }
    return formats[name]()


def _write(text: str, file: Path | None) -> None:
    if file is None:
        encoding = sys.stdout.encoding or "ascii"
        click.echo(text.rstrip("\n").encode(encoding, "backslashreplace").decode(encoding))
    else:
        write_file(file, text)


def _wanted(text: str, allowed: tuple[str, ...]) -> tuple[str, Path | None]:
    name, _, file = text.partition("=")
    if name not in allowed:
        raise click.BadParameter(f"{name!r} is no format; allowed: {', '.join(allowed)}", param_hint="--output")
    return name, Path(file) if file and file != "-" else None


def _exit(scans: Sequence[Scan | Unavailable], floor: Severity | None) -> int:
    if any(isinstance(scan, Unavailable) for scan in scans):
        return 3
    found = [finding for scan in scans if isinstance(scan, Scan) for finding in scan.findings]
    return int(floor is not None and any(finding.severity.rank >= floor.rank for finding in found))
