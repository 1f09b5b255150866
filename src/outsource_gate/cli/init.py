"""`init`: propose a first policy and register from the repository's history."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from outsource_gate.cli.init_questions import Given, answer, ours_perhaps
from outsource_gate.errors import UsageError
from outsource_gate.evidence.files import write_new
from outsource_gate.first_policy.files import files
from outsource_gate.first_policy.next_steps import next_steps
from outsource_gate.first_policy.people import Told
from outsource_gate.first_policy.proposal import Seen, propose, seen_in, with_forge
from outsource_gate.first_policy.source import TextSource
from outsource_gate.first_policy.summary import summary
from outsource_gate.git.own_identity import own_identity
from outsource_gate.git.people import read_history
from outsource_gate.git.repository import Repository
from outsource_gate.model.history import History
from outsource_gate.model.source import Revision
from outsource_gate.policy.load import load_policy
from outsource_gate.registry import gate_settings

FOLDER = ".outsource-gate"
MODE = 0o644


@click.command("init", epilog="Example: outsource-gate init --months 6")
@click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="The repository.  [default: here]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the files go.  [default: .outsource-gate/ of the checkout]",
)
@click.option("--branch", help="Whose history is read.  [default: the remote's main branch]")
@click.option(
    "--months",
    type=click.IntRange(1, 240),
    default=12,
    show_default=True,
    help="How far back; 20,000 commits at most.",
)
@click.option("--organization", metavar="NAME", help="How records name us; not asked then.")
@click.option("--domains", metavar="LIST", help="Our domains, with commas, or `none`; not asked then.")
@click.option("--vendors", metavar="LIST", help="Vendors' domains, with commas, or `none`; not asked then.")
@click.option("--contact", metavar="EMAIL", help="Whom a blocked contractor is told to call; not asked then.")
@click.option("--yes", is_flag=True, help="Take what is proposed; nobody is asked.")
@click.option("--offline", is_flag=True, help="Ask no forge for accounts, whatever token is at hand.")
@click.option("--dry-run", is_flag=True, help="Show the files, write none.")
def command(
    repo: Path,
    out: Path | None,
    branch: str | None,
    months: int,
    yes: bool,
    offline: bool,
    dry_run: bool,
    **given: str | None,
) -> None:
    """Write a first policy and register, proposed from the people in the history.

    Nobody gets through by a proposal: each is marked, vendors come without contract and access, and no file is ever
    overwritten. Exit 0, or 2 where something has to be said first.
    """
    if not (yes or sys.stdin.isatty()):
        raise UsageError(
            "there are questions, and nobody is here to answer", hint="take what is proposed with --yes"
        )
    if sys.stderr.isatty():
        click.echo(f"reading {months} months of history ...", err=True)
    now = datetime.now(UTC)
    with Repository.open(repo).session() as repository:
        folder = out or _default_folder(repository)
        if not dry_run:
            _refuse_existing(folder, ("policy.yaml", "people.yaml"))
        seen = _look(repository, branch, _months_before(now, months), now)
        told, unasked = ({}, "") if offline else _accounts(repository, seen)
        worktree = repository.worktree
    click.echo(summary(seen, ours_perhaps(seen, Given(**given))), err=True)
    answers, guess = answer(seen, Given(**given), takes_proposals=yes)
    texts = files(with_forge(propose(seen, answers, guess, now.date()), told))
    load_policy(
        TextSource(texts), gate_settings()
    )  # before anything is written: whatever a history holds, it reads
    if dry_run:
        click.echo("\n".join(f"# ---- {path}\n{text}" for path, text in texts.items()), nl=False)
        return
    click.echo(f"\n{unasked}\n" if unasked else "", err=True)
    _write(folder, texts)
    click.echo(next_steps(_shown(folder), seen.history.branch, in_repository=_inside(folder, worktree)))


def _accounts(repository: Repository, seen: Seen) -> tuple[Mapping[str, Told], str]:
    """Ask the forge, whose client is only there where it was installed."""
    try:
        from outsource_gate.cli.init_accounts import accounts_of  # noqa: PLC0415 - needs requests
    except ImportError:
        return {}, "no forge was asked for accounts: pip install 'outsource-gate[github]' or [gitlab]"
    return accounts_of(repository, seen, os.environ)


def _default_folder(repository: Repository) -> Path:
    if repository.worktree is None:
        raise UsageError(f"{repository.git_dir}: has no checkout to write to", hint="name a folder with --out")
    folder = repository.worktree / FOLDER
    if folder.is_symlink():
        raise UsageError(f"{_shown(folder)}: is a symbolic link", hint="name the folder itself with --out")
    return folder


def _refuse_existing(folder: Path, names: tuple[str, ...]) -> None:
    there = [_shown(folder / name) for name in names if os.path.lexists(folder / name)]
    if there:
        raise UsageError(
            f"{', '.join(there)}: there already, and nothing is overwritten",
            hint="write the proposal elsewhere with --out, or look at it with --dry-run",
        )


def _look(repository: Repository, branch: str | None, since: datetime, now: datetime) -> Seen:
    if gap := repository.completeness():
        click.echo(f"outsource-gate: {gap.reason}; only what is here is read\n  → {gap.next_step}\n", err=True)
    tip = repository.resolve(branch) if branch else _tip(repository)
    history = (
        read_history(repository, tip, since, now) if tip else History(_unborn(repository), since.date(), 0, ())
    )
    _, _, name = (repository.origin() or "").partition("/")
    return seen_in(history, own_identity(repository), name)


def _tip(repository: Repository) -> Revision | None:
    """The branch that changes go to, else what is checked out; None in a repository without a commit."""
    try:
        return repository.default_base()
    except UsageError:
        pass
    try:
        return repository.resolve("HEAD")
    except UsageError:
        return None


def _unborn(repository: Repository) -> str:
    """The branch that the first commit will make."""
    return repository.run("symbolic-ref", "HEAD").decode("utf-8", "replace").strip()


def _months_before(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))


def _write(folder: Path, texts: dict[str, str]) -> None:
    _refuse_existing(folder, tuple(texts))
    if (folder / "vendors").is_symlink():
        raise UsageError(f"{_shown(folder / 'vendors')}: is a symbolic link", hint="name a folder with --out")
    for path, text in texts.items():
        file = folder / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{_shown(file.parent)}: {error.strerror}", hint="name a folder with --out") from error
        write_new(file, text.encode(), MODE)
        click.echo(f"wrote {_shown(file)}")


def _inside(folder: Path, worktree: Path | None) -> bool:
    return worktree is not None and folder.resolve() == worktree / FOLDER


def _shown(path: Path) -> str:
    """The path as it can be typed here; links in it stay links."""
    whole = Path.cwd() / path
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(path)
