"""How are changes counted up for one organisation? A change of two vendors counts for both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from outsource_gate.deadlines.figures import Figures
from outsource_gate.model.merged import MergeClass
from outsource_gate.scorecard.card import Card, Density, Median, Share
from outsource_gate.scorecard.material import Found, Lines, Work, total

_PASSED = (MergeClass.PASSED, MergeClass.PASSED_WITH_WAIVER)


def card(
    vendor: str | None, works: Iterable[Work], deadlines: Figures | None = None, *, name: str = "", tier: str = ""
) -> Card:
    """Count what is this vendor's; None for our own teams together."""
    own = [work for work in works if work.is_of(vendor)]
    merged = [work for work in own if work.kind is not None]
    attempts = [attempt for work in own for attempt in work.attempts]
    states = Counter(attempt.state(vendor) for attempt in attempts)
    rounds = [found for work in merged if (found := _rounds(work, vendor))]
    tried = [work for work in merged if work.attempts]
    approvals = [work.approvals for work in merged if work.approvals is not None]
    waived = [[one for one in work.waived if one.vendor == vendor] for work in merged]
    return Card(
        vendor=vendor,
        name=name,
        tier=tier,
        merged=len(merged),
        classes=_classes(merged),
        recorded=len(tried),
        passed=_passed(vendor, merged),
        unmerged=len(own) - len(merged),
        attempts=len(attempts),
        denied=Share(states["denied"], len(attempts)),
        undecided=states["undecided"],
        denials=_denials(vendor, own),
        rounds=_median(rounds),
        at_once=Share(sum(work.attempts[0].state(vendor) == "allowed" for work in tried), len(tried)),
        lines=sum((work.lines for work in merged if work.lines), Lines()),
        uncounted=sum(work.lines is None for work in merged),
        handed_in=_density(merged, lambda work: work.attempts[0].found if work.attempts else None),
        brought_in=_density(merged, lambda work: work.found),
        standing=_density(merged, lambda work: work.standing),
        approvals=_median(approvals),
        unapproved=Share(approvals.count(0), len(approvals)),
        waived=sum(map(bool, waived)),
        waivers=len({one.id for used in waived for one in used}),
        reasons=sum(one.reasons for used in waived for one in used),
        deadlines=deadlines,
    )


def _classes(merged: Sequence[Work]) -> tuple[tuple[MergeClass, int], ...]:
    counts = Counter(work.kind for work in merged)
    return tuple((kind, counts[kind]) for kind in MergeClass if counts[kind])


def _passed(vendor: str | None, merged: Sequence[Work]) -> Share:
    """A vendor's merge passes by its class; ours needs no record, and those that have one are looked at."""
    if vendor is not None:
        return Share(sum(work.kind in _PASSED for work in merged), len(merged))
    judged = [work.attempts[-1].state(None) for work in merged if work.attempts]
    return Share(judged.count("allowed"), len(judged))


def _rounds(work: Work, vendor: str | None) -> int:
    """How many attempts it took; 0 where none was allowed."""
    states = [attempt.state(vendor) for attempt in work.attempts]
    return states.index("allowed") + 1 if "allowed" in states else 0


def _denials(vendor: str | None, own: Sequence[Work]) -> tuple[tuple[str, int], ...]:
    counts = Counter(gate for work in own for attempt in work.attempts for gate in attempt.gates(vendor))
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _median(values: Sequence[int]) -> Median:
    return Median(median(values) if values else None, len(values))


def _density(merged: Sequence[Work], found: Callable[[Work], Found | None]) -> Density | None:
    """Over changes of which lines and findings are both known."""
    known = [(work.lines.code, what) for work in merged if work.lines and (what := found(work)) is not None]
    if not known:
        return None
    return Density(total(what for _, what in known), sum(lines for lines, _ in known), len(known))
