"""What does a change do to the packages that the repository is built from? Packages, changes, and what is odd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Source = Literal["index", "vcs", "url", "path"]
ProblemKind = Literal[
    "disagrees",  # manifest and lock
    "unpinned",
    "unhashed",  # beside others of the file that have a hash
    "elsewhere",  # a lock resolves a package to what is called otherwise
    "look-alike",
    "install-code",  # of this repository, run when somebody installs it
    "unsafe-index",  # without TLS, or its certificate is not asked for
    "outside",  # a path that leads out of the repository
]


@dataclass(frozen=True, slots=True)
class Package:
    """One entry of one manifest or lock file. What the file does not say is empty, never guessed."""

    ecosystem: (
        str  # purl type: "pypi", "npm", "golang", "maven", "cargo", "gem", "composer", "nuget", "github", "docker"
    )
    name: str  # normalised as the purl specification says, namespace and all: "@babel/core", "org.slf4j/slf4j-api"
    version: str = ""  # exact; "" where only a range is written
    requirement: str = ""  # as written
    source: Source = "index"
    host: str = ""  # of the index, repository or URL, in lower case with a port; "" where the file does not say
    address: str = ""  # of the index, repository or URL: host and path, without credentials and query; or the path
    pinned: bool = False  # to one version; for VCS, actions and images: to one content
    hashed: bool = False
    direct: bool = True  # asked for by a manifest, not only by another package
    install_scripts: bool = False  # the lock says that it runs code when it is installed
    locked: bool = False  # the entry stands in a lock file
    licence: str = ""  # as the lock file says, which is the author's word
    path: str = ""
    line: int = 0  # from 1; 0 where the format does not tell


@dataclass(frozen=True, slots=True)
class DependencyChange:
    """What became of one entry from base to head; "changed" is what has no order, or the same version otherwise."""

    change: Literal["added", "removed", "upgraded", "downgraded", "changed"]
    old: Package | None
    new: Package | None

    @property
    def is_moved(self) -> bool:
        """It comes from another kind of source, another host, or another repository than before."""
        if self.old is None or self.new is None:
            return False
        old, new = self.old, self.new
        if new.source == old.source == "url":  # its address holds the version
            return old.host != new.host
        return (old.source, old.host, old.address) != (new.source, new.host, new.address)

    @property
    def loses_hash(self) -> bool:
        return self.old is not None and self.new is not None and self.old.hashed and not self.new.hashed


@dataclass(frozen=True, slots=True)
class Index:
    """A place to take packages from that a file newly names, beside or instead of the usual one."""

    ecosystem: str
    address: str  # host and path, without credentials
    path: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class DependencyProblem:
    """Something odd at head that the base does not have."""

    problem: ProblemKind
    what: str  # one sentence without a full stop
    package: str = ""  # name, where it is about one
    got: str = ""
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class UnreadManifest:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class DependencyScan:
    """The changed manifests and lock files were compared with the base's; what could not be is in `unread`."""

    changes: tuple[DependencyChange, ...] = ()
    problems: tuple[DependencyProblem, ...] = ()
    indexes: tuple[Index, ...] = ()  # newly named
    # (ecosystem, address) that the base takes packages from; "" stands for an index that its files do not name
    base_indexes: tuple[tuple[str, str], ...] = ()
    read: tuple[str, ...] = ()  # changed files
    unread: tuple[UnreadManifest, ...] = ()
    left_out: int = 0  # changes and problems beyond the most that are listed
    kind: Literal["dependency-scan"] = "dependency-scan"
