"""Which errors end a run, and with which exit code?"""

from __future__ import annotations


class GateError(Exception):
    """An error told to the user in one line; `hint` is the next step.

    `exit_code` follows the command line's contract: 2 for what the caller wrote, 3 for what could not be done.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} -> {self.hint}" if self.hint else self.message


class UsageError(GateError):
    """What was asked for on the command line cannot be meant."""

    exit_code = 2


class PolicyError(GateError):
    """Policy or register says something that cannot be read; `message` starts with file and line."""

    exit_code = 2


class GitError(GateError):
    """git could not answer, or its answer cannot be trusted."""


class ToolError(GateError):
    """An outside program failed, ran over its bounds or printed what cannot be read."""


class ForgeError(GateError):
    """A forge did not answer, refused, or answered something that cannot be believed."""


class EvidenceError(GateError):
    """A record is not genuine, cannot be read, or could not be written or signed."""
