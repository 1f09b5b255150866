"""hook: let git ask before it pushes, and before a server takes a push in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from outsource_gate.errors import GateError, UsageError
from outsource_gate.git.hook_script import Kind, Remembered
from outsource_gate.git.hooks import Installed, install, uninstall
from outsource_gate.git.pushes import MAX_INPUT, Update, handed_over_by_pre_commit, read_pushed, read_received
from outsource_gate.git.repository import Repository
from outsource_gate.git.targets import targets_at, targets_here
from outsource_gate.model.verdict import Stage

KINDS = click.Choice(["pre-push", "pre-receive"])
NOTHING_READ = (
    "everything may be up to date; else something before this read stdin or did not hand it on (lefthook needs "
    "use_stdin: true)"
)
_repo = click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="[default: here]")
_policy = click.option(
    "--policy",
    type=click.Path(path_type=Path),
    help="Policy or contractor's bundle, outside the checkout.  [default: .outsource-gate/ of the target branch]",
)
_target = click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="BRANCH",
    help="Where changes go: main, or upstream/main of another remote; also several.  [default: the main branch]",
)


@click.group()
def command() -> None:
    """Judge what is pushed, before it is.

    Example: outsource-gate hook install --policy ../acme.bundle.json
    """


@command.command("install")
@click.argument("kind", metavar="[HOOK]", type=KINDS, default="pre-push")
@_repo
@_policy
@_target
def install_(kind: Kind, repo: Path, policy: Path | None, targets: tuple[str, ...]) -> None:
    """Write a hook, pre-push or (on a server) pre-receive, into the folder where git looks for it.

    A hook that is there already is kept and run first. What an installed hook remembers stays, unless it is named
    anew.

    Example: outsource-gate hook install --policy ../acme.bundle.json --target upstream/main
    """
    repository = Repository.open(repo)
    asked = Remembered(sys.executable, _absolute(policy, repository), targets)
    for target in targets:
        if target.startswith("-") or not target.isprintable() or " " in target:
            raise UsageError(f"--target {target!r}: no branch has that name", hint="name one such as main")
    _tell(install(repository, kind, asked))


@command.command("uninstall")
@click.argument("kind", metavar="[HOOK]", type=KINDS, default="pre-push")
@_repo
def uninstall_(kind: Kind, repo: Path) -> None:
    """Take the hook out and put back the one that was there before.

    Example: outsource-gate hook uninstall
    """
    path, done = uninstall(Repository.open(repo), kind)
    click.echo(f"{path}  {'taken out' if done else 'there is no such hook; nothing to do'}")
    if done and path.exists():
        click.echo("  the hook that was there before is back in its place")


@command.command("pre-push")
@click.argument("remote", default="")
@click.argument("url", default="")
@_policy
@_target
def pre_push(remote: str, url: str, policy: Path | None, targets: tuple[str, ...]) -> None:
    """Judge every ref that stdin names; git calls this before it pushes to REMOTE.

    Exit 0 only if every ref is allowed; 1 if one is denied, 3 if one is undecided, 2 usage or policy error. Without
    REMOTE the one ref is judged that the pre-commit framework names in PRE_COMMIT_TO_REF.

    Example: outsource-gate hook pre-push "$@"
    """
    del url  # it may hold a password, and says nothing that the remote's name does not
    updates = _updates(read_pushed) if remote else _from_pre_commit()
    remote = remote or os.environ.get("PRE_COMMIT_REMOTE_NAME", "")
    repo, repository = _hooks_repository()
    coming = any(not update.deletes for update in updates)
    known = targets_at(repository, remote, targets) if coming else ()
    _judge("pre-push", updates, known, repo, repository, stage=Stage.PUSH, policy=policy)


@command.command("pre-receive")
@_policy
@_target
@click.option(
    "--stage", type=click.Choice([Stage.PUSH.value, Stage.CHANGE.value]), default="push", show_default=True
)
@click.option(
    "--change", type=click.Path(path_type=Path), help="What a forge would say of the change; for one ref at a time."
)
@click.option("--key", envvar="OUTSOURCE_GATE_KEY", help="Key that signs the records: file:PATH or env://NAME.")
def pre_receive(policy: Path | None, targets: tuple[str, ...], stage: str, **given: Any) -> None:
    """Judge every ref that stdin names; git calls this on a server before it takes a push in.

    Exit codes as of pre-push. The branch that HEAD names, or --target, is what pushes are compared with.

    Example: outsource-gate hook pre-receive --policy /etc/outsource-gate
    """
    updates = _updates(read_received)
    repo, repository = _hooks_repository()
    coming = [update for update in updates if not update.deletes]
    if given["change"] and len(coming) > 1:
        raise UsageError(
            f"--change speaks of one change, and {len(coming)} refs are pushed", hint="push them one by one"
        )
    _judge(
        "pre-receive",
        updates,
        targets_here(repository, targets),
        repo,
        repository,
        stage=Stage(stage),
        policy=policy,
        **given,
    )


def _judge(
    hook: Kind, updates: tuple[Update, ...], targets: Any, repo: Path, repository: Repository, **given: Any
) -> None:
    from outsource_gate.cli.push import Push, judge  # noqa: PLC0415 - `hook install` needs none of it
    from outsource_gate.request import Request  # noqa: PLC0415

    key = given.pop("key", None)
    with repository.session() as kept:
        push = Push(hook, kept, Request(repo=repo, **given), targets, key)
        sys.exit(judge(push, updates))


def _updates(read: Callable[[bytes], tuple[Update, ...]]) -> tuple[Update, ...]:
    raw = b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read(MAX_INPUT + 1)
    updates = read(raw)
    if not updates:
        raise UsageError("stdin names no ref, so nothing was judged", hint=NOTHING_READ)
    return updates


def _from_pre_commit() -> tuple[Update, ...]:
    update = handed_over_by_pre_commit(os.environ)
    if update is None:
        raise UsageError(
            "neither a remote nor what the pre-commit framework sets (PRE_COMMIT_TO_REF) says what is pushed",
            hint='let git call it: outsource-gate hook pre-push "$@"',
        )
    return (update,)


def _hooks_repository() -> tuple[Path, Repository]:
    """The repository whose hook runs: where git started it, or where GIT_DIR says, if that is another one."""
    here, told = Path(), os.environ.get("GIT_DIR")
    try:
        found = Repository.open(here)
    except GateError:
        if not told:
            raise
        return Path(told), Repository.open(Path(told))
    if told and found.git_dir != Path(told).resolve():
        return Path(told), Repository.open(Path(told))
    return here, found


def _absolute(policy: Path | None, repository: Repository) -> str:
    if policy is None:
        return ""
    if not policy.exists():
        raise UsageError(
            f"--policy {policy}: no such file or folder", hint="name the policy or the bundle you were given"
        )
    if repository.is_checked_out(policy):
        raise UsageError(
            f"--policy {policy}: lies inside the checkout, where a change could write it",
            hint=f"keep it outside, or below {repository.common_dir}",
        )
    return str(policy.resolve())


def _tell(done: Installed) -> None:
    words = {"installed": "installed", "changed": "changed", "unchanged": "is there already; nothing to do"}
    click.echo(f"{done.path}  {words[done.done]}")
    if done.before:
        click.echo(f"  runs first: {done.before}, which was there before")
    click.echo(f"  policy: {done.remembered.policy or '.outsource-gate/ of the branch that changes go to'}")
    if done.remembered.targets:
        click.echo(f"  changes go to: {', '.join(done.remembered.targets)}")
    for remark in done.remarks:
        click.echo(f"  note: {remark}")
    if done.path.name == "pre-push":
        click.echo("→ push as always; `git push --no-verify` skips it, and CI judges all the same")
    else:
        click.echo("→ every push to this repository is judged from now on; nobody who pushes can leave it out")
