"""results: sign what another scanner or a test run reports, so that a check elsewhere can believe it."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import click

from outsource_gate.errors import UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.evidence.keys import load_signer
from outsource_gate.evidence.run import PASSWORD_VARIABLE
from outsource_gate.evidence.signed_result import SUFFIX, Claim, sign_result
from outsource_gate.evidence.subject import NO_NAME
from outsource_gate.git.repository import Repository
from outsource_gate.imported import own_commit, read_file
from outsource_gate.results import format_of, read_content


@click.group()
def command() -> None:
    """Sign results of other scanners and of tests.

    Example: outsource-gate results sign zap zap.sarif --key file:scan.key
    """


@command.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", required=True, help="Key that signs: file:PATH or env://NAME.")
@click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="The repository.  [default: here]")
@click.option("--commit", default="HEAD", show_default=True, metavar="REV", help="What the result is of.")
def sign(name: str, file: Path, key: str, repo: Path, commit: str) -> None:
    """Sign FILE as the result NAME of a commit; writes FILE.sigstore.json beside it.

    FILE is SARIF 2.1.0 or JUnit XML, and must be whole. For a job that scans or tests and that the contractor
    cannot edit: whoever holds the key can sign anything.

    Example: outsource-gate results sign zap zap.sarif --key file:scan.key --commit HEAD
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", name, re.ASCII):
        raise UsageError(
            f"{name!r}: no name of a result", hint="the names stand in the policy, under sources.results"
        )
    raw = read_file(file)
    form = format_of(raw)
    repository = Repository.open(repo)
    head = repository.resolve(commit).commit
    own = own_commit(read_content(raw, form).commits, head)
    if own not in ("", head):
        raise UsageError(f"{file}: is of {own}, not of {head}", hint="name its commit with --commit")
    now = datetime.now(UTC).replace(microsecond=0)
    digest = hashlib.sha256(raw).hexdigest()
    claim = Claim(name, form, digest, repository.origin() or NO_NAME, head, now)
    password = os.environ.get(PASSWORD_VARIABLE)
    beside = file.with_name(file.name + SUFFIX)
    write_whole(beside, sign_result(claim, load_signer(key, password.encode() if password else None)))
    click.echo(f"{beside}  signs {file.name} as {name} ({form}) of {head}")
