"""evidence: keep records on a ref of a git server, and look at what is kept there."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from outsource_gate.errors import EvidenceError, UsageError
from outsource_gate.evidence.kept import Found, Listed, find, listed
from outsource_gate.evidence.publication import publish
from outsource_gate.git.evidence_exchange import fetch as fetch_ref
from outsource_gate.git.evidence_exchange import local_ref, tip_of
from outsource_gate.git.evidence_ref import REF
from outsource_gate.git.objects import full_id
from outsource_gate.git.remote import find_remote
from outsource_gate.git.repository import Repository
from outsource_gate.reports import escape

NOT_VERIFIED = "as the records say of themselves; this is not verification: outsource-gate verify ref:COMMIT"
MAX_LISTED = 10_000

REPO = click.option("--repo", default=".", type=click.Path(path_type=Path), help="The clone.  [default: here]")
REMOTE = click.option(
    "--remote",
    default="origin",
    show_default=True,
    metavar="NAME|URL",
    help="The repository that keeps the records.",
)


@click.group()
def command() -> None:
    """Keep records on refs/outsource-gate/evidence of a git server, and look at what is kept there.

    Example: outsource-gate evidence push outsource-gate.evidence.json
    """


@command.command()
@click.argument("record", type=click.Path(path_type=Path, dir_okay=False))
@REMOTE
@REPO
@click.option(
    "--with-facts", is_flag=True, help="Push the facts, too: names, emails and code, which a ref cannot forget."
)
def push(record: Path, remote: str, repo: Path, with_facts: bool) -> None:
    """Add RECORD to the evidence ref; nothing that is there is ever changed.

    Exit 0: it is there. 3: it could not be pushed; the record on disk stays. Over https the token comes from
    OUTSOURCE_GATE_EVIDENCE_TOKEN, or is the CI job's own for the CI's own server.

    Example: outsource-gate evidence push outsource-gate.evidence.json --remote https://forge.example/corp/evidence
    """
    done = publish(record, remote, Repository.open(repo), os.environ, with_facts=with_facts)
    how = "was there already" if done.was_there else "is kept"
    click.echo(f"{_safe(str(record))}  {how}  {_safe(done.address)}")
    click.echo(f"  record sha256:{done.digest}")


@command.command()
@REMOTE
@REPO
def fetch(remote: str, repo: Path) -> None:
    """Bring the evidence ref into this clone; a shallow one will do.

    Exit 3 if it cannot be had, or if it no longer holds what this clone has seen there.

    Example: outsource-gate evidence fetch
    """
    repository = Repository.open(repo)
    to = find_remote(remote, repository, os.environ)
    done = fetch_ref(repository, to, local_ref(remote, to), os.environ)
    news = "nothing new" if done.tip == done.before else f"was {done.before}" if done.before else "first seen"
    click.echo(f"{done.ref}  {done.tip}  ({news})")


@command.command("list")
@REMOTE
@REPO
@click.option("--limit", type=click.IntRange(1, MAX_LISTED), default=50, show_default=True, help="How many.")
@click.option("--output", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
def list_(remote: str, repo: Path, limit: int, output: str) -> None:
    """List what was fetched, newest first, as the records say of themselves. Offline.

    Example: outsource-gate evidence list --limit 20
    """
    repository, ref, tip = fetched(repo, remote)
    rows = tuple(listed(repository, tip, limit))
    if output == "json":
        told = {"ref": ref, "tip": tip, "verified": False, "records": [_row(row) for row in rows]}
        click.echo(escape.json_text(told))
        return
    for row in rows:
        click.echo(_line(row))
    click.echo(f"{len(rows)} of {ref} at {tip[:12]}, newest first, {NOT_VERIFIED}", err=True)


@command.command()
@click.argument("asked", metavar="DIGEST|COMMIT")
@REMOTE
@REPO
@click.option(
    "--output", type=click.Choice(["terminal", "json", "record"]), default="terminal", show_default=True,
    help="record: the file itself, for other tools.",
)  # fmt: skip
def show(asked: str, remote: str, repo: Path, output: str) -> None:
    """Show one record of those fetched, the latest of a commit or the one of a digest; both in full. Offline.

    Example: outsource-gate evidence show "$(git rev-parse HEAD)" --output record > record.json
    """
    repository, _, tip = fetched(repo, remote)
    found = find(repository, tip, hexadecimal(asked))
    if output == "record":
        click.get_binary_stream("stdout").write(found.raw)
    elif output == "json":
        click.echo(escape.json_text(_payload(found)))
    else:
        for line in _told(found):
            click.echo(line)


def fetched(repo: Path, remote: str) -> tuple[Repository, str, str]:
    """The clone, the ref that holds what was fetched from a remote, and its tip; EvidenceError if nothing was."""
    repository = Repository.open(repo)
    ref = REF if remote == "origin" else local_ref(remote, find_remote(remote, repository, os.environ))
    tip = tip_of(repository, ref)
    if not tip:
        where = "" if remote == "origin" else f" --remote {remote}"
        raise EvidenceError(f"{ref}: not in this clone", hint=f"run `outsource-gate evidence fetch{where}`")
    return repository, ref, tip


def hexadecimal(asked: str) -> str:
    """A full id in small letters; UsageError for anything else."""
    found = asked.removeprefix("sha256:").lower()
    if len(found) not in (40, 64) or not set(found) <= set("0123456789abcdef"):
        raise UsageError(
            f"{asked[:80]!r}: neither a commit nor a digest -> the full id, 40 or 64 hexadecimal digits"
        )
    return full_id(found)


def _row(row: Listed) -> dict[str, Any]:
    predicate = row.statement.predicate if row.statement else None
    return {
        "digest": row.added.digest,
        "commit": row.added.head,
        "repository": predicate.repository.name if predicate else None,
        "number": predicate.change.number if predicate and predicate.change else None,
        "decision": predicate.decision.answer if predicate else None,
        "enforced": predicate.decision.enforced if predicate else None,
        "stage": predicate.stage if predicate else None,
        "made_at": predicate.made_at if predicate else None,
        "added_by": row.added.commit,
        "problem": row.problem or None,
    }


def _line(row: Listed) -> str:
    told = _row(row)
    if row.problem:
        return f"{'?':<20}  {'?':<9}  {row.added.head[:12]}  sha256:{row.added.digest}  {_safe(row.problem)}"
    name = _safe(told["repository"]) + (f"#{told['number']}" if told["number"] is not None else "")
    answer = told["decision"] if told["enforced"] else f"({told['decision']})"
    return f"{told['made_at'][:19]}Z  {answer:<9}  {row.added.head[:12]}  sha256:{row.added.digest}  {name}"


def _payload(found: Found) -> Any:
    return json.loads(base64.b64decode(json.loads(found.raw)["dsseEnvelope"]["payload"]))


def _told(found: Found) -> list[str]:
    predicate = _payload(found)["predicate"]
    decision, change = predicate["decision"], predicate["change"]
    answer = decision["answer"] if decision["enforced"] else f"{decision['answer']} (report only)"
    lines = [
        f"{answer}  {predicate['repository']['name']}",
        f"  commit    {found.added.head}",
        f"  change    {change['number'] if change and change['number'] is not None else '-'}",
        f"  made at   {predicate['madeAt']}, stage {predicate['stage']}",
        f"  policy    {predicate['policy']['digest']}",
        f"  record    sha256:{found.added.digest}",
        f"  facts     {'kept beside it' if found.facts else 'not kept here'}",
        f"  added by  {found.added.commit} of the evidence ref",
    ]
    for verdict in predicate["verdicts"]:
        codes = ", ".join(reason["code"] for reason in verdict["reasons"])
        lines.append(f"  {verdict['status']:<14}  {verdict['gate']}{f': {codes}' if codes else ''}")
    lines += [f"  note: {note}" for note in found.notes]
    return [*map(_safe, lines), f"  {NOT_VERIFIED}"]


def _safe(text: str) -> str:
    return escape.terminal(text, unicode="utf" in (sys.stdout.encoding or "").lower())
