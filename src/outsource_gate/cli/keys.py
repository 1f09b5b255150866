"""keys: make signing keys, show them, say which are trusted."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.files import write_new, write_whole
from outsource_gate.evidence.keys import Algorithm, generate_keypair, load_signer
from outsource_gate.evidence.public_key import MAX_PEM, PublicKey, read_public_key
from outsource_gate.evidence.run import PASSWORD_VARIABLE
from outsource_gate.evidence.signers.places import is_elsewhere
from outsource_gate.evidence.trust import MAX_TRUST_FILE
from outsource_gate.evidence.trust_edit import NewKey, with_key
from outsource_gate.model.verdict import Stage

DAY = click.DateTime(["%Y-%m-%d"])
STAGES = [stage.value for stage in Stage]


@click.group()
def command() -> None:
    """Make signing keys and say which are trusted.

    Example: outsource-gate keys generate --out gate
    """


@command.command()
@click.option("--out", "name", required=True, metavar="NAME", help="Writes NAME.key (mode 0600) and NAME.pub.")
@click.option("--algorithm", type=click.Choice(["ecdsa-p256", "ed25519"]), default="ecdsa-p256", show_default=True)
@click.option("--no-password", is_flag=True, help="Store the private key unencrypted.")
def generate(name: str, algorithm: Algorithm, no_password: bool) -> None:
    """Make a key pair.

    The password comes from OUTSOURCE_GATE_KEY_PASSWORD or is asked for; it is never an argument. No file is ever
    overwritten.

    Example: outsource-gate keys generate --out gate
    """
    private, public = Path(f"{name}.key"), Path(f"{name}.pub")
    for path in (private, public):
        if os.path.lexists(path):
            raise UsageError(f"{path}: exists, and keys are never overwritten", hint="choose another --out")
    pair = generate_keypair(algorithm, None if no_password else _new_password())
    write_new(private, pair.private_pem, 0o600)
    write_new(public, pair.public_key.pem.encode(), 0o644)
    note = ", not encrypted" if no_password else ""
    click.echo(f"{private}  private key{note}: keep it where only the gate runs")
    click.echo(f"{public}  public key")
    _tell(pair.public_key)
    click.echo(f"→ trust it: outsource-gate keys trust add {public} --trust trust.yaml")


@command.command()
@click.argument("uri", metavar="KEY")
def show(uri: str) -> None:
    """Show which key this is: a private or public key's file, or any key that --key takes.

    Standard output is the public key alone, so that `keys trust add` can read it. A token's PIN comes from
    OUTSOURCE_GATE_KEY_PASSWORD or is asked for; a key service takes its credentials from the environment.

    Example: outsource-gate keys show awskms:///alias/gate > gate.pub
    """
    public = _elsewhere(uri) if is_elsewhere(uri) or uri.startswith("env:") else _of_file(uri)
    _tell(public, aside=True)
    click.echo(public.pem, nl=False)


def _elsewhere(uri: str) -> PublicKey:
    """Nothing of the URI is repeated: it could hold a PIN."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if uri.startswith("pkcs11:") and "pin-source=" not in uri:
        return load_signer(uri, _password("PIN of the token")).public_key
    return load_signer(uri, given.encode() if given else None).public_key


def _of_file(uri: str) -> PublicKey:
    key = Path(uri.removeprefix("file:").removeprefix("//")) if uri.startswith("file:") else Path(uri)
    raw = _read(key, MAX_PEM)
    if b"PRIVATE KEY-----" not in raw:
        click.echo(f"{key}  public key", err=True)
        return read_public_key(raw, what=str(key))
    encrypted = b"ENCRYPTED" in raw
    click.echo(f"{key}  private key, {'encrypted' if encrypted else 'not encrypted'}", err=True)
    return load_signer(f"file:{key}", _password(f"Password of {key}") if encrypted else None).public_key


@command.group()
def trust() -> None:
    """Say which keys are trusted.

    Example: outsource-gate keys trust add gate.pub --trust trust.yaml
    """


@trust.command()
@click.argument("key", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--trust", "file", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Trust file.")
@click.option("--name", help="What people call the key; its file's name if not given.")
@click.option("--from", "from_", type=DAY, metavar="DATE", help="First day (UTC) on which it may sign.")
@click.option("--until", type=DAY, metavar="DATE", help="Last day (UTC) on which it may sign.")
@click.option("--repository", "repositories", multiple=True, metavar="GLOB", help="It speaks for these only.")
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="It speaks for these only.")
@click.option("--handed-over", is_flag=True, help="It may speak for records made with --change FILE.")
@click.option("--handed-over-results", is_flag=True, help="It may speak for records with unsigned results.")
@click.option("--result", "results", multiple=True, metavar="GLOB", help="It signs results of this name.")
@click.option("--access-review", "reviews", multiple=True, metavar="GLOB", help="It signs reviews of this vendor.")
def add(  # noqa: PLR0913, PLR0917 - one parameter per option
    key: Path,
    file: Path,
    name: str | None,
    from_: datetime | None,
    until: datetime | None,
    repositories: tuple[str, ...],
    stages: tuple[str, ...],
    handed_over: bool,
    handed_over_results: bool,
    results: tuple[str, ...],
    reviews: tuple[str, ...],
) -> None:
    """Add a public key to a trust file; what stands there stays as it is.

    Example: outsource-gate keys trust add gate.pub --trust trust.yaml --until 2027-12-31 --repository 'corp/*'
    """
    public = read_public_key(_read(key, MAX_PEM), what=str(key))
    days = _day(from_), _day(until)
    if days[0] and days[1] and days[1] < days[0]:
        raise UsageError(f"--until {days[1]}: lies before --from {days[0]}")
    new = NewKey(
        name or key.stem,
        public,
        *days,
        repositories=repositories,
        stages=tuple(map(Stage, stages)),
        handed_over=handed_over,
        handed_over_results=handed_over_results,
        results=results,
        access_reviews=reviews,
    )
    text = _text(_read(file, MAX_TRUST_FILE), file) if os.path.lexists(file) else None
    write_whole(file, with_key(text, new, str(file)).encode())
    click.echo(f"{file}  now trusts {new.name}")
    _tell(public)


def _tell(public: PublicKey, *, aside: bool = False) -> None:
    click.echo(f"  algorithm  {public.algorithm}", err=aside)
    click.echo(f"  key id     {public.key_id}", err=aside)
    click.echo(f"  sha256     {hashlib.sha256(public.der).hexdigest()}", err=aside)


def _new_password() -> bytes:
    return _password("Password for the new key", confirm=True)


def _password(question: str, *, confirm: bool = False) -> bytes:
    """From the environment, else from a person at a terminal; never from an argument."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is None:
        if not sys.stdin.isatty():
            hint = f"set {PASSWORD_VARIABLE}" + (", or use --no-password" if confirm else "")
            raise UsageError("a password is needed, and nobody is here to type it", hint=hint)
        given = click.prompt(question, hide_input=True, confirmation_prompt=confirm, err=True)
    if not given:
        raise UsageError(f"{PASSWORD_VARIABLE}: is empty", hint="set a password, or use --no-password")
    return str(given).encode()


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror}", hint="name a key made by `outsource-gate keys generate`"
        ) from error
    if len(raw) > limit:
        raise EvidenceError(f"{path}: more than {limit} bytes")
    return raw


def _text(raw: bytes, path: Path) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8") from error


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
