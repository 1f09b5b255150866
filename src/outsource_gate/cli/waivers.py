"""outsource-gate waivers: which are there, until when, and the approver's signature on one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.model.waiver import Waiver
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.policy.waivers_edit import with_signature
from outsource_gate.registry import gate_settings
from outsource_gate.reports import escape
from outsource_gate.waivers import NAMESPACE, check_windows, granted, signed_bytes

MAX_KEY = 64 * 1024


@click.group()
def command() -> None:
    """Show the waivers of a policy, and sign one.

    Example: outsource-gate waivers list --within 30
    """


@dataclass(frozen=True, slots=True)
class _Row:
    """A waiver on a day. `problem`: why it covers nothing."""

    waiver: Waiver
    days_left: int
    problem: str
    key: str
    place: str


@command.command("list")
@policy_folder_option
@click.option(
    "--within", type=click.IntRange(0), metavar="DAYS", help="Those that end within so many days, or are over."
)
@click.option(
    "--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True, help="Format."
)
def list_command(path: Path, within: int | None, output: str) -> None:
    """List waivers by their last day, with what they cover and whether they count today.

    Example: outsource-gate waivers list --policy policies/example --output json
    """
    policy = load_policy(FolderSource(path), gate_settings())
    today = datetime.now(ZoneInfo(policy.timezone)).date()
    check_windows(policy, today)
    rows = sorted(_rows(policy, today), key=lambda row: (row.waiver.expires, row.waiver.id))
    shown = [row for row in rows if within is None or row.days_left <= within or row.problem]
    if output == "json":
        click.echo(json.dumps([_as_dict(row) for row in shown], indent=2, ensure_ascii=True))
        return
    for row in shown:
        click.echo(_safe(_line(row)))
    counting = sum(not row.problem for row in rows)
    click.echo(f"{len(rows)} {'waiver' if len(rows) == 1 else 'waivers'}, {counting} in force; {len(shown)} shown")


@command.command()
@click.argument("entry", metavar="ID")
@policy_folder_option
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="The approver's OpenSSH private key.")
@click.option("--print", "only_print", is_flag=True, help="Print the bytes to sign, for ssh-keygen -Y sign.")
@click.option("--signature", type=click.Path(path_type=Path, dir_okay=False), help="Take this signature in.")
def sign(entry: str, path: Path, key: Path | None, only_print: bool, signature: Path | None) -> None:
    """Sign a waiver as its approver: the signature is written into its entry, and covers every other field.

    With a key on a token: --print > entry; ssh-keygen -Y sign -n waiver@outsource-gate -f KEY entry; then
    --signature entry.sig.

    Example: outsource-gate waivers sign acme-ping-host --key ~/.ssh/id_ed25519
    """
    if sum((key is not None, only_print, signature is not None)) != 1:
        raise UsageError(
            "waivers sign: one of --key, --print and --signature is needed", hint="--key ~/.ssh/id_ed25519"
        )
    policy = load_policy(FolderSource(path), gate_settings())
    waiver = _named(policy, entry)
    payload = signed_bytes(waiver, policy.organization)
    if only_print:
        sys.stdout.buffer.write(payload)
        return
    armoured = _signed(key, payload) if key else _read(signature or Path()).decode("ascii", "replace")
    _check(waiver.model_copy(update={"signature": armoured}), policy)
    place = policy.place("waivers", waiver.id)
    file = (path if path.is_dir() else path.parent) / place.text.file
    number = int(place.path[0])
    write_whole(file, with_signature(place.text, number, armoured).encode())
    click.echo(f"{file}: {waiver.id} is signed by {waiver.approver}, until {waiver.expires}")


def _rows(policy: Policy, today: date) -> Iterator[_Row]:
    for waiver in policy.waivers:
        found = granted(waiver, policy, today)
        left = (waiver.expires - today).days
        problem = found.problem
        if left < 0:
            problem = f"expired {_days(-left)} ago"
        elif today < waiver.issued:
            problem = f"begins in {_days((waiver.issued - today).days)}"
        yield _Row(waiver, left, problem, found.key, str(policy.place("waivers", waiver.id)))


def _as_dict(row: _Row) -> dict[str, object]:
    told = row.waiver.model_dump(mode="json", exclude={"signature"})
    return {**told, "days_left": row.days_left, "in_force": not row.problem, "problem": row.problem or None,
            "key": row.key or None, "place": row.place}  # fmt: skip


def _line(row: _Row) -> str:
    waiver = row.waiver
    what = ", ".join((*waiver.rules, *waiver.findings)) or waiver.code or ""
    where = f" at {waiver.path}" if waiver.path else ""
    state = f"covers nothing: {row.problem}" if row.problem else f"{_days(row.days_left)} left"
    told = f"{waiver.expires}  {waiver.id}  {waiver.vendor}  {waiver.gate}: {what}{where}  by {waiver.approver}"
    return f"{told}  {state}  [{row.place}]"


def _named(policy: Policy, entry: str) -> Waiver:
    found = next((waiver for waiver in policy.waivers if waiver.id == entry), None)
    if found is None:
        known = ", ".join(waiver.id for waiver in policy.waivers) or "none"
        raise UsageError(f"waivers sign: no waiver {entry[:80]!r}; there are: {known}"[:1000], hint="waivers list")
    return found


def _signed(key: Path, payload: bytes) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only where somebody signs

    from outsource_gate.git.sshsig import sign_ssh  # noqa: PLC0415 - the same

    try:
        return sign_ssh(_read(key), None, payload, NAMESPACE)[1]
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(
            f"--key {key}: cannot sign here ({error})",
            hint="a key with a pass phrase, on a token or in an agent signs with ssh-keygen: see --print",
        ) from error


def _check(waiver: Waiver, policy: Policy) -> None:
    today = datetime.now(ZoneInfo(policy.timezone)).date()
    if problem := granted(waiver, policy, today).problem:
        raise UsageError(
            f"waivers sign: {waiver.id} would not count: {problem}",
            hint=f"{waiver.approver} signs it, with a key that the register holds for them",
        )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_KEY)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", hint="name the file of a key or signature") from error


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _safe(text: str) -> str:
    return escape.terminal(text, unicode="utf" in (sys.stdout.encoding or "").lower())
