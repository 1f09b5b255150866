"""What do the lock files of npm, yarn and pnpm say was chosen, and from where?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from outsource_gate.dependencies import MAX_LICENCE, Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_plain, is_vcs, told
from outsource_gate.dependencies.npm import FIELDS
from outsource_gate.dependencies.text import Lines, mapping, read_json, read_yaml, texts, word
from outsource_gate.model.dependency import DependencyProblem, Package

_TARBALL = re.compile(
    r"(?P<index>.*?)/((?:@|%40)[^/]+(?:/|%2[fF]))?([^/]+)/-/(?:(?:@|%40)[^/]+/)?([^/]+)\.t(?:ar\.)?gz", re.DOTALL
)
_PNPM = re.compile(r"/?((?:@[^/@()]+/)?[^/@()]+)[@/]([^()]+)(?:\(.*\))?", re.DOTALL)
_OF_A_COMMIT = re.compile(r"https://codeload\.|.*/tarball/[0-9a-f]{40}")
_MAX_NESTED = 200
_MAX_ADDRESS = 2_000


def locked(name: str, version: str, resolved: str, path: str, line: int, *, hashed: bool, **more: Any) -> Package:
    """One chosen package; `resolved` says where its content comes from."""
    if len(resolved) > _MAX_ADDRESS:
        raise Unreadable(f"line {line}: an address of {len(resolved)} characters")
    made = partial(Package, "npm", name.lower(), version, locked=True, direct=False, path=path, line=line, **more)
    if is_vcs(resolved) or _OF_A_COMMIT.match(resolved):
        return _from_repository(made, resolved, hashed=hashed)
    if "://" in resolved:
        return _from_address(made, resolved, hashed=hashed)
    if resolved.startswith(("file:", "link:", "portal:", "patch:")):
        return made(source="path", address=resolved.partition(":")[2], pinned=True, hashed=hashed)
    if resolved:  # short for a repository, or a protocol that is not known here
        return made(source="vcs", address=resolved[:300], hashed=hashed)
    return made(pinned=bool(version), hashed=hashed)


def _from_repository(made: Callable[..., Package], resolved: str, *, hashed: bool) -> Package:
    place, _, ref = resolved.partition("#")
    ref = ref.rpartition("commit=")[2] or place.rstrip("/").rpartition("/")[2]
    fixed = bool(FULL_COMMIT.fullmatch(ref))
    return made(source="vcs", host=host_of(place), address=told(place), pinned=fixed, hashed=hashed or fixed)


def _from_address(made: Callable[..., Package], resolved: str, *, hashed: bool) -> Package:
    """An archive that is named as indexes name them is of one."""
    archive = _TARBALL.fullmatch(told(resolved))
    address = archive["index"] if archive else told(resolved)
    source = "index" if archive else "url"
    return made(source=source, host=host_of(resolved), address=address, pinned=True, hashed=hashed)


def elsewhere(package: Package, resolved: str) -> Iterator[DependencyProblem]:
    """The name of the archive has to be the package's, and its version, too: indexes lay them out in this way."""
    match = _TARBALL.fullmatch(told(resolved)) if "://" in resolved else None
    if match and package.source == "index":
        scope = (match[2] or "").replace("%40", "@").replace("%2f", "/").replace("%2F", "/")
        name, file = scope + match[3], match[4]
        base = package.name.rpartition("/")[2]
        if name.lower() != package.name or not file.lower().startswith(f"{base}-"):
            yield _problem(package, f"{package.name} is taken from {name}", told(resolved))
        elif package.version and file[len(base) + 1 :] != package.version.partition("+")[0]:
            yield _problem(
                package, f"{package.name} is called {package.version} and is another version", told(resolved)
            )
    if is_plain(resolved):
        what = f"{package.name} comes from {package.host} without TLS"
        yield DependencyProblem("unsafe-index", what, package.name, "", package.path, package.line)


def _problem(package: Package, what: str, got: str) -> DependencyProblem:
    return DependencyProblem("elsewhere", what, package.name, got[:300], package.path, package.line)


def package_lock(path: str, text: str) -> Declared:
    """package-lock.json and npm-shrinkwrap.json, of any version."""
    data, lines, found = read_json(text), Lines(text), Declared()
    packages = mapping(data.get("packages"), "packages")
    for place, value in packages.items():
        entry = mapping(value, place)
        name = word(entry.get("name")) or place.rpartition("node_modules/")[2]
        if "node_modules/" not in place:
            found.asks[place] = {
                one: asked for field in FIELDS for one, asked in texts(mapping(entry.get(field), field)).items()
            }
        elif not entry.get("link"):
            _entry(found, name, entry, path, lines.of(place), scripts=entry.get("hasInstallScript") is True)
    if not packages and data.get("lockfileVersion", 1) in (1, 2):
        _nested(found, mapping(data.get("dependencies"), "dependencies"), path, lines, 0)
    elif not packages:
        raise Unreadable("is a lock file of an unknown version")
    return found


def _entry(found: Declared, name: str, entry: dict[str, Any], path: str, line: int, *, scripts: bool) -> None:
    version = word(entry.get("version"))
    resolved = word(entry.get("resolved"))
    if "://" in version or version.startswith(("file:", "github:")):  # version 1 writes the source there
        version, resolved = "", version
    package = locked(
        name, version, resolved, path, line, hashed=bool(entry.get("integrity")), install_scripts=scripts
    )
    if entry.get("inBundle") or entry.get("bundled"):
        return  # comes inside the archive of another one, under its hash
    found.add(replace(package, licence=word(entry.get("license"))[:MAX_LICENCE]))
    found.problems += elsewhere(package, resolved)


