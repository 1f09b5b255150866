"""Which known vulnerabilities do the packages have that a change brings in, by the list that is at hand?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from outsource_gate.dependencies.osv import Advisory, Found, Wanted, package_of
from outsource_gate.dependencies.osv_names import key
from outsource_gate.dependencies.osv_ranges import affects, fixes
from outsource_gate.dependencies.osv_severity import severity_of
from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.finding import Severity
from outsource_gate.model.vulnerability import ECOSYSTEMS, Vulnerability, VulnerabilityScan

MAX_LISTED = 2_000
MAX_TEXT = 200
MALICIOUS = "MAL-"  # ids of https://github.com/ossf/malicious-packages
Locked = Callable[[Package], Sequence[Package]]  # what the lock files of head say of a manifest's entry
LookUp = Callable[[Wanted], Found]


@dataclass(slots=True)
class _Subject:
    """A package with the version that will be used, and those that the base used in the same places."""

    package: Package
    before: list[str]  # "" where the base had none


def scan_vulnerabilities(
    changes: Iterable[DependencyChange],
    locked: Locked,
    look_up: LookUp,
    source: Literal["policy", "given", "server"],
) -> VulnerabilityScan:
    """Look every package up that the change brings in, once per version; DatabaseError where that fails."""
    subjects = _subjects(changes, locked)
    data = look_up(_wanted(subjects))
    found = [
        item
        for one in subjects
        for item in _once(list(_matches(one, data.advisories.get((one.package.ecosystem, _name(one.package)), ()))))
    ]
    return VulnerabilityScan(
        source,
        tuple(data.databases[ecosystem] for ecosystem in sorted(data.databases)),
        tuple(sorted(data.missing)),
        tuple(found[:MAX_LISTED]),
        len(subjects),
        max(0, len(found) - MAX_LISTED),
        withheld=data.withheld,
    )


def is_looked_up(changes: Iterable[DependencyChange]) -> bool:
    """Whether the change brings in anything that a list of vulnerabilities could know."""
    return any(one.new is not None and one.new.ecosystem in ECOSYSTEMS for one in changes)


def _wanted(subjects: Iterable[_Subject]) -> Wanted:
    wanted: dict[str, dict[str, set[str]]] = {}
    for one in subjects:
        spelled = wanted.setdefault(one.package.ecosystem, {}).setdefault(_name(one.package), set())
        if one.package.source != "path":
            spelled.add(one.package.name)
    return wanted


def _subjects(changes: Iterable[DependencyChange], locked: Locked) -> list[_Subject]:
    """Manifest and lock name the same package; where a range is written, its lock says which version is meant."""
    found: dict[tuple[str, str, str, bool], _Subject] = {}
    ranges: list[DependencyChange] = []
    for one in changes:
        if one.new is None or one.new.ecosystem not in ECOSYSTEMS:
            continue
        if one.new.version or not locked(one.new):
            _note(found, one.new).before.append(_released(one.old))
        else:
            ranges.append(one)
    for one in ranges:
        for package in locked(one.new) if one.new else ():
            if not (known := _note(found, package)).before:  # no change of the lock: the base has it like this
                known.before.append(package.version)
    return list(found.values())


def _note(found: dict[tuple[str, str, str, bool], _Subject], package: Package) -> _Subject:
    where = (package.ecosystem, _name(package), package.version, package.source == "index")
    return found.setdefault(where, _Subject(package, []))


def _matches(subject: _Subject, advisories: Iterable[Advisory]) -> Iterator[Vulnerability]:
    package = subject.package
    for advisory in advisories:
        for affected in advisory["affected"]:
            if package_of(affected) != (package.ecosystem, _name(package)):
                continue
            holds = affects(package.ecosystem, affected, _released(package))
            if holds is False:
                continue
            yield _vulnerability(subject, advisory, affected, holds)


def _vulnerability(
    subject: _Subject, advisory: Advisory, affected: dict[str, Any], holds: bool | None
) -> Vulnerability:
    package, id = subject.package, str(advisory["id"])
    severity, vector = severity_of(advisory, affected)
    malicious = id.startswith(MALICIOUS)
    before = all(was and affects(package.ecosystem, affected, was) is True for was in subject.before)
    return Vulnerability(
        id=id[:MAX_TEXT],
        ecosystem=package.ecosystem,
        package=package.name,
        version=package.version,
        severity=Severity.CRITICAL if malicious else severity,
        aliases=_aliases(advisory),
        vector=vector,
        summary=_text(advisory.get("summary")) or _text(advisory.get("details")),
        fixed=tuple(version[:MAX_TEXT] for version in fixes(affected)[:20]),
        why=_doubt(package, holds),
        old=before,
        malicious=malicious,
        path=package.path,
        line=package.line,
    )


def _released(package: Package | None) -> str:
    """The version of a release; a commit is none, although its digits may read like one."""
    return package.version if package and package.source == "index" else ""


def _doubt(package: Package, holds: bool | None) -> str:
    if package.source != "index":
        return "it comes from elsewhere than an index, and may be another package"
    if holds is None:
        return "nobody can order its version" if package.version else "no version is fixed"
    return ""


def _aliases(advisory: Advisory) -> tuple[str, ...]:
    listed = advisory.get("aliases")
    texts = [one[:MAX_TEXT] for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    return tuple(texts[:20])


def _once(found: list[Vulnerability]) -> Iterator[Vulnerability]:
    """Several lists name one vulnerability: it is told once, by the entry that is surest and most severe."""
    groups: list[tuple[set[str], list[Vulnerability]]] = []
    for one in sorted(found, key=_weight):
        names, alike = {one.id, *one.aliases}, [one]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names, alike = names | group[0], group[1] + alike
        groups.append((names, alike))
    for names, alike in sorted(groups, key=lambda group: _weight(min(group[1], key=_weight))):
        first = min(alike, key=_weight)
        others = tuple(sorted(names - {first.id}))[:20]
        yield replace(first, aliases=others, old=all(one.old for one in alike))


def _weight(one: Vulnerability) -> tuple[bool, bool, int, str]:
    return bool(one.why), not one.malicious, -one.severity.rank if one.severity else 1, one.id


def _name(package: Package) -> str:
    return key(package.ecosystem, package.name)


def _text(value: object) -> str:
    return " ".join(value[: 4 * MAX_TEXT].split())[:MAX_TEXT] if isinstance(value, str) else ""
