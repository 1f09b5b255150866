"""What does a program read of a run? All of it, in the shape of `outcome_v1`; nothing is cut."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from outsource_gate.model.facts import Attribution, Facts, Unavailable
from outsource_gate.model.finding import CoverageRow, Finding, Read, Scan
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.model.review import Context
from outsource_gate.model.source import ChangeSet, Revision
from outsource_gate.model.verdict import Reason, Verdict, Where
from outsource_gate.model.waiver import WaiverUse
from outsource_gate.reports import Audience, Report, View, escape
from outsource_gate.reports.outcome_v1 import (
    AttributionV1,
    ChosenV1,
    CoverageV1,
    EvidenceV1,
    FailedFile,
    FindingV1,
    OutcomeV1,
    Place,
    PolicyV1,
    ReasonV1,
    ReportOnlyV1,
    RevisionV1,
    StepV1,
    SubjectV1,
    ToolV1,
    VerdictV1,
    WaiverV1,
)
from outsource_gate.reports.outcome_v1 import Unavailable as UnavailableV1
from outsource_gate.reports.story import readable


def render(outcome: Outcome, view: View) -> str:
    """Give the outcome as JSON."""
    return escape.json_text(document(outcome, view.audience).model_dump(mode="json")) + "\n"


def document(outcome: Outcome, audience: Audience) -> OutcomeV1:
    """Give the outcome in its published shape, as this audience may read it."""
    facts, decision = outcome.facts, outcome.decision
    change = facts.change if isinstance(facts.change, ChangeSet) else None
    return OutcomeV1(
        decision=decision.answer,
        enforced=decision.enforced,
        report_only=tuple(ReportOnlyV1(**asdict(window)) for window in decision.report_only),
        stage=facts.stage,
        audience=audience,
        repository=facts.repository,
        number=facts.context.number if isinstance(facts.context, Context) else None,
        base=_revision(change.base) if change else None,
        head=_revision(change.head) if change else None,
        now=facts.now,
        timezone=facts.timezone,
        policy=PolicyV1(**asdict(facts.policy)),
        chosen=ChosenV1(**asdict(facts.chosen)),
        verdicts=tuple(_verdict(outcome, verdict, audience) for verdict in decision.verdicts),
        waivers=tuple(_waiver(use, audience) for use in decision.waivers),
        attribution=_attribution(facts),
        findings=tuple(finding(item) for scan in facts.scans if isinstance(scan, Scan) for item in scan.findings),
        coverage=tuple(map(coverage, facts.coverage)),
        tools=tuple(map(tool, facts.scans)),
        evidence=_evidence(outcome.evidence),
    )


def finding(item: Finding) -> FindingV1:
    """Give a finding in its published shape, as `scan` prints it, too."""
    place = item.location
    told = {name: getattr(item, name) for name in FindingV1.model_fields if hasattr(item, name)}
    told["trace"] = tuple(StepV1(**asdict(step)) for step in item.trace)
    return FindingV1(path=place.path, start_line=place.start_line, end_line=place.end_line, **told)


def coverage(row: CoverageRow) -> CoverageV1:
    """Give what became of one path in its published shape."""
    reason = None if row.read is Read.SCANNED else row.reason or "not said"
    return CoverageV1(path=row.path, read=row.read, scanners=row.scanners, not_scanned=reason)


def tool(scan: Scan | Unavailable) -> ToolV1:
    """Give a scanner in its published shape, whether or not it ran to its end."""
    if isinstance(scan, Unavailable):
        return ToolV1(scanner=scan.fact, unavailable=scan.reason)
    failed = tuple(FailedFile(path=path, why=why) for path, why in scan.failed)
    return ToolV1(scanner=scan.scanner, version=scan.version, rules_digest=scan.rules_digest, failed=failed)


def _revision(revision: Revision) -> RevisionV1:
    return RevisionV1(commit=revision.commit, tree=revision.tree, asked=revision.asked)


def _verdict(outcome: Outcome, verdict: Verdict, audience: Audience) -> VerdictV1:
    return VerdictV1(
        gate=verdict.gate,
        title=outcome.titles.get(verdict.gate, verdict.gate),
        vendor=verdict.vendor,
        status=verdict.status,
        summary=verdict.summary,
        reasons=tuple(_reason(reason) for reason in readable(verdict, audience).reasons),
    )


def _reason(reason: Reason) -> ReasonV1:
    told: dict[str, Any] = {name: getattr(reason, name) for name in ReasonV1.model_fields}
    told |= {
        "where": _place(reason.where),
        "internal": reason.internal or None,
        "finding": reason.finding or None,
        "subjects": tuple(SubjectV1(**asdict(subject)) for subject in reason.subjects),
        "waiver": reason.waiver or None,
    }
    return ReasonV1(**told)


def _waiver(use: WaiverUse, audience: Audience) -> WaiverV1:
    whose = {"approver": use.approver, "key": use.key or None} if audience == "internal" else {}
    return WaiverV1(**{**asdict(use), "approver": None, "key": None, **whose})


def _place(where: Where) -> Place | None:
    if where == Where():
        return None
    return Place(path=where.path or None, line=where.line or None, commit=where.commit or None)


def _attribution(facts: Facts) -> AttributionV1 | UnavailableV1:
    match facts.attribution:
        case Attribution() as attribution:
            return AttributionV1.model_validate(asdict(attribution))
        case Unavailable(reason=reason, next_step=step):
            return UnavailableV1(unavailable=reason, next_step=step)


def _evidence(record: Evidence | None) -> EvidenceV1 | None:
    if record is None:
        return None
    return EvidenceV1(
        path=record.path,
        digest=record.digest or None,
        key_id=record.key_id or None,
        signed=record.signed,
        problem=record.problem or None,
    )


REPORT = Report(id="json", media_type="application/json", render=render)
