"""What do .NET's project files, packages.config, packages.lock.json and nuget.config declare?"""

from __future__ import annotations

import re
from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import host_of, is_plain, told
from outsource_gate.dependencies.text import Lines, mapping, read_json, read_xml, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package

_EXACT = re.compile(r"\[(\d[\w.+-]*)\]", re.ASCII)  # a bare version is a minimum in NuGet
_PLAIN = re.compile(r"\d[\w.+-]*", re.ASCII)


def project(path: str, text: str) -> Declared:
    """Package references; NuGet takes the lowest version that fits, so a plain one is as good as fixed."""
    root, found = read_xml(text), Declared()
    for tag in (
        "PackageReference",
        "PackageVersion",
        "GlobalPackageReference",
        "PackageDownload",
        "DotNetCliToolReference",
    ):
        for element in root.iter(tag):
            name = element.get("Include") or element.get("Update") or ""
            version = element.get("VersionOverride") or element.get("Version") or element.findtext("Version") or ""
            if name:
                found.add(_asked(name, version.strip(), path, int(element.get(" line", 0))))
    sdk = root.get("Sdk", "")
    if "/" in sdk:
        name, _, version = sdk.partition("/")
        found.add(_asked(name, version, path, 1))
    for tag in ("RestoreSources", "RestoreAdditionalProjectSources"):
        for element in root.iter(tag):
            for url in (element.text or "").split(";"):
                _index(found, url.strip(), path, int(element.get(" line", 0)))
    for tag in ("Exec", "UsingTask"):
        for element in root.iter(tag):
            named = (element.get(key) for key in ("Command", "AssemblyFile", "TaskName"))
            got = next((name for name in named if name), "")[:200]
            what, line = f"the build runs a program ({tag})", int(element.get(" line", 0))
            found.problems.append(DependencyProblem("install-code", what, got=got, path=path, line=line))
    return found


def _asked(name: str, version: str, path: str, line: int) -> Package:
    exact = _EXACT.fullmatch(version) or re.fullmatch(r"(\d[\w.+-]*)", version)
    managed = not version  # in Directory.Packages.props
    return Package(
        "nuget", name, exact[1] if exact else "", version[:300], pinned=managed or bool(exact), path=path, line=line
    )


def packages_config(path: str, text: str) -> Declared:
    """The older list: exact versions."""
    root, found = read_xml(text), Declared()
    for element in root.iter("package"):
        name, version = element.get("id", ""), element.get("version", "")
        found.add(
            Package(
                "nuget",
                name,
                version,
                version,
                pinned=bool(_PLAIN.fullmatch(version)),
                locked=True,
                path=path,
                line=int(element.get(" line", 0)),
            )
        )
    return found


def packages_lock(path: str, text: str) -> Declared:
    """packages.lock.json: a table per framework."""
    data, lines, found = read_json(text), Lines(text), Declared()
    if "dependencies" not in data:
        raise Unreadable("has no table of dependencies")
    for framework, table in mapping(data.get("dependencies"), "dependencies").items():
        for name, value in mapping(table, framework).items():
            entry = mapping(value, name)
            if word(entry.get("type")).lower() != "project":
                _locked(found, name, entry, path, lines.of(name))
    return found


def _locked(found: Declared, name: str, entry: dict[str, Any], path: str, line: int) -> None:
    direct = word(entry.get("type")).lower() == "direct"
    if direct:
        found.asks.setdefault("", {})[name] = word(entry.get("requested"))
    found.add(
        Package(
            "nuget",
            name,
            word(entry.get("resolved")),
            pinned=bool(entry.get("resolved")),
            hashed=bool(entry.get("contentHash")),
            direct=direct,
            locked=True,
            path=path,
            line=line,
        )
    )


def nuget_config(path: str, text: str) -> Declared:
    """Where packages come from."""
    root, found = read_xml(text), Declared()
    for holder in root.iter("packageSources"):
        for element in holder.iter("add"):
            _index(found, element.get("value", ""), path, int(element.get(" line", 0)))
    return found


def _index(found: Declared, url: str, path: str, line: int) -> None:
    if "://" not in url:
        return  # a folder, or a name of the machine
    found.indexes.append(Index("nuget", told(url), path, line))
    if is_plain(url):
        what = f"packages come from {host_of(url)} without TLS"
        found.problems.append(DependencyProblem("unsafe-index", what, path=path, line=line))


FORMATS: tuple[Format, ...] = formats(
    "nuget",
    ("manifest", r"[^/]+\.(?:cs|vb|fs)proj|directory\.(?:packages|build)\.(?:props|targets)", project),
    ("manifest", r"packages\.config", packages_config),
    ("lock", r"packages\.lock\.json", packages_lock),
    ("settings", r"nuget\.config", nuget_config),
)
