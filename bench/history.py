"""Which long history is measured? Synthetic, the same bytes every time, or somebody's clone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

COMMITS = 50_000
FIRST_SECOND = 1_600_000_000
INTERNAL = 40  # colleagues, of whom the policy knows two
MERGE_EVERY = 25


def build_history(room: Path, commits: int = COMMITS) -> Path:
    """Write a repository with that many commits through fast-import, merges among them."""
    repository = room / "history.git"
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(repository)], env=environment, check=True)
    command = ["git", "-C", str(repository), "fast-import", "--quiet"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for block in _blocks(commits):
            process.stdin.write(block)
    if process.returncode:
        raise SystemExit(f"bench: git fast-import ended with {process.returncode}")
    subprocess.run(["git", "-C", str(repository), "gc", "--quiet"], env=environment, check=True)
    return repository


def _blocks(commits: int) -> Iterator[bytes]:
    for number in range(1, commits + 1):
        who, seconds = _who(number), FIRST_SECOND + number * 60
        message = f"Change {number}\n\nWhy this was needed.\n{_trailer(number)}".encode()
        lines = [f"commit refs/heads/main\nmark :{number}\nauthor {who} {seconds} +0000\n".encode()]
        lines.append(f"committer {who} {seconds} +0000\ndata {len(message)}\n".encode() + message + b"\n")
        if number > MERGE_EVERY and number % MERGE_EVERY == 0:
            lines.append(f"merge :{number - MERGE_EVERY // 2}\n".encode())
        for path in _paths(number):
            body = f"value = {number}\n".encode()
            lines.append(f"M 100644 inline {path}\ndata {len(body)}\n".encode() + body + b"\n")
        yield b"".join(lines)


def _who(number: int) -> str:
    """One commit in seven is a vendor's, the others are spread over the colleagues."""
    if number % 7 == 0:
        return "Vic Vendor <vic@acme.example>"
    colleague = number % INTERNAL
    return f"Colleague {colleague} <colleague{colleague}@corp.example>"


def _trailer(number: int) -> str:
    return "\nCo-authored-by: Vic Vendor <vic@acme.example>\n" if number % 50 == 0 else ""


def _paths(number: int) -> Iterator[str]:
    for step in range(1 + number % 3):
        place = (number * 31 + step * 977) % 2_000
        yield f"area{place // 40}/module{place % 40}.py"
