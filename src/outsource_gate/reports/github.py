"""What do GitHub's annotations say? The reasons, each on its line; then the answer in one line."""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.model.outcome import Outcome
from outsource_gate.model.verdict import Where
from outsource_gate.reports import Report, View, escape, words
from outsource_gate.reports.story import Chapter, Part, Point, parts

SHOWN = 10  # annotations of each level that GitHub shows for one step
_NOWHERE = Where()


def render(outcome: Outcome, view: View) -> str:
    """Give workflow commands and a last line without one; nothing else in the text is a command."""
    told = parts(outcome, view.audience)
    told_at = [
        (chapter, point, where)
        for part in told
        for chapter in part.chapters
        for point in _by_place(chapter)
        for where in _files(point)
    ]
    blocking = [_annotation("error", *each) for each in told_at if each[1].blocks]
    noted = [_annotation("warning", *each) for each in told_at if not each[1].blocks and each[2].path]
    if outcome.evidence and outcome.evidence.problem:
        blocking.insert(0, _command("error", "no valid record", words.no_record(outcome.evidence)))
    # What two vendors are told alike is one annotation.
    errors, warnings = (list(dict.fromkeys(lines)) for lines in (blocking, noted))
    lines = (*_bounded("error", errors), *_bounded("warning", warnings), _answer(outcome, told))
    return "".join(f"{line}\n" for line in lines)


def _by_place(chapter: Chapter) -> Iterator[Point]:
    """What points at a line comes first: it is seen where the code is read."""
    yield from sorted(chapter.points + chapter.notes, key=lambda point: not point.finding)


def _bounded(level: str, annotations: list[str]) -> Iterator[str]:
    if len(annotations) <= SHOWN:
        yield from annotations
        return
    yield from annotations[: SHOWN - 1]
    more = words.plural(len(annotations) - SHOWN + 1, f"more {'reason' if level == 'error' else 'note'}")
    yield _command(level, more, f"and {more}; {words.REST}")


def _files(point: Point) -> tuple[Where, ...]:
    """One annotation in each file; one without a file where the point names none."""
    return tuple(where for where in point.places if where.path) or (_NOWHERE,)


def _annotation(level: str, chapter: Chapter, point: Point, where: Where) -> str:
    told = [point.message]
    told += [f"expected: {point.expected}"] * bool(point.expected)
    told += [f"found: {point.got}"] * bool(point.got and not point.finding)
    told += [f"internal: {point.internal}"] * bool(point.internal)
    step = f" -> {point.step}" if point.step else ""
    title = f"{chapter.gate}: {point.finding.rule if point.finding else point.code}"
    end = point.finding.location.end_line if point.finding else 0
    return _command(level, title, "; ".join(told) + step, where, end)


def _command(level: str, title: str, message: str, where: Where = _NOWHERE, end: int = 0) -> str:
    properties = [f"file={escape.github_property(where.path)}"] * bool(where.path)
    properties += [f"line={where.line}"] * bool(where.path and where.line)
    properties += [f"endLine={end}"] * bool(where.path and end > where.line)
    properties.append(f"title={escape.github_property(words.shortened(title, 200))}")
    return f"::{level} {','.join(properties)}::{escape.github_data(words.shortened(message, 1000))}"


def _answer(outcome: Outcome, told: tuple[Part, ...]) -> str:
    each = "; ".join(f"{words.shortened(part.name, 100)}: {part.tally}" for part in told)
    return escape.log(escape.terminal(f"{outcome.decision.answer} {each}. {words.meaning(outcome).capitalize()}."))


REPORT = Report(id="github", media_type="text/plain", render=render)
