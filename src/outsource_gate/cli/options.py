"""Which options do several commands have, with the same words and the same meaning?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]

policy_folder_option = click.option(
    "--policy",
    "path",
    type=click.Path(path_type=Path),
    default=".outsource-gate",
    show_default=True,
    metavar="FILE|DIR",
    help="Policy file, or the folder it lies in.",
)


def merged_options(where: str) -> Callable[[Function], Function]:
    """What every command asks that reads what was merged: clone, policy, whose records count, where they lie."""
    options = (
        click.option(
            "--repo", type=click.Path(path_type=Path), default=Path(), help="The repository.  [default: here]"
        ),
        click.option(
            "--policy",
            type=click.Path(path_type=Path, exists=True),
            help=f"Policy file or folder outside the checkout.  [default: .outsource-gate/ of the {where}]",
        ),
        click.option(
            "--trust",
            required=True,
            type=click.Path(path_type=Path, dir_okay=False),
            help="Trust file, or a PEM public key: whose records count.",
        ),
        click.option(
            "--records",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help="Folder with the records.  [default: the evidence ref as it was last fetched]",
        ),
        click.option(
            "--repository", metavar="URI", help="What records are about.  [default: the address of origin]"
        ),
    )

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate
