"""`audit`: what was merged in a period, which record speaks for it, and what stands behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from outsource_gate.auditing import AuditRequest, run_audit
from outsource_gate.cli.given import given_time
from outsource_gate.cli.options import merged_options
from outsource_gate.cli.output import screen, show, write_file
from outsource_gate.cli.progress import progress
from outsource_gate.evidence.trust import load_trust
from outsource_gate.model.audit import Audit

FORMATS = ("terminal", "html", "json", "markdown", "csv")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("audit")
@click.option("--branch", default="HEAD", show_default=True, metavar="REF", help="The protected branch.")
@click.option("--from", "first", type=_DAY, metavar="DATE", help="First day.  [default: from the beginning]")
@click.option("--to", "last", type=_DAY, metavar="DATE", help="Last day, included.  [default: today]")
@merged_options("branch")
@click.option("--now", metavar="RFC3339", help="Ask as of this time; the same inputs then give the same bytes.")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="terminal, html, json, markdown, csv; several.  [default: terminal]",
)
@click.option(
    "--strict", is_flag=True, help="Exit 1 if a change is not shown to have passed, or an artefact lacks."
)
def command(trust: Path, outputs: tuple[str, ...], strict: bool, **given: Any) -> None:
    """Show that every outsourced change of a period passed the gate, and name what did not.

    Walks the branch by first parent, ties every merged change to the record that speaks for its content, and lists
    the artefacts of organisation and vendors. A record that cannot be verified is never believed.

    Exit 0; with --strict 1 if a bypass or a missing or expired artefact is found. 2: usage or policy error.

    Example: outsource-gate audit --from 2026-07-01 --to 2026-09-30 --trust trust.yaml --output markdown=audit.md
    """
    wanted = [_destination(text) for text in outputs] or [("terminal", None)]
    request = AuditRequest(
        repo=given["repo"],
        trust=load_trust(trust),
        branch=given["branch"],
        policy=given["policy"],
        records=given["records"],
        repository=given["repository"],
        first=_day(given["first"]),
        last=_day(given["last"]),
        now=given_time(given["now"]) if given["now"] else None,
    )
    with progress() as tell:
        audit = run_audit(request, tell)
    for name, file in sorted(wanted, key=lambda row: row[1] is None):
        text = _renderer(name)(audit)
        if file is None:
            show(text)
        else:
            write_file(file, text)
    sys.exit(1 if strict and not audit.is_clean else 0)


def _destination(text: str) -> tuple[str, Path | None]:
    name, _, file = text.partition("=")
    if name not in FORMATS:
        raise click.BadParameter(f"{name!r} is no format; allowed: {', '.join(FORMATS)}", param_hint="--output")
    return name, Path(file) if file and file != "-" else None


def _day(given: datetime | None) -> Any:
    return given.date() if given else None


def _renderer(name: str) -> Callable[[Audit], str]:
    """Give one format's renderer; only what is asked for is loaded."""
    if name == "json":
        from outsource_gate.reports.audit_json import audit_json  # noqa: PLC0415 - one format a run

        return audit_json
    if name == "html":
        from outsource_gate.reports.audit_html import audit_html  # noqa: PLC0415 - the same

        return audit_html
    if name == "csv":
        from outsource_gate.reports.audit_csv import audit_csv  # noqa: PLC0415 - the same

        return audit_csv
    if name == "markdown":
        from outsource_gate.reports.audit_markdown import audit_markdown  # noqa: PLC0415 - the same

        return audit_markdown
    from outsource_gate.reports.audit_terminal import audit_terminal  # noqa: PLC0415 - the same

    return lambda audit: audit_terminal(audit, screen("internal"))
