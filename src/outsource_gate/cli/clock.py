"""Which time does a command look at things? The one given with --now, else the system's."""

from __future__ import annotations

from datetime import UTC, datetime

import click


def moment(text: str | None) -> datetime:
    """Read --now; a time without an offset could mean two days."""
    if text is None:
        return datetime.now(UTC)
    return given_time(text)


def given_time(text: str) -> datetime:
    """Read an RFC 3339 time with its offset."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no RFC 3339 time such as 2026-11-23T12:00:00Z", param_hint="--now"
        ) from error
    if given.tzinfo is None:
        raise click.BadParameter(f"{text!r} names no offset; write 2026-11-23T12:00:00Z", param_hint="--now")
    return given
