"""What does somebody at a terminal see of what is due? The latest first, each with who is to be called."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.duties.obligation import State
from outsource_gate.reports import View, due_words, words
from outsource_gate.reports.layout import Layout

STYLES = {State.OVERDUE: "bold red", State.MISSING: "bold red", State.DUE: "yellow", State.IN_ORDER: "green"}
SIGNS = {State.OVERDUE: "✗", State.MISSING: "✗", State.DUE: "·", State.IN_ORDER: "✓"}
SHOWN = 200
_REST = "--output csv, json or markdown has all, --vendor those of one"
_WHEN = 14


def due_terminal(due: DueList, view: View) -> str:
    """Give the list as lines of at most `view.width` cells; a long one is cut, with its count."""
    layout = Layout(view)
    return layout.print(_Screen(layout, due).blocks())


class _Screen:
    def __init__(self, layout: Layout, due: DueList) -> None:
        self.layout, self.due, self.shown = layout, due, due.listed[:SHOWN]
        names = {due_words.owner_name(one, due.organisation) for one in self.shown}
        self.names = min(max(map(len, names), default=0), 20) + 2

    def blocks(self) -> Iterator[RenderableType]:
        due, text = self.due, self.layout.text
        style = "bold red" if due.is_late else "bold yellow" if due.listed else "bold green"
        about = f"{due.organisation}, {words.plural(due.vendors, 'vendor')}, {due.today}"
        yield self.layout.flow([text(due_words.tally(due), style), text(about, "dim")], "   ")
        if not due.listed:
            yield text(due_words.nothing(due))
            return
        for state in (State.OVERDUE, State.MISSING, State.DUE):
            yield from self.group(state)
        yield ""
        if len(due.listed) > SHOWN:
            yield text(f"and {len(due.listed) - SHOWN:,} more; {_REST}", "bold")
        yield from self.whom_to_ask()

    def group(self, state: State) -> Iterator[RenderableType]:
        found = [one for one in self.shown if one.obligation.state is state]
        if not found:
            return
        yield ""
        yield self.layout.text(f"{state} ({self.due.counts[state]:,})", STYLES[state])
        for one in found:
            yield self.layout.indented(self.entry(one), 2)

    def entry(self, one: Listed) -> RenderableType:
        found, layout = one.obligation, self.layout
        moment = f"{found.due:%Y-%m-%d}  {due_words.when(found, self.due.today):<{_WHEN}}" if found.due else ""
        name = f"{due_words.owner_name(one, self.due.organisation):<{self.names}}"
        left = Text.assemble(layout.text(moment, STYLES[found.state]), layout.text(name, limit=64))
        told = [layout.text(due_words.subject(found), "bold"), layout.text(due_words.whose(one))]
        told += [layout.text(each, "dim", 200) for each in due_words.details(one)]
        if layout.is_narrow:
            return layout.stacked([left, layout.indented(layout.joined(told, room=layout.width - 4), 2)])
        return layout.beside(left, layout.joined(told, room=layout.width - left.cell_len - 2), left.cell_len)

    def whom_to_ask(self) -> Iterator[RenderableType]:
        """Owners once, below: they repeat in every entry."""
        owners: dict[str, dict[str, None]] = {}
        for one in self.shown:
            owners.setdefault(one.who, {})[due_words.owner_name(one, self.due.organisation)] = None
        for who, names in owners.items():
            told = f"ask {who} about {', '.join(names)}"
            yield self.layout.beside(self.layout.sign("→", "cyan"), self.layout.text(told, limit=2_000))
