"""What stands in a tree? Listings of sound trees, and a strict reader that refuses all others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import full_id
from outsource_gate.model.source import text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

FOLDER, GITLINK = "40000", "160000"
MODES = frozenset(("100644", "100755", "120000", GITLINK, FOLDER))
MAX_LISTING = 128 * 1024 * 1024  # held in memory: about a million files
MAX_DIGESTED = 512 * 1024 * 1024  # only passed through
_BLOCK = 1024 * 1024
# Code points that HFS+ ignores in names, as fsck.c and utf8.c have them: ".g\u200cit" is ".git" there.
_IGNORED_BY_HFS = dict.fromkeys((*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x206A, 0x2070), 0xFEFF))


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """A file, symlink or gitlink below a tree."""

    path: str
    mode: str
    oid: str
    malformed_path: bool = False  # not UTF-8: `path` is then only good for showing


@dataclass(frozen=True, slots=True)
class Node:
    """One line of one tree object."""

    mode: str
    name: bytes
    oid: str

    @property
    def is_folder(self) -> bool:
        return self.mode == FOLDER


class MalformedTreeError(GitError):
    """A tree that git would not write: whoever made it wants readers to disagree about it."""


def list_tree(repository: Repository, revision: str, prefix: str = "") -> tuple[TreeEntry, ...]:
    """Every file below a commit or tree, by full id, sorted by raw path; only those below `prefix`."""
    path = [prefix.strip("/") + "/"] if prefix.strip("/") else []
    rows = (row.partition(b"\t") for row in _listing(repository, revision, path))
    return tuple(_entry(meta, raw) for meta, _, raw in sorted(rows, key=lambda row: row[2]))


def tree_digest(repository: Repository, tree: str) -> str:
    """SHA-256 over what `ls-tree -r -z --full-tree` prints, which git sorts bytewise by path."""
    digest, left = hashlib.sha256(), MAX_DIGESTED
    with repository.stream("ls-tree", "-r", "-z", "--full-tree", full_id(tree)) as listing:
        while block := listing.out.read(_BLOCK):
            digest.update(block)
            left -= len(block)
            if left < 0:
                raise GitError(
                    f"tree {tree}: its listing is longer than {MAX_DIGESTED} bytes, the most that is read"
                )
        listing.succeed()
    return digest.hexdigest()


def parse_tree(oid: str, body: bytes, *, strict: bool) -> tuple[Node, ...]:
    """Read a raw tree. Strict: as `git fsck --strict` would have it; else old sloppy modes pass, nothing more."""
    nodes: list[Node] = []
    start, id_bytes = 0, len(oid) // 2
    while start < len(body):
        space, end = body.find(b" ", start, start + 8), body.find(b"\0", start)
        if space < 0 or end < space or end + 1 + id_bytes > len(body):
            raise MalformedTreeError(f"tree {oid}: cut short or garbled", hint=_NEXT)
        mode = _mode(oid, body[start:space], strict=strict)
        nodes.append(Node(mode, body[space + 1 : end], body[end + 1 : end + 1 + id_bytes].hex()))
        start = end + 1 + id_bytes
    _check_order(oid, nodes)
    if strict:
        for node in nodes:
            _check_name(oid, node)
    return tuple(nodes)


_NEXT = "rebuild the commit with an ordinary git (`git fsck --strict` names the object)"


def _listing(repository: Repository, revision: str, path: list[str]) -> list[bytes]:
    raw = repository.run(
        "ls-tree", "-r", "-z", "--full-tree", full_id(revision), "--", *path, max_bytes=MAX_LISTING
    )
    return raw.split(b"\0")[:-1]


def _entry(meta: bytes, raw: bytes) -> TreeEntry:
    mode, _, oid = meta.decode("ascii").split(" ")
    return TreeEntry(text_of(raw), mode, oid, is_malformed(raw))


def is_malformed(path: bytes) -> bool:
    """Is this path no UTF-8?"""
    try:
        path.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _mode(oid: str, raw: bytes, *, strict: bool) -> str:
    mode = raw.decode("ascii", "replace")
    if mode in MODES:
        return mode
    if not strict and raw.isdigit() and len(raw) == 6:
        # Written by very old or foreign tools and still in histories: group-writable files, a padded folder.
        if mode == "040000":
            return FOLDER
        if mode.startswith("100") and mode[3] in "4567":
            return "100755" if int(mode[3]) & 1 else "100644"
    raise MalformedTreeError(f"tree {oid}: mode {mode!r}; allowed: {', '.join(sorted(MODES))}", hint=_NEXT)


def _check_order(oid: str, nodes: list[Node]) -> None:
    """Sorted as git sorts, a folder as if its name ended in a slash; no name twice."""
    keys = [node.name + b"/" * node.is_folder for node in nodes]
    if len({node.name for node in nodes}) != len(nodes):
        raise MalformedTreeError(f"tree {oid}: has the same name twice", hint=_NEXT)
    if any(left >= right for left, right in pairwise(keys)):
        raise MalformedTreeError(f"tree {oid}: is not sorted", hint=_NEXT)


def _check_name(oid: str, node: Node) -> None:
    if not node.name or b"/" in node.name or node.name in (b".", b"..") or _is_dot_git(node.name):
        raise MalformedTreeError(f"tree {oid}: has an entry named {text_of(node.name)!r}", hint=_NEXT)
    if not node.oid.strip("0"):
        raise MalformedTreeError(f"tree {oid}: {text_of(node.name)!r} points at no object", hint=_NEXT)


def _is_dot_git(name: bytes) -> bool:
    """.git, also as HFS+ (ignored code points) and NTFS (short name, streams, trailing dots, backslash) take it."""
    text = name.decode("utf-8", "replace").translate(_IGNORED_BY_HFS).lower()
    parts = (part.partition(":")[0].rstrip(" .") for part in text.split("\\"))
    return any(part in (".git", "git~1") for part in parts)
