"""What does a program read of the scorecard? Everything, in the published form."""

from __future__ import annotations

from outsource_gate.deadlines.figures import Figures
from outsource_gate.model.finding import Severity
from outsource_gate.reports import scorecard_v1 as v1
from outsource_gate.reports.escape import json_text
from outsource_gate.scorecard.card import Card, Density, Median, Scorecard, Share


def scorecard_json(board: Scorecard) -> str:
    """Give the whole of it; what is not known is null."""
    whole = v1.ScorecardV1(
        organisation=board.organisation,
        repository=board.repository,
        day=board.today,
        first=board.period.first,
        last=board.period.last,
        vendors=tuple(map(_card, board.cards)),
        own=_card(board.own),
        records=board.records,
        problems=board.problems,
        tracker=board.has_tracker,
        scanned=board.scanned,
        outside=board.outside,
        idle=board.idle,
    )
    return json_text(whole.model_dump(mode="json")) + "\n"


def _card(card: Card) -> v1.CardV1:
    lines = card.lines
    return v1.CardV1(
        vendor=card.vendor,
        name=card.name,
        tier=card.tier,
        merged=card.merged,
        classes={kind.value: count for kind, count in card.classes},
        judged=card.recorded,
        passed=_share(card.passed),
        unmerged=card.unmerged,
        attempts=card.attempts,
        denied=_share(card.denied),
        undecided=card.undecided,
        denials=dict(card.denials),
        attempts_until_allowed=_median(card.rounds),
        allowed_at_once=_share(card.at_once),
        lines=v1.LinesV1(
            code=lines.code,
            generated=lines.generated,
            other=lines.other,
            binaries=lines.binaries,
            uncounted=card.uncounted,
        ),
        findings=v1.FindingsV1(
            handed_in=_density(card.handed_in), merged=_density(card.brought_in), standing=_density(card.standing)
        ),
        approvals=_median(card.approvals),
        without_approval=_share(card.unapproved),
        waived_changes=card.waived,
        waivers=card.waivers,
        waived_reasons=card.reasons,
        remediation=_remediation(card.deadlines) if card.deadlines else None,
    )


def _share(one: Share) -> v1.ShareV1:
    return v1.ShareV1(count=one.count, of=one.of, percent=one.percent, comparable=not one.is_small)


def _median(one: Median) -> v1.MedianV1:
    return v1.MedianV1(value=one.value, of=one.of, comparable=not one.is_small)


def _density(one: Density | None) -> v1.DensityV1 | None:
    if one is None:
        return None
    counts = {severity.value: one.found.of(severity) for severity in reversed(Severity)}
    return v1.DensityV1(
        lines=one.lines,
        changes=one.changes,
        total=one.found.total,
        by_severity=counts,
        unsorted=one.found.unsorted,
        per_thousand=one.per_thousand(one.found.total),
        per_thousand_by_severity={name: one.per_thousand(count) for name, count in counts.items()},
        comparable=not one.is_small,
    )


def _remediation(kept: Figures) -> v1.RemediationV1:
    return v1.RemediationV1(
        open=dict(kept.open),
        accepted=kept.accepted,
        overdue=kept.overdue,
        closed=kept.closed,
        days_to_fix=kept.days_to_fix,
        sla_kept=_share(Share(kept.in_time, kept.agreed)),
        without_deadline=kept.without_deadline,
    )
