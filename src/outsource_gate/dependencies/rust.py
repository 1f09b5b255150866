"""What do Cargo.toml, Cargo.lock and cargo's settings declare?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_plain, told
from outsource_gate.dependencies.text import Lines, items, mapping, read_toml, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package

_TABLES = ("dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies")
_EXACT = re.compile(r"=\s*(\d+\.\d+\.\d+[\w.+-]*)")


def cargo_toml(path: str, text: str) -> Declared:
    """The manifest of a crate or workspace; `[patch]` and `[replace]` decide what is really built."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    for table in _tables(data):
        for name, value in table.items():
            entry = value if isinstance(value, dict) else {"version": word(value)}
            if entry.get("workspace") is not True:
                found.add(_asked(name.partition(":")[0], entry, path, lines.of(name)))
    build = mapping(data.get("package"), "package").get("build")
    if isinstance(build, str):
        found.problems.append(
            DependencyProblem(
                "install-code",
                "the build runs a program of this repository",
                got=build[:200],
                path=path,
                line=lines.of("build"),
            )
        )
    return found


def _tables(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    workspace = mapping(data.get("workspace"), "workspace")
    targets = mapping(data.get("target"), "target").values()
    for holder in (data, workspace, *(mapping(target, "target") for target in targets)):
        for name in _TABLES:
            yield mapping(holder.get(name), name)
    for table in mapping(data.get("patch"), "patch").values():
        yield mapping(table, "patch")
    yield mapping(data.get("replace"), "replace")


def _asked(name: str, entry: dict[str, Any], path: str, line: int) -> Package:
    real, asked = word(entry.get("package")) or name, word(entry.get("version"))
    common: dict[str, Any] = {"requirement": asked[:300], "path": path, "line": line}
    if git := word(entry.get("git")):
        ref = next((word(entry[key]) for key in ("rev", "tag", "branch") if word(entry.get(key))), "")
        fixed = bool(FULL_COMMIT.fullmatch(ref))
        return Package(
            "cargo", real, ref, source="vcs", host=host_of(git), address=told(git), pinned=fixed, **common
        )
    if folder := word(entry.get("path")):
        return Package("cargo", real, source="path", address=folder, pinned=True, **common)
    exact = _EXACT.fullmatch(asked.strip())
    index = word(entry.get("registry-index"))
    return Package(
        "cargo",
        real,
        exact[1] if exact else "",
        host=host_of(index),
        pinned=bool(exact),
        address=told(index) or word(entry.get("registry")),
        **common,
    )


def cargo_lock(path: str, text: str) -> Declared:
    """The lock: a crate without a source is part of the workspace."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    old_sums = {
        key.split()[1] + key.split()[2]: word(value)
        for key, value in mapping(data.get("metadata"), "metadata").items()
        if key.startswith("checksum ") and len(key.split()) > 3
    }
    for one in items(data.get("package"), "package"):
        entry = mapping(one, "package")
        name, version, source = (word(entry.get(key)) for key in ("name", "version", "source"))
        if not name or not version:
            raise Unreadable("has a package without a name or version")
        if not source:
            found.asks.setdefault("own", {})[name] = version
            continue
        ref = source.partition("#")[2]
        is_git = source.startswith("git+")
        hashed = (
            bool(entry.get("checksum")) or name + version in old_sums or bool(is_git and FULL_COMMIT.fullmatch(ref))
        )
        found.add(
            Package(
                "cargo",
                name,
                version,
                source="vcs" if is_git else "index",
                host=host_of(source),
                address=told(source.partition("#")[0]),
                pinned=not is_git or hashed,
                hashed=hashed,
                direct=False,
                locked=True,
                path=path,
                line=lines.of(name),
            )
        )
    return found


def cargo_config(path: str, text: str) -> Declared:
    """.cargo/config.toml can send every crate elsewhere, and name programs that every build runs."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    for table, key in (("source", "registry"), ("registries", "index")):
        for name, value in mapping(data.get(table), table).items():
            url = word(mapping(value, name).get(key))
            if not url:
                continue
            found.indexes.append(Index("cargo", told(url) or url[:100], path, lines.of(name)))
            if is_plain(url):
                what = f"packages come from {host_of(url)} without TLS"
                found.problems.append(DependencyProblem("unsafe-index", what, path=path, line=lines.of(name)))
    build = mapping(data.get("build"), "build")
    for key in ("rustc", "rustc-wrapper", "rustdoc", "rustc-workspace-wrapper"):
        if word(build.get(key)):
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    f"{key} names a program that every build runs",
                    got=word(build[key])[:200],
                    path=path,
                    line=lines.of(key),
                )
            )
    return found


FORMATS: tuple[Format, ...] = formats(
    "cargo",
    ("manifest", r"cargo\.toml", cargo_toml),
    ("lock", r"cargo\.lock", cargo_lock),
    ("settings", r"\.cargo/config(?:\.toml)?", cargo_config),
)
