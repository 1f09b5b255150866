"""ledger export, check-export: everything for somebody who has neither our database nor our servers."""

from __future__ import annotations

from pathlib import Path

import click

from outsource_gate.cli.ledger_given import FILE, LEDGER, NEEDED_KEY, needed, now, safe
from outsource_gate.evidence.trust import load_trust
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.export import check_export as checked
from outsource_gate.ledger.export import export as written

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@LEDGER
@NEEDED_KEY
def export(folder: Path, url: str, key: str) -> None:
    """Write all entries, signed files and proofs, a checkpoint, schemas and a README into the new folder DIR.

    Example: outsource-gate ledger export audit-2026 --ledger sqlite:///gate.db --key file:gate.key
    """
    ledger = open_ledger(url)
    size = written(ledger, folder, ledger.checkpoint(needed(key)))
    click.echo(safe(f"{folder}  {size} entries of {ledger.origin}"))


@click.command("check-export")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--trust", type=FILE, required=True, help="Trust file, or the ledger's PEM public key.")
@click.pass_context
def check_export(ctx: click.Context, folder: Path, trust: Path) -> None:
    """Is the export in DIR whole, and what was signed? Offline, without a database.

    Exit 0: it is. 1: tampered; the first entry that does not fit is named. 2: usage. 3: not signed by a trusted
    key, or unreadable.

    Example: outsource-gate ledger check-export audit-2026 --trust ledger.pub
    """
    result = checked(folder, load_trust(trust), now())
    whole = f"whole  {result.checkpoint.size} entries, {result.erased} files erased"
    click.echo(safe(f"TAMPERED  {result.problem}" if result.problem else whole))
    click.echo(safe(f"  ledger  {result.checkpoint.origin}, signed by {result.signer}"))
    click.echo("  → whether a record is genuine: outsource-gate verify records/FILE --trust FILE", err=True)
    ctx.exit(1 if result.problem else 0)
