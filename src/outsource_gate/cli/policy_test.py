"""outsource-gate policy test: does the policy say what its writers think it says?"""

from __future__ import annotations

from pathlib import Path

import click

from outsource_gate.cli.options import policy_folder_option
from outsource_gate.cli.output import show
from outsource_gate.policy.load import load_policy
from outsource_gate.policy.source import FolderSource
from outsource_gate.registry import gate_settings

_FOLDER = "tests"  # beside the policy


@click.command("test")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILES]...")
@policy_folder_option
@click.option(
    "--output",
    type=click.Choice(["terminal", "json", "junit"]),
    default="terminal",
    show_default=True,
    help="Format.",
)
def test_command(files: tuple[Path, ...], path: Path, output: str) -> int:
    """Judge cases written in YAML under a policy, without git and scanners; FILES are those in tests/ beside it.

    Exit 0 if all come out as expected, 1 if not, 2 if policy or cases cannot be read, or there are none.

    Example: outsource-gate policy test --policy policies/example
    """
    from outsource_gate.policy_cases.reading import read_cases  # noqa: PLC0415 - much of the program, here alone
    from outsource_gate.policy_cases.run import run_cases  # noqa: PLC0415 - the same
    from outsource_gate.reports import policy_cases  # noqa: PLC0415 - the same

    policy = load_policy(FolderSource(path), gate_settings())
    outcomes = list(run_cases(policy, read_cases(files or (_beside(path),))))
    render = {
        "terminal": policy_cases.cases_terminal,
        "json": policy_cases.cases_json,
        "junit": policy_cases.cases_junit,
    }
    show(render[output](outcomes))
    return 0 if all(one.is_as_expected for one in outcomes) else 1


def _beside(policy: Path) -> Path:
    return (policy if policy.is_dir() else policy.parent) / _FOLDER
