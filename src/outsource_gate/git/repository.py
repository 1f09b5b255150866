"""Where is the repository, and what may be asked of it?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast

from outsource_gate.errors import GitError
from outsource_gate.git import completeness, revisions, trees
from outsource_gate.git.discovery import find
from outsource_gate.git.objects import ObjectReader, full_id
from outsource_gate.git.origin import normalise_url
from outsource_gate.git.program import MAX_OUTPUT, TIMEOUT_SECONDS, Answer, Program, Running, check_version, failure
from outsource_gate.git.trees import TreeEntry
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.source import Revision

ObjectFormat = Literal["sha1", "sha256"]
# What a server hook needs to see the objects that are not accepted yet; githooks(5), pre-receive.
_QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, read by a git that neither it nor the caller configures."""

    git_dir: Path
    common_dir: Path  # the same, but for a linked work tree
    worktree: Path | None
    object_format: ObjectFormat
    program: Program
    keeps: bool = field(default=False, compare=False)
    idle: list[ObjectReader] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def open(cls, path: Path) -> Repository:
        """Find the repository at or above a path; UsageError where there is none."""
        place = find(path)
        program = Program(place.git_dir, place.worktree or place.git_dir, _quarantine(place.common_dir))
        check_version(_checked(program, "version").decode("utf-8", "replace"))
        object_format = _checked(program, "rev-parse", "--show-object-format").decode().strip()
        if object_format not in ("sha1", "sha256"):
            raise GitError(f"{path}: object format {object_format!r}; allowed: sha1, sha256")
        return cls(place.git_dir, place.common_dir, place.worktree, cast("ObjectFormat", object_format), program)

    @contextmanager
    def session(self) -> Iterator[Repository]:
        """Give the same repository, whose readers are kept and lent again until the block ends. For one thread."""
        kept = replace(self, keeps=True, idle=[])
        with ExitStack() as ending:
            try:
                yield kept
            finally:
                for reader in kept.idle:
                    ending.push(reader)

    def call(
        self,
        *args: str,
        input: bytes = b"",
        max_bytes: int = MAX_OUTPUT,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> Answer:
        """Run git and give what it said, whatever its exit code; GitError only over a bound."""
        return self.program.call(args, input=input, max_bytes=max_bytes, timeout_seconds=timeout_seconds)

    def run(
        self,
        *args: str,
        input: bytes = b"",
        max_bytes: int = MAX_OUTPUT,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> bytes:
        """Run git and give its output; GitError for any exit code but 0."""
        return _checked(self.program, *args, input=input, max_bytes=max_bytes, timeout_seconds=timeout_seconds)

    def stream(self, *args: str, timeout_seconds: float = TIMEOUT_SECONDS) -> Running:
        """Start git for an output too big to hold; use it in a `with` block."""
        return self.program.start(args, timeout_seconds=timeout_seconds)

    def resolve(self, asked: str) -> Revision:
        """Give the one commit that is meant; UsageError for none, several, or no plain revision."""
        return revisions.resolve(self, asked)

    def default_base(self) -> Revision:
        """The branch that changes go to; UsageError where it cannot be told."""
        return revisions.default_base(self)

    def completeness(self) -> Unavailable | None:
        """Why this clone cannot answer for its history, with the command that fixes it; None if it can."""
        return completeness.completeness(self)

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Is the first commit the second one or reachable from it? Both by full id."""
        answer = self.call("merge-base", "--is-ancestor", full_id(ancestor), full_id(descendant))
        if answer.code not in (0, 1):
            raise failure("merge-base", answer.code, answer.complaint)
        return answer.code == 0

    def has_commit(self, commit: str) -> bool:
        """Is this commit here? By full id."""
        return self.call("cat-file", "-e", f"{full_id(commit)}^{{commit}}").code == 0

    def is_checked_out(self, path: Path) -> bool:
        """Does a path lie where a checkout writes? The git directory does not, even inside the work tree."""
        place = path.resolve()
        if self.worktree is None or not place.is_relative_to(self.worktree.resolve()):
            return False
        return not any(place.is_relative_to(own.resolve()) for own in (self.git_dir, self.common_dir))

    def origin(self) -> str | None:
        """The repository's name as "host/owner/name", from the address of origin; None where that names none."""
        answer = self.call("config", "--local", "--get", "remote.origin.url", max_bytes=64 * 1024)
        return normalise_url(answer.out.decode("utf-8", "replace")) if answer.code == 0 else None

    def list_tree(self, revision: str, prefix: str = "") -> tuple[TreeEntry, ...]:
        """Every file below a commit or tree, by full id, sorted by path."""
        return trees.list_tree(self, revision, prefix)

    def tree_digest(self, tree: str) -> str:
        """SHA-256 over the sorted raw listing of a commit or tree, by full id: holds its paths, modes and ids."""
        return trees.tree_digest(self, tree)


def _checked(
    program: Program,
    *args: str,
    input: bytes = b"",
    max_bytes: int = MAX_OUTPUT,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> bytes:
    answer = program.call(args, input=input, max_bytes=max_bytes, timeout_seconds=timeout_seconds)
    if answer.code:
        raise failure(args[0], answer.code, answer.complaint)
    return answer.out


def _quarantine(common_dir: Path) -> Mapping[str, str]:
    """The variables of a running pre-receive hook on this very repository; nothing otherwise."""
    place = os.environ.get("GIT_QUARANTINE_PATH")
    if not place or not Path(place).resolve().is_relative_to(common_dir / "objects"):
        return {}
    # The hook's paths may be relative to where git started it; ours starts elsewhere.
    values = {name: os.environ[name] for name in _QUARANTINE if name in os.environ}
    return {
        name: ":".join(str(Path(part).resolve()) for part in value.split(":")) for name, value in values.items()
    }
