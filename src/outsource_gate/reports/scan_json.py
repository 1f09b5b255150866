"""What did `scan` find, as JSON? The shape is that of `scan_v1`; nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from outsource_gate import __version__
from outsource_gate.model.facts import PolicySource, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Scan
from outsource_gate.model.origin import Brought, HeadFinding, HeadScan, HeadSecret, Landing, Origin
from outsource_gate.model.secret import SecretScan
from outsource_gate.reports import json_report
from outsource_gate.reports.escape import json_text
from outsource_gate.reports.outcome_v1 import PolicyV1, RevisionV1, RoleV1
from outsource_gate.reports.outcome_v1 import Unavailable as UnavailableV1
from outsource_gate.reports.scan_v1 import (
    BroughtV1,
    LandingV1,
    OriginV1,
    ProgramV1,
    RepositoryV1,
    ScanCoverageV1,
    ScanFindingV1,
    ScanSecretV1,
    ScanV1,
    SecretsV1,
    UnlookedV1,
    VendorV1,
)


def scan_json(scans: Sequence[Scan | Unavailable], coverage: Sequence[CoverageRow]) -> str:
    """Give findings in order of place, every path with what read it, every tool with what became of it."""
    findings = sorted(
        (finding for scan in scans if isinstance(scan, Scan) for finding in scan.findings),
        key=lambda finding: (finding.location.path, finding.location.start_line, finding.rule),
    )
    return _text(
        ScanV1(
            program=ProgramV1(version=__version__),
            repository=None,
            findings=tuple(_numbered(findings)),
            secrets=None,
            coverage=_coverage(coverage, {}),
            tools=tuple(map(json_report.tool, scans)),
        )
    )


def head_json(head: HeadScan) -> str:
    """Give all that is known of a head."""
    policy = PolicyV1(**asdict(head.policy)) if isinstance(head.policy, PolicySource) else _unavailable(head.policy)
    return _text(
        ScanV1(
            program=ProgramV1(version=__version__),
            repository=RepositoryV1(
                name=head.repository,
                head=RevisionV1(**asdict(head.head)),
                scanned_at=head.scanned_at,
                policy=policy,
                vendors=tuple(VendorV1(id=vendor, name=name) for vendor, name in head.names),
            ),
            findings=tuple(map(_finding, head.findings)),
            secrets=_secrets(head),
            coverage=_coverage(head.coverage, dict(head.blobs)),
            tools=tuple(map(json_report.tool, head.scans)),
        )
    )


def _text(scan: ScanV1) -> str:
    return json_text(scan.model_dump(mode="json")) + "\n"


def _numbered(findings: Sequence[Finding]) -> Iterator[ScanFindingV1]:
    seen: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.location.path, finding.fingerprint)
        seen[key] = seen.get(key, 0) + 1
        yield ScanFindingV1(**dict(json_report.finding(finding)), occurrence=seen[key])


def _finding(one: HeadFinding) -> ScanFindingV1:
    return ScanFindingV1(
        **dict(json_report.finding(one.finding)),
        occurrence=one.occurrence,
        vendors=_vendors(one.origin),
        origin=_origin(one.origin),
    )


def _coverage(rows: Sequence[CoverageRow], blobs: dict[str, str]) -> tuple[ScanCoverageV1, ...]:
    ordered = sorted(rows, key=lambda row: row.path)
    return tuple(ScanCoverageV1(**dict(json_report.coverage(row)), blob=blobs.get(row.path)) for row in ordered)


def _secrets(head: HeadScan) -> SecretsV1 | UnavailableV1:
    if not isinstance(head.secrets, SecretScan):
        return _unavailable(head.secrets)
    return SecretsV1(
        version=head.secrets.version,
        rules_digest=head.secrets.rules_digest,
        looked_into=head.secrets.blobs,
        found=tuple(map(_secret, head.secret_origins)),
        not_looked_into=tuple(UnlookedV1(path=one.path, why=one.reason) for one in head.secrets.unread),
        left_out=head.secrets.left_out,
    )


def _secret(one: HeadSecret) -> ScanSecretV1:
    found = one.secret
    return ScanSecretV1(
        kind=found.kind,
        what=found.what,
        confidence=found.confidence,
        place="name" if found.place == "name" else "content",
        path=found.path,
        line=found.line or None,
        vendors=_vendors(one.origin),
        origin=_origin(one.origin),
    )


def _vendors(origin: Origin | Unavailable) -> tuple[str, ...] | None:
    return origin.vendors if isinstance(origin, Origin) else None


def _origin(origin: Origin | Unavailable) -> OriginV1 | UnavailableV1:
    if isinstance(origin, Unavailable):
        return _unavailable(origin)
    return OriginV1(
        introduced=_brought(origin.introduced), placed=_brought(origin.placed) if origin.placed else None
    )


def _brought(one: Brought) -> BroughtV1:
    told = {name: getattr(one, name) for name in BroughtV1.model_fields}
    told["roles"] = tuple(RoleV1(**asdict(role)) for role in one.roles)
    told["landed"] = _landing(one.landed) if one.landed else None
    return BroughtV1(**told)


def _landing(landed: Landing) -> LandingV1:
    return LandingV1(commit=landed.commit, committed_at=landed.committed_at)


def _unavailable(one: Unavailable) -> UnavailableV1:
    return UnavailableV1(unavailable=one.reason, next_step=one.next_step)
