"""Values for tests: whole and harmless by default, so that a test changes one thing and asserts one thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from outsource_gate.model.dependency import DependencyChange, DependencyScan, Package
from outsource_gate.model.document import Compared
from outsource_gate.model.facts import (
    Attribution,
    ChecklistVersion,
    Chosen,
    CommitAttribution,
    Facts,
    Member,
    PolicySource,
    Role,
)
from outsource_gate.model.finding import (
    Confidence,
    CoverageRow,
    Finding,
    Location,
    Read,
    Scan,
    Severity,
)
from outsource_gate.model.identity import Account, Claim
from outsource_gate.model.past import PastScan
from outsource_gate.model.personal import Extent, PersonalData, PersonalScan
from outsource_gate.model.register import Person, Vendor
from outsource_gate.model.remedy import TrackedFindings
from outsource_gate.model.result import Reported, Result, Tally
from outsource_gate.model.review import Context, Push, Review, ReviewState
from outsource_gate.model.secret import Secret, SecretScan
from outsource_gate.model.source import Change, ChangeSet, Commit, FileChange, Revision
from outsource_gate.model.terms import Document
from outsource_gate.model.verdict import Stage
from outsource_gate.model.vulnerability import VulnerabilityScan

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ARRIVED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BASE, HEAD, EARLIER = "b" * 40, "a" * 40, "c" * 40
BLOB, NONE = "1" * 40, "0" * 40
TREE = "d" * 40

INA_ACCOUNT = Account("ina", 1)
IDA_ACCOUNT = Account("ida", 2)
VIC_ACCOUNT = Account("vicv", 4711)
VAL_ACCOUNT = Account("valv", 4712)


def person(id: str, **fields: Any) -> Person:
    return Person.model_validate({"id": id, **fields})


INA = person("ina", emails=["ina@corp.example"], github={"login": "ina", "id": 1}, teams=["corp/engineering"])
IDA = person("ida", emails=["ida@corp.example"], github={"login": "ida", "id": 2}, teams=["corp/appsec"])
PAPERS = {  # what a vendor's person has, as every shipped tier wants it on the day of NOW
    "mfa": {"verified_on": "2026-10-01", "method": "webauthn"},
    "training": {"secure_coding": {"on": "2026-02-01"}},
    "nda": {"signed_on": "2026-01-12"},
    "checklist": {"acknowledged_on": "2026-01-16", "version": "c0ffee000001"},
}
MSA = Document(file="contracts/msa.pdf", sha256="e" * 64)
PENETRATION_TEST = {"on": "2026-06-01", "open_findings": {"critical": 0, "high": 0}}
VIC = person("vic", emails=["vic@acme-dev.example"], github={"login": "vicv", "id": 4711}, **PAPERS)
VAL = person("val", emails=["val@acme-dev.example"], github={"login": "valv", "id": 4712}, **PAPERS)


def vendor(**changes: Any) -> Vendor:
    whole: dict[str, Any] = {
        "id": "acme",
        "name": "Acme Dev Ltd",
        "owner": "procurement@corp.example",
        "tier": "standard",
        "affiliates": ["acme-labs"],
        "security_contact": "security@acme-dev.example",
        "incident_notification": {"channel": "+49 30 0000", "within_hours": 24},
        "contract": {
            "reference": "MSA-2026-014",
            "document": MSA,
            "signed_on": "2026-01-10",
            "valid": {"from": "2026-01-15", "until": "2027-01-14"},
            "approved_by": ["legal"],
            "clauses": {
                name: {"section": "1"}
                for name in (
                    "secure-coding",
                    "ip-ownership",
                    "data-protection",
                    "right-to-audit",
                    "vulnerability-remediation",
                    "confidentiality",
                )
            },
            "remediation_sla": {"critical": "7 days", "high": "30 days", "medium": "90 days", "low": "180 days"},
        },
        "due_diligence": {
            "risk_assessment": {"on": "2025-12-20", "by": "security"},
            "certifications": [{"name": "ISO/IEC 27001", "number": "IS 7712", "valid_until": "2027-06-30"}],
            "questionnaires": [{"name": "SIG Lite", "on": "2025-12-18", "score": 87}],
            "personnel_vetting": {"on": "2025-12-21"},
        },
        "access": {
            "repositories": ["corp/payments"],
            "paths": ["services/**"],
            "deny_paths": [".github/**"],
            "reviewed": {"on": "2026-10-01", "by": "it-security"},
            "remote_access": {"method": "vdi", "verified_on": "2026-10-01"},
            "device_management": {"verified_on": "2026-10-01"},
        },
        "oversight": [
            {"activity": "sprint-review", "every": "14 days", "last": {"on": "2026-11-16"}},
            {"activity": "architecture-assessment", "every": "6 months", "last": {"on": "2026-09-01"}},
            {"activity": "penetration-test", "every": "12 months", "last": PENETRATION_TEST},
        ],
        "people": [VIC, VAL],
    }
    return Vendor.model_validate(whole | changes)


def contract(**changes: Any) -> Vendor:
    """Acme with parts of the contract changed; None removes a part."""
    whole = vendor().contract
    assert whole is not None
    parts = whole.model_dump(by_alias=True) | changes
    return vendor(contract={name: part for name, part in parts.items() if part is not None})


def file(path: str = "services/pay.py", **changes: Any) -> FileChange:
    return replace(FileChange(path, Change.MODIFIED, "100644", "100644", NONE, BLOB), **changes)


def commit(id: str = HEAD, author: str = "vic@acme-dev.example", **changes: Any) -> Commit:
    claim = Claim(author.partition("@")[0].title(), author)
    return replace(Commit(id, TREE, (BASE,), claim, claim, subject="Add a thing"), **changes)


def change(*files: FileChange, **changes: Any) -> ChangeSet:
    whole = ChangeSet(
        base=Revision(BASE, TREE, "main"),
        head=Revision(HEAD, TREE, "HEAD"),
        merge_base=BASE,
        commits=(commit(),),
        files=files or (file(),),
        content_id="f" * 64,
    )
    return replace(whole, **changes)


def role(name: Any = "author", organisation: str = "acme", person: str | None = "vic", **changes: Any) -> Role:
    return replace(Role(name, f"{person}@x.example", organisation, person), **changes)


def attribution(**changes: Any) -> Attribution:
    whole = Attribution(
        vendors=("acme",),
        commits=(CommitAttribution(HEAD, ("acme",), (role("author"), role("committer"))),),
        roles=(role("opener"), role("pusher")),
    )
    return replace(whole, **changes)


def review(reviewer: Account | None = INA_ACCOUNT, state: str = "APPROVED", **changes: Any) -> Review:
    return replace(Review(1, reviewer, ReviewState(state), HEAD, LATER), **changes)


def context(*reviews: Review, **changes: Any) -> Context:
    whole = Context(
        source="handed-over",
        repository="corp/payments",
        number=7,
        opener=VIC_ACCOUNT,
        pushers=(VIC_ACCOUNT,),
        pushes=(Push(HEAD, ARRIVED, VIC_ACCOUNT),),
        reviews=reviews,
    )
    return replace(whole, **changes)


def finding(**changes: Any) -> Finding:
    whole = Finding(
        rule="python.flask.command-injection",
        scanner="semgrep",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        message="request data reaches a shell",
        location=Location("services/pay.py", 41, 41),
        fingerprint="v1:" + "9" * 64,
        cwe=("CWE-78",),
    )
    return replace(whole, **changes)


def scan(scanner: str = "semgrep", *findings: Finding, scanned: tuple[str, ...] = ("services/pay.py",)) -> Scan:
    return Scan(scanner, "1.0", "0" * 64, findings, scanned)


def secret(**changes: Any) -> Secret:
    whole = Secret("aws-access-key", "an AWS access key id", Confidence.HIGH, "content", HEAD, "services/pay.py", 3)
    return replace(whole, **changes)


def secrets(*found: Secret, **changes: Any) -> SecretScan:
    return replace(SecretScan("1", "0" * 64, found, blobs=1, messages=1, typed="kingfisher 2.14.0"), **changes)


def personal_data(**changes: Any) -> PersonalData:
    whole = PersonalData(
        "table", "a table with names", Extent.TABLE, Confidence.HIGH, 30, HEAD, "services/people.csv", 2
    )
    return replace(whole, **changes)


def personal(*found: PersonalData, **changes: Any) -> PersonalScan:
    return replace(PersonalScan("1", "0" * 64, found, texts=1), **changes)


def package(name: str = "requests", version: str = "2.31.0", **changes: Any) -> Package:
    whole = Package("pypi", name, version, f"=={version}", pinned=True, path="requirements.txt", line=1)
    return replace(whole, **changes)


def dependencies(*found: DependencyChange, **changes: Any) -> DependencyScan:
    return replace(DependencyScan(found, base_indexes=(("pypi", ""),), read=("requirements.txt",)), **changes)


def result(**changes: Any) -> Result:
    """A clean report of a scanner, handed over for the head."""
    whole = Result("zap", "sarif", "0" * 64, "handed-over", HEAD, made_at=LATER, tools=(("ZAP", "2.16"),))
    return replace(whole, **changes)


def reported(**changes: Any) -> Reported:
    return replace(Reported("10016", "ZAP", Severity.HIGH, "a header is missing", "services/pay.py", 3), **changes)


def with_findings(*found: Reported, **changes: Any) -> Result:
    alike = Counter((one.severity, one.suppressed, one.old, one.review) for one in found)
    tallies = tuple(Tally(*what, count) for what, count in alike.items())
    return result(findings=found, tallies=tallies, **changes)


def row(path: str = "services/pay.py", read: Read = Read.SCANNED, **changes: Any) -> CoverageRow:
    return replace(CoverageRow(path, read, ("semgrep",) if read is Read.SCANNED else ()), **changes)


def facts(**changes: Any) -> Facts:
    """A vendor's change that every gate passes."""
    whole = Facts(
        now=NOW,
        today=date(2026, 11, 23),
        timezone="UTC",
        stage=Stage.CHANGE,
        repository="forge.example/corp/payments",
        organisation="Corp",
        policy=PolicySource("1" * 64, "2" * 64, "outside:policy"),
        chosen=Chosen(),
        change=change(),
        context=context(review()),
        attribution=attribution(),
        vendors=(vendor(),),
        members=(
            Member("acme", VAL),
            Member("acme", VIC),
            Member("internal", IDA),
            Member("internal", INA),
        ),
        scans=(scan("semgrep"), scan("bandit"), scan("text")),
        coverage=(row(),),
        secrets=secrets(),
        past=PastScan(),
        personal=personal(),
        dependencies=DependencyScan(),
        vulnerabilities=VulnerabilityScan("policy"),
        tracked=TrackedFindings("given", "0" * 64, LATER),
        documents=(Compared(MSA, "matches"),),
        checklists=(ChecklistVersion("acme", "c0ffee000001"),),
        vendor="acme",
    )
    return replace(whole, **changes)
