"""What is filed as a document of a vendor's track record? A table a vendor, in GitHub's Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.reports import scorecard_words
from outsource_gate.reports.escape import markdown
from outsource_gate.scorecard.card import Card, Scorecard


def scorecard_markdown(board: Scorecard) -> str:
    """Give every vendor by id; nothing of register or repository is markup."""
    return "\n".join(_lines(board)) + "\n"


def _lines(board: Scorecard) -> Iterator[str]:
    yield f"# Track record, {_cell(board.organisation)}, {board.today}\n"
    yield f"Counted: {', '.join(map(_cell, scorecard_words.frame(board)))}.\n"
    if not board.cards:
        yield f"Result: {_cell(scorecard_words.nothing(board))}\n"
    for card in board.cards:
        yield from _card(card, board.own)
    yield "## How to read it\n"
    for note in scorecard_words.notes(board):
        yield f"* {_cell(note)}"


def _card(card: Card, own: Card) -> Iterator[str]:
    yield f"## Vendor {_cell(scorecard_words.title(card))}\n"
    for title, lines in scorecard_words.groups(card, own):
        yield f"| {_cell(title)} | {_cell(card.vendor or '')} | {scorecard_words.OWN} |\n|---|---|---|"
        for line in lines:
            yield f"| {_cell(line.name)} | {_cell(line.theirs)} | {_cell(line.ours)} |"
        yield ""


def _cell(text: str) -> str:
    return markdown(text, within="cell")
