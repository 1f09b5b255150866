"""What is told of a run, in which order, and to whom? The one place where the audience decides.

Formats render a `Story`; none of them looks at reasons by itself, so none can show what another hides.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from outsource_gate.model.finding import Finding, Scan
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Effect, Reason, Status, Verdict, Where
from outsource_gate.reports import Audience, words

WITHHELD = "told to the organisation's own people only"
_WORST_FIRST = (Status.FAIL, Status.INDETERMINATE, Status.PASS, Status.NOT_APPLICABLE, Status.NOT_ASKED)

# Nobody is left with a problem and nothing to do about it.
_OTHERWISE = {
    Effect.DENY: "ask the owner of the policy",
    Effect.UNDECIDED: "whoever runs the job: look at its log and run the check again",
    Effect.NOTE: "",
    Effect.WAIVED: "",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know. Reasons that differ only in their place are one point with many places."""

    code: str
    message: str
    effect: Effect
    places: tuple[Where, ...]
    got: str
    expected: str
    step: str  # who does what next
    internal: str  # empty for contractors
    finding: Finding | None

    @property
    def blocks(self) -> bool:
        return self.effect not in (Effect.NOTE, Effect.WAIVED)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One gate's answer: what blocks, then what is only named."""

    gate: str
    title: str
    status: Status
    headline: str
    points: tuple[Point, ...]
    notes: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What concerns one vendor, or the change as a whole."""

    name: str
    tally: str
    status: Status
    blocked: tuple[Chapter, ...]
    passed: tuple[Chapter, ...]
    silent: tuple[Chapter, ...]  # not asked, or nothing for them to judge

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return self.blocked + self.passed + self.silent


def parts(outcome: Outcome, audience: Audience) -> tuple[Part, ...]:
    """Tell the verdicts per vendor, those that block first."""
    verdicts = [readable(verdict, audience) for verdict in outcome.decision.verdicts]
    findings = _by_fingerprint(outcome)
    vendors = dict.fromkeys(verdict.vendor for verdict in verdicts) or {None: None}
    told = [
        _part(outcome, vendor, [verdict for verdict in verdicts if verdict.vendor == vendor], findings)
        for vendor in vendors
    ]
    return tuple(sorted(told, key=lambda part: _WORST_FIRST.index(part.status)))


def reasons_at_paths(outcome: Outcome, audience: Audience) -> tuple[Reason, ...]:
    """Give what the gates say of files, as this audience may read it, findings apart; once for all vendors."""
    told = (reason for verdict in outcome.decision.verdicts for reason in readable(verdict, audience).reasons)
    return tuple(dict.fromkeys(reason for reason in told if reason.where.path and not reason.finding))


def readable(verdict: Verdict, audience: Audience) -> Verdict:
    """Give the verdict as this audience may read it."""
    if audience == "internal":
        return verdict
    return replace(verdict, reasons=tuple(map(_for_contractor, verdict.reasons)))


def _for_contractor(reason: Reason) -> Reason:
    if reason.audience == "contractor":
        return replace(reason, internal="") if reason.internal else reason
    whom = reason.who or "the owner of the policy"
    return Reason(
        reason.code,
        WITHHELD,
        reason.effect,
        next_step=f"ask {whom}",
        who=whom,
        audience="internal",
        duty=reason.duty,
        waiver=reason.waiver,
    )


def _by_fingerprint(outcome: Outcome) -> dict[tuple[str, str, int], Finding]:
    found = (finding for scan in outcome.facts.scans if isinstance(scan, Scan) for finding in scan.findings)
    return {(item.fingerprint, item.location.path, item.location.start_line): item for item in found}


def _part(
    outcome: Outcome, vendor: str | None, verdicts: list[Verdict], findings: dict[tuple[str, str, int], Finding]
) -> Part:
    chapters = [_chapter(outcome, verdict, findings) for verdict in verdicts]
    statuses = {chapter.status for chapter in chapters}
    return Part(
        words.vendor_name(outcome.facts, vendor),
        words.tally(verdicts),
        next((status for status in _WORST_FIRST if status in statuses), Status.INDETERMINATE),
        _having(chapters, Status.FAIL) + _having(chapters, Status.INDETERMINATE),
        _having(chapters, Status.PASS),
        _having(chapters, Status.NOT_APPLICABLE) + _having(chapters, Status.NOT_ASKED),
    )


def _having(chapters: list[Chapter], status: Status) -> tuple[Chapter, ...]:
    return tuple(chapter for chapter in chapters if chapter.status is status)


def _chapter(outcome: Outcome, verdict: Verdict, findings: dict[tuple[str, str, int], Finding]) -> Chapter:
    told = tuple(_points(outcome, verdict.reasons, findings))
    points = tuple(point for point in told if point.blocks)
    notes = tuple(point for point in told if not point.blocks)
    title = outcome.titles.get(verdict.gate, verdict.gate)
    return Chapter(verdict.gate, title, verdict.status, _headline(verdict, points), points, notes)


def _points(
    outcome: Outcome, reasons: Iterable[Reason], findings: dict[tuple[str, str, int], Finding]
) -> Iterator[Point]:
    groups: dict[Hashable, list[Reason]] = {}
    for number, reason in enumerate(reasons):
        groups.setdefault(number if reason.finding else _but_for_its_place(reason), []).append(reason)
    for group in groups.values():
        first = group[0]
        duty_of = outcome.facts.organisation if first.duty == "customer" else ""
        yield Point(
            first.code,
            f"{first.message} (waived: {first.waiver})" if first.waiver else first.message,
            first.effect,
            tuple(reason.where for reason in group if words.place(reason.where)),
            "" if first.got == first.where.path else first.got,
            first.expected,
            words.next_step(first.next_step, first.who, duty_of) or _OTHERWISE[first.effect],
            first.internal,
            findings.get((first.finding, first.where.path, first.where.line)),
        )


def _but_for_its_place(reason: Reason) -> Hashable:
    got = "" if reason.got == reason.where.path else reason.got
    told = (reason.code, reason.message, reason.effect, got, reason.expected, reason.internal)
    return (*told, reason.next_step, reason.who, reason.duty, reason.audience, reason.waiver)


def _headline(verdict: Verdict, points: tuple[Point, ...]) -> str:
    """One reason speaks for itself; several are counted."""
    if not points or verdict.status is Status.PASS:
        return verdict.summary
    if len(points) == 1:
        places = len(points[0].places)
        return f"{points[0].message} ({words.plural(places, 'place')})" if places > 1 else points[0].message
    denials = [point for point in points if point.effect is Effect.DENY]
    if all(point.finding for point in denials):
        told = words.plural(len(denials), "finding")
    else:
        told = words.plural(len(denials), "problem")
    missing = words.plural(len(points) - len(denials), "thing not known", "things not known")
    return " and ".join([told] * bool(denials) + [missing] * (len(points) > len(denials)))
