"""What does somebody at a terminal see of the register? Every vendor on a line or two, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.duties.listing import VendorRow
from outsource_gate.duties.obligation import State
from outsource_gate.reports import View, due_words, words
from outsource_gate.reports.due_terminal import SIGNS, STYLES
from outsource_gate.reports.layout import Layout

_WIDE = 120  # from here on one line is enough
_COUNTED = (State.OVERDUE, State.MISSING, State.DUE)


@dataclass(frozen=True, slots=True)
class Register:
    """All vendors as they stand on a day."""

    organisation: str
    today: date
    soon: date
    rows: tuple[VendorRow, ...]


def vendors_terminal(register: Register, view: View) -> str:
    """Give every vendor; nothing is left out, however many there are."""
    layout = Layout(view)
    return layout.print(_Screen(layout, register).blocks())


class _Screen:
    def __init__(self, layout: Layout, register: Register) -> None:
        self.layout, self.register = layout, register
        self.ids = min(max((len(row.vendor.id) for row in register.rows), default=0), 24) + 2
        self.names = min(max((len(row.vendor.name) for row in register.rows), default=0), 28) + 2
        self.is_wide = layout.view.width >= _WIDE
        self.tiers = min(max((len(row.vendor.tier) for row in register.rows), default=0), 12) + 2

    def blocks(self) -> Iterator[RenderableType]:
        register, text = self.register, self.layout.text
        people = sum(len(row.vendor.people) for row in register.rows)
        about = f"{words.plural(len(register.rows), 'vendor')}, {words.plural(people, 'person', 'people')}"
        yield self.layout.flow(
            [text(f"{register.organisation}, {register.today}", "bold"), text(about, "dim")], "   "
        )
        if not register.rows:
            yield text(due_words.NO_VENDORS)
            return
        yield ""
        for row in register.rows:
            yield self.row(row)

    def row(self, row: VendorRow) -> RenderableType:
        """Columns by hand: a table measures every cell of a thousand vendors first."""
        state, vendor = self.state(row), row.vendor
        sign = self.layout.sign(SIGNS[state], STYLES[state])
        id_, tier = self.cell(vendor.id, self.ids, "bold"), self.cell(vendor.tier, self.tiers, "")
        left = Text.assemble(sign, " ", id_, tier)
        told = [*self.counts(row), *self.next(row)]
        if self.is_wide:
            left = left + self.cell(vendor.name, self.names, "")
            line = self.layout.joined(told, room=self.layout.width - left.cell_len)
            return self.layout.beside(left, line, left.cell_len)
        line = self.layout.joined(told, room=self.layout.width - 2)
        return self.layout.stacked([left + self.layout.text(vendor.name), self.layout.indented(line, 2)])

    def cell(self, told: str, width: int, style: str) -> Text:
        return self.layout.text(f"{told:<{width}}", style, 500)

    def state(self, row: VendorRow) -> State:
        return next((state for state in _COUNTED if row.counts[state]), State.IN_ORDER)

    def counts(self, row: VendorRow) -> Iterator[Text]:
        told = [state for state in _COUNTED if row.counts[state]]
        for state in told:
            yield self.layout.text(f"{row.counts[state]:,} {due_words.COUNTED[state]}", STYLES[state])
        if not told:
            yield self.layout.text("in order", STYLES[State.IN_ORDER])

    def next(self, row: VendorRow) -> Iterator[Text]:
        if row.next is None:
            return
        what = due_words.subject(row.next)
        when = f" {row.next.due}, {due_words.when(row.next, self.register.today)}" if row.next.due else ""
        first = "first" if row.next.state.is_late else "next"
        yield self.layout.text(f"{first}: {what}{when}", "", 200)
