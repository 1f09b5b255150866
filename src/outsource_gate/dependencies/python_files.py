"""What do pyproject.toml, Pipfile and uv.toml declare?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from outsource_gate.dependencies import Declared, Format, formats
from outsource_gate.dependencies.addresses import told
from outsource_gate.dependencies.python_requirement import (
    bare,
    from_table,
    normal,
    plain_index,
    requirement,
    unsafe,
)
from outsource_gate.dependencies.text import Lines, items, mapping, read_toml, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package


def pyproject(path: str, text: str) -> Declared:
    """PEP 621, dependency groups, the build's requirements, Poetry, uv."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    project, tool = mapping(data.get("project"), "project"), mapping(data.get("tool"), "tool")
    build = mapping(data.get("build-system"), "build-system")
    lists = [project.get("dependencies")]
    lists += mapping(project.get("optional-dependencies"), "optional-dependencies").values()
    lists += mapping(data.get("dependency-groups"), "dependency-groups").values()
    uv = mapping(tool.get("uv"), "tool.uv")
    lists.append(uv.get("dev-dependencies"))
    beside = [build.get("requires"), uv.get("constraint-dependencies"), uv.get("override-dependencies")]
    sources = {normal(name): one for name, one in mapping(uv.get("sources"), "tool.uv.sources").items()}
    for part in (*lists, *beside):
        for one in items(part, "dependencies"):
            if isinstance(one, str):
                written = requirement(bare(one), path, 0)
                placed = _placed(written, sources.get(written.name), path)
                line = lines.of(placed.name) or lines.of(placed.name.replace("-", "_"))
                found.add(replace(placed, line=line, direct=part in lists))
    for index in items(uv.get("index"), "tool.uv.index"):
        note_index(found, word(mapping(index, "tool.uv.index").get("url")), path, lines)
    for name in ("index-url", "extra-index-url", "find-links"):
        for url in uv[name] if isinstance(uv.get(name), list) else [uv.get(name)]:
            note_index(found, word(url), path, lines)
    _poetry(found, mapping(tool.get("poetry"), "tool.poetry"), path, lines)
    if backend := build.get("backend-path"):
        found.problems.append(
            DependencyProblem(
                "install-code",
                "the build runs a backend of this repository",
                got=str(backend)[:100],
                path=path,
                line=lines.of("backend-path"),
            )
        )
    return found


def note_index(found: Declared, url: str, path: str, lines: Lines) -> None:
    if url:
        line = lines.of("url")
        found.indexes.append(Index("pypi", told(url) or url[:100], path, line))
        found.problems += plain_index(url, path, line)


def _placed(package: Package, source: Any, path: str) -> Package:
    """uv's table of sources says where a requirement really comes from."""
    for one in source if isinstance(source, list) else [source]:
        if isinstance(one, dict) and not {"index", "workspace"} & one.keys():
            return from_table(package.name, one, path)
    return package


def _poetry(found: Declared, poetry: dict[str, Any], path: str, lines: Lines) -> None:
    tables = [poetry.get("dependencies"), poetry.get("dev-dependencies")]
    groups = mapping(poetry.get("group"), "tool.poetry.group").values()
    tables += [mapping(group, "tool.poetry.group").get("dependencies") for group in groups]
    for name, value in (pair for table in tables for pair in mapping(table, "dependencies").items()):
        for one in value if isinstance(value, list) else [value]:
            if name.lower() != "python":
                table = one if isinstance(one, dict) else {"version": word(one)}
                found.add(from_table(name, table, path, lines.of(name)))
    for source in items(poetry.get("source"), "tool.poetry.source"):
        note_index(found, word(mapping(source, "source").get("url")), path, lines)
    build = poetry.get("build")
    script = build if isinstance(build, str) else word(build.get("script")) if isinstance(build, dict) else ""
    if script:
        found.problems.append(
            DependencyProblem(
                "install-code", "the build runs a script", got=script[:100], path=path, line=lines.of("build")
            )
        )


def pipfile(path: str, text: str) -> Declared:
    """Pipenv's manifest."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    for section, table in data.items():
        if section in ("source", "requires", "pipenv", "scripts"):
            continue
        for name, value in mapping(table, section).items():
            spec = value if isinstance(value, dict) else {"version": word(value).replace("*", "")}
            found.add(from_table(name, spec, path, lines.of(name)))
    for source in items(data.get("source"), "source"):
        table = mapping(source, "source")
        note_index(found, word(table.get("url")), path, lines)
        if table.get("verify_ssl") is False:
            found.problems.append(unsafe("the index's certificate is not asked for", path, lines.of("verify_ssl")))
    return found


def uv_toml(path: str, text: str) -> Declared:
    """uv's settings: the same as in pyproject.toml, without the table around them."""
    return pyproject(path, "[tool.uv]\n" + re.sub(r"(?m)^(\[{1,2})(?=[\w\"'])", r"\1tool.uv.", text))


FORMATS: tuple[Format, ...] = formats(
    "pypi",
    ("manifest", r"pyproject\.toml", pyproject),
    ("manifest", r"pipfile", pipfile),
    ("settings", r"uv\.toml", uv_toml),
)
