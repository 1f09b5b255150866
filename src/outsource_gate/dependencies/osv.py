"""Which advisories of a database speak of these packages? Reads what is needed, and parses what may be meant.

https://ossf.github.io/osv-schema/, version 1. A file is parsed where one of its names is one that is asked for;
of the others only ecosystem and date are looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from outsource_gate.dependencies.osv_files import DatabaseError, Files, files_of
from outsource_gate.dependencies.osv_names import key
from outsource_gate.model.vulnerability import ECOSYSTEMS, Database

_ECOSYSTEM = re.compile(rb'"ecosystem"\s*:\s*"([^"\\:]{1,40})')
_NAME = re.compile(rb'"name"\s*:\s*"((?:[^"\\]|\\.){0,1000})"', re.DOTALL)
_MODIFIED = re.compile(rb'"modified"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z"')
_PURL_TYPES = {name: kind for kind, name in ECOSYSTEMS.items()}
_DOWNLOAD = "download the database again"
Advisory = Mapping[str, Any]
# purl type -> name as `key` gives it -> as it is written; without a spelling where it is a folder's name alone
Wanted = Mapping[str, Mapping[str, Collection[str]]]


@dataclass(slots=True)
class _Seen:
    """What a place holds of one ecosystem."""

    advisories: int = 0
    newest: datetime | None = None


@dataclass(slots=True)
class Found:
    """Databases by purl type, and the advisories by purl type and name."""

    databases: dict[str, Database] = field(default_factory=dict)
    advisories: dict[tuple[str, str], list[Advisory]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)  # purl types of which too little is known
    withheld: int = 0  # names that nobody was told


def advisories_for(place: Path, wanted: Wanted, now: datetime) -> Found:
    """Look up names by purl type. DatabaseError where a database cannot be read whole."""
    found = Found()
    places: dict[Path, tuple[Files, list[str]]] = {}
    for ecosystem in sorted(wanted):
        if files := files_of(place, ECOSYSTEMS[ecosystem]):
            places.setdefault(files.path, (files, []))[1].append(ecosystem)
    for files, ecosystems in places.values():
        _read(files, {one: wanted[one] for one in ecosystems}, now, found)
    found.missing = wanted.keys() - found.databases.keys()
    return found


def _read(files: Files, wanted: Wanted, now: datetime, found: Found) -> None:
    seen = {ecosystem: _Seen() for ecosystem in wanted}
    for name, raw in files.read():
        if not raw.lstrip()[:1] == b"{" or not raw.rstrip()[-1:] == b"}":
            raise _broken(str(files.path), name, "is no JSON object")
        kinds = {_PURL_TYPES.get(one.decode("utf-8", "replace")) for one in _ECOSYSTEM.findall(raw)}
        changed = modified(raw, now)
        for kind in kinds & seen.keys():
            assert kind is not None
            seen[kind].advisories += 1
            seen[kind].newest = max(filter(None, (seen[kind].newest, changed)), default=None)
        if _may_be_meant(raw, wanted):
            keep(parsed(str(files.path), name, raw), wanted, found)
    for ecosystem, what in seen.items():
        if what.advisories:
            found.databases[ecosystem] = Database(ecosystem, files.digest, what.advisories, what.newest)


def modified(raw: bytes, now: datetime) -> datetime | None:
    """When an advisory was changed last, as it says; a date that lies ahead makes nothing fresh."""
    latest = f"{now.astimezone(UTC):%FT%T}"
    newest = max((one.decode() for one in _MODIFIED.findall(raw) if one.decode() <= latest), default="")
    return datetime.fromisoformat(f"{newest}+00:00") if newest else None


def _may_be_meant(raw: bytes, wanted: Wanted) -> bool:
    """Whether a name is asked for; one that is written with escapes, or in a way of its own, is parsed to see."""
    names = _NAME.findall(raw)
    return not names or any(
        b"\\" in name or any(key(kind, name.decode("utf-8", "replace")) in asked for kind, asked in wanted.items())
        for name in names
    )


def parsed(place: str, name: str, raw: bytes) -> Advisory:
    """Read one advisory; DatabaseError for what is none."""
    try:
        advisory = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _broken(place, name, f"is no JSON ({type(error).__name__})") from error
    if not isinstance(advisory, dict):
        raise _broken(place, name, "is no JSON object")
    version = advisory.get("schema_version", "1.0.0")
    if not isinstance(version, str) or version.partition(".")[0] != "1":
        raise _broken(place, name, f"schema {str(version)[:20]!r}, allowed: 1.x")
    if not isinstance(advisory.get("id"), str) or not isinstance(advisory.get("affected", []), list):
        raise _broken(place, name, "is no advisory: id or affected are not as the schema says")
    return advisory


def keep(advisory: Advisory, wanted: Wanted, found: Found) -> None:
    """Take in what an advisory says of a name that is asked for; withdrawn ones say nothing."""
    if is_withdrawn(advisory):
        return
    for kind, name in sorted(names_of(advisory)):
        if name in wanted.get(kind, ()):
            found.advisories.setdefault((kind, name), []).append(advisory)


def names_of(advisory: Advisory) -> set[tuple[str, str]]:
    """Purl type and name of every package that it speaks of."""
    return {named for affected in advisory.get("affected", ()) if (named := package_of(affected))}


def package_of(affected: object) -> tuple[str, str] | None:
    """The purl type and the name that an `affected` entry is about; None for another ecosystem's."""
    package = affected.get("package") if isinstance(affected, dict) else None
    if not isinstance(package, dict):
        return None
    ecosystem, name = package.get("ecosystem"), package.get("name")
    if not isinstance(ecosystem, str) or not isinstance(name, str):
        return None
    kind = _PURL_TYPES.get(ecosystem.partition(":")[0])  # "Packagist:https://..." is another place of the same kind
    return (kind, key(kind, name)) if kind else None


def is_withdrawn(advisory: Advisory) -> bool:
    withdrawn = advisory.get("withdrawn")
    return isinstance(withdrawn, str) and bool(re.match(r"\d{4}-\d\d-\d\dT", withdrawn))


def _broken(place: str, name: str, what: str) -> DatabaseError:
    return DatabaseError(f"{place}: {name[:100]}: {what}", hint=_DOWNLOAD)
