"""What was given on the command line and in the environment, read strictly?"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from outsource_gate.evidence.run import TIMESTAMP_VARIABLE
from outsource_gate.imported import Given

timestamp_option: Callable[[Any], Any] = click.option(
    "--timestamp",
    "timestamps",
    multiple=True,
    envvar=TIMESTAMP_VARIABLE,
    metavar="URL",
    help="Time-stamp authority (RFC 3161) that confirms when the record was signed; several.",
)


def given_authorities(addresses: tuple[str, ...]) -> tuple[str, ...]:
    from outsource_gate.evidence.timestamps.asking import checked_address  # noqa: PLC0415 - where one is named

    return tuple(map(checked_address, addresses))


def given_result(text: str) -> Given:
    name, sign, path = text.partition("=")
    if not (name and sign and path):
        raise click.BadParameter(f"{text!r} is no NAME=FILE such as unit=junit.xml", param_hint="--result")
    return Given(name, Path(path))


def secret(name: str) -> bytes | None:
    """Secrets come from the environment, never from the command line, where everybody on the machine reads them."""
    return os.environ[name].encode() if os.environ.get(name) else None


def moment(text: str | None) -> datetime:
    """Give the time of --now, else the system's."""
    return datetime.now(UTC) if text is None else given_time(text)


def given_time(text: str) -> datetime:
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no RFC 3339 time such as 2026-11-23T12:00:00Z", param_hint="--now"
        ) from error
    if given.tzinfo is None:
        raise click.BadParameter(f"{text!r} names no offset; write 2026-11-23T12:00:00Z", param_hint="--now")
    return given
