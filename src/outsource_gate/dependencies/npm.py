"""What do package.json and the settings of npm, yarn and pnpm declare?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from outsource_gate.dependencies import Declared, Format, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_plain, is_vcs, leads_outside, told
from outsource_gate.dependencies.text import Lines, mapping, read_json, read_yaml, texts, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package

FIELDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
EXACT = re.compile(r"[=v]{0,2}\d+\.\d+\.\d+(?:[-+][\w.+-]+)?", re.ASCII)
_HOOKS = (
    "preinstall",
    "install",
    "postinstall",
    "preprepare",
    "prepare",
    "postprepare",
    "prepublish",
    "pnpm:devPreinstall",
    "dependencies",
)
_SHORT = re.compile(r"(?:(github|gitlab|bitbucket|gist):)?([\w.-]+/[\w.-]+)(?:#(.*))?", re.ASCII)
_HOSTS = {"gitlab": "gitlab.com", "bitbucket": "bitbucket.org", "gist": "gist.github.com"}
_SETTING = re.compile(r"\s*+([^=\s#;]{1,200})\s*+=(.*)")


def asked(name: str, wanted: str, path: str, line: int = 0, **more: Any) -> Package:
    """One dependency as package.json writes it: range, tag, alias, address, folder, or short for a repository."""
    wanted = wanted.strip()
    common: dict[str, Any] = {"requirement": wanted[:300], "path": path, "line": line, **more}
    if wanted.startswith("npm:"):
        name, _, wanted = wanted[4:].rpartition("@") if "@" in wanted[5:] else (wanted[4:], "", "")
    if re.match(r"(?:file|link|portal|workspace|catalog|patch):|\.{0,2}/|~/", wanted):
        return Package(
            "npm", name.lower(), source="path", address=wanted.partition(":")[2] or wanted, pinned=True, **common
        )
    if is_vcs(wanted) or (_SHORT.fullmatch(wanted) and not wanted.startswith("@")):
        short = _SHORT.fullmatch(wanted)
        place = (
            f"https://{_HOSTS.get(short[1] or '', 'github.com')}/{short[2]}" if short else wanted.partition("#")[0]
        )
        ref = (short[3] or "") if short else wanted.partition("#")[2]
        fixed = bool(FULL_COMMIT.fullmatch(ref))
        return Package(
            "npm",
            name.lower(),
            ref,
            source="vcs",
            host=host_of(place),
            address=told(place),
            pinned=fixed,
            hashed=fixed,
            **common,
        )
    if "://" in wanted:
        return Package("npm", name.lower(), source="url", host=host_of(wanted), address=told(wanted), **common)
    exact = EXACT.fullmatch(wanted)
    return Package("npm", name.lower(), wanted.lstrip("=v") if exact else "", pinned=bool(exact), **common)


def package_json(path: str, text: str) -> Declared:
    """The manifest, with what it runs at installation and what it forces on others."""
    data, lines, found = read_json(text), Lines(text), Declared()
    found.own = word(data.get("name")).lower()
    for field in FIELDS:
        for name, wanted in texts(mapping(data.get(field), field)).items():
            found.add(asked(name, wanted, path, lines.of(name), direct=field != "peerDependencies"))
    pnpm = mapping(data.get("pnpm"), "pnpm")
    for forced in (data.get("overrides"), data.get("resolutions"), pnpm.get("overrides")):
        _forced(found, mapping(forced, "overrides"), path, lines)
    for name, command in texts(mapping(data.get("scripts"), "scripts")).items():
        if name in _HOOKS:
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    f"{name} runs when somebody installs",
                    got=command[:200],
                    path=path,
                    line=lines.of(name),
                )
            )
    return found


def _forced(found: Declared, table: Mapping[str, Any], path: str, lines: Lines) -> None:
    """Overrides nest as the tree of packages does."""
    for key, value in table.items():
        name = key.rpartition(">")[2].removeprefix("**/")
        name = name[0] + name[1:].partition("@")[0] if name[1:] else name
        if isinstance(value, str) and not value.startswith("$"):
            found.add(asked(name, value, path, lines.of(key), direct=False))
        elif isinstance(value, dict):
            _forced(found, value, path, lines)


def npmrc(path: str, text: str) -> Declared:
    """Settings of npm and pnpm: where packages come from, and whether anybody looks at certificates."""
    found = Declared()
    for number, line in enumerate(text.splitlines(), 1):
        match = _SETTING.fullmatch(line)
        if not match:
            continue
        key, value = match[1].lower().rstrip("[]"), match[2].strip().strip("\"'")
        if key == "registry" or key.endswith(":registry"):
            registry(found, value, path, number)
        elif key in ("strict-ssl",) and value.lower() == "false":
            found.problems.append(
                DependencyProblem(
                    "unsafe-index", "the index's certificate is not asked for", path=path, line=number
                )
            )
        elif key in ("pnpmfile", "global-pnpmfile", "script-shell", "node-options", "git", "shell"):
            found.problems.append(
                DependencyProblem(
                    "install-code",
                    f"{key} names a program that the installation runs",
                    got=value[:200],
                    path=path,
                    line=number,
                )
            )
    return found


def registry(found: Declared, url: str, path: str, line: int) -> None:
    """Take down an index, and whether it is protected."""
    if not url:
        return
    found.indexes.append(Index("npm", told(url) or url[:100], path, line))
    if is_plain(url):
        found.problems.append(
            DependencyProblem(
                "unsafe-index", f"packages come from {host_of(url)} without TLS", path=path, line=line
            )
        )


def yarnrc(path: str, text: str) -> Declared:
    """Settings of yarn 1."""
    found = Declared()
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.strip().partition(" ")
        key, value = key.strip("\"'"), value.strip().strip("\"'")
        if key == "registry" or key.endswith(":registry"):
            registry(found, value, path, number)
        elif key == "yarn-path":
            found.problems.append(_program(key, value, path, number))
    return found


def yarnrc_yml(path: str, text: str) -> Declared:
    """Settings of yarn 2 and later."""
    found = Declared()
    for document in read_yaml(text):
        data = mapping(document, "the file")
        lines: dict[str, int] = getattr(data, "lines", {})
        registry(found, word(data.get("npmRegistryServer")), path, lines.get("npmRegistryServer", 0))
        for scope in mapping(data.get("npmScopes"), "npmScopes").values():
            registry(found, word(mapping(scope, "scope").get("npmRegistryServer")), path, lines.get("npmScopes", 0))
        if word(data.get("enableStrictSsl")).lower() == "false" or data.get("unsafeHttpWhitelist"):
            line = lines.get("enableStrictSsl") or lines.get("unsafeHttpWhitelist", 0)
            found.problems.append(DependencyProblem("unsafe-index", "TLS is switched off", path=path, line=line))
        for key in ("yarnPath", "plugins"):
            if data.get(key):
                found.problems.append(_program(key, str(data[key])[:200], path, lines.get(key, 0)))
    return found


def pnpm_workspace(path: str, text: str) -> Declared:
    """Catalogs and overrides, and whose scripts may run."""
    found = Declared()
    for document in read_yaml(text):
        data = mapping(document, "the file")
        catalogs = mapping(data.get("catalogs"), "catalogs").values()
        for table in (data.get("catalog"), data.get("overrides"), *catalogs):
            entries = mapping(table, "catalog")
            lines: dict[str, int] = getattr(entries, "lines", {})
            for name, wanted in texts(entries).items():
                found.add(asked(name, wanted, path, lines.get(name, 0)))
        registry(found, word(data.get("registry")), path, 0)
    return found


def pnpmfile(path: str, text: str) -> Declared:
    """pnpm runs it at every installation, and it can change what is installed."""
    found = Declared()
    if text.strip():
        found.problems.append(_program("the file", "", path, 1))
    return found


def _program(key: str, value: str, path: str, line: int) -> DependencyProblem:
    what = f"{key} is code of this repository that the installation runs"
    return DependencyProblem("install-code", what, got=value[:200], path=path, line=line)


def outside(package: Package, folder: str) -> bool:
    """A folder that is named by a path, and lies outside the repository."""
    protocol = re.match(r"(?:workspace|catalog|patch):", package.requirement)
    return not protocol and leads_outside(folder, package.address)


FORMATS: tuple[Format, ...] = formats(
    "npm",
    ("manifest", r"package\.json", package_json),
    ("settings", r"\.npmrc", npmrc),
    ("settings", r"\.yarnrc", yarnrc),
    ("settings", r"\.yarnrc\.ya?ml", yarnrc_yml),
    ("manifest", r"pnpm-workspace\.ya?ml", pnpm_workspace),
    ("settings", r"\.pnpmfile\.[cm]?js", pnpmfile),
)
