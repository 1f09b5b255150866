"""What do composer.json and composer.lock declare?"""

from __future__ import annotations

import re
from typing import Any

from outsource_gate.dependencies import MAX_LICENCE, Declared, Format, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_plain, told
from outsource_gate.dependencies.text import Lines, items, mapping, read_json, texts, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package

_PLATFORM = re.compile(r"(?:php(?:-\w+)?|hhvm|(?:ext|lib)-[\w-]+|composer(?:-\w+-api)?)", re.IGNORECASE)
_EXACT = re.compile(r"=?v?(\d+(?:\.\d+){1,3}(?:-[\w.]+)?)", re.ASCII)
_HOOKS = re.compile(
    r"(?:pre|post)-(?:install|update|autoload|package|root|create|file|pool|operations|dependencies).*|command"
)


def composer_json(path: str, text: str) -> Declared:
    """The manifest, its repositories, and the scripts that an installation runs."""
    data, lines, found = read_json(text), Lines(text), Declared()
    for section in ("require", "require-dev"):
        for name, wanted in texts(mapping(data.get(section), section)).items():
            if not _PLATFORM.fullmatch(name):
                exact = _EXACT.fullmatch(wanted.strip())
                found.add(
                    Package(
                        "composer",
                        name.lower(),
                        exact[1] if exact else "",
                        wanted[:300],
                        pinned=bool(exact),
                        path=path,
                        line=lines.of(name),
                    )
                )
    repositories = data.get("repositories")
    for one in repositories.values() if isinstance(repositories, dict) else items(repositories, "repositories"):
        _repository(found, one, path, lines)
    if mapping(data.get("config"), "config").get("secure-http") is False:
        found.problems.append(
            DependencyProblem("unsafe-index", "TLS is switched off", path=path, line=lines.of("secure-http"))
        )
    for name, command in mapping(data.get("scripts"), "scripts").items():
        if _HOOKS.fullmatch(name):
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    f"{name} runs when somebody installs",
                    got=str(command)[:200],
                    path=path,
                    line=lines.of(name),
                )
            )
    return found


def _repository(found: Declared, one: Any, path: str, lines: Lines) -> None:
    if not isinstance(one, dict):
        return  # `false` switches the usual index off
    url, kind = word(one.get("url")), word(one.get("type"))
    if kind == "package":
        package = mapping(one.get("package"), "package")
        url = word(mapping(package.get("dist"), "dist").get("url")) or word(
            mapping(package.get("source"), "source").get("url")
        )
    if kind == "path" or not url:
        return
    found.indexes.append(Index("composer", told(url) or url[:100], path, lines.of("url")))
    if is_plain(url):
        what = f"packages come from {host_of(url)} without TLS"
        found.problems.append(DependencyProblem("unsafe-index", what, path=path, line=lines.of("url")))


def composer_lock(path: str, text: str) -> Declared:
    """The lock: each package with its source (a commit) and its archive."""
    data, lines, found = read_json(text), Lines(text), Declared()
    for section in ("packages", "packages-dev"):
        for one in items(data.get(section), section):
            entry = mapping(one, section)
            name, version = word(entry.get("name")).lower(), word(entry.get("version"))
            dist, source = mapping(entry.get("dist"), "dist"), mapping(entry.get("source"), "source")
            url = word(dist.get("url")) or word(source.get("url"))
            if dist.get("type") == "path":
                found.add(
                    Package(
                        "composer",
                        name,
                        version,
                        source="path",
                        address=url,
                        pinned=True,
                        direct=False,
                        locked=True,
                        path=path,
                        line=lines.of(name),
                    )
                )
                continue
            fixed = any(FULL_COMMIT.fullmatch(word(part.get("reference"))) for part in (dist, source))
            found.add(
                Package(
                    "composer",
                    name,
                    version.removeprefix("v"),
                    host=host_of(url),
                    address=host_of(url),
                    pinned=bool(version) and (fixed or "dev" not in version),
                    hashed=fixed or bool(dist.get("shasum")),
                    direct=False,
                    locked=True,
                    licence=_licence(entry.get("license")),
                    path=path,
                    line=lines.of(name),
                )
            )
    return found


def _licence(written: object) -> str:
    """Composer lists licences of which one may be chosen."""
    listed = [one for one in written if isinstance(one, str)] if isinstance(written, list) else []
    listed = listed or ([written] if isinstance(written, str) else [])
    return " OR ".join(f"({one})" if " " in one else one for one in listed[:10])[:MAX_LICENCE]


FORMATS: tuple[Format, ...] = formats(
    "composer", ("manifest", r"composer\.json", composer_json), ("lock", r"composer\.lock", composer_lock)
)
