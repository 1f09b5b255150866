"""What does one requirement of Python ask for? PEP 508, pip's shorter ways, tables of Poetry, Pipenv, uv."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from outsource_gate.dependencies import Unreadable
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_address, is_plain, is_vcs, told
from outsource_gate.dependencies.text import word
from outsource_gate.model.dependency import DependencyProblem, Package, Source

EXACT = re.compile(r"={2,3}\s*([^\s,;*]+)")
_NAME = re.compile(
    r"([A-Za-z0-9](?:[\w.-]{0,100}[A-Za-z0-9])?)\s*(?:\[[^\]]{0,200}\])?\s*(.*)", re.DOTALL | re.ASCII
)
MAX_LINE = 4_000


def requirement(written: str, path: str, line: int, *, hashed: bool = False) -> Package:
    """One requirement of PEP 508, or one of pip's shorter ways to name an address or a folder."""
    name, at, address = written.partition("@")
    match = _NAME.fullmatch(name.strip())
    if at and match and not match[2] and is_address(address.strip()):
        return _from_address(match[1], address.strip(), path, line, hashed=hashed)
    if is_address(written):
        return _from_address(_egg(written), written, path, line, hashed=hashed)
    if written.startswith((".", "/", "~")) or re.search(r"\.(?:whl|tar\.gz|zip)$", written) or "\\" in written:
        return python_package("", written, path, line, source="path", address=written)
    match = _NAME.fullmatch(written[:MAX_LINE])
    if not match or not re.fullmatch(r"\(?\s*(?:[=<>!~](?:[^;@\s]|\s(?!-))*)?\)?", match[2]):
        raise Unreadable(f"line {line}: {written[:60]!r} is no requirement")
    asked = match[2].strip("() ")
    exact = EXACT.fullmatch(asked)
    return python_package(
        match[1], asked, path, line, version=exact[1] if exact else "", pinned=bool(exact), hashed=hashed
    )


def normal(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bare(written: str) -> str:
    """Without the marker; in an address a semicolon may stand, so that a blank has to be before it."""
    return written.partition(" ;" if is_address(written) else ";")[0].strip()


def _egg(address: str) -> str:
    """The name that a fragment gives."""
    parts = (part.partition("=") for part in address.partition("#")[2].split("&"))
    name = next((value for key, _, value in parts if key == "egg"), "")
    return re.sub(r"[^\w.-].*", "", name, flags=re.ASCII | re.DOTALL)


def _from_address(name: str, address: str, path: str, line: int, *, hashed: bool) -> Package:
    if address.lower().startswith("file:") or ("://" not in address and not is_vcs(address)):
        return python_package(name, address, path, line, source="path", address=address.removeprefix("file:"))
    if not is_vcs(address):
        fixed = hashed or "#sha" in address
        return python_package(
            name or posixpath.basename(told(address)),
            address,
            path,
            line,
            source="url",
            host=host_of(address),
            address=told(address),
            pinned=fixed,
            hashed=fixed,
        )
    place, _, ref = address.partition("#")[0].rpartition("@")
    place, ref = (place, ref) if place and "/" not in ref and ":" not in ref else (address.partition("#")[0], "")
    fixed = bool(FULL_COMMIT.fullmatch(ref))
    return python_package(
        name or posixpath.basename(told(place)).removesuffix(".git"),
        address,
        path,
        line,
        source="vcs",
        version=ref,
        host=host_of(place),
        address=told(place),
        pinned=fixed,
        hashed=fixed,
    )


def python_package(
    name: str, asked: str, path: str, line: int, *, source: Source = "index", **more: Any
) -> Package:
    """A package under its normal name; one without a name is called as it is written."""
    return Package(
        "pypi", normal(name) or asked[:100], requirement=asked[:300], source=source, path=path, line=line, **more
    )


def from_table(name: str, table: dict[str, Any], path: str, line: int = 0) -> Package:
    """A requirement as Poetry, Pipenv and uv write them in a table."""
    asked = word(table.get("version"))
    if git := word(table.get("git")):
        ref = next((word(table[key]) for key in ("rev", "ref", "tag", "branch") if word(table.get(key))), "")
        fixed = bool(FULL_COMMIT.fullmatch(ref))
        return python_package(
            name,
            f"{told(git)}@{ref}",
            path,
            line,
            source="vcs",
            version=ref,
            host=host_of(git),
            address=told(git),
            pinned=fixed,
            hashed=fixed,
        )
    if url := word(table.get("url")) or (word(table.get("file")) if is_address(word(table.get("file"))) else ""):
        return python_package(name, url, path, line, source="url", host=host_of(url), address=told(url))
    if folder := word(table.get("path")) or word(table.get("file")):
        return python_package(name, folder, path, line, source="path", address=folder)
    exact = (
        EXACT.fullmatch(asked) or re.fullmatch(r"(\d[\w.+!-]*)", asked) if asked.startswith(("=", "==")) else None
    )
    return python_package(name, asked, path, line, version=exact[1] if exact else "", pinned=bool(exact))


def plain_index(address: str, path: str, line: int) -> list[DependencyProblem]:
    """What comes over the network unprotected."""
    if not is_plain(address):
        return []
    return [unsafe(f"packages come from {host_of(address)} without TLS", path, line)]


def unsafe(what: str, path: str, line: int) -> DependencyProblem:
    return DependencyProblem("unsafe-index", what, path=path, line=line)
