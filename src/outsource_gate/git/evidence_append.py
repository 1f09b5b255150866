"""How is one more record added to the evidence ref, without changing anything that is there?

Written with plumbing into a repository of our own; no work tree and no index is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.evidence_ref import FILE, LOOK, PATH
from outsource_gate.git.objects import ObjectReader, Stored, full_id, reading
from outsource_gate.git.trees import FOLDER, Node, parse_tree
from outsource_gate.model.source import text_of

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_TREE = 16 << 20
# Nobody's person: whoever pushes is known to the server, and a name here could not be erased.
_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "outsource-gate"), ("EMAIL", "evidence@outsource-gate.example"))
}


def append(store: Repository, tip: str, files: Mapping[str, bytes], message: str, now: datetime) -> str:
    """Commit files onto a tip ("" starts the ref) and give the new tip, which is the old one if all are there.

    GitError where a name is taken by other bytes: nothing that is there is ever changed.
    """
    folder = _only_folder(files)
    blobs = {path: _write_blob(store, content) for path, content in files.items()}
    with reading(store) as objects:
        chain = _chain(objects, _tree_of(objects, tip) if tip else "", folder)
    present = {node.name: node for node in chain[-1]}
    new = [Node(FILE, path.rpartition("/")[2].encode(), oid) for path, oid in blobs.items()]
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


def _only_folder(files: Mapping[str, bytes]) -> str:
    folders = {path.rpartition("/")[0] for path in files}
    if len(folders) != 1 or not all(PATH.fullmatch(path.encode()) for path in files):
        raise GitError(f"{', '.join(files)}: is no place for a record")
    return folders.pop()


def _write_blob(store: Repository, content: bytes) -> str:
    return store.run("hash-object", "-w", "--stdin", input=content).decode().strip()


def _tree_of(objects: ObjectReader, commit: str) -> str:
    header = objects.header(f"{full_id(commit)}^{{tree}}")
    if header is None or header.kind != "tree":
        raise GitError(f"evidence ref: {commit} is no commit", hint=LOOK)
    return header.oid


def _chain(objects: ObjectReader, tree: str, folder: str) -> list[tuple[Node, ...]]:
    """The entries of the root and of every folder on the way; empty where there is none yet."""
    chain = [_read_tree(objects, tree)]
    for name in folder.encode().split(b"/"):
        node = next((node for node in chain[-1] if node.name == name), None)
        if node and not node.is_folder:
            raise GitError(f"evidence ref: {text_of(name)} is no folder at its tip", hint=LOOK)
        chain.append(_read_tree(objects, node.oid if node else ""))
    return chain


def _read_tree(objects: ObjectReader, oid: str) -> tuple[Node, ...]:
    if not oid:
        return ()
    match objects.read(full_id(oid), MAX_TREE):
        case Stored(kind="tree", body=body):
            return parse_tree(oid, body, strict=True)
        case _:
            raise GitError(f"evidence ref: tree {oid} is too large or not there", hint=LOOK)


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
