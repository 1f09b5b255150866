"""outsource-gate vendors offboard: end a vendor in the register, and list every access to revoke."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import UsageError
from outsource_gate.model.facts import Owners, Unavailable
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

_MAX_OWNERS_BYTES = 3 * 1024 * 1024  # GitHub's own limit for CODEOWNERS


@click.command("offboard")
@click.argument("vendor_id", metavar="VENDOR")
@click.option(
    "--on", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="The last day."
)
@policy_folder_option
@click.option("--repo", type=click.Path(path_type=Path), help="Look for code owners in this repository, too.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option(
    "--output",
    type=click.Choice(["terminal", "markdown", "json"]),
    default="terminal",
    show_default=True,
    help="Format of the list.",
)
def command(vendor_id: str, last: datetime, path: Path, repo: Path | None, dry_run: bool, output: str) -> None:
    """End contract, access, engagements and people of VENDOR on a day, and list every access to revoke.

    Only ends are changed, and none becomes later; comments and order of the file stay. Doing it again changes
    nothing. `access review` then shows what is still there.

    Example: outsource-gate vendors offboard acme --on 2026-12-31 --output markdown
    """
    from outsource_gate.access_review import revocations_text as shown  # noqa: PLC0415 - for this command
    from outsource_gate.access_review.revocations import revocations  # noqa: PLC0415 - the same
    from outsource_gate.policy.vendor_edit import with_last_day  # noqa: PLC0415 - the same
    from outsource_gate.policy.yaml_text import read_yaml  # noqa: PLC0415 - the same

    source = FolderSource(path)
    policy = load_policy(source, gate_settings())
    if vendor_id not in policy.vendors:
        known = ", ".join(policy.vendors) or "none"
        raise UsageError(
            f"VENDOR {vendor_id[:80]}: not registered; registered: {known}"[:1000], hint="vendors list"
        )
    vendor, name = policy.vendors[vendor_id], policy.place("vendors", vendor_id).text.file
    owners, told = _owners(repo)
    changed, ended = with_last_day(read_yaml(name, source.read(name) or b""), vendor, last.date())
    if ended and not dry_run:
        _write(path, name, changed)
    done = shown.Offboarding(vendor_id, name, last.date(), ended, revocations(vendor, owners), told)
    match output:
        case "json":
            click.echo(shown.as_json(done))
        case "markdown":
            click.echo(shown.as_markdown(done))
        case _:
            click.echo(shown.as_terminal(done, unicode="utf" in (sys.stdout.encoding or "").lower()))


def _write(path: Path, name: str, changed: str) -> None:
    """Write it once it is known that policy and register still read well with it."""
    from outsource_gate.evidence.files import write_whole  # noqa: PLC0415 - for this command
    from outsource_gate.policy.edited import EditedSource  # noqa: PLC0415 - the same

    load_policy(EditedSource(path, name, changed.encode()), gate_settings())
    file = (path if path.is_dir() else path.parent) / name
    mark = "\ufeff" if file.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    write_whole(file, (mark + changed).encode(), file.stat().st_mode & 0o777)


def _owners(repo: Path | None) -> tuple[Owners | None, str]:
    """The first CODEOWNERS of the branch that changes go to, in the order of the forges."""
    if repo is None:
        return None, "not looked at; name a clone with --repo"
    from outsource_gate.codeowners import PLACES, parse_owners  # noqa: PLC0415 - where a repository is named
    from outsource_gate.git.blobs import Blobs  # noqa: PLC0415 - the same
    from outsource_gate.git.repository import Repository  # noqa: PLC0415 - the same

    with Repository.open(repo).session() as repository:
        base = repository.default_base()
        found = sorted(
            (entry for entry in repository.list_tree(base.tree) if entry.path in PLACES),
            key=lambda entry: PLACES.index(entry.path),
        )
        if not found:
            return Owners(), f"no such file in {base.asked}"
        with Blobs(repository) as blobs:
            raw = blobs.read(found[0].oid, _MAX_OWNERS_BYTES)
    owners = parse_owners(found[0].path, raw.decode("utf-8", "replace")) if isinstance(raw, bytes) else None
    if owners is None or isinstance(owners, Unavailable):
        why = owners.reason if owners else f"{found[0].path}: too large"
        raise UsageError(f"--repo {repo}: {why}", hint="correct it, or leave --repo out and look by hand")
    return owners, f"{owners.path} of {base.asked}"
