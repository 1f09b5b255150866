"""What stands in a step summary or a comment? Verdict, table, and the details folded; short enough to be posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outsource_gate.model.finding import Finding
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Answer, Effect, Status
from outsource_gate.reports import Report, View, escape, words
from outsource_gate.reports.escape import markdown as text
from outsource_gate.reports.escape import markdown_code as code
from outsource_gate.reports.frame import frame_lines
from outsource_gate.reports.story import Chapter, Part, Point, parts

LIMIT = 65_000  # characters; a comment on GitHub takes 65,536
TABLE_LIMIT = 20_000
CHAPTER_AT_LEAST = 4_000  # what the heading of one gate and the counts of what is left out can take
POINTS_SHOWN = 20  # of one gate
PLACES_SHOWN = 10  # of one point
FRAME_LINES = 12

_SIGNS = {Status.FAIL: "❌", Status.INDETERMINATE: "❔", Status.PASS: "✅"}
_ANSWERS = {Answer.ALLOW: "✅", Answer.DENY: "❌", Answer.UNDECIDED: "❔"}
_LATER = "▫️"


def render(outcome: Outcome, view: View) -> str:
    """Give the outcome as GitHub Flavoured Markdown of at most `LIMIT` characters."""
    told = parts(outcome, view.audience)
    head = escape.log("\n".join((*_head(outcome, told), *_table(told))))
    foot = escape.log("\n".join(_foot(outcome, view)))
    return f"{head}\n{_details(told, LIMIT - len(head) - len(foot) - 10)}\n{foot}\n"


def _details(told: tuple[Part, ...], room: int) -> str:
    """Give every gate that blocks its share of the room; what one leaves, the next ones get."""
    everything = [(part.name if len(told) > 1 else "", chapter) for part in told for chapter in part.chapters]
    chapters = [(whose, chapter) for whose, chapter in everything if chapter.points]
    chapters += [(whose, chapter) for whose, chapter in everything if chapter.notes and not chapter.points]
    shown = chapters[: room // CHAPTER_AT_LEAST]
    texts: list[str] = []
    for number, (whose, chapter) in enumerate(shown):
        detail = _chapter(chapter, whose, room // (len(shown) - number))
        texts.append(detail)
        room -= len(detail)
    if left := len(chapters) - len(shown):
        texts.append(f"\nAnd {words.plural(left, 'more gate')}; `{words.REST}`.\n")
    return "".join(texts)


def _fitting(blocks: Iterable[str], total: int, room: int, noun: str) -> str:
    """Give the blocks that fit, whole, and say how many of `total` do not and where they are."""
    kept: list[str] = []
    room -= 100  # for the sentence that says so
    for block in blocks:
        if len(block) + 1 > room:
            break
        kept.append(block)
        room -= len(block) + 1
    if left := total - len(kept):
        kept.append(f"\nAnd {words.plural(left, f'more {noun}')}; `{words.REST}`.")
    return "\n".join(kept)


def _head(outcome: Outcome, told: tuple[Part, ...]) -> Iterator[str]:
    answer = outcome.decision.answer
    name = f"{text(told[0].name)}: {told[0].tally}" if len(told) == 1 else f"{len(told)} verdicts, all must pass"
    yield f"## {_ANSWERS[answer]} {answer} {name}\n"
    if outcome.evidence and outcome.evidence.problem:
        yield f"**⚠️ {_told(words.no_record(outcome.evidence))}**\n"
    yield f"{words.meaning(outcome).capitalize()}.\n"
    yield " · ".join((code(words.change_name(outcome.facts)[:200]), *map(text, words.frame(outcome.facts)))) + "\n"


def _table(told: tuple[Part, ...]) -> Iterator[str]:
    rows = [(part, chapter) for part in told for chapter in part.chapters]
    vendor = "| vendor " if len(told) > 1 else ""
    yield f"| {vendor}| gate | result |"
    yield f"|---{'|---' if vendor else ''}|---|---|"
    lines = (
        f"| {_sign(chapter)} {f'| {_cell(part.name)} ' if vendor else ''}"
        f"| {_cell(chapter.title)} | {_cell(chapter.headline)} |"
        for part, chapter in rows
    )
    yield _fitting(lines, len(rows), TABLE_LIMIT, "row")


def _sign(chapter: Chapter) -> str:
    return _SIGNS.get(chapter.status, _LATER)


def _cell(told: str) -> str:
    return text(words.shortened(told, 150), within="cell")


def _told(told: str) -> str:
    return text(words.shortened(told))


def _chapter(chapter: Chapter, whose: str, room: int) -> str:
    name = words.shortened(f"{whose}, {chapter.title}" if whose else chapter.title, 100)
    state = " open" if chapter.points else ""
    told = text(f"{name}: {words.shortened(chapter.headline, 150)}", within="html")
    head = escape.log(f"\n<details{state}><summary>{_sign(chapter)} {told}</summary>\n\n")
    tail = "\n\n</details>\n"
    room -= len(head) + len(tail)
    blocks = (escape.log("\n".join(_point(point))) for point in chapter.points[:POINTS_SHOWN])
    points = _fitting(blocks, len(chapter.points), room, "reason")
    notes = (escape.log(_note(note)) for note in chapter.notes[:POINTS_SHOWN])
    rest = _fitting(notes, len(chapter.notes), room - len(points), "note")
    return head + "\n".join(filter(None, (points, rest))) + tail


def _note(note: Point) -> str:
    place = f"{code(words.shortened(words.place(note.places[0])))} " if note.places else ""
    word = "waived" if note.effect is Effect.WAIVED else "noted"
    return f"- *{word}:* {place}{_told(note.message)} ({code(note.code)})"


def _point(point: Point) -> Iterator[str]:
    yield f"- **{_told(point.message)}** ({code(point.code)})"
    if point.finding:
        severity = " ".join((point.finding.severity, *point.finding.cwe))
        yield f"  - {text(severity)} {code(words.shortened(point.finding.rule, 120))}"
    elif point.got:
        yield f"  - found: {_told(point.got)}"
    if point.expected:
        yield f"  - expected: {_told(point.expected)}"
    for place in point.places[:PLACES_SHOWN]:
        yield f"  - at {code(words.shortened(words.place(place)))}"
    if len(point.places) > PLACES_SHOWN:
        yield f"  - and {words.plural(len(point.places) - PLACES_SHOWN, 'more place')}; `{words.REST}`"
    if point.finding and point.finding.why:
        yield f"  - why: {_told(point.finding.why)}"
    if point.internal:
        yield f"  - internal: {_told(point.internal)}"
    if point.step:
        yield f"  - **→ {_told(point.step)}**"
    if point.finding:
        yield from _frame(point.finding)


def _frame(finding: Finding) -> Iterator[str]:
    """The fence is longer than any in the code, so that the code cannot end it."""
    lines = frame_lines(finding, FRAME_LINES)
    shown = [escape.visible(words.shortened(line.code.expandtabs(4), 200)) for line in lines]
    if lines:
        fence = "`" * max(3, *(escape.longest_run(line, "`") + 1 for line in shown))
        marks = "5" if any(line.mark for line in lines) else "0"
        yield f"\n  {fence}text"
        for line, code_shown in zip(lines, shown, strict=True):
            if line.left_out:
                yield f"  ({words.plural(line.left_out, 'step')} left out)"
            yield f"  {line.mark:<{marks}}{line.number:>5} │ {code_shown}".rstrip()
        yield f"  {fence}\n"


def _foot(outcome: Outcome, view: View) -> Iterator[str]:
    yield ""
    for name, items in (
        ("who", words.who(outcome.facts)),
        ("waivers", words.waivers(outcome.decision, view.audience)),
        ("judged", words.judged(outcome.facts)),
        ("evidence", words.evidence(outcome.evidence, outcome.facts.stage)),
    ):
        if told := [text(words.shortened(item, 200)) for item in items]:
            yield f"- {name}: {' · '.join(told)}"


REPORT = Report(id="markdown", media_type="text/markdown", render=render)
