"""What does somebody at a terminal see of the scorecard? A block a vendor, our own figures beside it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from outsource_gate.reports import View, scorecard_words
from outsource_gate.reports.layout import Layout
from outsource_gate.scorecard.card import Card, Scorecard

_DIM = (scorecard_words.NOT_KNOWN, "none", "none used", "none needed", "no gate")


def scorecard_terminal(board: Scorecard, view: View) -> str:
    """Give every vendor by id, as lines of at most `view.width` cells; nothing is cut."""
    return Layout(view).print(_blocks(Layout(view), board))


def _blocks(layout: Layout, board: Scorecard) -> Iterator[RenderableType]:
    about = [layout.text(told, "dim") for told in scorecard_words.frame(board)]
    yield layout.flow([layout.text(f"{board.organisation}, track record", "bold"), *about], "   ")
    if not board.cards:
        yield ""
        yield layout.text(scorecard_words.nothing(board))
    for card in board.cards:
        yield ""
        yield _card(layout, card, board.own)
    yield ""
    for note in scorecard_words.notes(board):
        yield layout.beside(layout.sign("·", "dim"), layout.text(note, "dim", 1_000), 2)


def _card(layout: Layout, card: Card, own: Card) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True, min_width=24)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    heads = (scorecard_words.title(card), scorecard_words.OWN)
    grid.add_row(Text(""), *(layout.text(head, "bold", 200) for head in heads))
    for title, lines in scorecard_words.groups(card, own):
        grid.add_row(layout.text(title, "cyan"))
        for line in lines:
            grid.add_row(
                layout.text(f"  {line.name}", "dim"), _figure(layout, line.theirs), _figure(layout, line.ours)
            )
    return grid


def _figure(layout: Layout, told: str) -> Text:
    return layout.text(told, "dim" if told in _DIM else "", 1_000)
