"""What does somebody who pushes see? A line for each ref, the whole report where something is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.model.outcome import Outcome
from outsource_gate.reports import View, escape, terminal, words
from outsource_gate.reports.layout import Layout

_SIGNS = {"ALLOW": ("✓", "green"), "DENY": ("✗", "bold red"), "UNDECIDED": ("?", "bold yellow")}
_COLOURS = {"ALLOW": "green", "DENY": "red", "UNDECIDED": "yellow"}


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one ref. `outcome` is what `check` said, where it was asked for this very ref."""

    ref: str  # the full name at the remote
    word: str  # ALLOW, DENY, UNDECIDED; "" where there is nothing to judge
    code: int  # 0, or what the push ends with
    base: str = ""  # what it was compared with
    told: str = ""
    hint: str = ""
    outcome: Outcome | None = None


def ref_screen(answer: Answered, view: View) -> str:
    """Give what is told of one ref as soon as it is judged."""
    layout = Layout(view)
    if answer.outcome and answer.code:
        return layout.print(["", _title(layout, answer), ""]) + terminal.render(answer.outcome, view)
    hint = layout.beside(layout.sign("→", "cyan"), layout.text(answer.hint, limit=1000))
    return layout.print([_title(layout, answer), *([layout.indented(hint, 3)] if answer.hint else ())])


def end_screen(answers: Sequence[Answered], view: View, *, refused: str, step: str, command: str) -> str:
    """Give the last words: every ref again where there are several, and what to do where the push is refused."""
    layout = Layout(view)
    told = layout.print(_end(layout, answers, refused, step))
    # On one line however long, so that it can be copied.
    return told + (escape.log(f"   {escape.terminal(command, unicode=view.unicode)}\n") if command else "")


def short_ref(ref: str) -> str:
    """Name a ref as people do; anything but a branch or a tag by its full name."""
    for prefix, kind in (("refs/heads/", "branch "), ("refs/tags/", "tag "), ("refs/remotes/", "")):
        if ref.startswith(prefix):
            return kind + ref.removeprefix(prefix)
    return ref


def _title(layout: Layout, answer: Answered) -> RenderableType:
    sign = layout.sign(*_SIGNS.get(answer.word, ("·", "dim")))
    pieces = [layout.text(short_ref(answer.ref), "bold", 200)]
    if answer.word:
        pieces.append(layout.text(answer.word, _COLOURS[answer.word]))
    pieces += [layout.text(fact) for fact in _facts(answer)]
    return layout.indented(layout.beside(sign, layout.flow(pieces, "  ", room=layout.width - 3)))


def _facts(answer: Answered) -> Iterator[str]:
    if answer.outcome and not answer.code:
        yield words.tally(answer.outcome.decision.verdicts)
        yield from words.frame(answer.outcome.facts)
    if answer.base:
        yield f"compared with {answer.base}"
    if answer.told:
        yield answer.told


def _end(layout: Layout, answers: Sequence[Answered], refused: str, step: str) -> Iterable[RenderableType]:
    if len(answers) > 1:
        yield ""
        rows = ((answer.word or "-", _row(layout, answer)) for answer in answers)
        yield layout.indented(layout.table(rows))
    if refused:
        yield ""
        yield layout.indented(layout.text(refused, "bold"))
        yield layout.indented(layout.beside(layout.sign("→", "cyan"), layout.text(step)))


def _row(layout: Layout, answer: Answered) -> Text:
    told = () if answer.word else (layout.text("nothing to judge", "dim"),)
    return layout.flow([layout.text(short_ref(answer.ref), limit=200), *told], "  ")
