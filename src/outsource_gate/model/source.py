"""What git says of a change: revisions, commits, changed files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from outsource_gate.model.identity import Claim


def text_of(raw: bytes) -> str:
    """Give bytes from git as text; what is not UTF-8 is shown as `\\xNN` (ambiguous: see `malformed_path`)."""
    return raw.decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit by its full id, its tree, and what the caller called it."""

    commit: str
    tree: str
    asked: str  # what was resolved: a ref, HEAD, an id


@dataclass(frozen=True, slots=True)
class Signature:
    """What checking a commit's signature gave. `good` means: this key made it. Not: whose key it is."""

    kind: Literal["ssh", "openpgp", "x509", "unknown"]
    status: Literal["good", "bad", "unchecked"]
    key: str = ""  # ssh: "ssh-ed25519 AAAA..." without comment; openpgp: primary key fingerprint, upper-case hex
    detail: str = ""  # why bad or unchecked


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as its raw object states it. Names, emails, trailers and dates are claims."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Claim
    committer: Claim
    co_authors: tuple[Claim, ...] = ()
    subject: str = ""
    signature: Signature | None = None
    deliveries: tuple[str, ...] = ()  # vendors whose code this is, by its trailers `Delivery: acme`
    problems: tuple[str, ...] = ()  # what is malformed in the object, in plain words


class Change(StrEnum):
    """How a path changed. A rename is a deletion and an addition; `FileChange.paired_with` names the other side."""

    ADDED = "added"
    MODIFIED = "modified"
    DELETED = "deleted"
    TYPE_CHANGED = "type-changed"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One changed path between merge base and head. Modes are git's octal strings, "000000" where absent."""

    path: str
    change: Change
    old_mode: str
    new_mode: str
    old_blob: str  # object id, all zeros where absent
    new_blob: str
    paired_with: str | None = None  # an added path that git pairs with a deleted one (rename): that old path
    paired_blob: str | None = None  # the old path's blob at the base
    malformed_path: bool = False  # not valid UTF-8: `path` is then only good for showing

    @property
    def is_deleted(self) -> bool:
        return self.change is Change.DELETED

    @property
    def is_symlink(self) -> bool:
        return self.new_mode == "120000"

    @property
    def is_gitlink(self) -> bool:
        return self.new_mode == "160000"

    @property
    def base_blob(self) -> str | None:
        """The blob this path is compared with: its own old content, or that of the path it was renamed from."""
        if self.paired_blob:
            return self.paired_blob
        return self.old_blob if self.old_blob.strip("0") else None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What came in: commits reachable from head and not from base, paths from merge base to head."""

    base: Revision
    head: Revision
    merge_base: str
    commits: tuple[Commit, ...]  # parents before children
    files: tuple[FileChange, ...]  # sorted by path
    content_id: str  # SHA-256 over sorted (mode, path, new blob or "deleted") from merge base to head
    object_format: Literal["sha1", "sha256"] = "sha1"
    update_merges: tuple[str, ...] = ()  # merges of the target branch that redoing them reproduces exactly
    request_head: str = ""  # in a merge queue: the request's head, where merging it into the base gives this tree
