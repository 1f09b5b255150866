"""What does looking for credentials give? Where they stand and of which kind they are; never what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outsource_gate.model.finding import Confidence


@dataclass(frozen=True, slots=True)
class Secret:
    """One credential, without its value: from what is made of a short one without a key, it could be guessed."""

    kind: str  # "aws-access-key", "private-key" ...
    what: str  # the same in words, with an article
    confidence: Confidence
    place: Literal["content", "message", "name"]
    commit: str  # the first that brings it in
    path: str = ""  # "" in a commit's message
    line: int = 0  # from 1; in a message its first line is 1, its header 0
    new: bool = True  # False: the base has the very same one in this file
    inside: str = ""  # which part of the file: an archive's entry, a notebook's cell; `line` counts from its start
    mac: str = ""  # HMAC-SHA-256 of the value under the organisation's key; "" without one


@dataclass(frozen=True, slots=True)
class Unlooked:
    """A blob that nobody looked into, and why."""

    path: str
    commit: str
    reason: str
    inside: str = ""  # the archive's entry


@dataclass(frozen=True, slots=True)
class SecretScan:
    """The introduced blobs, messages and names were looked at; what could not be is in `unread`."""

    version: str
    rules_digest: str  # SHA-256 over what is looked for
    secrets: tuple[Secret, ...] = ()
    unread: tuple[Unlooked, ...] = ()
    blobs: int = 0  # looked into
    messages: int = 0
    left_out: int = 0  # found beyond the most that are listed
    kind: Literal["secret-scan"] = "secret-scan"
    typed: str = ""  # the typed detectors that looked, too: "kingfisher 2.14.0"
    typed_missing: str = ""  # why none did
