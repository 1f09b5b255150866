"""outsource-gate policy export: what a contractor needs to ask the push stage itself."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.model.register import Vendor
from outsource_gate.model.verdict import Stage
from outsource_gate.policy.bundle_export import MAX_DAYS, Exported, Terms, export_bundle
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings, gates


@click.command("export")
@click.option("--vendor", "vendor_id", required=True, metavar="ID", help="Whose bundle.")
@policy_folder_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="[default: ID.bundle.json]")
@click.option(
    "--valid-days",
    type=click.IntRange(1, MAX_DAYS),
    default=MAX_DAYS,
    show_default=True,
    help="Days it answers; the end of contract or access comes first.",
)
def export(vendor_id: str, path: Path, out: Path | None, valid_days: int) -> None:
    """Write a vendor's bundle: its rules and people in clear, everybody else as hashes.

    The contractor judges with it before pushing: check --stage push --policy ID.bundle.json

    Example: outsource-gate policy export --vendor acme --policy policies/example
    """
    policy = load_policy(FolderSource(path), gate_settings())
    vendor = _registered(policy, vendor_id)
    asked = {gate.id for gate in gates().values() if Stage.PUSH in gate.stages}
    terms = Terms(datetime.now(UTC), valid_days, secrets.token_bytes(32))
    exported = export_bundle(policy, vendor_id, asked, gate_settings(), terms)
    file = out or Path(f"{vendor_id}.bundle.json")
    write_whole(file, exported.content, 0o600)
    click.echo("\n".join(_told(file, vendor, exported)))


def _registered(policy: Policy, vendor_id: str) -> Vendor:
    if vendor_id not in policy.vendors:
        registered = ", ".join(policy.vendors) or "none"
        raise UsageError(
            f"--vendor {vendor_id}: not registered; registered: {registered}",
            hint="name one of these, or register it first",
        )
    return policy.vendors[vendor_id]


def _told(file: Path, vendor: Vendor, exported: Exported) -> tuple[str, ...]:
    clear = f"{len(vendor.people)} people of {vendor.id}, its paths, {vendor.owner}"
    ours, others, patterns = exported.internal, exported.elsewhere, exported.patterns
    return (
        f"{file}: the push stage for {vendor.name}, until {exported.valid_until}",
        f"in clear: {clear}, the rules of {', '.join(exported.gates)}",
        f"as hashes: {ours} people of ours, {others} of other vendors, {patterns} patterns; a guess can be tested",
        "not in it: contract, repositories, days and names of people, other vendors, bots, approvals",
    )
