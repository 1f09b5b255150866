"""ledger append, gap, erase, trust-change, checkpoint: what adds to the ledger, or signs what it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outsource_gate.cli.ledger_given import (
    FILE,
    KEY,
    LEDGER,
    NEEDED_KEY,
    TRUST,
    believed,
    digest,
    needed,
    now,
    signing,
    stated,
    the_one,
    told,
    write_receipt,
)
from outsource_gate.errors import UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.evidence.keys import Signer
from outsource_gate.evidence.record import read_record
from outsource_gate.evidence.trust import load_trust
from outsource_gate.ledger import open_ledger
from outsource_gate.ledger.notice import sign_notice

if TYPE_CHECKING:
    from outsource_gate.ledger.store import Ledger, Placed

SUFFIX = ".tlog-proof"
REASON = click.option("--reason", required=True, callback=stated, metavar="TEXT", help="Why; is signed and kept.")


@click.command()
@click.argument("records", type=FILE, nargs=-1, required=True, metavar="RECORD...")
@LEDGER
@KEY
@click.option("--receipt", type=FILE, help="Where the receipt goes.  [default: RECORD.tlog-proof, with --key]")
@TRUST
@click.option("--origin", default="", metavar="NAME", help="Name of a ledger made now, such as corp.example/gate.")
def append(
    records: tuple[Path, ...], url: str, key: str | None, receipt: Path | None, trust: Path | None, origin: str
) -> None:
    """Add signed records, all or none, and write a receipt of each. A ledger that is not there is made.

    What is there already keeps its place, so the same command can be repeated after any failure. With --trust only
    what a trusted key signed is taken. Keep the receipts elsewhere: they prove that the record was here.

    Exit 0: they are in. 3: none of them is, or that is not known; repeat it.

    Example: outsource-gate ledger append record.json --ledger sqlite:///gate.db --key file:gate.key
    """
    if receipt and (len(records) > 1 or not key):
        raise UsageError(
            "--receipt: belongs to one record and needs --key", hint="without it each gets its own file"
        )
    signer = signing(key)
    ledger = open_ledger(url, create=origin)
    files: dict[bytes, Path] = {}
    for path in records:
        files.setdefault(read_record(path), path)
    placed = ledger.append(list(files), now(), believed(trust))
    for one in placed:
        click.echo(told(one) + ("  (was there)" if one.was_there else ""))
    if signer is None:
        click.echo("→ no receipt was signed: give --key", err=True)
        return
    targets = [receipt] if receipt else [path.with_suffix(SUFFIX) for path in files.values()]
    for path, text in zip(targets, ledger.receipts(placed, ledger.checkpoint(signer)), strict=True):
        write_receipt(path, text)


@click.command()
@click.option("--repository", required=True, metavar="NAME", help="As the lost record would name it.")
@click.option("--commit", required=True, metavar="SHA", help="Whose record is lost (full id).")
@REASON
@LEDGER
@NEEDED_KEY
@click.option("--receipt", type=FILE, help="Where the receipt goes.")
def gap(repository: str, commit: str, reason: str, url: str, key: str, receipt: Path | None) -> None:
    """Say, signed, that the record of a commit is lost. Nothing that is there is changed.

    Example: outsource-gate ledger gap --repository corp/shop --commit "$(git rev-parse HEAD)" --reason "runner
    died before it was stored" --ledger sqlite:///gate.db --key file:gate.key
    """
    signer, ledger = needed(key), open_ledger(url)
    about = repository, {"gitCommit": digest(commit, (40, 64))}
    placed = ledger.append([sign_notice("gap", about, reason, now(), signer)], now())
    _done(ledger, placed[0], signer, receipt)


@click.command()
@click.argument("entry", metavar="ENTRY")
@REASON
@LEDGER
@NEEDED_KEY
@click.option("--receipt", type=FILE, help="Where the receipt of the erasure goes.")
def erase(entry: str, reason: str, url: str, key: str, receipt: Path | None) -> None:
    """Take the signed file of ENTRY out of the database, and append a signed notice that says so.

    The entry itself holds nothing of persons and stays, so the ledger stays verifiable. Backups and exports are not
    reached.

    Example: outsource-gate ledger erase 17 --reason "request 4711" --ledger sqlite:///gate.db --key file:gate.key
    """
    signer, ledger = needed(key), open_ledger(url)
    envelope = the_one(ledger, entry).entry.envelope
    notice = sign_notice("erasure", (ledger.origin, {"sha256": envelope}), reason, now(), signer)
    _done(ledger, ledger.erase(envelope, notice, now()), signer, receipt)


@click.command("trust-change")
@click.argument("file", type=FILE, metavar="TRUST")
@REASON
@LEDGER
@NEEDED_KEY
@click.option("--receipt", type=FILE, help="Where the receipt goes.")
def trust_change(file: Path, reason: str, url: str, key: str, receipt: Path | None) -> None:
    """Say, signed, that the trust file TRUST holds from now on; it has to be readable and is named by its digest.

    Example: outsource-gate ledger trust-change trust.yaml --reason "key of 2027" --key file:gate.key
    """
    load_trust(file)
    signer, ledger = needed(key), open_ledger(url)
    about = ledger.origin, {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    placed = ledger.append([sign_notice("trust-change", about, reason, now(), signer)], now())
    _done(ledger, placed[0], signer, receipt)


@click.command()
@LEDGER
@NEEDED_KEY
@click.option("--out", type=FILE, help="Where it goes.  [default: printed]")
def checkpoint(url: str, key: str, out: Path | None) -> None:
    """Sign what the ledger holds now: origin, number of entries, root. Refuses if it lost what was signed before.

    Keep checkpoints where whoever runs the database cannot change them, and give them to `ledger verify --against`.

    Example: outsource-gate ledger checkpoint --ledger sqlite:///gate.db --key file:gate.key --out today.checkpoint
    """
    signed = open_ledger(url).checkpoint(needed(key))
    if out:
        write_whole(out, signed.encode())
        click.echo(f"{out}  {signed.splitlines()[1]} entries")
    else:
        click.echo(signed, nl=False)


def _done(ledger: Ledger, placed: Placed, signer: Signer, receipt: Path | None) -> None:
    click.echo(told(placed))
    signed = ledger.checkpoint(signer)
    if receipt:
        write_receipt(receipt, next(ledger.receipts([placed], signed)))
