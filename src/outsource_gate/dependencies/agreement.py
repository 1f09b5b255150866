"""Do a manifest and its lock file say the same? What is asked for has to be what was chosen."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from outsource_gate.dependencies import Declared
from outsource_gate.dependencies.versions import satisfies
from outsource_gate.model.dependency import DependencyProblem, Package

# The locks that go with a manifest, by its name in lower case; the nearest folder upwards that has one counts.
_LOCKS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(names), frozenset(locks.split()))
    for names, locks in (
        (r"pyproject\.toml", "poetry.lock uv.lock pylock.toml"),
        (r"pipfile", "pipfile.lock"),
        (r"package\.json", "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml"),
        (r"cargo\.toml", "cargo.lock"),
        (r"go\.mod", "go.sum"),
        (r"gemfile", "gemfile.lock"),
        (r"gems\.rb", "gems.locked"),
        (r"composer\.json", "composer.lock"),
        (r"[^/]+\.(?:cs|vb|fs)proj", "packages.lock.json"),
        (r"build\.gradle(?:\.kts)?", "gradle.lockfile"),
    )
)
_ONE_FOLDER = frozenset({
    "gradle.lockfile", "packages.lock.json", "go.sum", "pipfile.lock", "composer.lock", "gemfile.lock",
    "poetry.lock", "pylock.toml",
})  # fmt: skip
_LOCAL = re.compile(r"(?:workspace|link|file|portal|patch|catalog):")


def locks_of(manifest: str, paths: Iterable[str]) -> list[str]:
    """The lock files that govern a manifest, among the paths of the tree."""
    folder, name = posixpath.split(manifest)
    wanted = next((locks for pattern, locks in _LOCKS if pattern.fullmatch(name.lower())), frozenset[str]())
    if not wanted:
        return []
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        if posixpath.basename(path).lower() in wanted:
            by_folder.setdefault(posixpath.dirname(path), []).append(path)
    while True:
        found = by_folder.get(folder, [])
        near = [one for one in found if folder == posixpath.dirname(manifest) or not _stays(one)]
        if near or not folder:
            return sorted(near)
        folder = posixpath.dirname(folder)


def _stays(lock: str) -> bool:
    return posixpath.basename(lock).lower() in _ONE_FOLDER


def knows(manifest: str, lock: str, what: Declared) -> bool:
    """Whether a lock of a folder above has this manifest among its workspaces at all."""
    if posixpath.dirname(manifest) == posixpath.dirname(lock):
        return True
    if "*" in what.asks or not what.asks or "own" in what.asks:
        return True
    return _below(manifest, lock) in what.asks


def disagreements(manifest: str, asked: Declared, lock: str, chosen: Declared) -> Iterator[DependencyProblem]:
    """Each requirement that the lock does not have, or has otherwise; and what it has been asked for by nobody."""
    name = posixpath.basename(lock).lower()
    wanted = [one for one in asked.packages if one.direct]
    match name:
        case "go.sum":
            yield from _go(manifest, asked, lock, chosen)
        case "yarn.lock":
            yield from _yarn(manifest, wanted, lock, chosen)
        case _:
            yield from _by_name(manifest, wanted, lock, chosen)
            yield from _copies(manifest, asked, lock, chosen)


def _below(manifest: str, lock: str) -> str:
    folder, top = posixpath.dirname(manifest), posixpath.dirname(lock)
    return folder[len(top) :].strip("/") if top else folder


def _problem(manifest: str, lock: str, one: Package, what: str, got: str = "") -> DependencyProblem:
    name = posixpath.basename(lock)
    return DependencyProblem("disagrees", what.format(lock=name), one.name, got[:300], manifest, one.line)


def _by_name(manifest: str, wanted: list[Package], lock: str, chosen: Declared) -> Iterator[DependencyProblem]:
    versions: dict[str, list[Package]] = {}
    for one in chosen.packages:
        versions.setdefault(one.name.lower(), []).append(one)
    own = chosen.asks.get("own", {})
    for one in wanted:
        found = versions.get(one.name.lower(), [])
        if one.source == "path" or one.name in own or one.name.endswith("-implementation"):
            continue
        if not found:
            if not lock.endswith(("gradle.lockfile", "packages.lock.json")):
                yield _problem(manifest, lock, one, f"{{lock}} does not have {one.name}", one.requirement)
        elif one.source == "vcs" and not any(
            same.source == "vcs" and same.address == one.address for same in found
        ):
            yield _problem(manifest, lock, one, f"{{lock}} has {one.name} from elsewhere", found[0].address)
        elif one.source == "index" and all(
            satisfies(one.ecosystem, one.requirement, same.version) is False for same in found[:50] if same.version
        ):
            got = ", ".join(same.version for same in found[:3])
            if got:
                what = f"{{lock}} has {one.name} {got}, asked for is {one.requirement}"
                yield _problem(manifest, lock, one, what, got)


def _copies(manifest: str, asked: Declared, lock: str, chosen: Declared) -> Iterator[DependencyProblem]:
    """Some locks repeat what the manifest asks for: word for word."""
    place = _below(manifest, lock)
    copied = chosen.asks.get(place)
    if copied is None or posixpath.basename(lock).lower() == "gems.locked":
        return
    if posixpath.basename(lock).lower() in ("gemfile.lock", "packages.lock.json"):
        copied = dict.fromkeys(copied, "")
    peers = {one.name for one in asked.packages if not one.direct}
    written = {one.name.lower(): one for one in asked.packages if one.direct}
    for name, requirement in copied.items():
        one = written.get(name.lower())
        if one is None and name.lower() not in peers and _repeats(lock):
            what = f"{posixpath.basename(lock)} asks for {name}, the manifest does not"
            yield DependencyProblem("disagrees", what, name, requirement[:300], manifest)
        elif one is not None and requirement and requirement != one.requirement and name.lower() not in peers:
            what = f"{{lock}} asks for {one.name} {requirement}, the manifest for {one.requirement}"
            yield _problem(manifest, lock, one, what, requirement)


def _repeats(lock: str) -> bool:
    return posixpath.basename(lock).lower() in ("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml")


def _yarn(manifest: str, wanted: list[Package], lock: str, chosen: Declared) -> Iterator[DependencyProblem]:
    """yarn.lock is keyed by what is asked for."""
    patterns = {pattern.lower(): version for pattern, version in chosen.asks.get("*", {}).items()}
    names = {pattern[:1] + pattern[1:].partition("@")[0] for pattern in patterns}
    is_root = posixpath.dirname(manifest) == posixpath.dirname(lock)
    if not is_root and not any(one.name in names for one in wanted):
        return  # no workspace of it
    for one in wanted:
        if one.source == "path" or _LOCAL.match(one.requirement) or one.requirement.startswith("npm:"):
            continue
        version = patterns.get(f"{one.name}@{one.requirement}".lower())
        if version is None and not any(pattern.startswith(f"{one.name}@patch:") for pattern in patterns):
            yield _problem(
                manifest, lock, one, f"{{lock}} does not have {one.name} {one.requirement}", one.requirement
            )
        elif version and one.source == "index" and satisfies("npm", one.requirement, version) is False:
            what = f"{{lock}} has {one.name} {version}, asked for is {one.requirement}"
            yield _problem(manifest, lock, one, what, version)


def _go(manifest: str, asked: Declared, lock: str, chosen: Declared) -> Iterator[DependencyProblem]:
    sums = chosen.asks.get("*", {})
    for one in asked.packages:
        name = one.address if one.source == "vcs" else one.name
        key = f"{name}@{one.version}"
        if one.source != "path" and key not in sums and f"{key}/go.mod" not in sums:
            yield _problem(manifest, lock, one, f"{{lock}} does not have {name} {one.version}", one.version)
