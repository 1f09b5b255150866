"""outsource-gate policy diff: what got stricter or looser from one policy to another?"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from outsource_gate.cli.output import show
from outsource_gate.errors import GateError, PolicyError, UsageError
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource, Source
from outsource_gate.registry import gate_settings

_FOLDER = ".outsource-gate"


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--vendor", "vendor_id", default="", metavar="ID", help="Only what concerns this vendor.")
@click.option(
    "--repo",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=".",
    show_default=True,
    help="Repository of revisions.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["nothing", "looser", "changed"]),
    default="nothing",
    show_default=True,
    help="What makes it exit 1; changed: what is looser, or cannot be compared.",
)
@click.option(
    "--output",
    type=click.Choice(["terminal", "markdown", "json"]),
    default="terminal",
    show_default=True,
    help="Format.",
)
def diff_command(old: str, new: str, vendor_id: str, repo: Path, fail_on: str, output: str) -> int:
    """Say what got looser, stricter or changed from OLD to NEW, with both places and for each vendor.

    Each is a policy's file or folder, or REV: for .outsource-gate at a revision, REV:FOLDER for another folder.

    Exit 0, or 1 for what --fail-on names; 2 if one of the two cannot be read.

    Example: outsource-gate policy diff main: policies/example --fail-on looser
    """
    from outsource_gate.policy_diff import by_vendor, differences, of_vendor  # noqa: PLC0415 - needed here alone
    from outsource_gate.policy_diff.difference import Direction  # noqa: PLC0415 - the same
    from outsource_gate.reports import policy_diff as reports  # noqa: PLC0415 - the same

    with ExitStack() as stack:
        before, after = (_policy(named, repo, stack) for named in (old, new))
        found = differences(before, after)
        if vendor_id:
            _check_registered(vendor_id, before, after)
            found = tuple(of_vendor(found, vendor_id))
        ids = (vendor_id,) if vendor_id else sorted({*before.vendors, *after.vendors})
        vendors = {id: (_tier(id, before, after), own) for id, own in by_vendor(found, ids).items()}
        diff = reports.PolicyDiff(old, new, found, vendors)
    render = {"terminal": reports.diff_terminal, "markdown": reports.diff_markdown, "json": reports.diff_json}
    show(render[output](diff))
    fatal = {"nothing": (), "looser": (Direction.LOOSER,), "changed": (Direction.LOOSER, Direction.CHANGED)}
    return 1 if any(one.direction in fatal[fail_on] for one in found) else 0


def _policy(named: str, repo: Path, stack: ExitStack) -> Policy:
    """Read one side; the message says which of the two it is."""
    try:
        return load_policy(_source(named, repo, stack), gate_settings())
    except GateError as error:
        raise PolicyError(f"{named}: {error.message}", hint=error.hint) from error


def _source(named: str, repo: Path, stack: ExitStack) -> Source:
    revision, colon, folder = named.partition(":")
    if not colon or Path(named).exists():
        return FolderSource(Path(named))
    from outsource_gate.git.repository import Repository  # noqa: PLC0415 - only where a revision is named
    from outsource_gate.git.tree_source import TreeSource  # noqa: PLC0415 - the same

    repository = stack.enter_context(Repository.open(repo).session())
    return TreeSource(repository, repository.resolve(revision).commit, folder or _FOLDER)


def _check_registered(vendor: str, *policies: Policy) -> None:
    if not any(vendor in policy.vendors for policy in policies):
        raise UsageError(
            f"--vendor {vendor}: in neither of the two", hint="`outsource-gate vendors list` shows them"
        )


def _tier(vendor: str, *policies: Policy) -> str:
    tiers = (policy.tier_of(vendor).name if vendor in policy.vendors else "not registered" for policy in policies)
    return " -> ".join(dict.fromkeys(tiers))