def _nested(found: Declared, table: dict[str, Any], path: str, lines: Lines, depth: int) -> None:
    if depth > _MAX_NESTED:
        raise Unreadable("is nested too deep")
    for name, value in table.items():
        entry = mapping(value, name)
        real = name
        if word(entry.get("version")).startswith("npm:"):
            real, _, version = entry["version"][4:].rpartition("@")
            entry = {**entry, "version": version}
        _entry(found, real, entry, path, lines.of(name), scripts=False)
        _nested(found, mapping(entry.get("dependencies"), name), path, lines, depth + 1)


def yarn_lock(path: str, text: str) -> Declared:
    """yarn.lock: version 1 has a format of its own, later ones are YAML."""
    if re.search(r"^__metadata:", text, re.MULTILINE):
        return _berry(path, text)
    if "# yarn lockfile v1" not in text[:300]:
        raise Unreadable("is no lock file of yarn")
    found = Declared()
    for number, patterns, entry in _blocks(text):
        name = _pattern_name(patterns[0])
        integrity, resolved = entry.get("integrity", ""), entry.get("resolved", "")
        hashed = bool(integrity) or bool(re.search(r"#[0-9a-f]{40}$", resolved))
        address = resolved if is_vcs(resolved) else resolved.partition("#")[0]
        package = locked(name, entry.get("version", ""), address, path, number, hashed=hashed)
        found.add(package)
        found.problems += elsewhere(package, address)
        for pattern in patterns:
            key = pattern.strip("\"' ")
            found.asks.setdefault("*", {})[key] = package.version
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """Blocks of a header and what is indented by two below it."""
    number, header, entry = 0, "", dict[str, str]()
    for at, line in enumerate([*text.splitlines(), "end:"], 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            if header:
                yield number, header.rstrip(":").split(", "), entry
            if not line.endswith(":"):
                raise Unreadable(f"line {at}: is no header of a package")
            number, header, entry = at, line, {}
        elif line.startswith("  ") and not line.startswith("   "):
            key, _, value = line.strip().partition(" ")
            if key in entry:
                raise Unreadable(f"line {at}: {key[:40]} stands twice")
            entry[key.strip('"')] = value.strip().strip('"')


def _pattern_name(pattern: str) -> str:
    """`"@scope/name@^1.0"`, `alias@npm:real@^1.0`."""
    pattern = pattern.strip("\"' ")
    name, _, wanted = pattern[1:].partition("@")
    name = pattern[:1] + name
    if wanted.startswith("npm:") and "@" in wanted[5:]:
        return wanted[4:].rpartition("@")[0]
    return name


def _berry(path: str, text: str) -> Declared:
    found = Declared()
    for document in read_yaml(text):
        data = mapping(document, "the file")
        lines: dict[str, int] = getattr(data, "lines", {})
        for key, value in data.items():
            if key == "__metadata":
                continue
            entry = mapping(value, key)
            resolution = word(entry.get("resolution"))
            if entry.get("linkType") == "soft" or "@workspace:" in resolution:
                continue
            name, _, place = resolution[1:].partition("@")
            name = resolution[:1] + name
            hashed = bool(entry.get("checksum"))
            address = "" if place.startswith("npm:") else place
            archive = re.search(r"__archiveUrl=([^&]+)", place)
            if archive:
                from urllib.parse import unquote  # noqa: PLC0415 - seldom there

                address = unquote(archive[1])
            package = locked(name, word(entry.get("version")), address, path, lines.get(key, 0), hashed=hashed)
            found.add(package)
            found.problems += elsewhere(package, address)
            for pattern in key.split(", "):
                found.asks.setdefault("*", {})[pattern.replace("@npm:", "@", 1)] = package.version
    return found


def pnpm_lock(path: str, text: str) -> Declared:
    """pnpm-lock.yaml of versions 5 to 9."""
    found = Declared()
    for document in read_yaml(text):
        data = mapping(document, "the file")
        packages = mapping(data.get("packages"), "packages")
        lines: dict[str, int] = getattr(packages, "lines", {})
        if not word(data.get("lockfileVersion")):
            raise Unreadable("is a lock file without a version")
        for key, value in packages.items():
            entry = mapping(value, key)
            resolution = mapping(entry.get("resolution"), "resolution")
            match = _PNPM.fullmatch(key)
            name = word(entry.get("name")) or (match[1] if match else key)
            version = word(entry.get("version")) or (match[2].partition("_")[0] if match else "")
            address = word(resolution.get("tarball")) or word(resolution.get("repo"))
            if "repo" in resolution:
                address = f"git+{address}#{word(resolution.get('commit'))}"
            elif "directory" in resolution:
                address = f"file:{word(resolution.get('directory'))}"
            package = locked(
                name,
                version if "://" not in version else "",
                address,
                path,
                lines.get(key, 0),
                hashed=bool(resolution.get("integrity")),
                install_scripts=word(entry.get("requiresBuild")) == "true",
            )
            found.add(package)
            found.problems += elsewhere(package, address)
        importers = mapping(data.get("importers"), "importers") or {".": data}
        for place, importer in importers.items():
            found.asks["" if place == "." else place] = _specifiers(mapping(importer, place))
    return found


def _specifiers(importer: dict[str, Any]) -> dict[str, str]:
    wanted = texts(mapping(importer.get("specifiers"), "specifiers"))
    for field in FIELDS:
        for name, value in mapping(importer.get(field), field).items():
            if isinstance(value, dict) and "specifier" in value:
                wanted[name] = word(value["specifier"])
    return wanted


FORMATS: tuple[Format, ...] = formats(
    "npm",
    ("lock", r"package-lock\.json|npm-shrinkwrap\.json", package_lock),
    ("lock", r"yarn\.lock", yarn_lock),
    ("lock", r"pnpm-lock\.ya?ml", pnpm_lock),
)
