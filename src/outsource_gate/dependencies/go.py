"""What do go.mod, go.sum and go.work declare? A `replace` decides what is really built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.model.dependency import Package

_VERSION = re.compile(r"v\d+\.\d+\.\d+(?:[-+][\w.+-]+)?(?:/go\.mod)?", re.ASCII)
_OTHER = {"module", "go", "toolchain", "exclude", "retract", "use", "tool", "godebug", "ignore"}


def go_mod(path: str, text: str) -> Declared:
    """go.mod and go.work: requirements are exact, and what replaces one is told instead of it."""
    found, required = Declared(), dict[str, Package]()
    replaced: dict[str, Package] = {}
    for number, verb, line in _directives(text):
        words = [word.strip('"`') for word in line.split("//")[0].split()]
        if verb == "require":
            if len(words) != 2:
                raise Unreadable(f"line {number}: is no requirement")
            direct = "// indirect" not in line
            required[words[0]] = _module(words[0], words[1], path, number, direct=direct)
        elif verb == "replace":
            name, package = _replaced(words, path, number)
            replaced[name] = package
        elif verb not in _OTHER:
            raise Unreadable(f"line {number}: {verb[:40]} is not known here")
    for package in (required | replaced).values():
        found.add(package)
    return found


def _directives(text: str) -> Iterator[tuple[int, str, str]]:
    """Give (line, verb, rest), inside blocks and outside."""
    block = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("//"):
            continue
        if block:
            if line.startswith(")"):
                block = ""
            else:
                yield number, block, line
            continue
        verb, _, rest = line.partition(" ")
        verb, _, glued = verb.partition("(")
        if (glued + rest).split("//")[0].strip() in ("(", ""):
            block = verb
        else:
            yield number, verb, rest
    if block:
        raise Unreadable(f"the block {block[:40]} does not end")


def _module(name: str, version: str, path: str, line: int, *, direct: bool = True) -> Package:
    return Package(
        "golang",
        name,
        version,
        requirement=version,
        pinned=bool(_VERSION.fullmatch(version)),
        direct=direct,
        path=path,
        line=line,
    )


def _replaced(words: list[str], path: str, line: int) -> tuple[str, Package]:
    arrow = words.index("=>") if "=>" in words else 0
    old, new = words[:arrow], words[arrow + 1 :]
    if not old or not new or len(new) > 2:
        raise Unreadable(f"line {line}: is no replacement")
    asked = " ".join(["=>", *new])
    if len(new) == 1:
        return old[0], Package(
            "golang", old[0], requirement=asked, source="path", address=new[0], pinned=True, path=path, line=line
        )
    pinned = bool(_VERSION.fullmatch(new[1]))
    return old[0], Package(
        "golang",
        old[0],
        new[1],
        requirement=asked,
        source="vcs",
        host=new[0].partition("/")[0].lower(),
        address=new[0],
        pinned=pinned,
        path=path,
        line=line,
    )


def go_sum(path: str, text: str) -> Declared:
    """One line per module and version, and one per its go.mod; the hash is of the content."""
    found = Declared()
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 3 or not words[2].startswith("h1:") or not _VERSION.fullmatch(words[1]):
            raise Unreadable(f"line {number}: is no checksum")
        version = words[1].removesuffix("/go.mod")
        found.asks.setdefault("*", {})[f"{words[0]}@{words[1]}"] = words[2]
        if version == words[1]:
            found.add(
                Package(
                    "golang",
                    words[0],
                    version,
                    pinned=True,
                    hashed=True,
                    direct=False,
                    locked=True,
                    path=path,
                    line=number,
                )
            )
    return found


FORMATS: tuple[Format, ...] = formats(
    "golang", ("manifest", r"go\.(?:mod|work)", go_mod), ("lock", r"go(?:\.work)?\.sum", go_sum)
)
