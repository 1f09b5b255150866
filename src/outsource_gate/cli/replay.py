"""`replay`: judge the recorded facts again and compare the decision."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from outsource_gate.model.verdict import Status
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings
from outsource_gate.replay import Replayed, replay


@click.command("replay", epilog="Example: outsource-gate replay outsource-gate.evidence.json")
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--facts", type=click.Path(path_type=Path), help="The facts file.  [default: beside the record]")
@click.option("--policy", type=click.Path(path_type=Path, exists=True), help="Judge under this policy instead.")
def command(record: Path, facts: Path | None, policy: Path | None) -> None:
    """Judge recorded facts again: exit 0 same decision, 1 another one, 3 cannot be replayed.

    Starts after attribution, and does not ask whether the record is genuine: `verify` does.
    """
    replayed = replay(record, facts, _policy(policy) if policy else None)
    for line in _told(replayed):
        click.echo(line)
    sys.exit(0 if replayed.same else 1)


def _policy(path: Path) -> Policy:
    return load_policy(FolderSource(path), gate_settings())


def _told(replayed: Replayed) -> list[str]:
    then, now = replayed.recorded.decision.answer, replayed.decision.answer
    if replayed.same:
        return [f"same decision: {now}, from the same facts under the same settings"]
    before = {(part.gate, part.vendor): part.status for part in replayed.recorded.verdicts}
    after = {(verdict.gate, verdict.vendor): verdict.status for verdict in replayed.decision.verdicts}
    lines = [f"recorded {then}, now {now}"]
    for key in sorted(before.keys() | after.keys(), key=str):
        old, new = before.get(key, Status.NOT_ASKED), after.get(key, Status.NOT_ASKED)
        if old is not new:
            lines.append(f"  {key[0]} ({key[1] or 'the change'}): {old} -> {new}")
    if len(lines) == 1:
        lines.append("  the statuses agree; settings or reasons differ")
    return lines
