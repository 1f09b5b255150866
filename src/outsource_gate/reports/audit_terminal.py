"""What does somebody at a terminal see of an audit? The answer, then what is not in order, worst first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from outsource_gate.model.audit import Artefact, Audit
from outsource_gate.model.merged import MergedChange
from outsource_gate.reports import View
from outsource_gate.reports import audit_words as words
from outsource_gate.reports.layout import Layout

SHOWN = 40
_REST = "--output markdown=FILE or json=FILE holds all"


def audit_terminal(audit: Audit, view: View) -> str:
    """Give at most `view.width` cells; what is not shown is counted."""
    layout = Layout(view)
    return layout.print(_parts(layout, audit))


def _parts(layout: Layout, audit: Audit) -> Iterator[RenderableType]:
    yield layout.text(
        f"{audit.repository or 'a repository without a name'}  {audit.branch}  {words.period(audit)}", "bold"
    )
    yield ""
    good = not any(audit.bypasses())
    yield layout.text(words.verdict(audit), "bold green" if good else "bold red")
    yield layout.text(words.lacking(audit))
    yield ""
    yield _classes(layout, audit)
    yield from _bypasses(layout, list(audit.bypasses()))
    yield from _lacking(layout, list(audit.lacking()))
    yield ""
    made = f"policy {audit.policy[:8]}, register {audit.register[:8]}, {audit.records} genuine records"
    yield layout.text(f"{made}, merge times as commits claim", "dim")
    if audit.problems:
        yield layout.text(f"{len(audit.problems)} files were not read as records: {_REST}", "dim")


def _classes(layout: Layout, audit: Audit) -> Table:
    table = _table(3)
    for kind, count in sorted(audit.summary.items(), key=lambda row: (row[0].is_good, row[0])):
        style = "" if kind.is_good else "red"
        table.add_row(
            layout.text(f"{count:>6,}"), layout.text(kind, style), layout.text(words.MEANING[kind], "dim")
        )
    if audit.unproven:
        told = "of these are ours by claim alone"
        table.add_row(layout.text(f"{audit.unproven:>6,}"), layout.text(""), layout.text(told, "dim"))
    return table


def _bypasses(layout: Layout, found: list[MergedChange]) -> Iterator[RenderableType]:
    if not found:
        return
    yield ""
    yield layout.text("Not shown to have passed", "bold")
    table = _table(4)
    for change in found[:SHOWN]:
        why = "; ".join(change.reasons) or words.MEANING[change.kind]
        about = Text.assemble(layout.text(change.kind, "red"), "  ", layout.text(why, limit=200), overflow="fold")
        day = layout.text(f"{change.merged_at:%F}")
        table.add_row(layout.text(words.title(change)), day, layout.text(words.whose(change)), about)
    yield table
    if len(found) > SHOWN:
        yield layout.text(f"and {len(found) - SHOWN:,} more; {_REST}", "dim")


def _lacking(layout: Layout, found: list[Artefact]) -> Iterator[RenderableType]:
    if not found:
        return
    yield ""
    yield layout.text("Missing and expired", "bold")
    table = _table(4)
    for one in found[:SHOWN]:
        about = f"{one.artefact} ({one.person})" if one.person else one.artefact
        state = f"{one.state} {one.expires}" if one.expires else one.state
        owner = layout.text(one.owner or "the organisation")
        table.add_row(layout.text(state, "red"), owner, layout.text(one.where, "dim"), layout.text(about))
    yield table
    if len(found) > SHOWN:
        yield layout.text(f"and {len(found) - SHOWN:,} more; {_REST}", "dim")


def _table(columns: int) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(columns - 1):
        table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    return table
