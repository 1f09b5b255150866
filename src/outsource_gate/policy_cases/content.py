"""What do the scanners of a case say? What the case names, and nothing else; every path is accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from outsource_gate.model.dependency import DependencyChange, DependencyScan, Package
from outsource_gate.model.facts import Facts, NotAsked
from outsource_gate.model.finding import CoverageRow, Finding, Location, Read, Scan, Severity
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.model.past import PastScan
from outsource_gate.model.personal import Extent, PersonalData, PersonalScan
from outsource_gate.model.remedy import TrackedFinding, TrackedFindings
from outsource_gate.model.result import Reported, Result, Tally
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.source import ChangeSet
from outsource_gate.model.verdict import Stage
from outsource_gate.model.vulnerability import Database, Vulnerability, VulnerabilityScan
from outsource_gate.policy.cases import FoundPackage, Given
from outsource_gate.policy.load import Policy

_NO_DIGEST = "0" * 64
_BY = {"sast": "semgrep", "workflows": "zizmor"}
_SCANNERS = ("semgrep", "bandit", "text", "zizmor")
_MANIFEST = "requirements.txt"
_VERSION = "a policy test case"


def with_content(facts: Facts, policy: Policy, given: Given) -> Facts:
    """Complete the facts of a vendor's change."""
    assert isinstance(facts.change, ChangeSet)
    paths = tuple(file.path for file in facts.change.files if not file.is_deleted)
    first = paths[0] if paths else facts.change.files[0].path
    is_push = facts.stage is Stage.PUSH
    return replace(
        facts,
        scans=tuple(_scan(name, given, first, paths) for name in _SCANNERS),
        coverage=tuple(_row(file.path, given) for file in facts.change.files),
        secrets=SecretScan("1", _NO_DIGEST, tuple(_secrets(facts.change, given, first)), typed=_VERSION),
        past=PastScan(),
        personal=PersonalScan("1", _NO_DIGEST, tuple(_people(facts.change, given, first))),
        dependencies=_dependencies(given.packages),
        vulnerabilities=_vulnerabilities(facts, given.packages),
        licences=LicenceScan(tuple(map(_licensed, given.packages))),
        results=NotAsked() if is_push else tuple(_results(facts, policy, given)),
        tracked=NotAsked() if is_push else _tracked(facts, given),
    )


def _scan(name: str, given: Given, first: str, paths: tuple[str, ...]) -> Scan:
    found = tuple(
        Finding(
            rule=one.rule,
            scanner=name,
            severity=one.severity,
            confidence=one.confidence,
            message=f"{one.rule}, as the case says",
            location=Location(one.path or first, number, number),
            fingerprint=_fingerprint(one.rule, number),
            new=one.new,
        )
        for number, one in enumerate(given.findings, 1)
        if _BY[one.gate] == name
    )
    return Scan(name, _VERSION, _NO_DIGEST, found, paths)


def _fingerprint(rule: str, number: int) -> str:
    return "v1:" + hashlib.sha256(f"{rule}\n{number}".encode()).hexdigest()


def _row(path: str, given: Given) -> CoverageRow:
    if given.paths and path in given.paths.unread:
        return CoverageRow(path, Read.UNREAD, (), "as the case says")
    if given.paths and path in given.paths.unsupported:
        return CoverageRow(path, Read.UNSUPPORTED, (), "as the case says")
    return CoverageRow(path, Read.SCANNED, ("semgrep",))


def _secrets(change: ChangeSet, given: Given, first: str) -> Iterator[Secret]:
    for one in given.secrets:
        path = "" if one.in_ == "message" else one.path or first
        what = one.kind.replace("-", " ")
        yield Secret(one.kind, what, one.confidence, one.in_, change.head.commit, path, 1, one.new)


def _people(change: ChangeSet, given: Given, first: str) -> Iterator[PersonalData]:
    for one in given.personal_data:
        extent, path = Extent(one.extent), one.path or first
        what = "a table of people" if extent is Extent.TABLE else "data of a person"
        yield PersonalData("table", what, extent, one.confidence, 1, change.head.commit, path, 1, one.new)


def _dependencies(packages: tuple[FoundPackage, ...]) -> DependencyScan:
    if not packages:
        return DependencyScan()
    changes = tuple(DependencyChange("added", None, _package(one)) for one in packages)
    bases = tuple(sorted({(one.ecosystem, "") for one in packages}))
    return DependencyScan(changes, base_indexes=bases, read=(_MANIFEST,))


def _package(one: FoundPackage) -> Package:
    asked = f"=={one.version}"
    return Package(one.ecosystem, one.name, one.version, asked, pinned=True, hashed=True, path=_MANIFEST, line=1)


def _vulnerabilities(facts: Facts, packages: tuple[FoundPackage, ...]) -> VulnerabilityScan:
    kinds = sorted({one.ecosystem for one in packages})
    found = tuple(
        Vulnerability(
            f"CASE-{number}",
            one.ecosystem,
            one.name,
            one.version,
            one.vulnerability,
            summary="as the case says",
            path=_MANIFEST,
            line=1,
        )
        for number, one in enumerate(packages, 1)
        if one.vulnerability
    )
    known = tuple(Database(kind, _NO_DIGEST, 1, facts.now) for kind in kinds)
    return VulnerabilityScan("policy", known, found=found, packages=len(packages))


def _licensed(one: FoundPackage) -> Licensed:
    alternatives = ((one.licence,),) if one.licence else ()
    source: Literal["policy", "nobody"] = "policy" if one.licence else "nobody"
    return Licensed(one.ecosystem, one.name, one.version, one.licence or "", alternatives, source, _MANIFEST, 1)


def _results(facts: Facts, policy: Policy, given: Given) -> Iterator[Result]:
    """Every result that the policy knows by name, made half an hour ago, signed."""
    assert isinstance(facts.change, ChangeSet)
    head, made = facts.change.head.commit, facts.now - timedelta(minutes=30)
    for name, source in policy.results.items():
        state = given.results.get(name, "clean")
        if state == "missing":
            continue
        found = (
            (Reported("example", _VERSION, Severity.CRITICAL, "as the case says"),) if state == "failing" else ()
        )
        tallies = tuple(Tally(one.severity, "no", False, False, 1) for one in found)
        yield Result(name, source.format, _NO_DIGEST, "signed", head, made_at=made, findings=found, tallies=tallies)


def _tracked(facts: Facts, given: Given) -> TrackedFindings:
    items = tuple(
        TrackedFinding(
            f"case-{number}",
            one.kind,
            vendor.id,
            one.severity,
            "as the case says",
            _fingerprint(one.kind, number),
            one.first_seen,
            accepted_on=one.first_seen if one.accepted_until else None,
            accepted_until=one.accepted_until,
        )
        for vendor in facts.vendors
        for number, one in enumerate(given.open_findings, 1)
    )
    return TrackedFindings("given", _NO_DIGEST, facts.now - timedelta(hours=1), items)
