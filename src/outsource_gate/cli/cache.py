"""`--cache DIR`: where scanners' answers and a large register's index are kept. `scanners/cache` says why."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outsource_gate.errors import GateError, ToolError

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store
    from outsource_gate.sealing.folder import SealedFolder

LEAST_BYTES = 512 * 1024  # of a register: what is smaller is read in a fifth of a second
FOLDER_VARIABLE = "OUTSOURCE_GATE_CACHE"
_PURPOSE = b"outsource-gate: seal kept answers of scanners"

cache_option: Callable[[Any], Any] = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar=FOLDER_VARIABLE,
    metavar="DIR",
    help="Keep what scanners say of a file here, and a large register's index, sealed: to read only what is new.",
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


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """Where the index of a large register is kept; the key is only asked for where a register is large."""

    folder: Path
    least_bytes: int
    signing_secret: Callable[[], bytes | None] = lambda: None
    tell: Callable[[str], object] = lambda _: None

    def get(self, about: bytes) -> bytes | None:
        opened = self._opened()
        return opened.get(about) if opened else None

    def put(self, about: bytes, content: bytes) -> None:
        if opened := self._opened():
            opened.put(about, content)

    def _opened(self) -> SealedFolder | None:
        """Open the folder; why there is none is told by `open_cache`, too."""
        from outsource_gate.scanners.cache.key import folder_and_secret  # noqa: PLC0415 - for large registers alone
        from outsource_gate.sealing.folder import SealedFolder  # noqa: PLC0415

        try:
            return SealedFolder(
                *folder_and_secret(self.folder, os.environ, self.signing_secret), "register", self.tell
            )
        except ToolError as error:
            self.tell(f"register: --cache is not used: {error}")
            return None


def kept_register(folder: Path | None, signing_secret: Callable[[], bytes | None]) -> KeptRegister | None:
    """Say where an index may be kept; with --debug it tells why one was not used."""
    if folder is None:
        return None
    context = click.get_current_context(silent=True)
    tells = bool(context and context.obj and context.obj["debug"])
    return KeptRegister(folder, LEAST_BYTES, signing_secret, _debug if tells else lambda _: None)


def _debug(line: str) -> None:
    click.echo(f"outsource-gate: {line}", err=True)


def secret_of(key: str | None, password: bytes | None) -> bytes | None:
    """Give a secret made from the key that signs; what is wrong with that key is told where it signs."""
    if not key:
        return None
    from outsource_gate.evidence.keys import load_signer  # noqa: PLC0415 - only where a cache has no key of its own
    from outsource_gate.evidence.signers.places import is_elsewhere  # noqa: PLC0415

    if is_elsewhere(key):
        return None  # it gives no secret, and a token that is asked twice with a wrong PIN locks itself
    try:
        return load_signer(key, password).derived(_PURPOSE)
    except GateError:
        return None
