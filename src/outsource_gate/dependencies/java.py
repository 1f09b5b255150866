"""What do pom.xml, Gradle's scripts and its lock declare? Gradle's scripts are programs: read, never run."""

from __future__ import annotations

import re
from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import host_of, is_plain, told
from outsource_gate.dependencies.text import Lines, mapping, read_toml, read_xml, word
from outsource_gate.model.dependency import DependencyProblem, Index, Package

_PROPERTY = re.compile(r"\$\{([\w.-]{1,200})\}")
_EXACT = re.compile(r"\[?(\d[\w.+-]*|[\w.-]*\d[\w.+-]*)\]?", re.ASCII)
_COORDINATES = re.compile(r"[\"']([\w.-]+):([\w.-]+):([^\"':@\s]+)(?::[^\"']*)?(?:@\w+)?[\"']", re.ASCII)
_MAP = re.compile(
    r"group\s*+[:=]\s*+[\"']([\w.-]+)[\"']\s*+,\s*+name\s*+[:=]\s*+[\"']([\w.-]+)[\"'](?:\s*+,\s*+version\s*+[:=]\s*+[\"']([^\"']+)[\"'])?",
    re.ASCII,
)
_PLUGIN = re.compile(
    r"\bid\s*+\(?\s*+[\"']([\w.-]+)[\"']\s*+\)?\s*+version\s*+\(?\s*+[\"']([^\"']+)[\"']", re.ASCII
)
_URL = re.compile(
    r"(?:\burl\s*+=?\s*+\(?|\bmaven\s*+\(|setUrl\s*+\(|\buri\s*+\()\s*+(?:uri\s*+\(\s*+)?[\"']([^\"']+)[\"']"
)
_FILES = re.compile(r"\b(?:files|fileTree)\s*+\(\s*+(?:dir\s*+[:=]\s*+)?[\"']([^\"']+)[\"']")
_APPLY = re.compile(r"\bapply\s*+\(?\s*+from\s*+[:=]\s*+[\"']([^\"']+)[\"']")


def is_fixed(version: str) -> bool:
    """Ranges, words and snapshots change under the same name."""
    plain = version.upper()
    return (
        bool(_EXACT.fullmatch(version))
        and not plain.endswith(("SNAPSHOT", "+"))
        and plain not in ("LATEST", "RELEASE")
    )


def _package(group: str, artifact: str, version: str, path: str, line: int, **more: Any) -> Package:
    fixed = is_fixed(version)
    return Package(
        "maven",
        f"{group}/{artifact}",
        version.strip("[]") if fixed else "",
        version[:300],
        pinned=fixed,
        path=path,
        line=line,
        **more,
    )


def pom(path: str, text: str) -> Declared:
    """Maven's model; versions may be properties of the same file, others are not known here."""
    root, found = read_xml(text), Declared()
    properties = {one.tag: (one.text or "").strip() for holder in root.iter("properties") for one in holder}
    for tag in ("dependency", "plugin", "parent", "extension"):
        for element in root.iter(tag):
            _entry(found, element, properties, path)
    for tag in ("repository", "pluginRepository", "snapshotRepository"):
        for element in root.iter(tag):
            url = _filled(element.findtext("url") or "", properties)
            _index(found, url, path, int(element.get(" line", 0)))
    return found


def _entry(found: Declared, element: Any, properties: dict[str, str], path: str) -> None:
    child = {one.tag: _filled((one.text or "").strip(), properties) for one in element}
    group = child.get("groupId") or ("org.apache.maven.plugins" if element.tag == "plugin" else "")
    if not group or not child.get("artifactId"):
        return
    line, version = int(element.get(" line", 0)), child.get("version", "")
    if child.get("scope") == "system":
        found.add(
            _package(
                group, child["artifactId"], version, path, line, source="path", address=child.get("systemPath", "")
            )
        )
    elif version:
        found.add(_package(group, child["artifactId"], version, path, line))
    else:  # managed by a parent or elsewhere in the file
        found.add(Package("maven", f"{group}/{child['artifactId']}", pinned=True, path=path, line=line))


def _filled(text: str, properties: dict[str, str]) -> str:
    for _ in range(3):
        text = _PROPERTY.sub(lambda match: properties.get(match[1], match[0]), text)[:500]
    return text


