"""A scanned head for the tests of its reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from outsource_gate.attribution import NOT_PROVEN
from outsource_gate.model.facts import PolicySource, Role, Unavailable
from outsource_gate.model.finding import Confidence, CoverageRow, Location, Read, Scan, Severity
from outsource_gate.model.origin import Brought, HeadFinding, HeadScan, HeadSecret, Landing, Origin
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.source import Revision
from tests.reports import samples

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VIC = Role("author", "Vic Vendor <vic@acme-dev.example>", "acme", "vic", why="email in the register")
EVE = Role("author", "Eve <eve@nowhere.example>", "unknown")
INA = Role("author", "Ina <ina@corp.example>", "internal", "ina", believed=False)


def brought(commit: str, day: int, role: Role, **changes: Any) -> Brought:
    vendors = () if role.organisation == "internal" else (role.organisation,)
    at = datetime(2026, 11, day, tzinfo=UTC)
    whole = Brought(commit * 40, "old/refund.py", 7, "Add", at, at, None, vendors, (role,), "claims")
    return replace(whole, **changes)


def found(severity: Severity, path: str, origin: Origin | Unavailable, message: str = "a flaw") -> HeadFinding:
    place = Location(path, 39, 41)
    return HeadFinding(replace(samples.INJECTION, severity=severity, location=place, message=message), 1, origin)


ACME = brought("a", 3, VIC, landed=Landing("c" * 40, datetime(2026, 11, 13, tzinfo=UTC)), rests_on="signature")
STRANGER = brought("e", 20, EVE, path="eve.py")
OURS = brought("f", 22, INA, path="ours.py", notes=(NOT_PROVEN,))
FINDINGS = (
    found(Severity.MEDIUM, "eve.py", Origin(STRANGER)),
    found(Severity.HIGH, "lost.py", Unavailable("the clone is shallow", "fetch")),
    found(Severity.LOW, "ours.py", Origin(OURS)),
    found(Severity.HIGH, "pay/refund.py", Origin(ACME, STRANGER)),
)
SECRET = Secret("github-token", "a GitHub token", Confidence.HIGH, "content", "", "eve.py", 3)


def head(findings: tuple[HeadFinding, ...] = FINDINGS, **changes: Any) -> HeadScan:
    scan = Scan("semgrep", "1.2.3", "9" * 64, tuple(one.finding for one in findings), ("eve.py",))
    whole = HeadScan(
        repository="forge.example/corp/payments",
        head=Revision(samples.HEAD, samples.TREE, "main"),
        scanned_at=NOW,
        policy=PolicySource("1" * 64, "2" * 64, "base:main"),
        names=(("acme", "Acme Dev Ltd"),),
        scans=(scan, Unavailable("bandit is not installed", "install it", "bandit")),
        coverage=(CoverageRow("eve.py", Read.SCANNED), CoverageRow("sub", Read.UNREAD, (), "submodule")),
        blobs=(("eve.py", "3" * 40), ("sub", "4" * 40)),
        findings=findings,
        secrets=SecretScan("1", "5" * 64, (SECRET,), blobs=2),
        secret_origins=(HeadSecret(SECRET, Origin(STRANGER)),),
    )
    return replace(whole, **changes)
