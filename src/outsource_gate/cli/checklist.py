"""outsource-gate checklist: what a contractor reads and acknowledges, made from the policy that judges them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.cli.output import write_file
from outsource_gate.errors import UsageError
from outsource_gate.model.register import Vendor
from outsource_gate.policy.checklist import Checklist, checklist_of
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings, gates
from outsource_gate.reports import checklist_html, checklist_markdown

_FORMATS: Mapping[str, Callable[[Checklist, Mapping[str, str]], str]] = {
    "markdown": checklist_markdown.render,
    "html": checklist_html.render,
}


@click.command("checklist")
@click.option("--vendor", "vendor_id", metavar="ID", help="Whose checklist.  [default: the only registered vendor]")
@policy_folder_option
@click.option(
    "--output", default="markdown", show_default=True, metavar="FORMAT[=FILE]", help=f"{' or '.join(_FORMATS)}."
)
def command(vendor_id: str | None, path: Path, output: str) -> None:
    """Print what a vendor's people need and keep to, with its version; no contract terms, no names of people.

    Example: outsource-gate checklist --vendor acme --policy policies/example --output html=acme.html
    """
    name, _, file = output.partition("=")
    if name not in _FORMATS:
        raise UsageError(
            f"--output {name}: no such format; allowed: {', '.join(_FORMATS)}", hint="name one of these"
        )
    policy = load_policy(FolderSource(path), gate_settings())
    checklist = checklist_of(policy, _vendor(policy, vendor_id))
    text = _FORMATS[name](checklist, {gate.id: gate.title for gate in gates().values()})
    if file and file != "-":
        write_file(Path(file), text)
        click.echo(f"{file}: the checklist of {checklist.name}, version {checklist.version}")
    else:
        click.echo(text, nl=False)


def _vendor(policy: Policy, asked: str | None) -> Vendor:
    registered = ", ".join(policy.vendors) or "none"
    if asked is None and len(policy.vendors) == 1:
        return next(iter(policy.vendors.values()))
    if asked is None:
        raise UsageError(f"whose checklist? registered: {registered}", hint="name one with --vendor ID")
    if asked not in policy.vendors:
        raise UsageError(
            f"--vendor {asked}: not registered; registered: {registered}",
            hint="name one of these, or register it first",
        )
    return policy.vendors[asked]
