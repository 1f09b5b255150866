"""Attacks on git itself that were seen to work; each is first shown to fool plain git."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.repo import Repo


def forge_commit_graph(repo: Repo, child: str, grandparent: str) -> None:
    """Write a commit-graph, checksum and all, in which the child's parent is its grandparent."""
    repo.git("commit-graph", "write", "--reachable")
    path = repo.git_dir / "objects" / "info" / "commit-graph"
    raw = bytearray(path.read_bytes()[:-20])
    # gitformat-commit-graph(5): 8 bytes of header, then 12 bytes a chunk: id and offset.
    chunks = {
        bytes(raw[at : at + 4]): int.from_bytes(raw[at + 4 : at + 12]) for at in range(8, 8 + 12 * raw[6], 12)
    }
    count = int.from_bytes(raw[chunks[b"OIDF"] + 255 * 4 : chunks[b"OIDF"] + 256 * 4])
    names = [raw[chunks[b"OIDL"] + 20 * row : chunks[b"OIDL"] + 20 * row + 20].hex() for row in range(count)]
    parent = chunks[b"CDAT"] + 36 * names.index(child) + 20
    raw[parent : parent + 4] = names.index(grandparent).to_bytes(4)
    path.chmod(0o644)
    path.write_bytes(bytes(raw) + hashlib.sha1(raw).digest())
    seen = repo.git("rev-list", child).split()
    assert repo.git("rev-parse", f"{child}^") not in seen, "plain git is not fooled: this tests nothing"


def plant_merge_driver(repo: Repo, mark: Path) -> None:
    """Configure a merge driver in the clone that leaves a mark, for every file."""
    script = mark.with_name("driver")
    script.write_text(f'#!/bin/sh\ntouch "{mark}"\ncat "$2" > "$1"\n')
    script.chmod(0o755)
    repo.config("merge.evil.driver", f"{script} %A %B")
    (repo.git_dir / "info").mkdir(exist_ok=True)
    (repo.git_dir / "info" / "attributes").write_text("* merge=evil\n")


def conflicting_update(repo: Repo) -> tuple[str, str]:
    """main and feature change the same file in places that merge cleanly; gives both heads, feature is current."""
    lines = [f"line {number}\n" for number in range(30)]
    repo.commit("one", {"shared.py": "".join(lines)})
    repo.branch("feature")
    repo.commit("ours", {"shared.py": "".join(["ours\n", *lines[1:]])}, author="Vic <vic@acme.example>")
    feature = repo.head
    repo.switch("main")
    repo.commit("theirs", {"shared.py": "".join([*lines[:-1], "theirs\n"])})
    main = repo.head
    repo.switch("feature")
    return feature, main
