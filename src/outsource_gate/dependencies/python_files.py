"""What do requirements files, pyproject.toml, Pipfile and their locks declare?"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import (
    FULL_COMMIT,
    host_of,
    is_address,
    is_plain,
    is_vcs,
    leads_outside,
    told,
)
from outsource_gate.dependencies.text import Lines, items, mapping, read_json, read_toml, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package, Source

EXACT = re.compile(r"={2,3}\s*([^\s,;*]+)")
_OPTION = re.compile(r"(--?[a-zA-Z][\w-]*)(?:[ =]\s*|(?<=^-[a-zA-Z]))(.*)", re.DOTALL)
_HASH = re.compile(r"\s--hash[= ]\s*\S+")
_CONFIG = re.compile(r"\s(?:--config-settings?|--global-option|--install-option)\b.*")
_NAME = re.compile(
    r"([A-Za-z0-9](?:[\w.-]{0,100}[A-Za-z0-9])?)\s*(?:\[[^\]]{0,200}\])?\s*(.*)", re.DOTALL | re.ASCII
)
MAX_LINE = 4_000
_INDEXES = {"-i", "--index-url", "--extra-index-url", "-f", "--find-links"}
_FILES = {"-r", "--requirement", "-c", "--constraint"}
_HARMLESS = {
    "--pre",
    "--no-binary",
    "--only-binary",
    "--prefer-binary",
    "--require-hashes",
    "--no-index",
    "--use-feature",
}


def normal(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(path: str, text: str) -> Declared:
    """pip's own format: one requirement or option per logical line."""
    found = Declared()
    for number, line in _logical(text):
        if line.startswith("-"):
            _option(found, path, number, line)
        else:
            found.add(_requirement(path, number, line))
    return found


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Join continued lines and take comments off, as pip does."""
    start, held = 0, ""
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        start = start or number
        if raw.endswith("\\") and not raw.lstrip().startswith("#"):
            held += raw[:-1]
            continue
        if len(held) + len(raw) > 64 * MAX_LINE:
            raise Unreadable(f"line {number}: is too long")
        line = re.sub(r"(?:^|\s)#.*$", "", held + raw).strip()
        if line:
            yield start, line
        start, held = 0, ""


def _option(found: Declared, path: str, number: int, line: str) -> None:
    match = _OPTION.match(line)
    name, value = (match[1], match[2].strip().strip("\"'")) if match else (line.split(maxsplit=1)[0], "")
    if name in _INDEXES:
        found.indexes.append(Index("pypi", told(value) or value[:100], path, number))
        found.problems += plain_index(value, path, number)
    elif name == "--trusted-host":
        found.indexes.append(Index("pypi", value.lower(), path, number))
        found.problems.append(_unsafe(f"{value[:100]} is trusted without a certificate", path, number))
    elif name in _FILES:
        found.includes.append(_included(path, value))
    elif name in ("-e", "--editable"):
        found.add(_requirement(path, number, value))
    elif name not in _HARMLESS:
        raise Unreadable(f"line {number}: the option {name[:40]} is not known here")


def _included(path: str, value: str) -> str:
    folder = posixpath.dirname(path)
    if is_address(value):
        raise Unreadable(f"reads another file from {told(value)[:100]}")
    if leads_outside(folder, value):
        raise Unreadable("reads a file outside the repository")
    return posixpath.normpath(posixpath.join(folder, value))


def plain_index(address: str, path: str, line: int) -> list[DependencyProblem]:
    """What comes over the network unprotected."""
    if not is_plain(address):
        return []
    return [_unsafe(f"packages come from {host_of(address)} without TLS", path, line)]


def _unsafe(what: str, path: str, line: int) -> DependencyProblem:
    return DependencyProblem("unsafe-index", what, path=path, line=line)


def _requirement(path: str, number: int, line: str) -> Package:
    hashed = bool(_HASH.search(line))
    written = _CONFIG.sub("", _HASH.sub("", line)).strip()
    if len(written) > MAX_LINE:
        raise Unreadable(f"line {number}: is too long")
    return requirement(_bare(written), path, number, hashed=hashed)


def _bare(written: str) -> str:
    """Without the marker; in an address a semicolon may stand, so that a blank has to be before it."""
    return written.partition(" ;" if is_address(written) else ";")[0].strip()


def requirement(written: str, path: str, line: int, *, hashed: bool = False) -> Package:
    """One requirement of PEP 508, or one of pip's shorter ways to name an address or a folder."""
    name, at, address = written.partition("@")
    match = _NAME.fullmatch(name.strip())
    if at and match and not match[2] and is_address(address.strip()):
        return _from_address(match[1], address.strip(), path, line, hashed=hashed)
    if is_address(written):
        return _from_address(_egg(written), written, path, line, hashed=hashed)
    if written.startswith((".", "/", "~")) or re.search(r"\.(?:whl|tar\.gz|zip)$", written) or "\\" in written:
        return _package("", written, path, line, source="path", address=written)
    match = _NAME.fullmatch(written[:MAX_LINE])
    if not match or not re.fullmatch(r"\(?\s*(?:[=<>!~][^;@]*)?\)?", match[2]):
        raise Unreadable(f"line {line}: {written[:60]!r} is no requirement")
    asked = match[2].strip("() ")
    exact = EXACT.fullmatch(asked)
    return _package(
        match[1], asked, path, line, version=exact[1] if exact else "", pinned=bool(exact), hashed=hashed
    )


