"""What does a wiki page or a ticket get of what is due? A table in GitHub's Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.duties.listing import DueList, Listed
from outsource_gate.reports import due_words
from outsource_gate.reports.escape import markdown


def due_markdown(due: DueList) -> str:
    """Give the list, the most urgent first; nothing of the register is markup."""
    return "\n".join(_lines(due)) + "\n"


def _lines(due: DueList) -> Iterator[str]:
    yield f"## {_cell(due_words.tally(due))}\n"
    yield f"{_cell(due.organisation)}, {due.today}\n"
    if not due.listed:
        yield _cell(due_words.nothing(due))
        return
    yield "| state | due | whose | vendor | what | last | asked by | where |\n|---|---|---|---|---|---|---|---|"
    for one in due.listed:
        yield f"| {' | '.join(map(_cell, _row(one, due)))} |"


def _row(one: Listed, due: DueList) -> Iterator[str]:
    found = one.obligation
    yield str(found.state)
    yield f"{found.due} ({due_words.when(found, due.today)})" if found.due else ""
    yield f"{due_words.whose(one)}, ask {one.who}"
    yield due_words.owner_name(one, due.organisation)
    yield due_words.subject(found) + (f" ({found.note})" if found.note else "")
    yield str(found.last or "")
    yield from (found.asked_by, one.where)


def _cell(text: str) -> str:
    return markdown(text, within="cell")