def _index(found: Declared, url: str, path: str, line: int) -> None:
    if not url or url.startswith("file:"):
        return
    found.indexes.append(Index("maven", told(url) or url[:100], path, line))
    if is_plain(url):
        what = f"packages come from {host_of(url)} without TLS"
        found.problems.append(DependencyProblem("unsafe-index", what, path=path, line=line))


def gradle(path: str, text: str) -> Declared:
    """Coordinates, plugins and repositories that are written plainly."""
    found = Declared()
    for number, line in enumerate(_without_comments(text).splitlines(), 1):
        if len(line) > 20_000:
            raise Unreadable(f"line {number}: is too long")
        for match in (*_COORDINATES.finditer(line), *_MAP.finditer(line)):
            found.add(_package(match[1], match[2], match[3] or "", path, number))
        for match in _PLUGIN.finditer(line):
            found.add(_package(match[1], f"{match[1]}.gradle.plugin", match[2], path, number))
        for match in _FILES.finditer(line):
            found.add(
                Package("maven", match[1], source="path", address=match[1], pinned=True, path=path, line=number)
            )
        for match in _URL.finditer(line):
            _index(found, match[1], path, number)
        if re.search(r"(?i)allowInsecureProtocol\s*+[(=]?\s*+=?\s*+true", line):
            found.problems.append(DependencyProblem("unsafe-index", "TLS is not asked for", path=path, line=number))
        if (applied := _APPLY.search(line)) and "://" in applied[1]:
            what = "the build runs a script from an address"
            found.problems.append(
                DependencyProblem("install-code", what, got=applied[1][:200], path=path, line=number)
            )
    return found


def _without_comments(text: str) -> str:
    """Keep texts and lines as they are."""
    pattern = r"(\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
    return re.sub(pattern, lambda match: match[1] or "\n" * match[0].count("\n"), text)


def catalog(path: str, text: str) -> Declared:
    """Gradle's version catalog."""
    data, lines, found = read_toml(text), Lines(text), Declared()
    versions = mapping(data.get("versions"), "versions")
    for section in ("libraries", "plugins"):
        for alias, value in mapping(data.get(section), section).items():
            found.add(_catalogued(value, section, versions, path, lines.of(alias)))
    return found


def _catalogued(value: Any, section: str, versions: dict[str, Any], path: str, line: int) -> Package:
    if isinstance(value, str):
        value = dict(zip(("module", "version"), value.rsplit(":", 1), strict=False))
    entry = mapping(value, section)
    group, _, name = (
        word(entry.get("module")) or f"{word(entry.get('group'))}:{word(entry.get('name'))}"
    ).partition(":")
    if section == "plugins":
        group = word(entry.get("id")) or word(entry.get("module"))
        name = f"{group}.gradle.plugin"
    version = entry.get("version", "")
    if isinstance(version, dict):
        version = versions.get(word(version.get("ref")), "") if "ref" in version else version.get("strictly", "")
    if isinstance(version, dict):
        version = version.get("strictly") or version.get("require") or ""
    if not group or not name:
        raise Unreadable(f"line {line}: an entry without a name")
    if not version:
        return Package("maven", f"{group}/{name}", pinned=True, path=path, line=line)  # managed by a platform
    return _package(group, name, word(version), path, line)


def gradle_lock(path: str, text: str) -> Declared:
    """gradle.lockfile: `group:artifact:version=configurations`."""
    found = Declared()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "empty=")):
            continue
        parts = line.partition("=")[0].split(":")
        if len(parts) != 3:
            raise Unreadable(f"line {number}: is no locked package")
        found.add(
            Package(
                "maven",
                f"{parts[0]}/{parts[1]}",
                parts[2],
                pinned=True,
                direct=False,
                locked=True,
                path=path,
                line=number,
            )
        )
    return found


FORMATS: tuple[Format, ...] = formats(
    "maven",
    ("manifest", r"pom\.xml|[\w.-]+\.pom", pom),
    ("settings", r"\.mvn/(?:extensions|settings)\.xml", pom),
    ("manifest", r"[\w.-]+\.gradle(?:\.kts)?", gradle),
    ("manifest", r"[\w.-]+\.versions\.toml", catalog),
    ("lock", r"gradle\.lockfile|buildscript-gradle\.lockfile", gradle_lock),
)
