"""Which words do all forms of the scorecard use? A line has a name, the vendor's figure, and our own beside it.

Unescaped: every form escapes them for its sink. A figure that nobody knows is `not known`, never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outsource_gate.model.finding import Severity
from outsource_gate.model.merged import MergeClass
from outsource_gate.reports.words import plural
from outsource_gate.scorecard.card import FEW, FEW_LINES, Card, Density, Median, Scorecard, Share

FEW_TOLD = "too few to compare"
NOT_KNOWN = "not known"
OWN = "our own teams"
_FORWARD = (MergeClass.PASSED, MergeClass.NOT_VENDOR)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both; lines of one group belong together."""

    name: str
    theirs: str
    ours: str


def groups(card: Card, own: Card) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Give the figures of a vendor and ours, line by line, under what they are about."""
    ours = dict(_figures(own))
    rows = [(name, told, ours[name]) for name, told in _figures(card)]
    for title, names in _GROUPS:
        lines = tuple(Line(name, told, beside) for name, told, beside in rows if name in names)
        yield title, lines


def frame(board: Scorecard) -> Iterator[str]:
    """Say what was counted: whose repository, which days, how many records."""
    yield board.repository or "a repository without a name"
    yield days(board)
    yield f"{plural(board.records, 'record')} read"
    if board.scanned:
        yield f"scan of {board.scanned[:12]}"


def days(board: Scorecard) -> str:
    first, last = board.period.first, board.period.last
    start = f"from {first}" if first else "from the beginning"
    return f"{start} until {last or board.today}"


def title(card: Card) -> str:
    return f"{card.vendor} ({card.name}{', ' if card.tier else ''}{card.tier})"


def notes(board: Scorecard) -> Iterator[str]:
    """Say how figures are to be read, and what was not looked at."""
    yield (
        f"{FEW_TOLD}: fewer than {FEW} of what is counted, or than {FEW_LINES} lines. Lines are new and rewritten "
        "ones of code. Several runs over one head are one attempt, and the last one counts."
    )
    yield "Figures say nothing of how hard the work was; a person judges them, and nobody is ranked by them."
    if not board.has_tracker:
        yield "Time to fix and SLA are not known without --tracker."
    elif board.cards:
        yield "The tracker holds vendors' findings alone, of every repository it was given."
    if not board.scanned:
        yield "What stands in the code today is not known without --scan."
    elif board.outside:
        yield f"{plural(board.outside, 'finding')} of the scan landed in none of the changes counted here."
    if board.idle:
        yield f"{plural(board.idle, 'registered vendor')} with nothing to count."
    if board.problems:
        yield f"Records not counted: {'; '.join(board.problems[:5])}{_more(len(board.problems) - 5)}."


def nothing(board: Scorecard) -> str:
    return f"no vendor's change was merged or judged {days(board)}"


def _more(count: int) -> str:
    return f"; and {count:,} more" if count > 0 else ""


def _figures(card: Card) -> Iterator[tuple[str, str]]:
    yield "merged", plural(card.merged, "change") + (f", {card.recorded:,} judged" if card.vendor is None else "")
    yield "passed", share(card.passed)
    yield "otherwise", _otherwise(card)
    yield "judged, not merged", plural(card.unmerged, "change")
    yield "attempts denied", share(card.denied)
    yield "denied by", _tally(card.denials) if card.attempts else NOT_KNOWN
    yield "undecided", f"{card.undecided:,}" if card.attempts else NOT_KNOWN
    yield "attempts until allowed", median(card.rounds, "")
    yield "allowed at once", share(card.at_once)
    yield "lines", _lines(card)
    yield "as first handed in", density(card.handed_in)
    yield "as merged", density(card.brought_in)
    yield "standing today", density(card.standing)
    yield "approvals", median(card.approvals, "")
    yield "without approval", share(card.unapproved)
    yield "waivers", _waivers(card)
    yield "time to fix", _time_to_fix(card)
    yield "SLA kept", _sla(card)
    yield "open", _open(card)


_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("changes", frozenset({"merged", "passed", "otherwise", "judged, not merged"})),
    (
        "attempts",
        frozenset({"attempts denied", "denied by", "undecided", "attempts until allowed", "allowed at once"}),
    ),
    ("findings per 1,000 lines", frozenset({"lines", "as first handed in", "as merged", "standing today"})),
    ("review", frozenset({"approvals", "without approval", "waivers"})),
    ("remediation", frozenset({"time to fix", "SLA kept", "open"})),
)


def share(one: Share) -> str:
    """11 of 12 (92 percent); no percentage is made of few."""
    if not one.of:
        return NOT_KNOWN
    told = f"{one.count:,} of {one.of:,}"
    return f"{told} ({FEW_TOLD})" if one.is_small else f"{told} ({one.percent} percent)"


def median(one: Median, unit: str) -> str:
    """Median 1 of 12."""
    if one.value is None:
        return NOT_KNOWN
    few = f" ({FEW_TOLD})" if one.is_small else ""
    return f"{one.value:g}{unit} in the median of {one.of:,}{few}"


def density(one: Density | None) -> str:
    """3.2 per 1,000 (4 in 1,240 lines: 1 high, 3 low)."""
    if one is None:
        return NOT_KNOWN
    sorted_ = [
        (severity.value, one.found.of(severity)) for severity in reversed(Severity) if one.found.of(severity)
    ]
    by_severity = [f"{count:,} {name}{_rate(one, count)}" for name, count in sorted_]
    if one.found.unsorted:
        by_severity.append(f"{one.found.unsorted:,} of unknown severity")
    about = f"{one.found.total:,} in {plural(one.lines, 'line')} of {plural(one.changes, 'change')}"
    detail = f": {', '.join(by_severity)}" if by_severity else ""
    if one.is_small or not one.lines:
        return f"{about}{detail} ({FEW_TOLD})"
    return f"{one.per_thousand(one.found.total):g} ({about}{detail})"


def _rate(one: Density, count: int) -> str:
    return "" if one.is_small else f" {one.per_thousand(count):g}"


def _tally(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts) or "no gate"


def _otherwise(card: Card) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in card.classes if kind not in _FORWARD) or "none"


def _lines(card: Card) -> str:
    if card.merged and card.uncounted == card.merged:
        return NOT_KNOWN
    apart = [
        f"{count:,} {what}"
        for count, what in (
            (card.lines.generated, "generated"),
            (card.lines.other, "prose, data, locks"),
            (card.lines.binaries, "binary files"),
        )
        if count
    ]
    told = f"{card.lines.code:,} of code" + (f"; apart: {', '.join(apart)}" if apart else "")
    return told + (f"; {plural(card.uncounted, 'change')} not counted" if card.uncounted else "")


def _waivers(card: Card) -> str:
    if card.vendor is None:
        return "none needed"
    if not card.recorded:
        return NOT_KNOWN
    if not card.waived:
        return "none used"
    used = f"{plural(card.waivers, 'waiver')} for {plural(card.reasons, 'reason')}"
    return f"{plural(card.waived, 'change')} by {used}"


def _time_to_fix(card: Card) -> str:
    kept = card.deadlines
    if kept is None or kept.days_to_fix is None:
        return NOT_KNOWN if kept is None else "nothing closed"
    few = f" ({FEW_TOLD})" if kept.closed < FEW else ""
    return f"{plural(kept.days_to_fix, 'day')} in the median of {kept.closed:,} closed{few}"


def _sla(card: Card) -> str:
    kept = card.deadlines
    if kept is None:
        return NOT_KNOWN
    return share(Share(kept.in_time, kept.agreed)) if kept.agreed else "nothing closed that had a day"


def _open(card: Card) -> str:
    kept = card.deadlines
    if kept is None:
        return NOT_KNOWN
    count = sum(number for _, number in kept.open)
    told = ", ".join(f"{number:,} {severity}" for severity, number in kept.open if number)
    more = f"; {kept.accepted:,} accepted" if kept.accepted else ""
    return f"{count:,}{f' ({told})' if told else ''}, {kept.overdue:,} overdue{more}"
