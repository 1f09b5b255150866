"""What does somebody at a terminal see of the tracker? What is overdue first, and who is to be called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from outsource_gate.deadlines.figures import Figures, Month
from outsource_gate.deadlines.rows import Row
from outsource_gate.model.finding import Severity
from outsource_gate.model.tracked import Event
from outsource_gate.reports import View, words
from outsource_gate.reports.layout import Layout

SHOWN = 200
EVENTS_SHOWN = 40
_STYLES = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "dim"}
_SOON_DAYS = 14
_BARS, _ASCII_BARS = "▁▂▃▄▅▆▇█", "_.-=+*#@"
_NONE = "no findings of this kind; outsource-gate findings update takes in scans and reports"


def rows_terminal(rows: Sequence[Row], today: date, view: View) -> str:
    """Give a table of at most `view.width` cells; a long one is cut, with its count."""
    return Layout(view).print(_list(Layout(view), rows, today))


def row_terminal(row: Row, today: date, view: View) -> str:
    """Give one item with all that happened to it."""
    return Layout(view).print(_item(Layout(view), row, today))


def figures_terminal(figures: Sequence[Figures], today: date, view: View) -> str:
    """Give each vendor's figures, and the last months as numbers with a small chart."""
    return Layout(view).print(_figures(Layout(view), figures, today))


def _list(layout: Layout, rows: Sequence[Row], today: date) -> Iterator[RenderableType]:
    overdue = sum(row.is_overdue for row in rows)
    told = f"{words.plural(len(rows), 'finding')}, {overdue} overdue on {today}"
    yield layout.text(told if rows else _NONE, "bold" if rows else "")
    if not rows:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(5):
        table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for row in rows[:SHOWN]:
        item = row.item
        state = layout.text("" if row.state == "open" else row.state, "dim")
        severity = layout.text(item.severity.value, _STYLES[item.severity])
        place = layout.text(item.path or item.reference, "bold", 120)
        about = Text.assemble(place, "  ", layout.text(item.title, limit=160), overflow="fold")
        table.add_row(layout.text(item.id), layout.text(item.vendor), severity, _due(layout, row), state, about)
    yield ""
    yield table
    if len(rows) > SHOWN:
        yield layout.text(f"and {len(rows) - SHOWN:,} more; --output json or csv has all", "dim")


def _due(layout: Layout, row: Row) -> Text:
    if row.due is None:
        return layout.text("no SLA agreed", "dim")
    if row.days_left is None:
        return layout.text(f"due {row.due.day}", "dim")
    if row.days_left < 0:
        return layout.text(f"{words.plural(-row.days_left, 'day')} overdue ({row.due.day})", "bold red")
    style = "yellow" if row.days_left <= _SOON_DAYS else ""
    return layout.text(f"{words.plural(row.days_left, 'day')} left ({row.due.day})", style)


def _item(layout: Layout, row: Row, today: date) -> Iterator[RenderableType]:
    item = row.item
    severity = layout.text(item.severity.value, _STYLES[item.severity])
    yield layout.flow([layout.text(f"{item.id}  {item.title}", "bold"), severity, layout.text(row.state)], "   ")
    yield ""
    yield layout.indented(layout.table([(name, layout.text(told)) for name, told in _facts(row, today) if told]))
    yield ""
    shown = item.history if len(item.history) <= EVENTS_SHOWN else item.history[-EVENTS_SHOWN:]
    if len(shown) < len(item.history):
        yield layout.indented(layout.text(f"{len(item.history) - len(shown)} earlier events; --output json", "dim"))
    yield layout.indented(layout.table([(_when(event), layout.text(_told(event))) for event in shown]))


def _facts(row: Row, today: date) -> Iterator[tuple[str, str]]:
    item = row.item
    days = (today - row.first_seen).days
    yield "vendor", f"{item.vendor}" + (f", call {row.owner}" if row.owner else "")
    yield "kind", f"{item.kind}" + (f" by {item.reader.scanner} {item.reader.version}" if item.reader else "")
    yield "rule", item.rule
    yield "where", " ".join(filter(None, (item.repository, item.path)))
    yield "was called", ", ".join(item.paths[:-1])
    yield "first seen", f"{words.plural(days, 'day')} ago ({row.first_seen}) {item.first_seen.commit[:12]}".rstrip()
    yield "last seen", f"{item.last_seen.at:%Y-%m-%d} {item.last_seen.commit[:12]}".rstrip()
    if row.due:
        source = "the contract" if row.due.agreed else "the tier"
        late = f", {words.plural(-row.days_left, 'day')} overdue" if row.is_overdue and row.days_left else ""
        yield "due", f"{row.due.day}{late} ({row.due.span}, by {source})"
    else:
        yield "due", "no SLA agreed: neither contract nor tier says until when"
    if item.acceptance:
        end = "" if row.state == "accepted" else " (over: it counts with its old date)"
        yield "accepted", f"until {item.acceptance.until} by {item.acceptance.by}: {item.acceptance.reason}{end}"
    yield "reference", item.reference


def _when(event: Event) -> str:
    return f"{event.at:%Y-%m-%d %H:%M}"


def _told(event: Event) -> str:
    return f"{event.what}: {event.detail}" if event.detail else event.what


def _figures(layout: Layout, figures: Sequence[Figures], today: date) -> Iterator[RenderableType]:
    if not figures:
        yield layout.text(_NONE)
    for one in figures:
        overdue = layout.text(f"{one.overdue} overdue", "bold red" if one.overdue else "dim")
        yield layout.flow([layout.text(one.vendor, "bold"), overdue, layout.text(f"on {today}", "dim")], "   ")
        facts = [(name, layout.text(told)) for name, told in _counts(one, today)]
        yield layout.indented(layout.table([*facts, ("by month", _trend(layout, one.months))]))
        yield ""


def _counts(one: Figures, today: date) -> Iterator[tuple[str, str]]:
    total = sum(count for _, count in one.open)
    told = ", ".join(f"{count} {severity}" for severity, count in one.open if count)
    accepted = f"; {one.accepted} accepted" if one.accepted else ""
    yield "open", f"{total}{f' ({told})' if told else ''}{accepted}"
    if one.oldest:
        yield "oldest", f"{words.plural((today - one.oldest).days, 'day')} ({one.oldest})"
    kept = "nothing closed that had a day" if one.kept is None else f"{one.kept} % of what was closed"
    yield "in time", kept
    days = "" if one.days_to_fix is None else f", after {words.plural(one.days_to_fix, 'day')} in the median"
    yield "closed", f"{one.closed}{days}"
    if one.without_deadline:
        yield "no SLA agreed", f"for {one.without_deadline} of the open ones"


def _trend(layout: Layout, months: Sequence[Month]) -> Text:
    """Open at each month's end as bars and numbers, with what came and went."""
    bars = _BARS if layout.view.unicode else _ASCII_BARS
    most = max((month.open_at_end for month in months), default=0) or 1
    pieces = [
        layout.text(
            f"{month.name} {bars[round((len(bars) - 1) * month.open_at_end / most)]} {month.open_at_end}"
            f" (+{month.opened} -{month.closed})"
        )
        for month in months
    ]
    return layout.joined(pieces, room=layout.width - 18)
