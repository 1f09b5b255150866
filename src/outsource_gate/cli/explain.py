"""`explain`: what a gate, reason code, rule or control means, why it is asked, what answers it, and what to do."""

from __future__ import annotations

import click

from outsource_gate.cli.output import screen
from outsource_gate.explanations.find import explain
from outsource_gate.explanations.text import page_json, page_text


@click.command("explain", epilog="Example: outsource-gate explain review.approvals-missing")
@click.argument("id", metavar="ID")
@click.option(
    "--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="Format."
)
def command(id: str, output: str) -> None:
    """Say what ID means, why it is asked, and what to do.

    ID is a gate (review), a reason code (review.approvals-missing, or approvals-missing where one gate has it), a
    rule (python.flask.open-redirect, bandit.B602), a control (A.8.30, "SSDF PW.7", "DORA 28"), or what answers
    controls (record). "controls" lists them all. An unknown one is exit 2.
    """
    page = explain(id)
    click.echo((page_json(page) if output == "json" else page_text(page, screen("contractor"))).rstrip("\n"))
