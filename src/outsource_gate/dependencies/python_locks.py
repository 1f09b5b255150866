"""What do the lock files of Poetry, uv, pip and Pipenv say was chosen, and from where?"""

from __future__ import annotations

from collections.abc import Callable
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

    def made(requirement: str = "", **more: Any) -> Package:
        return python_package(name, requirement, path, line, locked=True, direct=False, version=version, **more)

    if repository := _repository(entry, source):
        return _from_repository(entry, source, repository, made)
    hashed = hashed or _is_hashed(entry)
    if source.get("type") == "url" or ("url" in source and "registry" not in source and not source.get("type")):
        url = word(source.get("url"))
        return made(url, source="url", host=host_of(url), address=told(url), pinned=hashed, hashed=hashed)
    if (folder := _folder(source)) is not None:
        return made(source="path", address=folder, pinned=True)
    index = word(source.get("registry")) or word(source.get("url")) or word(entry.get("index"))
    return made(host=host_of(index), address=told(index), pinned=bool(version), hashed=hashed)


def _repository(entry: dict[str, Any], source: dict[str, Any]) -> str:
    named = word(source.get("git")) or (word(source.get("url")) if source.get("type") == "git" else "")
    return named or word(mapping(entry.get("vcs"), "vcs").get("url"))


def _from_repository(
    entry: dict[str, Any], source: dict[str, Any], repository: str, made: Callable[..., Package]
) -> Package:
    commit = word(source.get("resolved_reference")) or repository.rpartition("#")[2]
    commit = commit or word(mapping(entry.get("vcs"), "vcs").get("commit-id"))
    fixed = bool(FULL_COMMIT.fullmatch(commit))
    place = {"host": host_of(repository), "address": told(repository)}
    return made(commit, source="vcs", **place, pinned=fixed, hashed=fixed)


def _is_hashed(entry: dict[str, Any]) -> bool:
    """Whether every file that may be installed has its hash."""
    files = [*items(entry.get("files"), "files"), *items(entry.get("wheels"), "wheels")]
    files += [entry["sdist"]] if isinstance(entry.get("sdist"), dict) else []
    return bool(files) and all(isinstance(one, dict) and (one.get("hash") or one.get("hashes")) for one in files)


def _folder(source: dict[str, Any]) -> str | None:
    for key in ("directory", "path", "editable", "virtual"):
        if folder := word(source.get(key)):
            return folder
    return word(source.get("url")) if source.get("type") in ("directory", "file") else None


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
