"""outsource-gate vendors export, import: the register as CSV for spreadsheets, and back."""

from __future__ import annotations

import codecs
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.errors import PolicyError, UsageError
from outsource_gate.evidence.files import write_whole
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

_MAX_BYTES = 64 * 1024 * 1024  # all files of a register
_DELIMITERS = {"comma": ",", "semicolon": ";"}
_force_option = click.option("--force", is_flag=True, help="Overwrite files that are there.")


@click.command("export")
@click.option("--format", type=click.Choice(["csv"]), default="csv", show_default=True, expose_value=False)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the files."
)
@click.option(
    "--delimiter", type=click.Choice(list(_DELIMITERS)), default="comma", show_default=True, help="Between cells."
)
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, for spreadsheets that ask for one.")
@policy_folder_option
@_force_option
def export_command(out: Path, delimiter: str, bom: bool, path: Path, force: bool) -> None:
    """Write the vendors of the register as CSV: one file per kind of thing, nothing left out.

    Example: outsource-gate vendors export --format csv --out register --policy policies/example
    """
    from outsource_gate.register_csv.imported import declared  # noqa: PLC0415 - for this command
    from outsource_gate.register_csv.writing import csv_files  # noqa: PLC0415 - the same

    policy = load_policy(FolderSource(path), gate_settings())
    files = csv_files(declared(policy), _DELIMITERS[delimiter])
    _check_new([file for file in files if (out / file).exists()], out, force)
    _make(out)
    mark = codecs.BOM_UTF8 if bom else b""
    for file, text in files.items():
        write_whole(out / file, mark + text.encode(), 0o600)  # contract terms, and data of people
    click.echo(f"{out}: {_count(len(policy.vendors), 'vendor')} in {len(files)} files")


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@policy_folder_option
@_force_option
def import_command(folder: Path, path: Path, force: bool) -> None:
    """Read CSV files as `vendors export` writes them, and write a YAML file for each new or changed vendor.

    Nothing is written unless policy and register read well with it. Vendors that are not in DIR stay as they are.

    Example: outsource-gate vendors import register --policy .outsource-gate
    """
    from outsource_gate.register_csv.imported import planned  # noqa: PLC0415 - for this command
    from outsource_gate.register_csv.reading import read_register  # noqa: PLC0415 - the same

    if not path.exists():
        _make(path)
    plan = planned(read_register(_files(folder)), FolderSource(path), gate_settings())
    root = path if path.is_dir() else path.parent
    _check_new(list(plan.replaced), root, force)
    for file, content in plan.files.items():
        target = root / file
        _make(target.parent)
        write_whole(target, content)
        click.echo(f"{target}: {'replaced' if file in plan.replaced else 'written'}")
    click.echo(f"{_count(len(plan.files), 'vendor')} written, {plan.same} unchanged; {_linted(plan.policy)}")


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = _MAX_BYTES
    for file in sorted(folder.glob("*.csv")):
        try:
            with file.open("rb") as handle:
                found[file.name] = handle.read(left + 1)
        except OSError as error:
            raise PolicyError(f"{file}: cannot be read: {error.strerror}", hint="check its permissions") from error
        left -= len(found[file.name])
        if left < 0:
            raise PolicyError(f"{folder}: larger than {_MAX_BYTES} bytes, allowed at most that", hint="split it up")
    return found


def _check_new(there: list[str], folder: Path, force: bool) -> None:
    if there and not force:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise UsageError(f"{folder / there[0]}{more}: there already", hint="name another folder, or add --force")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}", hint="name another folder") from error


def _linted(policy: Policy | None) -> str:
    if policy is None:
        return "no policy.yaml there yet, so nothing was compared"
    from outsource_gate.policy.lint import lint  # noqa: PLC0415 - where there is a policy

    counts = Counter(one.severity for one in lint(policy, datetime.now(ZoneInfo(policy.timezone)).date()))
    told = f"{_count(counts['warning'], 'warning')}, {_count(counts['note'], 'note')}"
    return f"reads well: {told}" + ("; outsource-gate policy lint has them" if counts else "")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
