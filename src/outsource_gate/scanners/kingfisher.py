"""Scanner kingfisher: which credentials do its typed detectors see in texts?

A program of its own, as the texts are hostile. It compiles its rules at each start, which takes longer than reading
a change; so they are compiled from nothing but its own rules while others work, and each run gets a copy.
"""

from __future__ import annotations

import hashlib
import json
import platform
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outsource_gate.errors import ToolError
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.finding import Confidence
from outsource_gate.process import run, scrubbed_environment
from outsource_gate.scanners import Installed
from outsource_gate.scanners.installed import package_program

if TYPE_CHECKING:
    from outsource_gate.scanners.cache.store import Store

FLAGS = (
    "--no-validate",
    "--no-update-check",
    "--no-ignore",
    "--no-dedup",
    "--git-history=none",
    "--no-extract-archives",
    "--max-file-size=0",
    "--confidence=low",
    "--format=jsonl",
    "--jobs=1",
    # Two of 488 that take two thirds of the time of compiling; ours know what goes with such a token.
    "--exclude-rule=betterleaks.kubernetes-secret-yaml",
    "--exclude-rule=betterleaks.aws-session-token",
)
ACCEPTS = (0, 200)  # 200: something was found
MAX_HITS = 20_000
_TIMEOUT_SECONDS = 600.0
_MAX_OUTPUT = 64 << 20
_MAX_MEMORY = 2 << 30
_MAX_RULES = 16 << 20
_compiled: dict[str, tuple[str, bytes]] = {}  # of this process, by digest: the file's name and content


@dataclass(frozen=True, slots=True)
class TypedHit:
    """What it says of one file. The value must not leave the process."""

    target: str  # the file's name in the room
    rule: str
    confidence: Confidence
    line: int
    value: str = field(repr=False)
    is_encoded: bool = False  # the value does not stand there as it is


def find() -> Installed | Unavailable:
    """Find the native program in its package, not the script that starts it."""
    found = package_program("kingfisher_bin", "kingfisher/bin/kingfisher")
    return found if isinstance(found, Unavailable) else Installed((str(found.folder),), found.version)


def rules_digest(installed: Installed) -> str:
    """Digest what its answers depend on."""
    machine = (platform.machine(), platform.system())
    return hashlib.sha256("\0".join(("kingfisher", installed.version, *FLAGS, *machine)).encode()).hexdigest()


def compile_rules(installed: Installed, folder: Path, store: Store | None, stop: threading.Event) -> None:
    """Have the rules compiled for the runs of this process, or open what an earlier run has sealed."""
    about = rules_digest(installed)
    if about in _compiled:
        return
    if store and (kept := _opened(store.get(about.encode()))):
        _compiled[about] = kept
        return
    work = folder / "compile"
    for name in ("text", "rules"):
        (work / name).mkdir(mode=0o700, parents=True)
    (work / "text" / "f000000").write_text("nothing\n")
    _run(installed, work, work / "text", stop)
    _compiled[about] = _one_file(work / "rules")
    if store:
        name, content = _compiled[about]
        store.put(about.encode(), name.encode() + b"\n" + zlib.compress(content))


def scan(installed: Installed, folder: Path, room: Path, count: int, stop: threading.Event) -> tuple[TypedHit, ...]:
    """Let it read the `count` files of the room; ToolError where it did not read each of them."""
    work = folder / "scan"
    (work / "rules").mkdir(mode=0o700, parents=True)
    name, content = _compiled[rules_digest(installed)]
    (work / "rules" / name).write_bytes(content)
    (work / "rules" / name).chmod(0o600)
    return parse(_run(installed, work, room, stop), count)


def _run(installed: Installed, work: Path, texts: Path, stop: threading.Event) -> bytes:
    done = run(
        (*installed.argv, "scan", *FLAGS, f"--rule-cache-dir={work / 'rules'}", str(texts)),
        cwd=work,
        env=scrubbed_environment(work),
        timeout_seconds=_TIMEOUT_SECONDS,
        max_output_bytes=_MAX_OUTPUT,
        max_memory_bytes=_MAX_MEMORY,
        stop=stop,
    )
    if done.code not in ACCEPTS:  # what it says then could quote what it read
        raise ToolError(f"kingfisher {installed.version} ended with code {done.code}")
    return done.stdout


def parse(stdout: bytes, count: int) -> tuple[TypedHit, ...]:
    """Read its lines: findings, an account of the run, a summary; pure."""
    hits: list[TypedHit] = []
    summary: dict[str, Any] = {}
    partial = 0
    try:
        for row in _rows(stdout):
            if "rule" in row:
                hits.append(_hit(row["rule"], row["finding"]))
            elif "audit" in row:
                partial += row["audit"]["summary"]["scan_failed"] + row["audit"]["summary"]["scan_partial"]
            else:
                summary = row
        read = int(summary["blobs_scanned"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ToolError(f"kingfisher: its report cannot be read: {type(error).__name__}") from None
    if read != count or partial:
        raise ToolError(f"kingfisher: read {read} of {count} texts")
    if len(hits) > MAX_HITS:
        raise ToolError(f"kingfisher: reports {len(hits)} credentials, at most {MAX_HITS} are judged")
    return tuple(hits)


def _rows(stdout: bytes) -> Iterator[dict[str, Any]]:
    for line in stdout.split(b"\n"):
        if line.strip():
            row = json.loads(line.decode("utf-8", "replace"))
            if not isinstance(row, dict):
                raise TypeError
            yield row


def _hit(rule: dict[str, Any], found: dict[str, Any]) -> TypedHit:
    name = str(rule["id"]).rpartition("/")[2].removeprefix("betterleaks.")
    return TypedHit(
        target=Path(str(found["path"])).name,
        rule="".join(char for char in name.lower() if char.isascii() and (char.isalnum() or char in ".-"))[:60],
        confidence=Confidence(str(found["confidence"])),
        line=int(found["line"]),
        value=str(found["snippet"]),
        is_encoded="encoding" in found,
    )


def _one_file(folder: Path) -> tuple[str, bytes]:
    files = [file for file in folder.iterdir() if file.is_file() and not file.is_symlink()]
    if len(files) != 1 or files[0].stat().st_size > _MAX_RULES:
        raise ToolError(f"kingfisher: left {len(files)} files with compiled rules -> one")
    return files[0].name, files[0].read_bytes()


def _opened(kept: bytes | None) -> tuple[str, bytes] | None:
    """What is sealed by us; what cannot be read is compiled again."""
    name, newline, packed = (kept or b"").partition(b"\n")
    try:
        return (name.decode("ascii"), zlib.decompressobj().decompress(packed, _MAX_RULES)) if newline else None
    except (ValueError, zlib.error):
        return None
