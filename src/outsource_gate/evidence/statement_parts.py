"""How does each part of the facts and verdicts look in a record?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from outsource_gate.evidence import predicate as p
from outsource_gate.evidence.facts_file import moment, text
from outsource_gate.evidence.looked_up_parts import DatabasePart, TrackerPart, VulnerabilitiesPart
from outsource_gate.evidence.pseudonyms import Pseudonyms
from outsource_gate.model.facts import Attribution, Facts, Role, Unavailable
from outsource_gate.model.finding import CoverageRow, Read, Scan
from outsource_gate.model.remedy import TrackedFindings
from outsource_gate.model.result import Result
from outsource_gate.model.review import Review
from outsource_gate.model.verdict import Reason, Verdict
from outsource_gate.model.vulnerability import VulnerabilityScan


def attribution(known: Attribution, names: Pseudonyms) -> p.AttributionPart:
    """Whose work the change is, with everybody under a pseudonym."""
    return p.AttributionPart(
        vendors=list(known.vendors),
        roles=[_role(role, names) for role in known.roles],
        commits=[
            p.CommitPart(
                commit=commit.commit,
                vendors=list(commit.vendors),
                roles=[_role(role, names) for role in commit.roles],
                notes=[names.text(note) for note in commit.notes],
            )
            for commit in known.commits
        ],
        missing=[names.text(fact) for fact in known.missing],
    )


def verdict(one: Verdict, names: Pseudonyms) -> p.VerdictPart:
    """One gate's answer, its texts without names and secrets."""
    return p.VerdictPart(
        gate=one.gate,
        vendor=one.vendor,
        status=one.status,
        summary=names.text(one.summary),
        reasons=[_reason(reason, names) for reason in one.reasons],
    )


def missing(facts: Facts, names: Pseudonyms) -> list[p.MissingPart]:
    """Every fact that could not be established."""
    return [
        p.MissingPart(
            fact=found.fact or field, reason=names.text(found.reason), next_step=names.text(found.next_step)
        )
        for field, found in _unavailable(facts)
    ]


def scan(one: Scan) -> p.ScanPart:
    """What a scanner came to; the findings themselves are in the facts file."""
    return p.ScanPart(
        scanner=one.scanner,
        version=one.version,
        rules_digest=one.rules_digest,
        findings=dict(sorted(Counter(finding.severity.value for finding in one.findings).items())),
        new=sum(finding.new for finding in one.findings),
        new_findings=dict(
            sorted(Counter(finding.severity.value for finding in one.findings if finding.new).items())
        ),
        scanned=len(one.scanned),
        failed=len(one.failed),
    )


def result(one: Result, names: Pseudonyms) -> p.ResultPart:
    """What a result of others came to, and what binds it."""
    severities: Counter[str] = Counter()
    for tally in one.tallies:
        severities[tally.severity.value] += tally.count
    tests = one.tests
    return p.ResultPart(
        name=one.name,
        format=one.format,
        digest=one.digest,
        source=one.source,
        signer=names.text(one.signer),
        commit=names.text(one.commit),
        made_at=moment(one.made_at) if one.made_at else None,
        tools=[names.text(" ".join(tool).strip()) for tool in one.tools],
        broken=len(one.broken),
        findings=dict(sorted(severities.items())),
        suppressed=sum(tally.count for tally in one.tallies if tally.suppressed != "no"),
        tests={name: getattr(tests, name) for name in ("run", "failures", "errors", "skipped")} if tests else {},
    )


def vulnerabilities(scan: object) -> VulnerabilitiesPart | None:
    """What the packages were looked up in, and how much was found."""
    if not isinstance(scan, VulnerabilityScan):
        return None
    severities = Counter(one.severity.value if one.severity else "unknown" for one in scan.found)
    return VulnerabilitiesPart(
        source=scan.source,
        host=scan.host,
        asked_at=moment(scan.asked_at) if scan.asked_at else None,
        withheld=scan.withheld,
        databases=[
            DatabasePart(
                ecosystem=one.ecosystem,
                digest=one.digest,
                advisories=one.advisories,
                newest=moment(one.newest) if one.newest else None,
            )
            for one in scan.databases
        ],
        missing=list(scan.missing),
        packages=scan.packages,
        found=dict(sorted(severities.items())),
        uncertain=sum(bool(one.why) for one in scan.found),
    )


def tracker(tracked: object) -> TrackerPart | None:
    """How much the tracker held of the change's vendors."""
    if not isinstance(tracked, TrackedFindings):
        return None
    return TrackerPart(
        source=tracked.source,
        digest=tracked.digest,
        scanned_at=moment(tracked.scanned_at) if tracked.scanned_at else None,
        open=dict(sorted(Counter(item.severity.value for item in tracked.items).items())),
        accepted=sum(item.accepted_until is not None for item in tracked.items),
        mended=sum(one.at_base > one.at_head for one in tracked.compared),
    )


def coverage(rows: Sequence[CoverageRow], names: Pseudonyms) -> p.CoveragePart:
    """How many paths ended how, and by name each one that no scanner read."""
    return p.CoveragePart(
        counts=dict(sorted(Counter(row.read.value for row in rows).items())),
        not_scanned=[
            p.CoverageRowPart(path=names.path(row.path), read=row.read.value, reason=names.text(row.reason))
            for row in rows
            if row.read is not Read.SCANNED
        ],
    )


def reviews(rows: Sequence[Review], names: Pseudonyms) -> list[p.ReviewPart]:
    """Every review that was seen; which of them counted, and why not, stands in the verdict of the review gate."""
    return [
        p.ReviewPart(
            id=row.id,
            reviewer=names.of(str(row.reviewer)) if row.reviewer else "",
            state=row.state.value,
            commit=text(row.commit) if row.commit else None,
            submitted_at=moment(row.submitted_at) if row.submitted_at else None,
        )
        for row in rows
    ]


def _role(role: Role, names: Pseudonyms) -> p.RolePart:
    return p.RolePart(
        role=role.role,
        who=names.of_role(role),
        organisation=role.organisation,
        believed=role.believed,
        is_person=role.is_person,
        why=names.text(role.why),
    )


def _reason(reason: Reason, names: Pseudonyms) -> p.ReasonPart:
    where = reason.where
    return p.ReasonPart(
        code=reason.code,
        effect=reason.effect,
        message=names.text(reason.message),
        got=names.text(reason.got),
        expected=names.text(reason.expected),
        where=p.WherePart(path=names.path(where.path), line=where.line, commit=where.commit),
        next_step=names.text(reason.next_step),
        who=names.text(reason.who),
        internal=names.text(reason.internal),
        audience=reason.audience,
        duty=reason.duty,
        finding=reason.finding,
        waiver=reason.waiver,
    )


def _unavailable(facts: Facts) -> Iterator[tuple[str, Unavailable]]:
    fields = (
        "change",
        "context",
        "attribution",
        "owners",
        "policy_at_head",
        "past",
        "personal",
        "secrets",
        "dependencies",
        "vulnerabilities",
        "licences",
        "tracked",
    )
    for name in fields:
        if isinstance(found := getattr(facts, name), Unavailable):
            yield name.replace("_", "-"), found
    if isinstance(facts.results, tuple):
        yield from (("result", one) for one in facts.results if isinstance(one, Unavailable))
    yield from (("scan", one) for one in facts.scans if isinstance(one, Unavailable))
