"""What does somebody at a terminal see? The verdict first, then only what failed and who does what next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.model.facts import Attribution
from outsource_gate.model.finding import Finding, Severity
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Effect, Status
from outsource_gate.reports import Report, View, words
from outsource_gate.reports.frame import frame_lines
from outsource_gate.reports.layout import Layout
from outsource_gate.reports.story import Chapter, Part, Point, parts

POINTS_SHOWN = 8  # of one gate
PLACES_SHOWN = 5  # of one point
NOTES_SHOWN = 4  # of one gate
FRAME_LINES = 5  # of one finding, and the way to it

_COLOURS = {Answer.ALLOW: "green", Answer.DENY: "red", Answer.UNDECIDED: "yellow"}
_SIGNS = {Status.FAIL: ("✗", "bold red"), Status.INDETERMINATE: ("?", "bold yellow"), Status.PASS: ("✓", "green")}
_NO_SIGN = ("·", "dim")
_SEVERITIES = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "dim"}
# What a row is called where "found" and "note" would not do.
_GOT = {"approvals-missing": "counted"}
_NOTE = {"approval-not-counted": "not counted", "finding-below-threshold": "below limit"}

Row = tuple[str, RenderableType]


def render(outcome: Outcome, view: View) -> str:
    """Give the outcome as lines of at most `view.width` cells; long lists are cut, with their count."""
    layout = Layout(view)
    return layout.print(_Screen(layout).outcome(outcome))


class _Screen:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.names = 0  # width of the column of gates

    def outcome(self, outcome: Outcome) -> Iterator[RenderableType]:
        told = parts(outcome, self.layout.view.audience)
        self.names = max((len(chapter.gate) for part in told for chapter in part.blocked), default=0) + 4
        yield self.frame(outcome)
        yield ""
        yield self.verdict(outcome, told)
        yield ""
        for part in told:
            if len(told) > 1:
                yield self.title(part)
            yield from self.part(part)
        yield self.footer(outcome)

    def frame(self, outcome: Outcome) -> RenderableType:
        name = self.layout.text(words.change_name(outcome.facts), "bold", 200)
        facts = (self.layout.text(item, "dim") for item in words.frame(outcome.facts))
        return self.layout.flow([name, *facts], "   ")

    def verdict(self, outcome: Outcome, told: tuple[Part, ...]) -> RenderableType:
        text, decision = self.layout.text, outcome.decision
        colour = _COLOURS[decision.answer] if decision.enforced else "yellow"
        coloured = self.layout.view.colour
        word = f" {decision.answer} " if coloured else str(decision.answer)
        badge = Text.assemble((word, f"bold reverse {colour}" * coloured))
        if len(told) == 1:
            pieces = [text(told[0].name, "bold"), text(told[0].tally)]
        else:
            pieces = [text(f"{len(told)} verdicts, and all of them must pass", "bold")]
        lines = [self.layout.flow(pieces, "   ", room=self.layout.width - badge.cell_len - 3)]
        if outcome.evidence and outcome.evidence.problem:
            lines.append(text(words.no_record(outcome.evidence), "bold yellow"))
        if decision.answer is not Answer.DENY or not decision.enforced:
            lines.append(text(words.meaning(outcome), "dim"))
        block = self.layout.beside(badge, self.layout.stacked(lines), badge.cell_len + 2)
        return self.layout.indented(block)

    def title(self, part: Part) -> RenderableType:
        pieces = [self.layout.text(part.name, "bold underline"), self.layout.text(part.tally)]
        return self.layout.stacked([self.layout.indented(self.layout.flow(pieces, "   ")), ""])

    def part(self, part: Part) -> Iterator[RenderableType]:
        text = self.layout.text
        for chapter in part.blocked:
            yield self.layout.indented(self.chapter(chapter))
            yield ""
        if part.passed:
            yield self.line(_SIGNS[Status.PASS], [text(_passed(chapter), limit=120) for chapter in part.passed])
        if noted := list(_counted(part, Effect.NOTE)):
            yield self.line((" ", ""), [text(f"noted, no denial: {', '.join(noted)}", "dim")])
        if waived := list(_counted(part, Effect.WAIVED)):
            yield self.line((" ", ""), [text(f"waived: {', '.join(waived)}", "yellow")])
        if part.silent:
            told = [text(f"{chapter.gate} ({chapter.headline})", "dim", 120) for chapter in part.silent]
            yield self.line(_NO_SIGN, told)
        if part.passed or part.silent:
            yield ""

    def line(self, sign: tuple[str, str], pieces: list[Text]) -> RenderableType:
        body = self.layout.joined(pieces, room=self.layout.width - 4)
        return self.layout.indented(self.layout.beside(self.layout.sign(*sign), body))

    def chapter(self, chapter: Chapter) -> RenderableType:
        layout = self.layout
        sign = layout.sign(*_SIGNS.get(chapter.status, _NO_SIGN))
        name = Text.assemble(sign, " ", (chapter.gate, "bold"))
        body = layout.stacked([layout.text(chapter.headline, "bold"), *self.points(chapter)])
        if layout.is_narrow:
            return layout.stacked([name, layout.indented(body, 3)])
        return layout.beside(name, body, self.names)

    def points(self, chapter: Chapter) -> Iterator[RenderableType]:
        if len(chapter.points) == 1:
            yield from self.point(chapter.points[0], self.notes(chapter))
            return
        for number, point in enumerate(chapter.points[:POINTS_SHOWN]):
            yield from [""] * bool(number)
            yield self.layout.text(point.message)
            yield from self.point(point, [])
        yield from self.rest(len(chapter.points) - POINTS_SHOWN, "reason")
        if notes := self.notes(chapter):
            yield ""
            yield self.layout.table(notes)

    def notes(self, chapter: Chapter) -> list[Row]:
        names = [_name(note) for note in chapter.notes[:NOTES_SHOWN]]
        once = ["" if name == before else name for name, before in zip(names, ["", *names], strict=False)]
        told: list[Row] = [
            (name, self.layout.text(_note(note))) for name, note in zip(once, chapter.notes, strict=False)
        ]
        return told + [("", rest) for rest in self.rest(len(chapter.notes) - NOTES_SHOWN, "note")]

    def point(self, point: Point, notes: list[Row]) -> Iterator[RenderableType]:
        """Found, expected and where; then what does not count; last of all who does what."""
        if point.finding:
            yield from self.finding(point.finding)
        rows = [*self.rows(point), *notes]
        if rows:
            yield self.layout.table(rows)
        if point.step:
            yield self.layout.beside(self.layout.sign("→", "cyan"), self.layout.text(point.step))

    def rows(self, point: Point) -> Iterator[Row]:
        if point.got and not point.finding:
            yield _GOT.get(point.code, "found"), self.layout.text(point.got)
        if point.expected:
            yield "expected", self.layout.text(point.expected)
        if point.places and not point.finding and not _is_told(point):
            shown = (self.layout.text(words.place(where), limit=200) for where in point.places[:PLACES_SHOWN])
            rest = self.rest(len(point.places) - PLACES_SHOWN, "place")
            yield "where", self.layout.stacked([*shown, *rest])
        if point.internal:
            yield "internal", self.layout.text(point.internal, "italic")

    def finding(self, finding: Finding) -> Iterator[RenderableType]:
        place = self.layout.text(f"{finding.location.path}:{finding.location.start_line}", limit=200)
        severity = self.layout.text(finding.severity, _SEVERITIES[finding.severity])
        facts = (self.layout.text(fact, "dim", 120) for fact in (" ".join(finding.cwe), finding.rule) if fact)
        yield self.layout.flow([place, severity, *facts], "  ")
        yield from self.frame_of(finding)

    def frame_of(self, finding: Finding) -> Iterator[RenderableType]:
        lines = frame_lines(finding, FRAME_LINES)
        digits = max((len(str(line.number)) for line in lines), default=0)
        marks = max((len(line.mark) + 1 for line in lines if line.mark), default=0)
        for line in lines:
            if line.left_out:
                yield Text(f"  {words.plural(line.left_out, 'step')} left out", "dim")
            number = f"  {line.mark:<{marks}}{line.number:>{digits}} "
            gutter = Text.assemble((number, "dim"), self.layout.sign("│", "dim"), " ")
            indent = 4 if self.layout.is_narrow else self.names + 1
            yield gutter + self.layout.code(line.code, self.layout.width - gutter.cell_len - indent)
        last = lines[-1].number if lines else finding.location.end_line
        if finding.location.end_line > last:
            more = words.plural(finding.location.end_line - last, "more line")
            yield Text(f"  and {more} in the file", "dim")

    def rest(self, count: int, noun: str) -> Iterator[RenderableType]:
        if count > 0:
            yield Text(f"and {words.plural(count, f'more {noun}')}; {words.REST}", "dim")

    def footer(self, outcome: Outcome) -> RenderableType:
        attribution = outcome.facts.attribution
        ours = isinstance(attribution, Attribution) and not attribution.vendors
        rows = (
            ("believed" if ours else "who", words.who(outcome.facts)),
            ("waivers", words.waivers(outcome.decision, self.layout.view.audience)),
            ("judged", words.judged(outcome.facts)),
            ("evidence", words.evidence(outcome.evidence, outcome.facts.stage)),
        )
        room = self.layout.width - 12
        told = [
            (name, self.layout.joined([self.layout.text(item, limit=200) for item in items], room=room))
            for name, items in ((name, list(items)) for name, items in rows)
            if items
        ]
        return self.layout.indented(self.layout.table(told))


def _passed(chapter: Chapter) -> str:
    """Coverage says how much was looked at even where nothing is wrong."""
    return f"{chapter.gate} {chapter.headline}" if chapter.gate == "coverage" else chapter.gate


def _counted(part: Part, effect: Effect) -> Iterator[str]:
    for chapter in part.passed + part.silent:
        for code, count in Counter(note.code for note in chapter.notes if note.effect is effect).items():
            yield f"{count:,} {code} ({chapter.gate})"


def _name(note: Point) -> str:
    return "waived" if note.effect is Effect.WAIVED else _NOTE.get(note.code, "note")


def _note(note: Point) -> str:
    return f"{words.place(note.places[0])}  {note.message}" if note.places and not _is_told(note) else note.message


def _is_told(point: Point) -> bool:
    """The message names the commit already."""
    where = point.places[0]
    return len(point.places) == 1 and not where.path and where.commit[:12] in point.message


REPORT = Report(id="terminal", media_type="text/plain", render=render)
