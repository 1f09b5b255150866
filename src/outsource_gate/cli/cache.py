"""`--cache DIR`: where what scanners say is kept between runs. Why it can be believed: `scanners/cache`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outsource_gate.errors import GateError, ToolError

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

FOLDER_VARIABLE = "OUTSOURCE_GATE_CACHE"
_PURPOSE = b"outsource-gate: seal kept answers of scanners"

cache_option: Callable[[Any], Any] = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=FOLDER_VARIABLE,
    metavar="DIR",
    help="Keep what scanners say of a file here, sealed, and ask them only about files not seen before.",
)


def open_cache(folder: Path | None, signing_secret: Callable[[], bytes | None] = lambda: None) -> Store | None:
    """Open the cache that was named; where that cannot be, say so and let every file be read."""
    if folder is None:
        return None
    from outsource_gate.scanners.cache.key import open_store  # noqa: PLC0415 - only where a cache is named

    try:
        return open_store(folder, os.environ, signing_secret)
    except ToolError as error:
        click.echo(f"outsource-gate: --cache is not used: {error}", err=True)
        return None


def secret_of(key: str | None, password: bytes | None) -> bytes | None:
    """Give a secret made from the key that signs; what is wrong with that key is told where it signs."""
    if not key:
        return None
    from outsource_gate.evidence.keys import load_signer  # noqa: PLC0415 - only where a cache has no key of its own

    try:
        return load_signer(key, password).derived(_PURPOSE)
    except GateError:
        return None
