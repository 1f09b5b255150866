"""Which packages does the change bring in? A CycloneDX 1.6 list of them, with what is known against them.

What the change leaves alone is not in it; each entry says what became of it. Equal facts give an equal list.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from outsource_gate import __version__
from outsource_gate.errors import EvidenceError
from outsource_gate.model.dependency import DependencyChange, DependencyScan, Package
from outsource_gate.model.facts import Facts
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.vulnerability import Vulnerability, VulnerabilityScan
from outsource_gate.reports import Report, View, escape, words

SPEC = "1.6"
_METHODS = (
    ("CVSS:4", "CVSSv4"),
    ("CVSS:3.1", "CVSSv31"),
    ("CVSS:3", "CVSSv3"),
    ("AV:", "CVSSv2"),
)
_Licensed = dict[tuple[str, str, str], Licensed]
_Listed = dict[str, tuple[DependencyChange, Package]]  # by package URL: manifest and lock name the same


def render(outcome: Outcome, view: View) -> str:  # noqa: ARG001 - everybody may read which packages come in
    """Give the list; its serial number is derived from what it says."""
    facts = outcome.facts
    listed, licensed = _listed(facts), _licensed(facts)
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": _metadata(facts),
        "components": [_component(reference, *entry, licensed) for reference, entry in listed.items()],
        "compositions": [{"aggregate": _completeness(facts)}],
        "vulnerabilities": list(_vulnerabilities(facts, listed)),
    }
    serial = uuid.UUID(bytes=hashlib.sha256(json.dumps(body, sort_keys=True).encode()).digest()[:16], version=4)
    return escape.json_text({"$schema": _schema(), **body, "serialNumber": f"urn:uuid:{serial}"}) + "\n"


def _schema() -> str:
    return f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json"


def _listed(facts: Facts) -> _Listed:
    scan = facts.dependencies
    found: _Listed = {}
    for change in scan.changes if isinstance(scan, DependencyScan) else ():
        if change.new is not None:
            found.setdefault(_reference(change.new), (change, change.new))
    return dict(sorted(found.items()))


def _reference(package: Package) -> str:
    """The package URL; for a name that none can have, the name."""
    name, version, address = map(escape.well_formed, (package.name, package.version, package.address))
    plain = replace(package, name=name, version=version, address=address)
    try:
        from outsource_gate.purl import purl_of  # noqa: PLC0415 - only where a package is told

        return purl_of(plain)
    except ValueError:
        return escape.visible(f"{package.ecosystem} {package.name} {package.version}".strip())
    except ImportError as error:
        what = f"cyclonedx: the package {error.name or 'for it'} is not installed"
        raise EvidenceError(what, hint="install outsource-gate[scanners]") from error


def _metadata(facts: Facts) -> dict[str, Any]:
    head = facts.change.head.commit if isinstance(facts.change, ChangeSet) else ""
    repository: dict[str, Any] = {
        "type": "application",
        "bom-ref": "repository",
        "name": escape.visible(facts.repository) or "repository",
    }
    return {
        "timestamp": f"{facts.now:%FT%TZ}",
        "tools": {"components": [{"type": "application", "name": "outsource-gate", "version": __version__}]},
        "component": repository | ({"version": head} if head else {}),
    }


def _component(reference: str, change: DependencyChange, package: Package, licensed: _Licensed) -> dict[str, Any]:
    group, _, name = package.name.rpartition("/")
    told: dict[str, Any] = {
        "type": "container" if package.ecosystem == "docker" else "library",
        "bom-ref": reference,
        "group": escape.visible(group),
        "name": escape.visible(name),
        "version": escape.visible(package.version),
        "licenses": _licences(package, licensed),
        "purl": reference if reference.startswith("pkg:") else "",
        "evidence": {"occurrences": [_occurrence(package)]} if package.path else {},
        "properties": list(_properties(change, package)),
    }
    return {key: value for key, value in told.items() if value or key == "name"}


def _licensed(facts: Facts) -> _Licensed:
    scan = facts.licences
    known = scan.packages if isinstance(scan, LicenceScan) else ()
    return {(one.ecosystem, one.package, one.version): one for one in known}


def _licences(package: Package, licensed: _Licensed) -> list[dict[str, Any]]:
    """What was read as an SPDX expression; else the words of the lock file."""
    known = licensed.get((package.ecosystem, package.name, package.version))
    if known and known.alternatives:
        return [{"expression": known.licence}]
    said = escape.visible(known.licence if known else package.licence)
    return [{"license": {"name": said}}] if said else []


def _occurrence(package: Package) -> dict[str, Any]:
    place: dict[str, Any] = {"location": escape.visible(package.path)}
    return place | ({"line": package.line} if package.line else {})


def _properties(change: DependencyChange, package: Package) -> Iterator[dict[str, str]]:
    """What the format has no word for. The gate knows that a hash is there, and does not keep it."""
    said = {
        "change": change.change,
        "before": change.old.version if change.old else "",
        "requirement": words.shortened(package.requirement),
        "source": package.source,
        "hashed": "true" if package.hashed else "false",
        "direct": "true" if package.direct else "false",
    }
    for name, value in said.items():
        if value:
            yield {"name": f"outsource-gate:{name}", "value": escape.visible(value)}


def _completeness(facts: Facts) -> str:
    scan = facts.dependencies
    if not isinstance(scan, DependencyScan):
        return "unknown"
    return "incomplete" if scan.unread or scan.left_out else "complete"


def _vulnerabilities(facts: Facts, listed: _Listed) -> Iterator[dict[str, Any]]:
    scan = facts.vulnerabilities
    by_name: dict[tuple[str, str, str], list[str]] = {}
    for reference, (_, package) in listed.items():
        by_name.setdefault((package.ecosystem, package.name, package.version), []).append(reference)
    for one in scan.found if isinstance(scan, VulnerabilityScan) else ():
        yield _vulnerability(one, by_name.get((one.ecosystem, one.package, one.version), []))


def _vulnerability(one: Vulnerability, affected: list[str]) -> dict[str, Any]:
    """What only an unchanged lock chose is no component: its advisory affects nothing that is listed."""
    source = {"name": "OSV"}
    told: dict[str, Any] = {
        "bom-ref": f"{one.id}/{one.ecosystem}/{one.package}@{one.version}",
        "id": escape.visible(one.id),
        "source": source,
        "references": [{"id": escape.visible(alias), "source": source} for alias in one.aliases],
        "ratings": [_rating(one)],
        "description": escape.visible(one.summary),
        "recommendation": escape.visible(f"Update to {' or '.join(one.fixed)}") if one.fixed else "",
        "affects": [{"ref": reference} for reference in affected],
        "analysis": {"state": "in_triage", "detail": escape.visible(one.why)} if one.why else {},
    }
    told["bom-ref"] = escape.visible(told["bom-ref"])
    return {key: value for key, value in told.items() if value}


def _rating(one: Vulnerability) -> dict[str, Any]:
    rating: dict[str, Any] = {"severity": str(one.severity) if one.severity else "unknown"}
    method = next((word for start, word in _METHODS if one.vector.startswith(start)), "")
    return rating | ({"method": method, "vector": escape.visible(one.vector)} if method else {})


REPORT = Report(id="cyclonedx", media_type="application/vnd.cyclonedx+json", render=render)
