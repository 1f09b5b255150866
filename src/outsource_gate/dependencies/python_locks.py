"""What do the lock files of Poetry, uv, pip and Pipenv say was chosen, and from where?"""

from __future__ import annotations

from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, told
from outsource_gate.dependencies.python_files import note_index
from outsource_gate.dependencies.python_requirement import from_table, python_package, unsafe
from outsource_gate.dependencies.text import Lines, items, mapping, read_json, read_toml, word
from outsource_gate.model.dependency import Package


def toml_lock(path: str, text: str) -> Declared:
    """poetry.lock, uv.lock and pylock.toml (PEP 751): a list of packages, each with its source and files."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    key = "packages" if "packages" in data else "package"
    whole = mapping(mapping(data.get("metadata"), "metadata").get("files"), "files")
    for one in items(data.get(key), key):
        entry = mapping(one, key)
        name, version = word(entry.get("name")), word(entry.get("version"))
        if not name:
            raise Unreadable("has a package without a name")
        own = mapping(entry.get("source"), "source")
        for kind in {"editable", "virtual"} & own.keys():  # uv: the members of a workspace
            found.asks[word(own[kind]).strip("./")] = {}
        package = _locked(entry, name, version, path, lines.of(name), hashed=bool(whole.get(name)))
        if package is not None:
            found.add(package)
    return found


def _locked(
    entry: dict[str, Any], name: str, version: str, path: str, line: int, *, hashed: bool
) -> Package | None:
    source = mapping(entry.get("source"), "source")
    if {"virtual", "editable"} & source.keys() and word(source.get("editable") or source.get("virtual")) == ".":
        return None  # the project itself
    common: dict[str, Any] = {"locked": True, "direct": False, "version": version}
    vcs = word(source.get("git")) or (word(source.get("url")) if source.get("type") == "git" else "")
    vcs = vcs or word(mapping(entry.get("vcs"), "vcs").get("url"))
    if vcs:
        commit = word(source.get("resolved_reference")) or vcs.rpartition("#")[2]
        commit = commit or word(mapping(entry.get("vcs"), "vcs").get("commit-id"))
        fixed = bool(FULL_COMMIT.fullmatch(commit))
        return python_package(
            name,
            commit,
            path,
            line,
            source="vcs",
            host=host_of(vcs),
            address=told(vcs),
            pinned=fixed,
            hashed=fixed,
            **common,
        )
    files = [*items(entry.get("files"), "files"), *items(entry.get("wheels"), "wheels")]
    files += [entry["sdist"]] if isinstance(entry.get("sdist"), dict) else []
    hashed = hashed or (
        bool(files) and all(isinstance(one, dict) and (one.get("hash") or one.get("hashes")) for one in files)
    )
    if source.get("type") == "url" or ("url" in source and "registry" not in source and not source.get("type")):
        url = word(source.get("url"))
        return python_package(
            name,
            url,
            path,
            line,
            source="url",
            host=host_of(url),
            address=told(url),
            pinned=hashed,
            hashed=hashed,
            **common,
        )
    if folder := next(
        (word(source[key]) for key in ("directory", "path", "editable", "virtual") if key in source), ""
    ):
        return python_package(name, "", path, line, source="path", address=folder, pinned=True, **common)
    if source.get("type") in ("directory", "file"):
        return python_package(
            name, "", path, line, source="path", address=word(source.get("url")), pinned=True, **common
        )
    index = word(source.get("registry")) or word(source.get("url")) or word(entry.get("index"))
    return python_package(
        name,
        "",
        path,
        line,
        host=host_of(index),
        address=told(index),
        pinned=bool(version),
        hashed=hashed,
        **common,
    )


def pipfile_lock(path: str, text: str) -> Declared:
    """Pipenv's lock."""
    data, lines, found = read_json(text), Lines(text), Declared()
    meta = mapping(data.get("_meta"), "_meta")
    for source in items(meta.get("sources"), "sources"):
        table = mapping(source, "source")
        note_index(found, word(table.get("url")), path, lines)
        if table.get("verify_ssl") is False:
            found.problems.append(unsafe("the index's certificate is not asked for", path, lines.of("verify_ssl")))
    for section, table in data.items():
        if section == "_meta":
            continue
        for name, value in mapping(table, section).items():
            entry = mapping(value, name)
            package = from_table(name, entry, path, lines.of(name))
            version = word(entry.get("version")).lstrip("=")
            hashed = bool(entry.get("hashes")) or package.hashed
            found.add(
                python_package(
                    name,
                    package.requirement,
                    path,
                    package.line,
                    source=package.source,
                    host=package.host,
                    address=package.address,
                    version=version or package.version,
                    hashed=hashed,
                    locked=True,
                    pinned=bool(version) or package.pinned,
                    direct=False,
                )
            )
    return found


FORMATS: tuple[Format, ...] = formats(
    "pypi",
    ("lock", r"(?:poetry|uv)\.lock|pylock(?:\.[\w-]+)?\.toml", toml_lock),
    ("lock", r"pipfile\.lock", pipfile_lock),
)
