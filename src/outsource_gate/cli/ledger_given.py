"""What do the commands of the ledger have in common: which ledger, whose key, whom to believe?"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outsource_gate.cli.given import secret
from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.evidence.keys import Signer, load_signer
from outsource_gate.evidence.run import PASSWORD_VARIABLE
from outsource_gate.evidence.trust import Trust, load_trust
from outsource_gate.ledger.notice import MAX_REASON
from outsource_gate.reports import escape

if TYPE_CHECKING:
    from outsource_gate.ledger.store import Ledger, Placed

FILE = click.Path(path_type=Path, dir_okay=False)
LEDGER = click.option(
    "--ledger",
    "url",
    required=True,
    envvar="OUTSOURCE_GATE_LEDGER",
    metavar="URL",
    help="sqlite:///FILE or postgresql://USER@HOST/DATABASE; also OUTSOURCE_GATE_LEDGER.",
)
KEY = click.option(
    "--key", envvar="OUTSOURCE_GATE_KEY", metavar="URI", help="Key that signs: file:PATH or env://NAME."
)
TRUST = click.option("--trust", type=FILE, help="Trust file, or a PEM public key: whose signatures count.")
NEEDED_KEY = click.option(
    "--key",
    required=True,
    envvar="OUTSOURCE_GATE_KEY",
    metavar="URI",
    help="Key that signs: file:PATH or env://NAME.",
)


def signing(key: str | None) -> Signer | None:
    return load_signer(key, secret(PASSWORD_VARIABLE)) if key else None


def needed(key: str) -> Signer:
    return load_signer(key, secret(PASSWORD_VARIABLE))


def believed(trust: Path | None) -> Trust | None:
    return load_trust(trust) if trust else None


def now() -> datetime:
    return datetime.now(UTC)


def stated(_: click.Context, __: click.Parameter, text: str) -> str:
    if not 0 < len(text.strip()) <= MAX_REASON:
        raise click.BadParameter(f"say why, in at most {MAX_REASON} characters")
    return text


def digest(text: str, lengths: tuple[int, ...]) -> str:
    found = text.removeprefix("sha256:").lower()
    if len(found) not in lengths or not set(found) <= set("0123456789abcdef"):
        wanted = " or ".join(map(str, lengths))
        raise UsageError(f"{text[:80]!r}: no digest -> {wanted} hexadecimal digits")
    return found


def the_one(ledger: Ledger, asked: str) -> Placed:
    """The entry that is meant by its place, envelope or record."""
    wanted = asked if asked.isdecimal() and len(asked) < 16 else digest(asked, (64,))
    found = ledger.find(wanted)
    if not found:
        raise EvidenceError(f"ledger: no entry {wanted}", hint="`outsource-gate ledger list` shows them")
    if len(found) > 1:
        places = ", ".join(str(placed.place) for placed in found[:20])
        raise UsageError(f"ledger: the record was signed {len(found)} times: entries {places}", hint="name a place")
    return found[0]


def told(placed: Placed) -> str:
    """An entry in one line."""
    entry = placed.entry
    answer = entry.kind.value if entry.outcome is None else str(entry.outcome)
    answer = answer if entry.outcome is None or entry.enforced else f"({answer})"
    commit = entry.subject.get("gitCommit", "-")[:12]
    line = f"{placed.place:>7}  {entry.at[:19]}Z  {answer:<12}  {commit:<12}  sha256:{entry.payload}"
    return safe(f"{line}  {entry.repository}")


def write_receipt(path: Path, text: str) -> None:
    write_whole(path, text.encode())
    click.echo(f"  receipt  {safe(str(path))}")


def safe(text: str) -> str:
    return escape.terminal(text, unicode="utf" in (sys.stdout.encoding or "").lower())
