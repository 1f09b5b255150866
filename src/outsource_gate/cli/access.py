"""outsource-gate access: who can really get in, beside who may."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import click

from outsource_gate.cli.given import moment, secret
from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import EvidenceError, ForgeError, UsageError
from outsource_gate.evidence.run import PASSWORD_VARIABLE, PSEUDONYM_VARIABLE
from outsource_gate.model.identity import Account
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

if TYPE_CHECKING:
    from outsource_gate.access_review.seen import Looked
    from outsource_gate.evidence.keys import Signer
    from outsource_gate.forges import ForgeName


@click.group()
def command() -> None:
    """Compare who has access with who may have it.

    Example: outsource-gate access review --forge github --out review.json --key file:review.key
    """


@command.command()
@policy_folder_option
@click.option("--forge", type=click.Choice(["github", "gitlab"]), help="Which forge is asked.")
@click.option(
    "--repository",
    "repositories",
    multiple=True,
    metavar="OWNER/NAME",
    help="Repositories to read.  [default: those that the register names without a pattern]",
)
@click.option(
    "--collaborators", type=click.Path(path_type=Path), metavar="FILE", help="Read this list; ask nobody."
)
@click.option("--vendor", "chosen", multiple=True, metavar="ID", help="Only these vendors.  [default: all]")
@click.option(
    "--dormant-days", type=click.IntRange(1, 3650), default=90, show_default=True, help="Unused for so long."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The review record.")
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", help="Key that signs: file:PATH or env://NAME.")
@click.option("--now", metavar="RFC3339", help="Review as of this time; the record says so.")
def review(  # noqa: PLR0913, PLR0917 - one parameter per option
    path: Path,
    forge: ForgeName | None,
    repositories: tuple[str, ...],
    collaborators: Path | None,
    chosen: tuple[str, ...],
    dormant_days: int,
    out: Path,
    key: str | None,
    now: str | None,
) -> int:
    """Review who has access on the forge, and sign what was found.

    Exit 0 if nothing is wrong, 1 if something was found, 2 for usage, 3 if something could not be looked at or the
    record is not signed. The token comes from OUTSOURCE_GATE_TOKEN (GITHUB_TOKEN, GITLAB_TOKEN).

    Example: outsource-gate access review --forge github --out reviews/acme.json --vendor acme --key file:review.key
    """
    from outsource_gate.access_review.compare import Asked, findings, reviewed  # noqa: PLC0415 - for this command
    from outsource_gate.access_review.record import Review, build, wrapped  # noqa: PLC0415 - the same
    from outsource_gate.access_review.shown import review_text  # noqa: PLC0415 - the same
    from outsource_gate.evidence.files import write_whole  # noqa: PLC0415 - the same
    from outsource_gate.model.access_review import TOLD  # noqa: PLC0415 - the same

    pseudonym_key = _pseudonym_key()
    made_at = moment(now).replace(microsecond=0)
    policy = load_policy(FolderSource(path), gate_settings())
    today = made_at.astimezone(ZoneInfo(policy.timezone)).date()
    vendors = _vendors(policy, chosen)
    looked = _look(policy, vendors, forge, repositories, collaborators, today)
    day = looked.read_on or today
    found = findings(policy, looked, Asked(day, vendors, dormant_days))
    whole = reviewed(policy, looked, vendors)
    clock: Literal["system", "given"] = "given" if now else "system"
    statement = build(Review(policy, looked, found, whole, day, made_at, clock), pseudonym_key)
    signer, problem = _signer(key)
    write_whole(out, wrapped(statement, signer))
    click.echo(review_text(looked, found, whole, unicode="utf" in (sys.stdout.encoding or "").lower()))
    click.echo(f"\n{out}: {'signed by ' + signer.key_id if signer else 'NOT SIGNED: ' + problem}")
    if looked.gaps or signer is None or not all(one.is_whole for one in whole):
        return 3
    return 1 if any(one.kind not in TOLD for one in found) else 0


def _vendors(policy: Policy, chosen: tuple[str, ...]) -> tuple[str, ...]:
    for name in chosen:
        if name not in policy.vendors:
            known = ", ".join(policy.vendors) or "none"
            raise UsageError(
                f"--vendor {name[:80]}: not registered; registered: {known}"[:1000], hint="vendors list"
            )
    if not policy.vendors:
        raise UsageError("access review: no vendor is registered", hint="outsource-gate vendors add")
    return tuple(dict.fromkeys(chosen)) or tuple(policy.vendors)


def _look(
    policy: Policy,
    vendors: tuple[str, ...],
    forge: ForgeName | None,
    repositories: tuple[str, ...],
    file: Path | None,
    today: date,
) -> Looked:
    """Read the file that was handed over, or ask the forge."""
    if file:
        from outsource_gate.access_review.handed_over import read_collaborators  # noqa: PLC0415 - one of two

        if forge or repositories:
            raise UsageError("--collaborators: says forge and repositories itself", hint="leave the others out")
        return read_collaborators(file, today)
    if forge is None:
        raise UsageError("access review: --forge or --collaborators is needed", hint="--forge github")
    from outsource_gate.access_review.compare import literal_repositories  # noqa: PLC0415 - asked for this alone

    names = repositories or literal_repositories(policy, vendors)
    if not names:
        raise UsageError(
            "access review: the register names no repository without a pattern",
            hint="--repository owner/name, as often as needed",
        )
    return _ask(policy, vendors, forge, names)


def _ask(policy: Policy, vendors: tuple[str, ...], forge: ForgeName, names: tuple[str, ...]) -> Looked:
    from outsource_gate.policy.index import Register  # noqa: PLC0415 - where a forge is asked

    try:
        from outsource_gate.access_review.place import asking  # noqa: PLC0415 - the same

        if forge == "github":
            from outsource_gate.access_review.github import look  # noqa: PLC0415 - needs requests
        else:
            from outsource_gate.access_review.gitlab import look  # noqa: PLC0415 - needs requests
    except ImportError as error:
        raise ForgeError(
            f"{forge} cannot be asked: {error.name} is not installed", hint=f"pip install 'outsource-gate[{forge}]'"
        ) from error
    register = Register.of(policy)

    def is_vendors(account: Account) -> bool:
        member = register.by_account(account, forge)
        return member is not None and member.organisation in vendors

    return look(asking(forge, os.environ), names, is_vendors)


def _signer(key: str | None) -> tuple[Signer | None, str]:
    if not key:
        return None, "name a key with --key or OUTSOURCE_GATE_KEY"
    from outsource_gate.evidence.keys import load_signer  # noqa: PLC0415 - where somebody signs

    try:
        return load_signer(key, secret(PASSWORD_VARIABLE)), ""
    except EvidenceError as error:
        return None, str(error)


def _pseudonym_key() -> bytes | None:
    from outsource_gate.evidence.pseudonyms import MIN_KEY  # noqa: PLC0415 - with the rest of evidence

    key = secret(PSEUDONYM_VARIABLE)
    if key is not None and len(key) < MIN_KEY:
        raise UsageError(
            f"{PSEUDONYM_VARIABLE}: {len(key)} bytes -> at least {MIN_KEY}", hint="openssl rand -hex 32"
        )
    return key
