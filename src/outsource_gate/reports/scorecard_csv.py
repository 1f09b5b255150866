"""What does somebody's spreadsheet get of the scorecard? One row a figure; no cell is a formula.

A figure that is not known has an empty value, and `comparable` is `no` where it is taken from too few.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from outsource_gate.model.finding import Severity
from outsource_gate.reports.escape import csv_cell
from outsource_gate.scorecard.card import Card, Density, Median, Scorecard, Share

COLUMNS = ("whose", "name", "tier", "figure", "detail", "value", "of", "lines", "comparable")
_Row = tuple[str, str, object, object, object, bool | None]  # figure, detail, value, of, lines, comparable


def scorecard_csv(board: Scorecard) -> str:
    """Give every vendor by id, then our own teams as `internal`, RFC 4180."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for card in (*board.cards, board.own):
        head = (card.vendor or "internal", card.name, card.tier)
        for *row, comparable in _rows(card):
            told = "" if comparable is None else "yes" if comparable else "no"
            table.writerow([_cell(value) for value in (*head, *row, told)])
    return out.getvalue()


def _rows(card: Card) -> Iterator[_Row]:
    yield _count("merged", card.merged)
    for kind, count in card.classes:
        yield _count("class", count, kind.value)
    yield _share("passed", card.passed)
    yield _count("judged", card.recorded)
    yield _count("unmerged", card.unmerged)
    yield _share("denied", card.denied)
    for gate, count in card.denials:
        yield "denied-by", gate, count, card.attempts, "", None
    yield _count("undecided", card.undecided)
    yield _median("attempts-until-allowed", card.rounds)
    yield _share("allowed-at-once", card.at_once)
    for what in ("code", "generated", "other", "binaries"):
        yield _count("lines", getattr(card.lines, what), what)
    yield from _density("findings-handed-in", card.handed_in)
    yield from _density("findings-merged", card.brought_in)
    yield from _density("findings-standing", card.standing)
    yield _median("approvals", card.approvals)
    yield _share("without-approval", card.unapproved)
    yield _count("waived-changes", card.waived)
    yield _count("waivers", card.waivers)
    yield from _remediation(card)


def _remediation(card: Card) -> Iterator[_Row]:
    kept = card.deadlines
    if kept is None:
        yield "days-to-fix", "", None, None, None, None
        yield "sla-kept", "", None, None, None, None
        return
    yield _median("days-to-fix", Median(kept.days_to_fix, kept.closed))
    yield _share("sla-kept", Share(kept.in_time, kept.agreed))
    for severity, count in kept.open:
        yield _count("open", count, severity)
    yield _count("overdue", kept.overdue)


def _count(figure: str, value: int, detail: str = "") -> _Row:
    return figure, detail, value, None, None, None


def _share(figure: str, one: Share) -> _Row:
    return figure, "", one.count if one.of else None, one.of, None, not one.is_small


def _median(figure: str, one: Median) -> _Row:
    return figure, "", one.value, one.of, None, not one.is_small


def _density(figure: str, one: Density | None) -> Iterator[_Row]:
    """Counts, with what they are to be divided by."""
    if one is None:
        yield figure, "", None, None, None, None
        return
    for severity in reversed(Severity):
        yield figure, severity.value, one.found.of(severity), one.changes, one.lines, not one.is_small
    if one.found.unsorted:
        yield figure, "unknown", one.found.unsorted, one.changes, one.lines, not one.is_small


def _cell(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, int | float) else csv_cell(str(value))
