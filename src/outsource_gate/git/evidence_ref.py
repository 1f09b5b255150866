"""Where does a record lie on the evidence ref, what was added to it when, and how is one more added?

A linear history of commits that only add: `records/<first two of head>/<head>/<digest>.json`, the facts, where they
are kept there, beside it as `<digest>.facts.json.gz`. Whoever may push can write anything there: names are checked
here, contents by whoever reads them. Nothing of this touches a work tree or an index.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.objects import ObjectReader, Stored, full_id, reading
from outsource_gate.git.trees import FOLDER, Node, parse_tree
from outsource_gate.model.source import text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

REF = "refs/outsource-gate/evidence"
NO_HEAD = "none"  # of a record whose change git could not tell
MAX_COMMITS = 500_000
MAX_CHANGES = 2_000_000  # changed paths of one reading
MAX_OF_ONE_COMMIT = 50_000  # ours have one or two
MAX_TREE = 16 << 20
MAX_MEMORY = 512 << 20
READ_SECONDS = 120.0
_FILE = "100644"
_PATH = re.compile(
    rb"records/([0-9a-f]{2}|no)/([0-9a-f]{40}|[0-9a-f]{64}|none)/([0-9a-f]{64})(\.json|\.facts\.json\.gz)"
)
_Line = tuple[bytes, bytes]  # a raw line and its path
# Nobody's person: whoever pushes is known to the server, and a name here could not be erased.
_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "outsource-gate"), ("EMAIL", "evidence@outsource-gate.example"))
}


@dataclass(frozen=True, slots=True)
class Added:
    """One record as a commit added it. Only its name was read: whether the content fits is not checked."""

    head: str  # full id, or NO_HEAD
    digest: str  # SHA-256 of the payload, by the name of the file
    blob: str
    commit: str  # of the evidence ref

    @property
    def path(self) -> str:
        return path_of(self.head, self.digest)


class RewrittenError(GitError):
    """What stood on the evidence ref is not there any more, or not as it was."""


def path_of(head: str, digest: str) -> str:
    """Where the record of a head lies; NO_HEAD for one without."""
    return f"{_folder_of(head)}/{digest}.json"


def facts_path_of(record_path: str) -> str:
    """Where its facts lie, if they are kept there."""
    return record_path.removesuffix(".json") + ".facts.json.gz"


def additions(repository: Repository, tip: str, seen: str = "", head: str = "") -> Iterator[Added]:
    """The records in the order they were added, newest first: all, those after `seen`, or those of one head.

    GitError where the history is not linear, RewrittenError where a commit changed or removed a record. Whatever is
    not a record by name and kind is passed over.
    """
    commits = _commits(repository, tip, seen)
    path = _folder_of(head) if head else "records"
    options = ("-r", "-z", "--root", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none")
    # It holds all paths of a commit before it prints one, and a few small trees can make billions.
    program = replace(repository.program, limits=((resource.RLIMIT_DATA, MAX_MEMORY),))
    with program.start(("diff-tree", "--stdin", *options, "--", path), timeout_seconds=READ_SECONDS) as listing:
        listing.feed("".join(f"{commit}\n" for commit in commits).encode())
        fields = _fields(iter(lambda: listing.out.read(65536), b""))
        for commit, group in _grouped(fields):
            yield from _records(commit, group)
        listing.succeed()


def append(store: Repository, tip: str, files: Mapping[str, bytes], message: str, now: datetime) -> str:
    """Commit files onto a tip ("" starts the ref) and give the new tip, which is the old one if all are there.

    GitError where a name is taken by other bytes: nothing that is there is ever changed.
    """
    folder = _only_folder(files)
    blobs = {path: _write_blob(store, content) for path, content in files.items()}
    with reading(store) as objects:
        chain = _chain(objects, _tree_of(objects, tip) if tip else "", folder)
    present = {node.name: node for node in chain[-1]}
    new = [Node(_FILE, path.rpartition("/")[2].encode(), oid) for path, oid in blobs.items()]
    missing = [node for node in new if node.name not in present]
    taken = [node for node in new if node.name in present and present[node.name] != node]
    if taken:
        raise GitError(
            f"{folder}/{text_of(taken[0].name)}: is there already, with other content",
            hint="a record's name is the digest of its payload: the other one has another signature; verify it",
        )
    if not missing:
        return tip
    return _commit(store, _write_trees(store, chain, folder, missing), tip, message, now)


def _folder_of(head: str) -> str:
    return f"records/{head[:2]}/{head}"


def _commits(repository: Repository, tip: str, seen: str) -> Sequence[str]:
    """The commits from tip to root or to `seen`; GitError unless each has the next one as its only parent."""
    revisions = [full_id(tip), *([f"^{full_id(seen)}"] if seen else [])]
    raw = repository.run(
        "rev-list",
        "--topo-order",
        "--parents",
        f"--max-count={MAX_COMMITS + 1}",
        *revisions,
        timeout_seconds=READ_SECONDS,
    )
    rows = [line.split(" ") for line in raw.decode("ascii").splitlines()]
    if len(rows) > MAX_COMMITS:
        raise GitError(f"evidence ref: more than {MAX_COMMITS} commits", hint="begin a new evidence repository")
    if any(len(row) > 2 for row in rows) or any(row[1:] != [after[0]] for row, after in pairwise(rows)):
        raise GitError("evidence ref: its history is not linear, so records have no order", hint=_LOOK)
    if seen and rows and rows[-1][1:] != [seen]:
        raise RewrittenError(f"evidence ref: {tip} does not follow {seen}", hint=_LOOK)
    return [row[0] for row in rows]


_LOOK = "see with `git log --raw` who pushed that; the gate only ever adds one commit to the last one"


def _fields(blocks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\0")
        if len(rest) > 65536:
            raise GitError("evidence ref: has a path longer than 65536 bytes")
        yield from whole


def _grouped(fields: Iterator[bytes]) -> Iterator[tuple[str, list[_Line]]]:
    """What `diff-tree --stdin -z` prints: a commit, then pairs of a raw line and its path."""
    commit, count = "", 0
    group: list[_Line] = []
    for field in fields:
        if not field.startswith(b":"):
            yield commit, group
            commit, group = full_id(field.decode("ascii", "replace")), []
            continue
        count += 1
        group.append((field, next(fields, b"")))
        if count > MAX_CHANGES or len(group) > MAX_OF_ONE_COMMIT:
            raise GitError(f"evidence ref: commit {commit} changes more paths than are read", hint=_LOOK)
    yield commit, group


def _records(commit: str, group: list[_Line]) -> Iterator[Added]:
    for raw, path in group:
        old_mode, mode, _, oid, status = raw.decode("ascii", "replace").removeprefix(":").split(" ")
        match = _PATH.fullmatch(path)
        if match is None or not match[2].startswith(match[1]):
            continue
        if status != "A" and _FILE in (old_mode, mode):
            raise RewrittenError(
                f"evidence ref: commit {commit} changed or removed {text_of(path)}; records are only ever added",
                hint="ask who pushed it; the record may still be with the job that made it",
            )
        if mode == _FILE and match[4] == b".json":
            yield Added(match[2].decode(), match[3].decode(), oid, commit)


def _only_folder(files: Mapping[str, bytes]) -> str:
    folders = {path.rpartition("/")[0] for path in files}
    if len(folders) != 1 or not all(_PATH.fullmatch(path.encode()) for path in files):
        raise GitError(f"{', '.join(files)}: is no place for a record")
    return folders.pop()


def _write_blob(store: Repository, content: bytes) -> str:
    return store.run("hash-object", "-w", "--stdin", input=content).decode().strip()


def _tree_of(objects: ObjectReader, commit: str) -> str:
    header = objects.header(f"{full_id(commit)}^{{tree}}")
    if header is None or header.kind != "tree":
        raise GitError(f"evidence ref: {commit} is no commit", hint=_LOOK)
    return header.oid


def _chain(objects: ObjectReader, tree: str, folder: str) -> list[tuple[Node, ...]]:
    """The entries of the root and of every folder on the way; empty where there is none yet."""
    chain = [_read_tree(objects, tree)]
    for name in folder.encode().split(b"/"):
        node = next((node for node in chain[-1] if node.name == name), None)
        if node and not node.is_folder:
            raise GitError(f"evidence ref: {text_of(name)} is no folder at its tip", hint=_LOOK)
        chain.append(_read_tree(objects, node.oid if node else ""))
    return chain


def _read_tree(objects: ObjectReader, oid: str) -> tuple[Node, ...]:
    if not oid:
        return ()
    match objects.read(full_id(oid), MAX_TREE):
        case Stored(kind="tree", body=body):
            return parse_tree(oid, body, strict=True)
        case _:
            raise GitError(f"evidence ref: tree {oid} is too large or not there", hint=_LOOK)


def _write_trees(store: Repository, chain: list[tuple[Node, ...]], folder: str, new: Sequence[Node]) -> str:
    """Write the folders from the innermost out; give the id of the root."""
    names = [None, *(name.encode() for name in folder.split("/"))]
    for entries, name in zip(reversed(chain), reversed(names), strict=True):
        replaced = {node.name for node in new}
        kept = [node for node in entries if node.name not in replaced]
        oid = _write_tree(store, [*kept, *new])
        new = [Node(FOLDER, name, oid)] if name else []
    return oid


def _write_tree(store: Repository, nodes: Sequence[Node]) -> str:
    lines = (
        f"{node.mode} {_KINDS.get(node.mode, 'blob')} {node.oid}\t".encode() + node.name + b"\0" for node in nodes
    )
    return store.run("mktree", "-z", "--missing", input=b"".join(lines)).decode().strip()


_KINDS = {FOLDER: "tree", "160000": "commit"}


def _commit(store: Repository, tree: str, parent: str, message: str, now: datetime) -> str:
    date = {
        f"GIT_{role}_DATE": f"@{int(now.astimezone(UTC).timestamp())} +0000" for role in ("AUTHOR", "COMMITTER")
    }
    program = replace(store.program, extra={**store.program.extra, **_IDENTITY, **date})
    answer = program.call(
        ["commit-tree", "--no-gpg-sign", *(["-p", full_id(parent)] if parent else []), full_id(tree)],
        input=message.encode(),
    )
    if answer.code:
        raise GitError(f"evidence ref: cannot be added to: {answer.complaint}")
    return answer.out.decode().strip()
