"""outsource-gate policy: lint, schema, explain; `export` has a file of its own."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.cli.policy_diff import diff_command
from outsource_gate.cli.policy_export import export
from outsource_gate.cli.policy_test import test_command
from outsource_gate.cli.waiver_rules import unknown_rules
from outsource_gate.errors import UsageError
from outsource_gate.policy.json_schema import KINDS, Kind, json_schema
from outsource_gate.policy.lint import Lint, lint
from outsource_gate.policy.lint_governance import because
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.policy.strictness import Setting, sections_of, settings_of, written
from outsource_gate.policy.tiers import REPORT_ONLY, WAIVERS, Tier
from outsource_gate.registry import gate_settings
from outsource_gate.waivers import check_windows

_PIPED_WIDTH = 160  # wide enough for one row each; whoever reads a pipe can wrap it
_NARROW = 100
Row = tuple[str, str, str, str]

_output_option = click.option(
    "--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="Format."
)


@click.group()
def command() -> None:
    """Check and explain a policy, print its JSON Schema.

    Example: outsource-gate policy lint --policy .outsource-gate
    """


command.add_command(export)
command.add_command(test_command)
command.add_command(diff_command)


@command.command("lint")
@policy_folder_option
@_output_option
def lint_command(path: Path, output: str) -> None:
    """Read policy and register whole; name what is looser than shipped and what will deny or surprise.

    Exit 0 if it reads well, warnings or not; 2 if it cannot be read.

    Example: outsource-gate policy lint --policy policies/example
    """
    policy = _load(path)
    today = datetime.now(ZoneInfo(policy.timezone)).date()
    check_windows(policy, today)
    found = (*lint(policy, today), *unknown_rules(policy))
    if output == "json":
        _print_json({"reads": True, "digest": policy.digest, "found": [_as_dict(item) for item in found]})
        return
    for item in found:
        click.echo(f"{item.severity:<8} {item.place}: {item.message}")
        if item.hint:
            click.echo(f"         → {item.hint}")
    click.echo(_summary(policy, found))


@command.command()
@click.argument("kind", type=click.Choice(KINDS), default="policy")
def schema(kind: Kind) -> None:
    """Print the JSON Schema of policy.yaml, of vendor, people, waiver and test files, or of a bundle.

    Example: outsource-gate policy schema vendor > vendor.schema.json
    """
    _print_json(json_schema(kind, gate_settings()))


@command.command()
@click.option("--vendor", "vendor_id", required=True, metavar="ID", help="Registered vendor, or `unknown`.")
@policy_folder_option
@_output_option
def explain(vendor_id: str, path: Path, output: str) -> None:
    """Say which gates with which settings apply to a vendor, and which line says so.

    Example: outsource-gate policy explain --vendor acme --policy policies/example
    """
    policy = _load(path)
    if vendor_id not in policy.vendors and vendor_id != "unknown":
        registered = ", ".join(policy.vendors) or "none"
        raise UsageError(
            f"--vendor {vendor_id}: not registered; registered: {registered}",
            hint="`unknown` shows what applies to somebody nobody registered",
        )
    tier = policy.tier_of(vendor_id)
    if output == "json":
        _print_json(_explained(policy, vendor_id, tier))
    else:
        _print_explained(policy, vendor_id, tier)


def _load(path: Path) -> Policy:
    return load_policy(FolderSource(path), gate_settings())


def _as_dict(item: Lint) -> dict[str, str]:
    return {"severity": item.severity, "place": item.place, "message": item.message, "hint": item.hint}


def _summary(policy: Policy, found: tuple[Lint, ...]) -> str:
    counts = Counter(item.severity for item in found)
    people = len(policy.internal) + sum(len(vendor.people) for vendor in policy.vendors.values())
    what = f"{_count(len(policy.vendors), 'vendor')}, {people} people"
    return f"reads well: {what}; {_count(counts['warning'], 'warning')}, {_count(counts['note'], 'note')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _explained(policy: Policy, vendor_id: str, tier: Tier) -> dict[str, Any]:
    gates = [
        {
            "gate": gate,
            "settings": [
                {
                    "setting": each.name,
                    "value": _plain(each.value),
                    "about": each.about,
                    "place": _place(tier, gate, each.name),
                }
                for each in settings_of(settings)
            ],
        }
        for gate, settings in tier.gates.items()
    ]
    return {
        "vendor": vendor_id,
        "registered": vendor_id in policy.vendors,
        "tier": tier.name,
        "why": _why(policy, vendor_id),
        "waivers": {"max_age": tier.waivers.max_age, "place": _place(tier, WAIVERS, "max_age")},
        "report_only_until": tier.report_only_until.isoformat() if tier.report_only_until else None,
        "policy_digest": policy.digest,
        "register_digest": policy.register_digest,
        "gates": gates,
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _place(tier: Tier, gate: str, setting: str) -> str:
    place = tier.places.get((gate, setting))
    return str(place) if place else "default of the gate" if setting else ""


def _why(policy: Policy, vendor_id: str) -> str:
    if vendor_id in policy.claimed:
        place, why = policy.place("vendors", vendor_id, "tier"), because(policy, policy.vendors[vendor_id])
        return f"{place}: claims {policy.claimed[vendor_id]}; {why} asks for more"
    if vendor_id in policy.vendors:
        return str(policy.place("vendors", vendor_id, "tier"))
    return "nobody registered it: the strictest tier applies"


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=True))


def _print_explained(policy: Policy, vendor_id: str, tier: Tier) -> None:
    """Nothing is cut, however narrow the terminal: what is not shown cannot be checked."""
    vendor = policy.vendors.get(vendor_id)
    name = f"{vendor.name} ({vendor.id})" if vendor else "a vendor that nobody registered"
    click.echo(f"{name}: tier {tier.name}  [{_why(policy, vendor_id)}]\n")
    if tier.report_only_until and vendor:
        place = tier.places["", REPORT_ONLY]
        click.echo(f"report only: denials are not enforced until {tier.report_only_until}  [{place}]\n")
    rows = [
        (gate, each.name, written(each.value), _place(tier, gate, each.name))
        for gate, settings in sections_of(tier).items()
        for each in list(settings_of(settings)) or [Setting("", "no settings", "", None)]
    ]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH
    click.echo(_table(rows, width) if width >= _NARROW else _list(rows))


def _list(rows: list[Row]) -> str:
    lines = (
        f"{gate}.{setting} = {value}\n    {place}" if setting else gate for gate, setting, value, place in rows
    )
    return "\n".join(lines)


def _table(rows: list[Row], width: int) -> str:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header, least in (("gate", 13), ("setting", 21), ("value", 8), ("from", 20)):
        table.add_column(header, overflow="fold", min_width=least)
    before = ""
    for gate, *cells in rows:
        table.add_row(*(Text(cell) for cell in ("" if gate == before else gate, *cells)))
        before = gate
    console = Console(file=sys.stdout, width=width, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())
