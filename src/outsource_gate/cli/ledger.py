"""ledger: keep records in an order that nobody can change without it showing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outsource_gate.cli.ledger_export import check_export, export
from outsource_gate.cli.ledger_given import FILE, LEDGER, TRUST, believed, now, safe, the_one, told
from outsource_gate.cli.ledger_write import append, checkpoint, erase, gap, trust_change
from outsource_gate.errors import EvidenceError
from outsource_gate.evidence.envelope import open_envelope
from outsource_gate.evidence.record import read_record
from outsource_gate.evidence.trust import load_trust
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.checkpoint import checkpoint_signer, load_checkpoint
from outsource_gate.ledger.receipt import MAX_RECEIPT, check_receipt, read_receipt
from outsource_gate.reports import escape

if TYPE_CHECKING:
    from outsource_gate.ledger.audit import Audit

MAX_LISTED = 10_000
OUTPUT = click.option("--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)


@click.group()
def command() -> None:
    """Keep records in an order that nobody can change without it showing.

    Example: outsource-gate ledger append record.json --ledger sqlite:///gate.db --key file:gate.key
    """


for _command in (append, gap, erase, trust_change, checkpoint, export, check_export):
    command.add_command(_command)


@command.command("list")
@LEDGER
@click.option("--limit", type=click.IntRange(1, MAX_LISTED), default=50, show_default=True, help="How many.")
@OUTPUT
def list_(url: str, limit: int, output: str) -> None:
    """List the newest entries, newest first.

    Example: outsource-gate ledger list --ledger sqlite:///gate.db --limit 20
    """
    rows = open_ledger(url).newest(limit)
    if output == "json":
        entries = [{"place": row.place, **row.entry.model_dump(mode="json")} for row in rows]
        click.echo(escape.json_text({"entries": entries}))
        return
    for row in rows:
        click.echo(told(row))


@command.command()
@click.argument("entry", metavar="ENTRY")
@LEDGER
@click.option(
    "--output", type=click.Choice(["terminal", "json", "record"]), default="terminal", show_default=True,
    help="record: the signed file itself, for `verify`.",
)  # fmt: skip
def show(entry: str, url: str, output: str) -> None:
    """Show one entry: by its place, or by the digest of the record or of its file.

    Example: outsource-gate ledger show 17 --ledger sqlite:///gate.db --output record > record.json
    """
    ledger = open_ledger(url)
    placed = the_one(ledger, entry)
    raw = ledger.envelope(placed.entry.envelope)
    if output == "record":
        if raw is None:
            raise EvidenceError(f"ledger: the file of entry {placed.place} was erased, or is gone")
        click.get_binary_stream("stdout").write(raw)
        return
    fields = placed.entry.model_dump(mode="json")
    if output == "json":
        click.echo(escape.json_text({"place": placed.place, "kept": raw is not None, **fields}))
        return
    click.echo(f"entry {placed.place}")
    for name, value in fields.items():
        text = ", ".join(f"{key}:{part}" for key, part in value.items()) if isinstance(value, dict) else str(value)
        click.echo(safe(f"  {name:<10}  {'-' if value is None else text}"))
    click.echo(f"  {'file':<10}  {'kept' if raw is not None else 'erased, or gone'}")
    if raw is not None and placed.entry.outcome is None:
        said = json.loads(open_envelope(raw).payload)["predicate"]["reason"]
        click.echo(safe(f"  {'reason':<10}  {said}"))


@command.command()
@LEDGER
@click.option("--against", type=FILE, multiple=True, metavar="CHECKPOINT", help="A checkpoint kept elsewhere.")
@TRUST
@OUTPUT
@click.pass_context
def verify(ctx: click.Context, url: str, against: tuple[Path, ...], trust: Path | None, output: str) -> None:
    """Compute everything again: is every entry where it was, as it was, and under all that was signed?

    Names the first entry that does not fit. That the whole ledger was put back to an older day shows only --against
    a checkpoint or receipt that lay elsewhere.

    Exit 0: whole. 1: tampered. 2: usage. 3: could not be read.

    Example: outsource-gate ledger verify --ledger sqlite:///gate.db --against 2026-11.checkpoint --trust trust.yaml
    """
    trusted, kept = believed(trust), []
    for path in against:
        found, note = load_checkpoint(path)
        if trusted:
            checkpoint_signer(found, note, trusted, now())
        kept.append((str(path), found))
    ledger = open_ledger(url)
    from outsource_gate.ledger.audit import Named, audit  # noqa: PLC0415 - optional extra, which is there now

    result = audit(ledger, [Named(*pair) for pair in kept], trusted, now())
    click.echo(_json(result, ledger.origin) if output == "json" else _terminal(result, ledger.origin))
    ctx.exit(1 if result.problem else 0)


@command.command("check-receipt")
@click.argument("receipt", type=FILE)
@click.option("--trust", type=FILE, required=True, help="Trust file, or the ledger's PEM public key.")
@click.option("--record", type=FILE, help="The file that the receipt has to be for.")
def check_receipt_(receipt: Path, trust: Path, record: Path | None) -> None:
    """Does RECEIPT prove that a record was in the ledger? Offline, and without the ledger.

    Exit 0: it does. 2: usage. 3: it does not, or cannot be read.

    Example: outsource-gate ledger check-receipt record.tlog-proof --trust gate.pub --record record.json
    """
    found = read_receipt(_receipt(receipt))
    name = check_receipt(found, load_trust(trust), now(), read_record(record) if record else None)
    origin = found.checkpoint.origin
    click.echo(safe(f"entry {found.index} of the {found.checkpoint.size} of {origin}, signed by {name}"))
    click.echo(safe(f"  record  sha256:{found.entry.payload}, appended {found.entry.at}"))
    if record is None:
        click.echo("  → --record FILE also says whether it is for that file", err=True)


def _receipt(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_RECEIPT + 1)
    except OSError as error:
        raise EvidenceError(f"{path}: {error.strerror}", hint="name the file that `ledger append` wrote") from error


def _json(result: Audit, origin: str) -> str:
    return escape.json_text(
        {
            "whole": not result.problem,
            "problem": result.problem or None,
            "origin": origin,
            "size": result.size,
            "root": result.root.hex(),
            "checkpoints": result.checkpoints,
            "erased": result.erased,
            "notes": list(result.notes),
        }
    )


def _terminal(result: Audit, origin: str) -> str:
    lines = [f"TAMPERED  {result.problem}"] if result.problem else [f"whole  {result.size} entries"]
    read = "read up to there" if result.problem else "read"
    lines += [
        f"  ledger       {origin}",
        f"  {read:<11}  {result.size} entries, {result.erased} of their files erased",
        f"  checkpoints  {result.checkpoints}",
        f"  root         {result.root.hex()}",
    ]
    lines += [f"  note: {note}" for note in result.notes]
    return "\n".join(map(safe, lines))