def _egg(address: str) -> str:
    """The name that a fragment gives."""
    parts = (part.partition("=") for part in address.partition("#")[2].split("&"))
    name = next((value for key, _, value in parts if key == "egg"), "")
    return re.sub(r"[^\w.-].*", "", name, flags=re.ASCII | re.DOTALL)


def _from_address(name: str, address: str, path: str, line: int, *, hashed: bool) -> Package:
    if address.lower().startswith("file:") or ("://" not in address and not is_vcs(address)):
        return _package(name, address, path, line, source="path", address=address.removeprefix("file:"))
    if not is_vcs(address):
        fixed = hashed or "#sha" in address
        return _package(
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
    return _package(
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


def _package(name: str, asked: str, path: str, line: int, *, source: Source = "index", **more: Any) -> Package:
    return Package(
        "pypi", normal(name) or asked[:100], requirement=asked[:300], source=source, path=path, line=line, **more
    )


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
                written = requirement(_bare(one), path, 0)
                placed = _placed(written, sources.get(written.name), path)
                line = lines.of(placed.name) or lines.of(placed.name.replace("-", "_"))
                found.add(replace(placed, line=line, direct=part in lists))
    for index in items(uv.get("index"), "tool.uv.index"):
        _index(found, word(mapping(index, "tool.uv.index").get("url")), path, lines)
    for name in ("index-url", "extra-index-url", "find-links"):
        for url in uv[name] if isinstance(uv.get(name), list) else [uv.get(name)]:
            _index(found, word(url), path, lines)
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


def _index(found: Declared, url: str, path: str, lines: Lines) -> None:
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


def from_table(name: str, table: dict[str, Any], path: str, line: int = 0) -> Package:
    """A requirement as Poetry, Pipenv and uv write them in a table."""
    asked = word(table.get("version"))
    if git := word(table.get("git")):
        ref = next((word(table[key]) for key in ("rev", "ref", "tag", "branch") if word(table.get(key))), "")
        fixed = bool(FULL_COMMIT.fullmatch(ref))
        return _package(
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
        return _package(name, url, path, line, source="url", host=host_of(url), address=told(url))
    if folder := word(table.get("path")) or word(table.get("file")):
        return _package(name, folder, path, line, source="path", address=folder)
    exact = (
        EXACT.fullmatch(asked) or re.fullmatch(r"(\d[\w.+!-]*)", asked) if asked.startswith(("=", "==")) else None
    )
    return _package(name, asked, path, line, version=exact[1] if exact else "", pinned=bool(exact))


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
        _index(found, word(mapping(source, "source").get("url")), path, lines)
    build = poetry.get("build")
    script = build if isinstance(build, str) else word(build.get("script")) if isinstance(build, dict) else ""
    if script:
        found.problems.append(
            DependencyProblem(
                "install-code", "the build runs a script", got=script[:100], path=path, line=lines.of("build")
            )
        )


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
        return _package(
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
        return _package(
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
        return _package(name, "", path, line, source="path", address=folder, pinned=True, **common)
    if source.get("type") in ("directory", "file"):
        return _package(name, "", path, line, source="path", address=word(source.get("url")), pinned=True, **common)
    index = word(source.get("registry")) or word(source.get("url")) or word(entry.get("index"))
    return _package(
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
        _index(found, word(table.get("url")), path, lines)
        if table.get("verify_ssl") is False:
            found.problems.append(_unsafe("the index's certificate is not asked for", path, lines.of("verify_ssl")))
    return found


def pipfile_lock(path: str, text: str) -> Declared:
    """Pipenv's lock."""
    data, lines, found = read_json(text), Lines(text), Declared()
    meta = mapping(data.get("_meta"), "_meta")
    for source in items(meta.get("sources"), "sources"):
        table = mapping(source, "source")
        _index(found, word(table.get("url")), path, lines)
        if table.get("verify_ssl") is False:
            found.problems.append(_unsafe("the index's certificate is not asked for", path, lines.of("verify_ssl")))
    for section, table in data.items():
        if section == "_meta":
            continue
        for name, value in mapping(table, section).items():
            entry = mapping(value, name)
            package = from_table(name, entry, path, lines.of(name))
            version = word(entry.get("version")).lstrip("=")
            hashed = bool(entry.get("hashes")) or package.hashed
            found.add(
                _package(
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


def setup_py(path: str, text: str) -> Declared:
    """A build script is not run: it is told where it hooks into the installation, and what it plainly asks for."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Unreadable("cannot be parsed") from None
    found = Declared()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "cmdclass":
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    "code of this repository hooks into the installation",
                    got="cmdclass",
                    path=path,
                    line=node.value.lineno,
                )
            )
        elif isinstance(node, ast.keyword) and node.arg in ("install_requires", "setup_requires", "extras_require"):
            for line, written in _literals(node.value):
                found.add(requirement(_bare(written), path, line))
    return found


def _literals(node: ast.expr) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Constant(value=str(written)):
            for line in written.splitlines():
                if line.strip():
                    yield node.lineno, line.strip()
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.Dict(values=parts):
            for part in parts:
                yield from _literals(part)
        case _:
            raise Unreadable(f"line {node.lineno}: requirements are computed")


def setup_cfg(path: str, text: str) -> Declared:
    """setuptools' settings."""
    import configparser  # noqa: PLC0415 - only where the change has such a file

    parser, lines, found = configparser.RawConfigParser(), Lines(text), Declared()
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise Unreadable(f"is no settings file: {str(error)[:80]}") from None
    wanted = [parser.get("options", key, fallback="") for key in ("install_requires", "setup_requires")]
    if parser.has_section("options.extras_require"):
        wanted += [value for _, value in parser.items("options.extras_require")]
    if parser.get("options", "cmdclass", fallback=""):
        what = "code of this repository hooks into the installation"
        found.problems.append(
            DependencyProblem("install-code", what, got="cmdclass", path=path, line=lines.of("cmdclass"))
        )
    for written in (line.strip() for text in wanted for line in text.splitlines()):
        if written.startswith("file:"):
            raise Unreadable("requirements are in another file")
        if written and not written.startswith("#"):
            one = requirement(_bare(written), path, 0)
            found.add(replace(one, line=lines.of(re.split(r"[^\w.-]", written)[0])))
    return found


def uv_toml(path: str, text: str) -> Declared:
    """uv's settings: the same as in pyproject.toml, without the table around them."""
    return pyproject(path, "[tool.uv]\n" + re.sub(r"(?m)^(\[{1,2})(?=[\w\"'])", r"\1tool.uv.", text))


FORMATS: tuple[Format, ...] = formats(
    "pypi",
    ("manifest", r"[\w.-]*requirements?[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt", requirements),
    ("manifest", r"requirements/[\w.-]+\.(?:txt|in)", requirements),
    ("manifest", r"pyproject\.toml", pyproject),
    ("manifest", r"pipfile", pipfile),
    ("manifest", r"setup\.py", setup_py),
    ("manifest", r"setup\.cfg", setup_cfg),
    ("settings", r"uv\.toml", uv_toml),
    ("lock", r"(?:poetry|uv)\.lock|pylock(?:\.[\w-]+)?\.toml", toml_lock),
    ("lock", r"pipfile\.lock", pipfile_lock),
)
