"""How does text become part of the audit's page? Nothing that commits or register hold is markup there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from outsource_gate.reports.escape import visible
from outsource_gate.reports.words import shortened

MOST_ROWS = 2000  # of one table that stands in the page itself
REST = "the JSON and CSV reports hold all"


def text(told: str) -> str:
    """Give text for an element or a quoted attribute."""
    return escape(shown(told))


def shown(told: str) -> str:
    """Give what a reader sees, unescaped: a script that sets text needs no more."""
    return visible(shortened(told))


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
    """Give a table of cells that are HTML already; wide ones scroll by themselves, by keyboard, too.

    The first cell of a row is its heading; `numbers` are the columns that are aligned to the right.
    """
    right = frozenset(numbers)
    heads = "".join(f'<th scope="col"{_kind(at, right)}>{text(column)}</th>' for at, column in enumerate(columns))
    body = "\n".join(_row(cells, right) for cells in rows)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{text(name)}"><table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _row(cells: Sequence[str], right: frozenset[int]) -> str:
    rest = "".join(f"<td{_kind(at, right)}>{cell}</td>" for at, cell in enumerate(cells[1:], 1))
    return f'<tr><th scope="row">{cells[0]}</th>{rest}</tr>'


def _kind(at: int, right: frozenset[int]) -> str:
    return ' class="n"' if at in right else ""


def folded(summary: str, body: str) -> str:
    """Give what opens on demand; on paper it is open."""
    return f"<details><summary>{text(summary)}</summary>\n{body}\n</details>"


def left_out(count: int, most: int = MOST_ROWS) -> str:
    """Say how much a table does not show; empty where it shows all."""
    return f'<p class="dim">and {count - most:,} more; {REST}</p>' if count > most else ""
